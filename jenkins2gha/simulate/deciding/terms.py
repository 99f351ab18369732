"""Conditions made of parts, and what must be so for a part to decide.

A cube says which options of some dimensions (how the run started, a parameter, …) are allowed; what
it does not name may be anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeAlias

from jenkins2gha.groovy import ast

Cube: TypeAlias = Mapping[str, frozenset[int]]
_MOST = 12


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A condition without parts of its own; `constants` are the variables that are set there, None
    for a value that the text does not tell."""

    node: ast.Expression
    constants: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Not:
    term: Term


@dataclass(frozen=True, slots=True)
class Group:
    """All of some terms, or with `every` false any of them."""

    terms: tuple[Term, ...]
    every: bool


Term: TypeAlias = Part | Not | Group


class Holds(Protocol):
    """The cubes in which a part holds, or does not."""

    def __call__(self, part: Part, *, value: bool) -> Sequence[Cube]: ...


def both(one: Cube, other: Cube) -> Cube | None:
    """What two cubes allow; None where that is nothing."""
    found = dict(one)
    for name, allowed in other.items():
        left = found[name] & allowed if name in found else allowed
        if not left:
            return None
        found[name] = left
    return found


def product(alternatives: Iterable[Sequence[Cube]]) -> list[Cube]:
    """What one cube of each list allows together, for some of the choices."""
    found: list[Cube] = [{}]
    for cubes in alternatives:
        pairs = (both(one, other) for one in found for other in cubes)
        found = list(islice((cube for cube in pairs if cube is not None), _MOST))
    return found


def outcome(term: Term, holds: Holds, *, value: bool) -> list[Cube]:
    """Cubes in which a term comes out so."""
    match term:
        case Part():
            return list(holds(term, value=value))
        case Not():
            return outcome(term.term, holds, value=not value)
    inside = [outcome(one, holds, value=value) for one in term.terms]
    if term.every == value:
        return product(inside)
    return [cube for cubes in inside for cube in cubes][:_MOST]


def deciding(term: Term, holds: Holds) -> Iterator[list[Cube]]:
    """For each part of a term, and each of its two values, cubes in which that value decides."""
    match term:
        case Part():
            yield list(holds(term, value=True))
            yield list(holds(term, value=False))
        case Not():
            yield from deciding(term.term, holds)
        case Group():
            for place, one in enumerate(term.terms):
                others = [*term.terms[:place], *term.terms[place + 1 :]]
                rest = product([outcome(other, holds, value=term.every) for other in others])
                for cubes in deciding(one, holds):
                    yield product([cubes, rest])
