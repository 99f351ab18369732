"""What the words of a shell script expand to.

Source: POSIX, Shell Command Language, 2.6.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from jenkins2gha.simulate.shell.patterns import glob
from jenkins2gha.simulate.shell.scanner import behind

_NAME = re.compile(r"[A-Za-z_]\w*|[0-9]+|[?$#@*!-]")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "e": "\x1b"}


class Variables(Protocol):
    """What an expansion asks of the shell around it."""

    def get(self, name: str) -> str | None:
        """The value of a variable or parameter; None where it is not set."""

    def miss(self, name: str) -> None:
        """Takes note of a variable that is read and has no value."""

    def set(self, name: str, value: str) -> None:
        """Sets a variable."""

    def output(self, script: str) -> str:
        """What a substituted command prints."""

    def fields(self) -> list[str]:
        """The arguments, for `$@`."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a word: `quoted` keeps it whole, `expanded` marks what is split at blanks."""

    text: str
    quoted: bool
    expanded: bool = False


def text_of(word: str, variables: Variables) -> str:
    """A word as one text, as in an assignment."""
    return "".join(piece.text for piece in pieces(word, variables))


def pattern_of(word: str, variables: Variables) -> str:
    """A word as a pattern: what was quoted has lost its meaning there."""
    return "".join(
        re.sub(r"([*?\[\]\\])", r"\\\1", piece.text) if piece.quoted else piece.text
        for piece in pieces(word, variables)
    )


def regular_of(word: str, variables: Variables) -> str:
    """A word as a regular expression of `=~`."""
    return "".join(
        re.escape(piece.text) if piece.quoted else piece.text for piece in pieces(word, variables)
    )


def fields_of(word: str, variables: Variables) -> list[str]:
    """The arguments that a word becomes: none, one or several."""
    if word in ('"$@"', '"${@}"'):
        return variables.fields()
    found: list[str] = []
    current: str | None = None
    for piece in pieces(word, variables):
        if not piece.expanded:
            current = (current or "") + piece.text
            continue
        parts = re.split(r"[ \t\n]+", piece.text)
        if len(parts) == 1:
            current = (current or "") + parts[0] if parts[0] or current is not None else current
            continue
        for place, part in enumerate(parts):
            if place and current is not None:
                found.append(current)
                current = None
            if part:
                current = (current or "") + part
    if current is not None:
        found.append(current)
    return found


def pieces(word: str, variables: Variables, *, quoted: bool = False) -> Iterator[Piece]:
    """The parts of a word, or of what stands inside double quotes."""
    place = 0
    while place < len(word):
        char = word[place]
        end = behind(word, place) if char in "\\$`" or (not quoted and char in "'\"") else place + 1
        inside = word[place:end]
        if char == "'" and not quoted:
            yield Piece(inside[1:-1], quoted=True)
        elif char == '"' and not quoted:
            yield Piece("", quoted=True)
            yield from pieces(inside[1:-1], variables, quoted=True)
        elif char == "\\":
            yield _escaped(inside, quoted=quoted)
        elif char == "`":
            text = variables.output(re.sub(r"\\([`$\\])", r"\1", inside[1:-1])).rstrip("\n")
            yield Piece(text, quoted, not quoted)
        elif char == "$":
            end, piece = _dollar(word, place, end, variables, quoted=quoted)
            yield piece
        else:
            stop = re.compile(r"[\\$`]" if quoted else r"[\\$`'\"]").search(word, end)
            end = stop.start() if stop else len(word)
            yield Piece(word[place:end], quoted)
        place = end


def _escaped(inside: str, *, quoted: bool) -> Piece:
    char = inside[1:]
    if char == "\n":
        return Piece("", quoted)
    if quoted and char not in '$`"\\':
        return Piece(inside, quoted)
    return Piece(char, quoted=True)


def _dollar(
    word: str, place: int, end: int, variables: Variables, *, quoted: bool
) -> tuple[int, Piece]:
    inside = word[place:end]
    if inside.startswith("$'") and not quoted:
        return end, Piece(_c_escapes(inside[2:-1]), quoted=True)
    if inside.startswith("$(("):
        return end, Piece(str(arithmetic(inside[3:-2], variables)), quoted, not quoted)
    if inside.startswith("$("):
        body = inside[2:-1]
        return end, Piece(variables.output(body).rstrip("\n"), quoted, not quoted)
    if inside.startswith("${"):
        return end, Piece(_braced(inside[2:-1], variables), quoted, not quoted)
    name = _NAME.match(word, place + 1)
    if not name:
        return place + 1, Piece("$", quoted)
    text = name[0] if not name[0].isdigit() else name[0][0]
    return place + 1 + len(text), Piece(_read(text, variables), quoted, not quoted)


