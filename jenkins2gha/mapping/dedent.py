"""Takes the common indentation off a script where no line means anything else without it."""

from __future__ import annotations

from textwrap import dedent

from jenkins2gha.shell.quotes import QuoteState, quote_states

_FREE = {QuoteState.BARE, QuoteState.COMMENT}


def dedented(script: str) -> str:
    r"""The script without leading blank lines, trailing blanks and, where safe, indentation.

    A line that stands in a string or a heredoc, or that a backslash glues to the one before, keeps
    every line as it is.

    >>> dedented("\n    make\n    make install\n  ")
    'make\nmake install'
    >>> dedented("\n  cat <<EOF\n  a\nEOF\n")
    '  cat <<EOF\n  a\nEOF'
    """
    lines = script.replace("\r\n", "\n").split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    if lines and not lines[-1].strip() and _ends_free(lines):
        while lines and not lines[-1].strip():
            lines.pop()
    if lines and lines[-1].endswith("\\"):
        lines.append("")
    text = "\n".join(lines)
    return dedent(text) if _is_free(lines) else text


def _ends_free(lines: list[str]) -> bool:
    return quote_states(["\n".join(lines), None])[0] in _FREE


def _is_free(lines: list[str]) -> bool:
    """Whether each line starts outside quotes, heredocs and words of the line before."""
    indentation = [line[: len(line) - len(line.lstrip())] for line in lines if line.strip()]
    if not lines or not all(indentation):
        return True
    parts: list[str | None] = [lines[0] + "\n"]
    for line in lines[1:]:
        parts += [None, line + "\n"]
    if not all(state in _FREE for state in quote_states(parts)):
        return False
    glued = (line[:-1] for line in lines[:-1] if line.endswith("\\"))
    return all(line.endswith((" ", "\t")) for line in glued)
