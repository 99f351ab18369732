"""Text of an expression to tokens, each of which may stand where it stands.

Source: actions/runner, `Expressions/Tokens/LexicalAnalyzer.cs`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from jenkins2gha.simulate.expressions.errors import MAX_LENGTH, SyntaxFault
from jenkins2gha.simulate.expressions.values import parse_number

_CONSTANTS: dict[str, bool | float | None] = {
    "null": None,
    "true": True,
    "false": False,
    "NaN": math.nan,
    "Infinity": math.inf,
}
_KEYWORD = re.compile(r"[a-zA-Z_][a-zA-Z0-9_-]*")
_WORD = re.compile(r"[^\s()\[\],.!><=&|]*")
_NUMBER = re.compile(r"[^\s()\[\],!><=&|]*")
_OPERATOR = re.compile(r"!=|>=|<=|==|&&|\|\||[!><]")
_STRING = re.compile(r"'((?:[^']|'')*)'")

# What a token may follow; None is the start. "(" groups, "call(" opens the arguments of a function.
_STARTS = frozenset({None, ",", "(", "call(", "[", "operator"})
_ENDS = frozenset({")", "call)", "]", "*", "literal", "property", "name"})
_INDEXED = _ENDS - {"literal"}
_FOLLOWS: dict[str, frozenset[str | None]] = {
    "(": _STARTS,
    "[": _INDEXED,
    "call(": frozenset({"function"}),
    ")": _ENDS,
    "]": _ENDS,
    "call)": _ENDS | {"call("},
    ",": _ENDS,
    ".": _INDEXED,
    "*": frozenset({"[", "."}),
    "operator": _ENDS,
    "!": _STARTS,
    "literal": _STARTS,
    "property": frozenset({"."}),
    "function": _STARTS,
    "name": _STARTS,
}
_OPENED_BY = {")": "(", "]": "[", "call)": "call(", ",": "call("}


@dataclass(frozen=True, slots=True)
class Token:
    """`value` is that of a literal."""

    kind: str
    text: str
    position: int
    value: bool | float | str | None = None


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text; raises at the first that may not stand where it stands."""
    if len(text) > MAX_LENGTH:
        raise SyntaxFault(f"Exceeded max expression length {MAX_LENGTH}")
    last: str | None = None
    token: Token | None = None
    opened: list[str] = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        token = _next(text, position, last, opened)
        legal = last in _FOLLOWS.get("!" if token.text == "!" else token.kind, ())
        opener = _OPENED_BY.get(token.kind)
        if not legal or (opener and opened[-1:] != [opener]):
            raise SyntaxFault.at("Unexpected symbol", token.text, position, text)
        if token.kind in ("(", "[", "call("):
            opened.append(token.kind)
        elif token.kind in (")", "]", "call)"):
            opened.pop()
        yield token
        last = token.kind
        position += len(token.text)
    if token and (opened or last in ("operator", ".")):
        raise SyntaxFault.at("Unexpected end of expression", token.text, token.position, text)


def _next(text: str, position: int, last: str | None, opened: list[str]) -> Token:
    char = text[position]
    match char:
        case "(":
            return Token("call(" if last == "function" else "(", char, position)
        case ")":
            return Token("call)" if opened[-1:] == ["call("] else ")", char, position)
        case "[" | "]" | "," | "*":
            return Token(char, char, position)
        case "'":
            if string := _STRING.match(text, position):
                value = string[1].replace("''", "'")
                return Token("literal", string[0], position, value)
            return Token("unexpected", text[position:], position)
        case "!" | ">" | "<" | "=" | "&" | "|":
            if operator := _OPERATOR.match(text, position):
                return Token("operator", operator[0], position)
            return Token("unexpected", char + _after(_WORD, text, position + 1), position)
        case "." if last not in _STARTS:
            return Token(".", char, position)
    if char in ".-+0123456789":
        word = char + _after(_NUMBER, text, position + 1)
        number = parse_number(word)
        return Token("unexpected" if math.isnan(number) else "literal", word, position, number)
    return _keyword(text, position, last)


def _keyword(text: str, position: int, last: str | None) -> Token:
    word = text[position] + _after(_WORD, text, position + 1)
    if not _KEYWORD.fullmatch(word):
        return Token("unexpected", word, position)
    if last == ".":
        return Token("property", word, position)
    if word in _CONSTANTS:
        return Token("literal", word, position, _CONSTANTS[word])
    called = text[position + len(word) :].lstrip().startswith("(")
    return Token("function" if called else "name", word, position)


def _after(pattern: re.Pattern[str], text: str, position: int) -> str:
    found = pattern.match(text, position)
    return found[0] if found else ""
