"""Ways that have returned while others go on: the condition that tells them apart later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jenkins2gha.jenkins.conditions import variables_read
from jenkins2gha.jenkins.pipeline import Assignment, Branch, Choice, Item, Step
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import End
from jenkins2gha.jenkins.values import (
    BuildFact,
    Comparison,
    Constant,
    EnvironmentRef,
    Expr,
    Known,
    operands,
)
from jenkins2gha.jenkins.ways import environment_changes
from jenkins2gha.source import Span

_LASTING = ("isUnix", "buildingTag", "changeRequest", "isRestartedRun", "previousResult")
"""What a build knows of itself from its first moment to its last."""

_TELLING = ("echo", "print", "println")
_FLAG = "RETURNED"


def returned(end: End) -> Expr | None:
    """The condition under which a way has returned; None where nobody can tell."""
    return end.condition if end.kind == "mixed" else Constant(end.kind == "returned")


def returns_at_once(end: End, items: Sequence[Item]) -> bool:
    """Whether nothing that can fail stands in front of the returns of a way with some items."""
    if end.kind == "returned":
        return all(isinstance(item, Step) and item.name in _TELLING for item in items)
    return end.kind != "mixed" or (end.at_once and len(items) <= 1)


def changes(condition: Expr, items: Iterable[Item]) -> bool:
    """Whether a condition may be another one behind some items."""
    changed = frozenset(environment_changes(items))
    return not changed.isdisjoint(variables_read(condition)) or _is_fleeting(condition)


def _is_fleeting(condition: Expr) -> bool:
    """Whether a condition asks how the build goes, which every step may change."""
    if isinstance(condition, BuildFact):
        return condition.name not in _LASTING
    return any(map(_is_fleeting, operands(condition)))


def flagged(ways: Iterable[tuple[Scope, End]], span: Span) -> Expr | None:
    """Makes each of some ways note in a variable that it has returned; gives the condition that
    asks for it, None where nobody can tell which way has."""
    name = ""
    for scope, end in ways:
        when = returned(end)
        if when is None:
            return None
        name = name or scope.state.file.flag(_FLAG, scope.names.environment)
        noted = Assignment(name, Known("true", span), span)
        if when == Constant(value=True):
            scope.state.items.append(noted)
        elif when != Constant(value=False):
            scope.state.items.append(Choice((Branch(when, (noted,)),), (), span))
    return Comparison("==", EnvironmentRef(name), Constant("true"))
