"""What the conditions of `when` ask, as one expression over what only a run knows.

https://www.jenkins.io/doc/book/pipeline/syntax/#built-in-conditions
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias

from jenkins2gha.jenkins.pipeline import Condition, When
from jenkins2gha.jenkins.values import (
    AllOf,
    AnyOf,
    BuildFact,
    Comparison,
    Constant,
    EnvironmentRef,
    Expr,
    Known,
    Negation,
    PathTest,
    Residual,
    Symbolic,
    TextTest,
    Truth,
    Value,
    flag_of,
    text_of,
)

_Comparator: TypeAlias = Literal["GLOB", "REGEXP", "EQUALS"]
_COMPARATORS: dict[str, _Comparator] = {"GLOB": "GLOB", "REGEXP": "REGEXP", "EQUALS": "EQUALS"}
_CHANGE = {
    "id": "CHANGE_ID",
    "target": "CHANGE_TARGET",
    "branch": "CHANGE_BRANCH",
    "fork": "CHANGE_FORK",
    "title": "CHANGE_TITLE",
    "author": "CHANGE_AUTHOR",
    "authorDisplayName": "CHANGE_AUTHOR_DISPLAY_NAME",
    "authorEmail": "CHANGE_AUTHOR_EMAIL",
}
"""What each argument of `changeRequest` is compared with; `url` is accepted and ignored."""


class _Unknown(Exception):
    """A part of a condition that was not evaluated."""

    def __init__(self, residual: Residual) -> None:
        super().__init__(residual.reason)
        self.residual = residual


def condition_of(when: When) -> Expr | Residual:
    """The one condition under which a stage runs: all that stand in its `when` must hold.

    The first part that was not evaluated stands for all of it.
    """
    try:
        return _all(when.conditions)
    except _Unknown as unknown:
        return unknown.residual


def _all(conditions: Iterable[Condition]) -> Expr:
    return _joined(AllOf, [expr_of(condition) for condition in conditions])


def _joined(kind: type[AllOf | AnyOf], parts: list[Expr]) -> Expr:
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def expr_of(condition: Condition) -> Expr:
    """What one condition asks; it and those inside it must have been evaluated."""
    known = _READERS.get(condition.name)
    return known(condition) if known else BuildFact(condition.name, _arguments(condition))


def _arguments(condition: Condition) -> tuple[tuple[str, Expr], ...]:
    return tuple(
        (name, _expr(value, condition)) for name, value in sorted(condition.arguments.items())
    )


def _tag(condition: Condition) -> Expr:
    built = BuildFact("buildingTag")
    if text_of(condition.arguments.get("pattern")) == "":
        return built
    return AllOf((built, _compared("TAG_NAME", condition, "GLOB")))


def _change_request(condition: Condition) -> Expr:
    parts: list[Expr] = [BuildFact("changeRequest")]
    for name, value in condition.arguments.items():
        if name in _CHANGE and text_of(value) != "":
            pattern = _expr(value, condition)
            comparator = _comparator(condition, "EQUALS")
            parts.append(PathTest(EnvironmentRef(_CHANGE[name]), pattern, comparator))
    return _joined(AllOf, parts)


def _environment(condition: Condition) -> Expr:
    name = text_of(condition.arguments.get("name"))
    if name is None:
        raise _Unknown(Residual(condition.span, "the name of the variable is computed"))
    value = _argument("value", condition)
    if flag_of(condition.arguments.get("ignoreCase")):
        return TextTest("equalsIgnoreCase", EnvironmentRef(name), value)
    return Comparison("==", EnvironmentRef(name), value)


def _compared(name: str, condition: Condition, default: _Comparator) -> Expr:
    pattern = _argument("pattern", condition)
    return PathTest(EnvironmentRef(name), pattern, _comparator(condition, default))


def _comparator(condition: Condition, default: _Comparator) -> _Comparator:
    """The comparator by its name, whatever its case; Jenkins takes an unknown one for none."""
    given = condition.arguments.get("comparator")
    return _COMPARATORS.get((text_of(given) or "").upper(), default)


def _argument(name: str, condition: Condition) -> Expr:
    return _expr(condition.arguments.get(name), condition)


def _expr(value: Value | None, condition: Condition) -> Expr:
    match value:
        case Known(constant):
            return Constant(constant)
        case Symbolic(expr):
            return expr
        case Residual():
            raise _Unknown(value)
    site = condition.span if value is None else value.span
    raise _Unknown(Residual(site, "it compares a list or an object"))


_READERS: dict[str, Callable[[Condition], Expr]] = {
    "allOf": lambda one: _all(one.children),
    "anyOf": lambda one: _joined(AnyOf, [expr_of(child) for child in one.children]),
    "not": lambda one: Negation(_all(one.children)),
    "expression": lambda one: Truth(_expr(one.value, one)),
    "branch": lambda one: _compared("BRANCH_NAME", one, "GLOB"),
    "tag": _tag,
    "changeRequest": _change_request,
    "environment": _environment,
    "equals": lambda one: Comparison("==", _argument("actual", one), _argument("expected", one)),
}
"""How each condition is read; the others ask for a fact of the build that has their name."""
