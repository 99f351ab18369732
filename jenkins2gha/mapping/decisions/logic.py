"""Simplifies conditions by what GitHub's contexts can hold.

https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jenkins2gha.actions.conditions import FALSE, TRUE, both, either, equal, negated
from jenkins2gha.actions.expressions import Context, Expression, Function, Literal, Not, Operation
from jenkins2gha.regex import regex

EVENT = Context("github.event_name")
REF_NAME = Context("github.ref_name")
DISPATCH = equal(EVENT, "workflow_dispatch")
PULL_REQUEST = equal(EVENT, "pull_request")
TAG = equal(Context("github.ref_type"), "tag")

ONLY_OF_PULL_REQUESTS = (
    "github.base_ref",
    "github.head_ref",
    "github.event.pull_request.",
    "github.event.number",
)
"""Contexts that hold something on pull requests, and nothing elsewhere."""

_NEVER_EMPTY = frozenset(
    "github.ref github.ref_name github.ref_type github.sha github.repository github.workflow "
    "github.event_name github.actor github.run_id github.run_number github.run_attempt "
    "github.server_url runner.os runner.name runner.temp github.workspace".split()
)
_ZERO = regex(r"\s*|\s*[-+]?(?:0+\.?0*|\.0+|0[xob]0+)(?:[eE].*)?\s*")
_MERGE = "/merge"


def never_empty(path: str) -> bool:
    """Whether a context holds some text in every run."""
    return path in _NEVER_EMPTY


def only_of_pull_requests(path: str) -> bool:
    return path.startswith(ONLY_OF_PULL_REQUESTS)


def all_of(conditions: list[Expression]) -> Expression:
    """All of the conditions, without those that others of them say already."""
    joined = both(*conditions) or TRUE
    if not isinstance(joined, Operation) or joined.operator != "&&":
        return joined
    if _oppose_each_other(joined.operands):
        return FALSE
    kept = list(joined.operands)
    for one in joined.operands:
        if any(other is not one and _makes(other, one) for other in kept):
            kept = [other for other in kept if other is not one]
    return both(*kept) or TRUE


def any_of(conditions: list[Expression]) -> Expression:
    """One of the conditions, without those that others of them cover already."""
    joined = either(*conditions)
    if not isinstance(joined, Operation) or joined.operator != "||":
        return joined
    if _oppose_each_other(joined.operands):
        return TRUE
    kept = list(joined.operands)
    for one in joined.operands:
        if any(other is not one and _makes(one, other) for other in kept):
            kept = [other for other in kept if other is not one]
    return either(*kept)


def _oppose_each_other(conditions: Sequence[Expression]) -> bool:
    """Whether one of the conditions is the opposite of another."""
    known = set(conditions)
    return any(negated(one) in known for one in conditions)


def _makes(condition: Expression, other: Expression) -> bool:
    """Whether a condition implies another one; both are known to differ, so that most are told
    apart without a look inside."""
    if isinstance(condition, Operation) and condition.operator in ("&&", "||"):
        return implies(condition, other)
    if not isinstance(other, Operation) or other.operator not in ("==", "!="):
        return False
    left = other.operands[0]
    if left == EVENT:
        return implies(condition, other)
    if isinstance(condition, Operation):
        return (
            condition.operator == "=="
            and condition.operands[0] == left
            and implies(condition, other)
        )
    return isinstance(condition, Function) and implies(condition, other)


def opposite(condition: Expression) -> Expression:
    """The negation, driven into `&&` and `||` where that makes it no longer.

    >>> from jenkins2gha.actions.expressions import write
    >>> write(opposite(Operation("||", (Context("inputs.a"), equal(Context("inputs.b"), "c")))))
    "!inputs.a && inputs.b != 'c'"
    """
    match condition:
        case Operation("&&" | "||" as operator, operands):
            if any(isinstance(one, Operation) and one.operator in "&&||" for one in operands):
                return Not(condition)
            parts = [negated(one) for one in operands]
            return any_of(parts) if operator == "&&" else all_of(parts)
        case Operation("<" | "<=" | ">" | ">=" as operator, operands):
            # With what is no number, all of the four are false.
            return Not(Operation(operator, operands))
    return negated(condition)


def chosen(condition: Expression, then: Expression, otherwise: Expression) -> Expression:
    """`then` where the condition holds, else `otherwise`, both of them conditions themselves.

    >>> from jenkins2gha.actions.expressions import write
    >>> write(chosen(PULL_REQUEST, FALSE, equal(REF_NAME, "main")))
    "github.ref_name == 'main'"
    """
    inverse = opposite(condition)
    if then == otherwise or condition == TRUE:
        return then
    if condition == FALSE:
        return otherwise
    if otherwise == FALSE:
        return all_of([condition, then])
    if then == FALSE:
        return all_of([inverse, otherwise])
    if otherwise == TRUE:
        return then if implies(opposite(then), condition) else any_of([inverse, then])
    if then == TRUE:
        return (
            otherwise if implies(opposite(otherwise), inverse) else any_of([condition, otherwise])
        )
    return Function("case", (condition, then, otherwise))


def implies(condition: Expression, other: Expression) -> bool:
    """Whether, as far as we see, `other` holds wherever the condition does."""
    if condition == other:
        return True
    match condition, other:
        case Operation("&&", operands), _:
            return any(implies(one, other) for one in operands)
        case Operation("||", operands), _:
            return all(implies(one, other) for one in operands)
        case _, Operation("==", (own, Literal(str() as value))) if own == EVENT:
            return _only_with(condition, value)
        case _, Operation("!=", (own, Literal("pull_request"))) if own == EVENT:
            return _never_on_pull_requests(condition)
        case (
            Operation("==", (left, Literal(str() as value))),
            Operation("!=", (right, Literal(str() as third))),
        ):
            return left == right and value.lower() != third.lower()
        case (
            Function(
                "startsWith" | "endsWith" | "contains" as test, (left, Literal(str() as part))
            ),
            Operation("!=", (right, Literal(str() as value))),
        ):
            return left == right and not _holds(test, value.lower(), part)
    return False


def _only_with(condition: Expression, event: str) -> bool:
    """Whether a condition holds on one event only: it asks for what no other event has."""
    path = _asked(condition)
    if path is None:
        return False
    if event == "workflow_dispatch":
        return path.startswith("inputs.")
    return event == "pull_request" and only_of_pull_requests(path)


def _asked(condition: Expression) -> str | None:
    """The context that holds some text, or a number, or `true` where the condition does."""
    match condition:
        case Context(path):
            return path
        case Operation("==", (Context(path), Literal(str() as value))):
            return None if _ZERO.fullmatch(value) else path
        case Operation("==", (Context(path), Literal(value))):
            return path if value else None
        case Operation("!=", (Context(path), Literal(""))):
            return path
        case Function("startsWith" | "endsWith" | "contains", (Context(path), Literal(str(part)))):
            return path if part else None
        case Operation(">", (Context(path), Literal(int() as value))):
            return path if value >= 0 else None
    return None


def _never_on_pull_requests(condition: Expression) -> bool:
    """Whether a condition is false for the `github.ref_name` of every pull request: `7/merge`."""
    match condition:
        case Operation("==", (own, Literal(str() as event))) if own == EVENT:
            return event != "pull_request"
        case Operation("==", (own, Literal(str() as name))) if own == REF_NAME:
            return re.fullmatch(r"\d+/merge", name, re.IGNORECASE) is None
        case Function(
            "startsWith" | "endsWith" | "contains" as name, (own, Literal(str() as part))
        ) if own == REF_NAME:
            return not any(_holds(name, number + _MERGE, part) for number in _numbers(part))
        case Not(Function("contains", (own, Literal("/")))):
            return own == REF_NAME
    return condition == TAG


def _numbers(part: str) -> tuple[str, ...]:
    """Numbers of pull requests that tell whether a text can stand in the name of one."""
    return tuple({"7", "".join(re.findall(r"\d+", part)) or "7"})


def _holds(test: str, text: str, part: str) -> bool:
    own = part.lower()
    return {
        "startsWith": text.startswith(own),
        "endsWith": text.endswith(own),
        "contains": own in text,
    }[test]
