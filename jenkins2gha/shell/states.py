"""How the place of an inserted value is quoted, and what to write there."""

from __future__ import annotations

from enum import StrEnum


class QuoteState(StrEnum):
    """What surrounds a hole in a script.

    `name` is a place where the value is part of a name that the shell reads before it expands
    anything (`$<hole>`, `${<hole>}`, `$A_<hole>`, `<hole>=x`); `escaped` one behind an unquoted
    backslash, `double_escaped` one behind a backslash in double quotes or a heredoc.
    """

    BARE = "bare"
    DOUBLE = "double"
    SINGLE = "single"
    DOLLAR_SINGLE = "dollar-single"
    HEREDOC = "heredoc"
    QUOTED_HEREDOC = "quoted-heredoc"
    COMMENT = "comment"
    ARITHMETIC = "arithmetic"
    NAME = "name"
    ESCAPED = "escaped"
    DOUBLE_ESCAPED = "double-escaped"


_AROUND = {
    QuoteState.BARE: ("", ""),
    QuoteState.DOUBLE: ("", ""),
    QuoteState.HEREDOC: ("", ""),
    QuoteState.COMMENT: ("", ""),
    QuoteState.ARITHMETIC: ("", ""),
    QuoteState.SINGLE: ("'\"", "\"'"),
    QuoteState.DOLLAR_SINGLE: ("'\"", "\"$'"),
    QuoteState.DOUBLE_ESCAPED: ("\\", ""),
}


def reference(state: QuoteState, variable: str) -> str | None:
    r"""The text that puts a variable's value into a hole; None where no text there can.

    >>> reference(QuoteState.SINGLE, "X")
    '\'"${X}"\''
    """
    around = _AROUND.get(state)
    return None if around is None else f"{around[0]}${{{variable}}}{around[1]}"
