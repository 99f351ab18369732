"""Ways that a run may take: what is known behind them, and what they leave among the items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.jenkins.conditions import chosen, negated, reads, same, variables_read
from jenkins2gha.jenkins.pipeline import (
    Assignment,
    Branch,
    BuildProperty,
    Choice,
    Item,
    inner_items,
)
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import Location, State
from jenkins2gha.jenkins.values import (
    EnvironmentRef,
    Expr,
    Known,
    Residual,
    ResultOf,
    Symbolic,
    Value,
)
from jenkins2gha.source import Span


def choose(
    condition: Expr, then: Scope, otherwise: Scope, scope: Scope, span: Span, *, chain: bool = False
) -> None:
    """Adds the Choice between two ways to the items of the scope that they part from.

    `chain` says that the other way is an `else if`: its Choice then is a further branch.
    """
    steps = scope.state.take_noted()
    first = _finished(then, span)
    second = _finished(otherwise, span)
    if not (first or second or steps):
        return
    only = second[0] if len(second) == 1 else None
    if chain and isinstance(only, Choice):
        branches = (Branch(condition, first), *only.branches)
        item = Choice(branches, only.otherwise, span, steps + only.steps)
    elif not first and second:
        item = Choice((Branch(negated(condition), second),), (), span, steps)
    else:
        item = Choice((Branch(condition, first),), second, span, steps)
    scope.state.items.append(item)


def _finished(scope: Scope, span: Span) -> tuple[Item, ...]:
    """The items of a way; steps with a known result that no item carries stand in an empty one."""
    noted = scope.state.take_noted()
    if noted:
        scope.state.items.append(Choice((), (), span, noted))
    return tuple(scope.state.items)


def join(condition: Expr, then: Scope, otherwise: Scope, scope: Scope, span: Span) -> None:
    """What is known behind two ways: for each variable the value of the way that was taken."""
    changed = frozenset(environment_changes((*then.state.items, *otherwise.state.items)))
    condition_changes = not changed.isdisjoint(variables_read(condition))
    joined: dict[Location, Value] = {}
    one, other = then.state.store, otherwise.state.store
    for location in {**one, **other}:
        left = _known(location, one, other, scope)
        right = _known(location, other, one, scope)
        if same(left, right):
            joined[location] = left
        elif condition_changes:
            joined[location] = Residual(span, "it depends on what only a run decides")
        else:
            joined[location] = chosen(condition, left, right, span)
    scope.state.become(joined)


def _known(
    location: Location,
    store: dict[Location, Value],
    other: dict[Location, Value],
    scope: Scope,
) -> Value:
    """The value on one way; a name that is not set on it is still the environment's, or null."""
    if location in store:
        return store[location]
    if isinstance(location, str):
        span = other[location].span
        if location in scope.names.environment:
            return Symbolic(EnvironmentRef(location), span)
        return Known(None, span)
    return other[location]


def either(first: State, second: State, state: State, reason: str, span: Span) -> None:
    """What is known where nobody can tell which of two ways was taken, or how far."""
    joined: dict[Location, Value] = {}
    for location in {**first.store, **second.store}:
        one, other = first.store.get(location), second.store.get(location)
        known = None if one is None or other is None else _one_of(one, other)
        if known is not None:
            joined[location] = known
        elif isinstance(location, int) and (one is None or other is None):
            joined[location] = one or other or Residual(span, reason)
        else:
            joined[location] = Residual(span, reason)
    state.become(joined)


def _one_of(one: Value, other: Value) -> Value | None:
    """The value that stands for both of two: they are the same, or the second is the output of a
    step where the first is empty, as the output is of a step that did not run."""
    if same(one, other):
        return one
    empty = isinstance(one, Known) and one.value in (None, "")
    match other:
        case Symbolic(ResultOf(form="text")) if empty:
            return other
    return None


def environment_changes(items: Iterable[Item]) -> Iterator[str]:
    """The variables of the environment that some items set; `''` for the build's result."""
    for item in items:
        if isinstance(item, Assignment):
            yield item.name
        elif isinstance(item, BuildProperty):
            yield ""
        yield from environment_changes(inner_items(item))


def forget_readers(scope: Scope, names: Iterable[str], span: Span) -> None:
    """Forgets the variables whose values were read from what now changes."""
    changed = frozenset(names)
    if not changed:
        return
    for location, value in scope.state.store.items():
        if not isinstance(value, Known | Residual) and reads(value, changed):
            reason = "it was read from a variable that is set again since"
            scope.state.store[location] = Residual(span, reason)
