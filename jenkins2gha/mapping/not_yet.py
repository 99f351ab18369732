"""Variables that `env.X = …` sets, where that may not have happened yet.

A text of Groovy that reads a variable which is not set has `null` in its place.
https://docs.groovy-lang.org/latest/html/documentation/#_string_interpolation
"""

from __future__ import annotations

from collections.abc import Iterable

from jenkins2gha.jenkins.pipeline import (
    Assignment,
    Attempt,
    Branches,
    Choice,
    Item,
    Step,
    inner_items,
)
from jenkins2gha.plan.jobs import Gap
from jenkins2gha.plan.reads import assigned_in
from jenkins2gha.record import dataclass

_CATCHING = frozenset(("catchError", "warnError"))
_Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class NotYet:
    """What is not set at a place: `never` are names that nothing can have set by then, `perhaps`
    those that only some of the ways to it set."""

    never: _Names = frozenset()
    perhaps: _Names = frozenset()

    def __bool__(self) -> bool:
        return bool(self.never or self.perhaps)

    def with_possible(self, names: Iterable[str]) -> NotYet:
        """Where these may have been set."""
        found = self.never.intersection(names)
        return NotYet(self.never - found, self.perhaps | found) if found else self

    def with_set(self, names: _Names) -> NotYet:
        """Where these are set."""
        if self.never.isdisjoint(names) and self.perhaps.isdisjoint(names):
            return self
        return NotYet(self.never - names, self.perhaps - names)

    def inside(self, item: Item | Gap) -> NotYet:
        """At any place in an item: the branches of `parallel` run in no order, what is tried again
        or fails has begun before."""
        if not self or not _is_unordered(item):
            return self
        return self.with_possible(assigned_in((item,)))

    def behind(self, *items: Item | Gap) -> NotYet:
        """Behind items that no error ended."""
        if not self:
            return self
        return self.with_possible(assigned_in(items)).with_set(always_set(items))


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is not set yet where a job begins, and where one begins whose jobs in front all
    succeeded; the two differ for a `post` behind several."""

    now: NotYet = NotYet()
    succeeded: NotYet = NotYet()


def always_set(items: Iterable[Item | Gap]) -> _Names:
    """The variables that items set whichever way they go, unless an error ends them."""
    return frozenset[str]().union(*(_set_by(item) for item in items))


def _set_by(item: Item | Gap) -> _Names:
    match item:
        case Assignment(name):
            return frozenset((name,))
        case Choice(branches, otherwise):
            ways = [branch.items for branch in branches] + [otherwise]
            going = [always_set(way) for way in ways if not _ends(way)]
            return frozenset.intersection(*going) if going else frozenset()
        case Attempt(items, handler, last):
            done = always_set(items)
            if handler is not None and not (item.rethrows or _ends(handler)):
                done &= always_set(handler)
            return done | always_set(last)
        case Step(name) if name in _CATCHING:
            return frozenset()
        case Step() | Branches():
            return always_set(inner_items(item))
    return frozenset()


def _ends(items: tuple[Item, ...]) -> bool:
    last = items[-1] if items else None
    return isinstance(last, Step) and last.name == "error"


def _is_unordered(item: Item | Gap) -> bool:
    return isinstance(item, Attempt | Branches) or (isinstance(item, Step) and item.name == "retry")
