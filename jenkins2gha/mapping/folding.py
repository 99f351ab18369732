"""What a value comes to where some variables of the environment are known beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from jenkins2gha.jenkins.values import (
    AllOf,
    AnyOf,
    Choose,
    Comparison,
    Concat,
    Constant,
    EnvironmentRef,
    Expr,
    Known,
    Negation,
    Scalar,
    Symbolic,
    TextTest,
    Truth,
    Value,
)

Environment: TypeAlias = Mapping[str, str | None]


class _OpenError(ValueError):
    """The value depends on what only a run knows."""


def folded(value: Value | None, environment: Environment) -> str | None:
    """The text of a value, with those variables of the environment (None for one that is not set);
    None where it depends on more.

    >>> from jenkins2gha.source import Source
    >>> span = Source("-", "").span(0, 0)
    >>> main = Comparison("==", EnvironmentRef("BRANCH_NAME"), Constant("main"))
    >>> value = Symbolic(Choose(main, Constant("@daily"), Constant("")), span)
    >>> folded(value, {"BRANCH_NAME": "main"}), folded(value, {"BRANCH_NAME": "next"})
    ('@daily', '')
    """
    if isinstance(value, Known):
        found = value.value
    elif isinstance(value, Symbolic):
        try:
            found = _fold(value.expr, environment)
        except _OpenError:
            return None
    else:
        return None
    return found if isinstance(found, str) else None


def _fold(expr: Expr, environment: Environment) -> Scalar:
    match expr:
        case Constant(value):
            return value
        case EnvironmentRef(name) if name in environment:
            return environment[name]
        case Concat(parts):
            return "".join(_printed(_fold(part, environment)) for part in parts)
        case Choose(condition, then, otherwise):
            return _fold(then if _fold(condition, environment) else otherwise, environment)
    return _condition(expr, environment)


def _condition(expr: Expr, environment: Environment) -> bool:
    match expr:
        case Truth(operand):
            return bool(_fold(operand, environment))
        case Negation(operand):
            return not _fold(operand, environment)
        case AllOf(operands):
            return all(_fold(one, environment) for one in operands)
        case AnyOf(operands):
            return any(_fold(one, environment) for one in operands)
        case Comparison("==" | "!=" as sign, left, right):
            return (_fold(left, environment) == _fold(right, environment)) == (sign == "==")
        case TextTest("contains" | "startsWith" | "endsWith" as test, text, part):
            return _test(test, _fold(text, environment), _fold(part, environment))
    raise _OpenError


def _test(test: str, text: Scalar, part: Scalar) -> bool:
    if not isinstance(text, str) or not isinstance(part, str):
        raise _OpenError
    if test == "contains":
        return part in text
    return text.startswith(part) if test == "startsWith" else text.endswith(part)


def _printed(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)
