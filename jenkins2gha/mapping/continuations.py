r"""Long commands keep their line ends.

Groovy takes a backslash at the end of a line out of a text in quotes, with the line end, so that
the shell sees one long line. Outside quotes a shell does the same: there it can stay.
https://groovy-lang.org/syntax.html#_escaping_special_characters
"""

from __future__ import annotations

import re

from jenkins2gha.jenkins.continued import LINE_END, continued_texts
from jenkins2gha.jenkins.values import Concat, Constant, Expr, Hole, Value
from jenkins2gha.mapping.interpolation import flat
from jenkins2gha.shell.quotes import QuoteState, quote_states

_HOLE = "\ue00b"
"""Stands for a value that only a run knows; no script holds it."""


def with_line_ends(value: Value, expression: Expr) -> Expr:
    r"""The text of a shell script with the line ends back that stood behind a backslash.

    >>> from jenkins2gha.source import Source
    >>> from jenkins2gha.jenkins.values import Known
    >>> text = "'''make \\\n  all'''"
    >>> known = Known("make   all", Source("x", text).span(0, len(text)))
    >>> flat(with_line_ends(known, Constant(known.value)))
    ['make \\\n  all']
    """
    marked = _marked(value.span.text, flat(expression))
    if marked is None:
        return expression
    states = iter(quote_states([None if one == LINE_END else _constant(one) for one in marked]))
    result: list[Expr] = []
    for number, one in enumerate(marked):
        state = next(states) if one == LINE_END or not isinstance(one, str) else None
        if one != LINE_END:
            result.append(Constant(one) if isinstance(one, str) else one)
        elif state is QuoteState.BARE:
            result.append(Constant(_line_end(marked[number - 1], marked[number + 1 :])))
    return Concat(tuple(result))


def _constant(part: str | Hole) -> str | None:
    return part if isinstance(part, str) else None


def _marked(literal: str, parts: list[str | Hole]) -> list[str | Hole] | None:
    """The parts of a text with marks between them; None where they are not what is written."""
    holes = iter([part for part in parts if not isinstance(part, str)])
    text = "".join(part if isinstance(part, str) else _HOLE for part in parts)
    marked = _aligned(continued_texts(literal), text)
    if marked is None or text.count(_HOLE) != sum(not isinstance(part, str) for part in parts):
        return None
    pieces = re.split(f"({LINE_END}|{_HOLE})", marked)
    return [next(holes) if piece == _HOLE else piece for piece in pieces]


def _aligned(pieces: list[str], text: str) -> str | None:
    """The text with the marks of the pieces, which stand in it in their order; whatever stands
    between two of them is a value's."""
    marked, at = "", 0
    for number, piece in enumerate(pieces):
        plain = piece.replace(LINE_END, "")
        last = number == len(pieces) - 1
        start = text.rfind(plain) if last and number else text.find(plain, at)
        if start < at or (number == 0 and start):
            return None
        marked += text[at:start] + piece
        at = start + len(plain)
    return marked if pieces and at == len(text) else None


def _line_end(before: str | Hole, behind: list[str | Hole]) -> str:
    """A backslash and a line end where words end anyway; nothing within a word."""
    first, then = behind[0], behind[1:2]
    if not isinstance(before, str) or not isinstance(first, str):
        return ""
    rest = first.lstrip(" \t")
    if rest[:1] == "\n" or (not rest and then in ([], [LINE_END])):
        return ""
    if before.endswith((" ", "\t")):
        return "\\\n"
    return " \\\n" if first[:1] in (" ", "\t") and before[-1:] not in ("", "\n") else ""
