"""What a text says in the place of what no workflow knows: of an error, of Groovy in a message."""

from __future__ import annotations

from jenkins2gha.jenkins.values import BuildFact, Expr, Verbatim

ERROR_TEXT = "a step failed"
_ERROR = ("error-text", "what a step said as it failed stands in its log alone")


def standing_in(value: BuildFact | Verbatim) -> str:
    """The words; Groovy is shown as it stands, in one line.

    >>> standing_in(Verbatim("files.join(',')"))
    "${files.join(',')}"
    """
    if isinstance(value, Verbatim):
        return f"${{{' '.join(value.source.split())}}}"
    return ERROR_TEXT


def remark_on(value: Expr) -> tuple[str, str] | None:
    """The rule and the words for what stands in the place of a value; None for any other."""
    if isinstance(value, Verbatim):
        shown = f"`{standing_in(value)}` stands in the message as it is: it is not evaluated"
        return "message-verbatim", shown
    return _ERROR if value == BuildFact("error") else None
