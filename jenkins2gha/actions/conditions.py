"""Builds conditions, without what adds nothing.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions
"""

from __future__ import annotations

from decimal import Decimal

from jenkins2gha.actions.expressions import Constant, Expression, Function, Literal, Not, Operation
from jenkins2gha.actions.walk import nodes

SUCCESS = Function("success")
FAILURE = Function("failure")
ALWAYS = Function("always")
CANCELLED = Function("cancelled")
TRUE = Literal(value=True)
FALSE = Literal(value=False)
_STATUS = {"success", "failure", "always", "cancelled"}


def both(*conditions: Expression | None) -> Expression | None:
    """All of the conditions; None stands for no condition, which is an implied `success()`.

    `success()` beside a condition that tests no status itself is left out, as GitHub adds it.
    """
    parts = _exclusive(_flat("&&", TRUE, conditions))
    if FALSE in parts:
        return FALSE
    others = [part for part in parts if part != SUCCESS]
    if len(others) < len(parts) and not any(map(tests_status, others)):
        parts = others
    return _joined("&&", parts)


def _exclusive(parts: list[Expression]) -> list[Expression]:
    """Conditions without what others of them say: a job that failed was not cancelled."""
    if CANCELLED in parts:
        return [part for part in parts if part != either(FAILURE, CANCELLED)]
    if Not(CANCELLED) not in parts or either(FAILURE, CANCELLED) not in parts:
        return parts
    parts = [FAILURE if part == either(FAILURE, CANCELLED) else part for part in parts]
    return [part for part in parts if part != Not(CANCELLED)]


def either(*conditions: Expression) -> Expression:
    """One of the conditions."""
    parts = _flat("||", FALSE, conditions)
    return TRUE if TRUE in parts else _joined("||", parts) or FALSE


def negated(condition: Expression) -> Expression:
    """The opposite of a condition."""
    match condition:
        case Not(operand):
            return operand
        case Literal(bool() as value):
            return Literal(not value)
        case Operation("==", operands):
            return Operation("!=", operands)
        case Operation("!=", operands):
            return Operation("==", operands)
        case _:
            return Not(condition)


def equal(left: Expression, right: Constant | Expression) -> Expression:
    """Whether an expression is equal to another or to a constant."""
    if right is None or isinstance(right, (str, bool, int, Decimal)):
        right = Literal(right)
    return Operation("==", (left, right))


def tests_status(condition: Expression) -> bool:
    """Whether GitHub leaves a condition as it is, and does not put `success() &&` before it."""
    return any(isinstance(node, Function) and node.name in _STATUS for node in nodes(condition))


def _flat(
    operator: str, neutral: Expression, conditions: tuple[Expression | None, ...]
) -> list[Expression]:
    parts: dict[Expression, None] = {}
    for condition in conditions:
        own: tuple[Expression | None, ...] = (condition,)
        if isinstance(condition, Operation) and condition.operator == operator:
            own = condition.operands
        parts |= {part: None for part in own if part is not None and part != neutral}
    return list(parts)


def _joined(operator: str, parts: list[Expression]) -> Expression | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return Operation(operator, tuple(parts))
