"""What is known of variables from stage to stage, whichever of them run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from jenkins2gha.jenkins.conditions import variables_read
from jenkins2gha.jenkins.declarative.conditions import condition_of
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.pipeline import When
from jenkins2gha.jenkins.simultaneous import joined
from jenkins2gha.jenkins.state import Location, State
from jenkins2gha.jenkins.values import Expr, Residual, Value
from jenkins2gha.jenkins.ways import either, join
from jenkins2gha.record import replace
from jenkins2gha.source import Span

UNSURE = "it is set in a stage that may not have run"

_T = TypeVar("_T")


def ordered(sections: Iterable[tuple[_T, str]], bodies: tuple[str, ...]) -> list[tuple[_T, str]]:
    """The sections of a block as they run: its body behind all others but `post`."""
    return sorted(sections, key=lambda one: (one[1] == "post") * 2 + (one[1] in bodies))


def side_by_side(read: Callable[[_T, Reader], object], parts: Iterable[_T], reader: Reader) -> None:
    """Reads parts that run at the same time, each from what is known in front of all of them."""
    state = reader.scope.state
    before = dict(state.store)
    ways: list[dict[Location, Value]] = []
    span = reader.scope.source.span(0, 0)
    for part in parts:
        read(part, reader)
        ways.append(dict(state.store))
        state.become(before)
    state.become(joined(before, ways, span))


def skipped(when: When | None, before: State, reader: Reader) -> None:
    """Takes in that a stage runs only under its `when`."""
    if when is None:
        return
    scope = reader.scope
    condition = condition_of(when)
    if isinstance(condition, Residual) or not _is_stable(condition, reader):
        maybe(before, reader, when.span)
    else:
        join(condition, scope.fork(), scope.within(before), scope, when.span)


def _is_stable(condition: Expr, reader: Reader) -> bool:
    """Whether a condition is the same later in the build."""
    changing = {"", *reader.scope.names.environment_assigned}
    return changing.isdisjoint(variables_read(condition))


def maybe(before: State, reader: Reader, span: Span) -> None:
    """Takes in that what was read last may not have run, or more than once."""
    after = reader.scope.state.fork()
    either(before, after, reader.scope.state, UNSURE, span)


def early(reader: Reader, span: Span) -> Reader:
    """The reader of a block of `post` that may run before all was done."""
    if reader.before is None:
        return reader
    scope = reader.scope
    state = scope.state.fork()
    either(reader.before, scope.state, state, UNSURE, span)
    return replace(reader, scope=scope.within(state))
