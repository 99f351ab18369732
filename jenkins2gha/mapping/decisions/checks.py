"""Tests of a text against a constant: what they give for a known text, and how GitHub says them."""

from __future__ import annotations

from typing import Literal as Word
from typing import TypeAlias

from jenkins2gha.actions.conditions import TRUE, equal
from jenkins2gha.actions.expressions import Expression, Function, Literal
from jenkins2gha.mapping.decisions.logic import all_of, any_of, opposite
from jenkins2gha.mapping.decisions.patterns import Shape, glob_shapes, matches, regex_shapes
from jenkins2gha.record import dataclass

Kind: TypeAlias = Word[
    "EQUALS", "equalsIgnoreCase", "contains", "startsWith", "endsWith", "GLOB", "REGEXP", "finds"
]
_IGNORES_CASE = "(?i)"


@dataclass(frozen=True, slots=True)
class TextCheck:
    """One test: `EQUALS` compares, `REGEXP` matches the whole text, `finds` a part of it.

    `folded` says that the text was put into the case of the constant before.
    """

    kind: Kind
    constant: str
    folded: bool = False

    @property
    def pattern(self) -> str:
        """The constant without the `(?i)` in front of a regular expression."""
        return self.constant.removeprefix(_IGNORES_CASE)

    @property
    def heeds_case(self) -> bool:
        """Whether letters of another case make another answer."""
        if self.folded or self.kind in ("GLOB", "equalsIgnoreCase"):
            return False
        if self.kind in ("REGEXP", "finds") and self.constant.startswith(_IGNORES_CASE):
            return False
        return self.constant.lower() != self.constant.upper()

    def of(self, text: str) -> bool | None:
        """The answer for a known text; None for an expression that only Java reads.

        >>> TextCheck("GLOB", "PR-*").of("pr-7")
        True
        """
        if self.folded:
            text = text.upper() if self.constant.isupper() else text.lower()
        match self.kind:
            case "contains":
                return self.constant in text
            case "startsWith":
                return text.startswith(self.constant)
            case "endsWith":
                return text.endswith(self.constant)
            case "equalsIgnoreCase":
                return text.lower() == self.constant.lower()
        return matches(self.constant, text, self.kind)

    def said_of(self, value: Expression) -> Expression | None:
        """The test of a value in GitHub's words, which ignore case; None where it has none."""
        match self.kind:
            case "EQUALS" | "equalsIgnoreCase":
                return equal(value, self.constant)
            case "contains" | "startsWith" | "endsWith" as name:
                return Function(name, (value, Literal(self.constant))) if self.constant else TRUE
            case "GLOB":
                shapes = glob_shapes(self.constant)
            case _:
                shapes = regex_shapes(self.pattern, whole=self.kind == "REGEXP")
        if shapes is None:
            return None
        said = [_shape(shape, value) for shape in shapes]
        return None if None in said else any_of([one for one in said if one])


def _shape(shape: Shape, value: Expression) -> Expression | None:
    match shape.parts:
        case (whole,):
            return equal(value, whole)
        case ("", ""):
            parts = [] if not shape.some else [opposite(equal(value, ""))]
        case (first, ""):
            parts = [Function("startsWith", (value, Literal(first)))]
            parts += [opposite(equal(value, first))] if shape.some else []
        case ("", last):
            parts = [Function("endsWith", (value, Literal(last)))]
            parts += [opposite(equal(value, last))] if shape.some else []
        case (first, last) if not shape.some and not _overlap(first, last):
            ends = (("startsWith", first), ("endsWith", last))
            parts = [Function(name, (value, Literal(part))) for name, part in ends]
        case ("", middle, "") if not shape.some:
            parts = [Function("contains", (value, Literal(middle)))]
        case _:
            return None
    if shape.level:
        parts.append(opposite(Function("contains", (value, Literal("/")))))
    return all_of(parts)


def _overlap(first: str, last: str) -> bool:
    """Whether a shorter text than both together can begin with one and end with the other."""
    one, other = first.lower(), last.lower()
    return any(one.endswith(other[:size]) for size in range(1, len(other) + 1))
