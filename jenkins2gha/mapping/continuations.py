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
    pieces = continued_texts(literal)
    names = [part for part in parts if not isinstance(part, str)]
    if [piece.replace(LINE_END, "") for piece in pieces] != _between(parts):
        return None
    marked: list[str | Hole] = []
    for number, piece in enumerate(pieces):
        marked += re.split(f"({LINE_END})", piece)
        marked += names[number : number + 1]
    return marked


def _between(parts: list[str | Hole]) -> list[str]:
    """The constant text in front of, between and behind the names, '' where there is none."""
    texts = [""]
    for part in parts:
        if isinstance(part, str):
            texts[-1] += part
        else:
            texts.append("")
    return texts


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
