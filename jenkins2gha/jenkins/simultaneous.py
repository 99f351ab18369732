"""The step `parallel`: branches at the same time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.calls import StepCall
from jenkins2gha.jenkins.conditions import same
from jenkins2gha.jenkins.forks import Fork
from jenkins2gha.jenkins.pipeline import Branches, Choice, Item
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import End, Location, NotEvaluatedError
from jenkins2gha.jenkins.values import ClosureOf, MapOf, Perhaps, Residual, Value, flag_of, text_of
from jenkins2gha.source import Span


def branches(found: StepCall, scope: Scope) -> Branches:
    """`parallel a: { … }, b: { … }, failFast: true`, and `parallel` of a map that is known.

    Raises NotEvaluatedError for branches that only a run knows.
    """
    span = scope.span(found.last)
    entries = list(_entries(found.last, scope))
    fail_fast = flag_of(next((value for name, value in entries if name == "failFast"), None))
    if fail_fast is None:
        raise NotEvaluatedError("`failFast` is not constant")
    given = [(name, value) for name, value in entries if name != "failFast"]
    read: list[tuple[str, tuple[Item, ...]]] = []
    ways: list[dict[Location, Value]] = []
    before = dict(scope.state.store)
    for name, closure in given:
        way = scope.fork()
        _follow(closure, way, span)
        read.append((name, _items(way, span)))
        ways.append(way.state.store)
    scope.state.become(joined(before, ways, span))
    return Branches(tuple(read), span, scope.span(found.last.name), fail_fast)


def _follow(held: Value, way: Scope, span: Span) -> None:
    """Follows one branch, where it is there."""

    def run(scope: Scope) -> End:
        return scope.state.file.interpreter.call(closure, (), scope, wanted=False)

    if isinstance(held, Perhaps):
        closure = held.closure
        Fork(held.condition, span, wanted=False).follow(run, lambda _: End("done"), way)
        return
    if not isinstance(held, ClosureOf):
        raise NotEvaluatedError("a branch of it is no block")
    closure = held
    run(way)


def _entries(call: ast.Call, scope: Scope) -> Iterator[tuple[str, Value]]:
    for given in call.arguments:
        value = scope.value(given)
        if not isinstance(value, MapOf):
            reason = value.reason if isinstance(value, Residual) else "they are no map"
            raise NotEvaluatedError(f"only a run knows its branches ({reason})")
        yield from value.entries
    for entry in call.named:
        name = None if entry.key is None else text_of(scope.value(entry.key))
        if name is None:
            raise NotEvaluatedError("the name of a branch is not constant")
        yield name, scope.value(entry.value)


def _items(scope: Scope, span: Span) -> tuple[Item, ...]:
    noted = scope.state.take_noted()
    if noted:
        scope.state.items.append(Choice((), (), span, noted))
    return tuple(scope.state.items)


def joined(
    before: dict[Location, Value], ways: Sequence[dict[Location, Value]], span: Span
) -> dict[Location, Value]:
    """What is known behind branches: what one of them set has its value, what several set none."""
    behind = dict(before)
    seen: set[Location] = set()
    for way in ways:
        for location, value in way.items():
            old = before.get(location)
            if old is not None and same(old, value):
                continue
            twice = location in seen and not same(behind[location], value)
            unknown = Residual(span, "several branches of `parallel` set it")
            behind[location] = unknown if twice else value
            seen.add(location)
    return behind
