"""Patterns of Jenkins (Ant's globs, Java's regular expressions), and what is simple about them.

https://ant.apache.org/manual/dirtasks.html#patterns
https://docs.oracle.com/javase/8/docs/api/java/util/regex/Pattern.html
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from jenkins2gha.mapping.ant import regular_expression
from jenkins2gha.record import dataclass
from jenkins2gha.regex import regex

_MOST = 8
"""Alternatives of one pattern that are written out; more are left to a shell."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern as the texts in it, with a wildcard between each two.

    `some` says that a wildcard stands for one character at least, `level` that it does not match
    a `/`.
    """

    parts: tuple[str, ...]
    some: bool = False
    level: bool = False


def glob_shapes(pattern: str) -> tuple[Shape, ...] | None:
    """What an Ant pattern matches; None where startsWith, endsWith and contains cannot say it.

    >>> glob_shapes("release-*")
    (Shape(parts=('release-', ''), some=False, level=True),)
    >>> glob_shapes("hotfix/**")
    (Shape(parts=('hotfix',), some=False, level=False), Shape(parts=('hotfix/', ''), \
some=False, level=False))
    """
    segments = pattern.split("/")
    if "?" in pattern or (len(segments) > 1 and "" in segments):
        return None
    if pattern == "**":
        return (Shape(("", "")),)
    if "*" not in pattern:
        return (Shape((pattern,)),)
    if len(segments) == 1:
        return (Shape(tuple(re.split(r"\*+", pattern)), level=True),)
    if segments[-1] == "**" and "*" not in "".join(segments[:-1]):
        folder = "/".join(segments[:-1])
        return Shape((folder,)), Shape((f"{folder}/", ""))
    if segments[0] == "**" and "*" not in "".join(segments[1:]):
        rest = "/".join(segments[1:])
        return Shape((rest,)), Shape(("", f"/{rest}"))
    return None


@cache
def glob_expression(pattern: str) -> str:
    """An Ant pattern as an extended regular expression over a whole text.

    >>> glob_expression("**/release/*")
    '(.*/)?release/[^/]*'
    """
    return regular_expression(pattern).removeprefix(r"^\./").removesuffix("$")


def literal_pattern(text: str) -> str:
    """An extended regular expression that stands for exactly this text."""
    return re.sub(r"([.\[\](){}+^$|\\*?])", r"\\\1", text)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A literal, or a wildcard of a regular expression."""

    text: str = ""
    wild: bool = False
    some: bool = False


_Sequence = tuple[_Piece, ...]


class _Wilder(Exception):
    """A regular expression that no shape says."""


def regex_shapes(pattern: str, *, whole: bool) -> tuple[Shape, ...] | None:
    """What a regular expression matches, the whole text or a part of it; None for a wilder one.

    >>> regex_shapes("main|release/.*", whole=True)
    (Shape(parts=('main',), some=False, level=False), Shape(parts=('release/', ''), \
some=False, level=False))
    """
    try:
        sequences = _Reader(pattern).alternatives()
    except _Wilder:
        return None
    shapes = [_shape(sequence, whole=whole) for sequence in sequences]
    return None if None in shapes else tuple(dict.fromkeys(s for s in shapes if s))


_START, _END = _Piece("^", wild=True), _Piece("$", wild=True)


def _shape(sequence: _Sequence, *, whole: bool) -> Shape | None:
    pieces = list(sequence)
    anchored = [whole or _START in pieces[:1], whole or _END in pieces[-1:]]
    pieces = pieces[1:] if pieces[:1] == [_START] else pieces
    pieces = pieces[:-1] if pieces[-1:] == [_END] else pieces
    if _START in pieces or _END in pieces:
        return None
    if not anchored[0]:
        pieces.insert(0, _Piece(wild=True))
    if not anchored[1]:
        pieces.append(_Piece(wild=True))
    parts = [""]
    some = False
    before: _Piece | None = None
    for piece in pieces:
        if not piece.wild:
            parts[-1] += piece.text
        elif before is not None and before.wild:
            some = some or piece.some
        else:
            parts.append("")
            some = some or piece.some
        before = piece
    return Shape(tuple(parts), some=some)


