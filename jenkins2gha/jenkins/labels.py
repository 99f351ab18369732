"""Label expressions: `linux && (docker || podman)`.

The grammar is that of Jenkins' core (`hudson/model/labels/LabelExpressionParser.g4`): `<->` binds
weakest, then `->`, `||`, `&&`, `!`; a name is a word or stands in quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from jenkins2gha.record import dataclass
from jenkins2gha.regex import regex


@dataclass(frozen=True, slots=True)
class LabelName:
    name: str


@dataclass(frozen=True, slots=True)
class LabelNot:
    operand: LabelExpression


@dataclass(frozen=True, slots=True)
class LabelBinary:
    operator: Literal["<->", "->", "||", "&&"]
    left: LabelExpression
    right: LabelExpression


LabelExpression: TypeAlias = LabelName | LabelNot | LabelBinary


class LabelError(ValueError):
    """A label expression that Jenkins cannot parse; `offset` is where in its text."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


_TOKEN = regex(
    r"""\s*(?:(?P<operator><->|->|&&|\|\||!|\(|\))|"(?P<quoted>[^"]*)"|(?P<word>"""
    r"""(?:(?!<->|->)[^&|!()<>"\s])+|(?P<bad>\S)))"""
)
_Operator: TypeAlias = Literal["<->", "->", "||", "&&"]
_LEVELS: tuple[_Operator, ...] = ("<->", "->", "||", "&&")


def parse_label(text: str) -> LabelExpression | None:
    """The tree of a label expression; None for an empty one, which any agent fits.

    >>> parse_label("linux || mac")
    LabelBinary(operator='||', left=LabelName(name='linux'), right=LabelName(name='mac'))

    Raises LabelError where Jenkins would; a `node` then takes the whole text for one label.
    """
    tokens = list(_tokens(text))
    if not tokens:
        return None
    parser = _Parser(tokens, len(text))
    tree = parser.level(0)
    if parser.at < len(tokens):
        raise LabelError(f"`{tokens[parser.at][1]}` is not expected here", tokens[parser.at][2])
    return tree


def label_names(tree: LabelExpression | None) -> Iterator[str]:
    """Every name in a label expression, in order."""
    match tree:
        case LabelName(name=name):
            yield name
        case LabelNot(operand=operand):
            yield from label_names(operand)
        case LabelBinary(left=left, right=right):
            yield from label_names(left)
            yield from label_names(right)


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    at = 0
    while at < len(text) and text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None or found.group("bad"):
            raise LabelError("a label is not expected to hold this character", at)
        for kind in ("operator", "quoted", "word"):
            if found.group(kind) is not None:
                yield kind, found.group(kind), found.start(kind)
        at = found.end()


class _Parser:
    def __init__(self, tokens: list[tuple[str, str, int]], end: int) -> None:
        self.tokens, self.end, self.at = tokens, end, 0

    def level(self, depth: int) -> LabelExpression:
        """One level of binary operators; they group to the left, and `->` does not chain."""
        if depth == len(_LEVELS):
            return self.term()
        left = self.level(depth + 1)
        while self.take(_LEVELS[depth]):
            right = self.level(depth + 1)
            left = LabelBinary(_LEVELS[depth], left, right)
            if _LEVELS[depth] == "->":
                break
        return left

    def take(self, operator: str) -> bool:
        found = self.at < len(self.tokens) and self.tokens[self.at][:2] == ("operator", operator)
        self.at += found
        return found

    def term(self) -> LabelExpression:
        if self.take("!"):
            return LabelNot(self.atom())
        return self.atom()

    def atom(self) -> LabelExpression:
        if self.take("("):
            inner = self.level(0)
            if not self.take(")"):
                raise LabelError("a parenthesis is not closed", self.offset())
            return inner
        if self.at >= len(self.tokens):
            raise LabelError("the label expression ends too early", self.end)
        kind, text, offset = self.tokens[self.at]
        if kind == "operator":
            raise LabelError(f"`{text}` is not expected here", offset)
        self.at += 1
        return LabelName(text)

    def offset(self) -> int:
        return self.tokens[self.at][2] if self.at < len(self.tokens) else self.end
