"""Expressions of GitHub Actions as a tree, and how they are written.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from jenkins2gha.record import dataclass

Constant: TypeAlias = str | int | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Literal:
    value: Constant


@dataclass(frozen=True, slots=True)
class Context:
    """`github.event_name`, `steps.build.outcome`: the path as written."""

    path: str


@dataclass(frozen=True, slots=True)
class Function:
    """`success()`, `contains(a, b)`, `case(p, v, default)`."""

    name: str
    arguments: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    operand: Expression


@dataclass(frozen=True, slots=True)
class Operation:
    """`&&` or `||` over two or more operands; `==`, `!=`, `<`, `<=`, `>`, `>=` over two."""

    operator: str
    operands: tuple[Expression, ...]


Expression: TypeAlias = Literal | Context | Function | Not | Operation

_STRENGTH = {"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4}


def write(expression: Expression) -> str:
    """The expression as text, with only the brackets it needs.

    >>> write(Operation("&&", (Function("failure"), Not(Context("inputs.dry")))))
    'failure() && !inputs.dry'
    """
    return _write(expression, 0)


def _write(expression: Expression, strength: int) -> str:
    match expression:
        case Literal(value):
            return _write_literal(value)
        case Context(path):
            return path
        case Function(name, arguments):
            return f"{name}({', '.join(_write(argument, 0) for argument in arguments)})"
        case Not(operand):
            return f"!{_write(operand, 5)}"
        case Operation(operator, operands):
            own = _STRENGTH[operator]
            text = f" {operator} ".join(_write(operand, own + 1) for operand in operands)
            return f"({text})" if own < strength else text


def _write_literal(value: Constant) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)