class _Reader:
    """Reads the regular expressions that are made of literals, `.*`, `.+`, groups and `|`."""

    def __init__(self, pattern: str) -> None:
        self._text, self._at = pattern, 0

    def alternatives(self) -> list[_Sequence]:
        found = self._either()
        if self._at < len(self._text):
            raise _Wilder
        return found

    def _either(self) -> list[_Sequence]:
        found = self._sequence()
        while self._peek() == "|":
            self._at += 1
            found = found + self._sequence()
        if len(found) > _MOST:
            raise _Wilder
        return found

    def _sequence(self) -> list[_Sequence]:
        found: list[_Sequence] = [()]
        while self._peek() not in ("", "|", ")"):
            found = [(*one, *more) for one, more in product(found, self._item())]
            if len(found) > _MOST:
                raise _Wilder
        return found

    def _item(self) -> list[_Sequence]:
        character = self._next()
        if character == "(":
            return self._group()
        if character == ".":
            return self._wildcard()
        if character in "^$":
            return [(_START if character == "^" else _END,)]
        if character == "\\":
            character = self._next()
            if character.isalnum() or not character:
                raise _Wilder
        elif character in "[{*+?":
            raise _Wilder
        if self._peek() == "?":
            self._at += 1
            return [(_Piece(character),), ()]
        if self._peek() in tuple("*+{"):
            raise _Wilder
        return [(_Piece(character),)]

    def _group(self) -> list[_Sequence]:
        if self._text.startswith("?:", self._at):
            self._at += 2
        elif self._peek() == "?":
            raise _Wilder
        found = self._either()
        if self._next() != ")":
            raise _Wilder
        if self._peek() == "?":
            self._at += 1
            return [*found, ()]
        if self._peek() in tuple("*+{"):
            raise _Wilder
        return found

    def _wildcard(self) -> list[_Sequence]:
        quantifier = self._next()
        if quantifier not in ("*", "+"):
            raise _Wilder
        if self._peek() == "?":
            self._at += 1
        if self._peek() in tuple("*+{"):
            raise _Wilder
        return [(_Piece(wild=True, some=quantifier == "+"),)]

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _next(self) -> str:
        self._at += 1
        return self._text[self._at - 1 : self._at]


_UNLIKE = regex(r"\\[pPQEGZzbBhHRXvV]|&&|[*+?}]\+|\(\?[<>]|\$")


def matches(pattern: str, text: str, comparator: str) -> bool | None:
    """Whether a known text matches; None for a pattern that Python reads in another way than Java.

    `comparator` is `GLOB`, `REGEXP`, `EQUALS`, or `finds` for a part that matches.

    >>> matches("release/*", "Release/1", "GLOB"), matches("release/*", "release/1/2", "GLOB")
    (True, False)
    """
    if comparator == "EQUALS":
        return pattern == text
    if comparator == "GLOB":
        return re.fullmatch(glob_expression(pattern), text, re.IGNORECASE) is not None
    if _UNLIKE.search(pattern.removesuffix("$")):
        return None
    try:
        compiled = re.compile(pattern, re.ASCII)
    except re.error:
        return None
    found = compiled.search(text) if comparator == "finds" else compiled.fullmatch(text)
    return found is not None


_JAVA_ONLY = regex(r"\\[QEGhHRXvV]|&&|\(\?<[A-Za-z]|\\p\{(?:java|Is|In)")
_PERL = regex(r"\\[dDwWsSbBpPzZA1-9]|\(\?|[*+?}][+?]")
_CLASSES = {r"\d": "[0-9]", r"\w": "[A-Za-z0-9_]", r"\D": "[^0-9]", r"\W": "[^A-Za-z0-9_]"}


def grep_pattern(pattern: str) -> tuple[str, str] | None:
    r"""A Java expression for `grep`: the letter of its dialect and the pattern; None for a pattern
    that neither dialect reads as Java does.

    >>> grep_pattern(r"v\d+\.\d+")
    ('E', 'v[0-9]+\\.[0-9]+')
    """
    if _JAVA_ONLY.search(pattern):
        return None
    simple = _plain_classes(pattern)
    if simple is not None and not _PERL.search(simple):
        return "E", simple
    return "P", pattern


def _plain_classes(pattern: str) -> str | None:
    r"""The pattern with `[0-9]` for `\d`; None where one stands inside brackets."""
    written, inside, at = "", False, 0
    while at < len(pattern):
        pair = pattern[at : at + 2]
        if pair[0] == "\\":
            if inside:
                return None
            # A slash, a hyphen and the like need no backslash, and `grep -E` warns of it.
            plain = pair[1:] if pair[1:] and pair[1] in "/-_#@:, '\"=<>&%!~" else pair
            written += _CLASSES.get(pair, plain)
            at += 2
            continue
        inside = (inside or pair[0] == "[") and pair[0] != "]"
        written += pair[0]
        at += 1
    return written
