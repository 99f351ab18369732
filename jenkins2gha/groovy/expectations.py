"""What to say where the parser is stuck: what was found, what could have stood there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jenkins2gha.groovy.errors import GroovySyntaxError
from jenkins2gha.groovy.layout import Layout

_CONFLICT = re.compile(r"(?m)^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)")
_CLOSERS = {
    "RPAR": ")", "HRPAR": ")", "PRPAR": ")", "ARPAR": ")", "CRPAR": ")", "RSQB": "]",
    "RCURLY": "}", "RBLOCK": "}", "HOLE_END": "}",
}  # fmt: skip
_WORDS = {
    **{terminal: f"'{mark}'" for terminal, mark in _CLOSERS.items()},
    "IDENT": "a name", "DNAME": "a name", "STRING": "a string", "NUMBER": "a number",
    "SEP": "the end of the statement", "COMMA": "','", "COLON": "':'", "CCOLON": "':'",
    "KCOLON": "':'", "ASSIGN": "'='", "LBLOCK": "'{'", "LCLASS": "'{'", "LENUM": "'{'",
    "LSWITCH": "'{'", "ARROW": "'->'", "CASE": "'case'", "WHILE": "'while'", "SEMI": "';'",
    "FORIN": "'in'", "LPAR": "'('", "PLPAR": "'('", "CATCH": "'catch'", "FINALLY": "'finally'",
    "CLASS": "'class'", "DOT": "'.'", "TGT": "'>'",
}  # fmt: skip
_EXPRESSION = frozenset(("IDENT", "NUMBER", "STRING", "NEW"))


def explain(
    text: str, layout: Layout, at: int, expected: Iterable[str], lexical: GroovySyntaxError | None
) -> GroovySyntaxError:
    """The error for a parser that is stuck at the terminal `at`."""
    terminal = layout.out[at]
    start, end = layout.out_starts[at], layout.out_ends[at]
    marker = _conflict(text, start)
    if marker:
        return marker
    if terminal == "ERROR" and lexical is not None:
        return lexical
    if at in layout.messages:
        return GroovySyntaxError(layout.messages[at], start, end)
    wanted = _wanted(frozenset(expected))
    if terminal == "$END":
        return GroovySyntaxError("the file ends too early" + _unclosed(text, layout, at), start)
    if terminal == "CMD":
        end = _token_end(layout, at)
    found = _found(text, terminal, start, end)
    return GroovySyntaxError(f"{found} is not possible here{wanted}", start, max(end, start))


def _conflict(text: str, start: int) -> GroovySyntaxError | None:
    line = text.rfind("\n", 0, start) + 1
    found = _CONFLICT.match(text, line)
    if found is None:
        return None
    return GroovySyntaxError(
        "a merge conflict was left in the file: keep one of the sides and remove the lines of "
        "<<<<<<<, ======= and >>>>>>>",
        found.start(),
        found.end(),
    )


def _token_end(layout: Layout, at: int) -> int:
    while at + 1 < len(layout.out) and layout.out_ends[at] == layout.out_starts[at]:
        at += 1
    return layout.out_ends[at]


def _found(text: str, terminal: str, start: int, end: int) -> str:
    if terminal == "SEP":
        return "';'" if text.startswith(";", start) else "the end of the line"
    word = text[start:end].strip()
    if not word:
        return "this"
    first = word.splitlines()[0]
    return f"'{first if len(first) <= 30 else first[:30] + '…'}'"


def _wanted(expected: frozenset[str]) -> str:
    """What could follow, if it is little enough to help."""
    if expected >= _EXPRESSION:
        return ": expected a value" if len(expected) < 60 else ""
    if "BINOP" in expected:
        closers = sorted({_CLOSERS[one] for one in expected if one in _CLOSERS})
        parts = ["an operator", *(f"'{closer}'" for closer in closers)]
        parts += ["','"] if "COMMA" in expected else []
        return ": expected " + _or(parts)
    words = sorted({_WORDS[one] for one in expected if one in _WORDS})
    return ": expected " + _or(words) if 0 < len(words) <= 4 else ""


def _or(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " or " + parts[-1]


def _unclosed(text: str, layout: Layout, at: int) -> str:
    openers = [one for one in layout.openers if one < at]
    if not openers:
        return ""
    start = layout.out_starts[openers[-1]]
    bracket = text[start : layout.out_ends[openers[-1]]]
    line = text.count("\n", 0, start) + 1
    return f": '{bracket}' opened in line {line} is never closed"