def _value(name: str, variables: Variables) -> str:
    return variables.get(name) or ""


def _read(name: str, variables: Variables) -> str:
    if variables.get(name) is None:
        variables.miss(name)
    return _value(name, variables)


def _braced(inside: str, variables: Variables) -> str:
    if inside.startswith("#") and len(inside) > 1:
        return str(len(_value(inside[1:], variables)))
    if inside.startswith("!"):
        return _value(_value(inside[1:], variables), variables)
    name = _NAME.match(inside)
    if not name:
        return ""
    return _changed(name[0], inside[name.end() :], variables)


def _changed(name: str, rest: str, variables: Variables) -> str:
    value = variables.get(name)
    colon = rest[:2] in (":-", ":=", ":+", ":?")
    if colon or rest[:1] in ("-", "=", "+", "?"):
        kind, word = rest[1 if colon else 0], rest[2 if colon else 1 :]
        given = bool(value) if colon else value is not None
        return _default(name, kind, word, value if given else None, variables)
    if value is None:
        variables.miss(name)
    text = value or ""
    for start, sign in (("##", "#"), ("#", "#"), ("%%", "%"), ("%", "%")):
        if rest.startswith(start):
            pattern = pattern_of(rest[len(start) :], variables)
            return _trimmed(text, pattern, sign, longest=len(start) == 2)
    if rest.startswith("/"):
        return _replaced(text, rest, variables)
    if found := re.fullmatch(r":\s*(-?\d+)(?::(\d+))?", rest):
        first = int(found[1])
        return text[first : first + int(found[2])] if found[2] else text[first:]
    cases: dict[str, Callable[[str], str]] = {",,": str.lower, "^^": str.upper}
    return cases[rest](text) if rest in cases else text


def _default(name: str, kind: str, word: str, value: str | None, variables: Variables) -> str:
    if kind == "+":
        return "" if value is None else text_of(word, variables)
    if value is not None:
        return value
    default = text_of(word, variables) if kind != "?" else ""
    if kind == "=":
        variables.set(name, default)
    return default


def _trimmed(text: str, pattern: str, sign: str, *, longest: bool) -> str:
    found = re.compile(glob(pattern), re.DOTALL)
    lengths = range(len(text), -1, -1) if longest else range(len(text) + 1)
    for length in lengths:
        part = text[:length] if sign == "#" else text[len(text) - length :]
        if found.fullmatch(part):
            return text[length:] if sign == "#" else text[: len(text) - length]
    return text


def _replaced(text: str, rest: str, variables: Variables) -> str:
    every = rest.startswith("//")
    body = rest[2:] if every else rest[1:]
    place = 0
    while place < len(body) and body[place] != "/":
        place = behind(body, place) if body[place] in "\\\"'$`" else place + 1
    pattern, new = body[:place], body[place + 1 :]
    regex = glob(pattern_of(pattern, variables))
    value = text_of(new, variables)
    return re.sub(regex, lambda _: value, text, count=0 if every else 1, flags=re.DOTALL)


def _c_escapes(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), text, flags=re.DOTALL)


_OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.USub: operator.neg,
}


def arithmetic(text: str, variables: Variables) -> int:
    """The value of `$(( … ))`; what is no number counts as 0."""
    filled = re.sub(r"\$\{?(\w+)\}?", r"\1", text)
    filled = re.sub(r"\b[A-Za-z_]\w*", lambda found: _number(_value(found[0], variables)), filled)
    filled = filled.replace("&&", " and ").replace("||", " or ").strip()
    try:
        return int(_computed(ast.parse(filled or "0", mode="eval").body))
    except (SyntaxError, ValueError, ZeroDivisionError):
        return 0


def _number(text: str) -> str:
    return text if re.fullmatch(r"-?\d+", text) else "0"


def _computed(node: ast.expr) -> int:
    match node:
        case ast.Constant(value=int(value)):
            return value
        case ast.BinOp():
            return int(_OPERATORS[type(node.op)](_computed(node.left), _computed(node.right)))
        case ast.UnaryOp():
            return int(_OPERATORS[type(node.op)](_computed(node.operand)))
        case ast.Compare(ops=[one], comparators=[right]):
            return int(_OPERATORS[type(one)](_computed(node.left), _computed(right)))
        case ast.BoolOp(op=ast.And()):
            return int(all(_computed(value) for value in node.values))
        case ast.BoolOp():
            return int(any(_computed(value) for value in node.values))
    raise ValueError(ast.dump(node))
