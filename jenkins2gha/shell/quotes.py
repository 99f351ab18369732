"""The quote state of each hole in a POSIX or bash script."""

from __future__ import annotations

from collections.abc import Sequence

from jenkins2gha.shell.lexer import Lexer
from jenkins2gha.shell.patterns import HOLE
from jenkins2gha.shell.states import QuoteState, reference

__all__ = ["QuoteState", "quote_states", "reference"]


def quote_states(parts: Sequence[str | None]) -> list[QuoteState]:
    r"""The state of each hole of a script that is given in parts, None standing for a hole.

    Inside `$( )`, `${ }`, backticks and `$(( ))` it is the state there.

    >>> quote_states(['echo "$(tr a \'', None, '\')" ', None])
    [<QuoteState.SINGLE: 'single'>, <QuoteState.BARE: 'bare'>]
    """
    text = "".join(HOLE if part is None else part.replace(HOLE, "x") for part in parts)
    return Lexer(text).run().states
