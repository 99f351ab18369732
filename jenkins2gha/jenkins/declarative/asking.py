"""`expression { … }` of `when`: its block is followed, as in a script, to what it is worth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.accounts import Accounts
from jenkins2gha.jenkins.conditions import all_of, negated, truth
from jenkins2gha.jenkins.declarative.conditions import expr_of
from jenkins2gha.jenkins.frames import Frame
from jenkins2gha.jenkins.pipeline import Branch, Choice, Condition, Groovy, Item, inner_items
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.sites import steps_of
from jenkins2gha.jenkins.state import NotEvaluatedError, State
from jenkins2gha.jenkins.statements import finished
from jenkins2gha.jenkins.values import Expr, Known, Residual, Value
from jenkins2gha.record import dataclass, replace

_APART = ("node", "input", "parallel", "stage")
"""Steps that no condition can wait for in the job that asks it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a block is worth, and the items that run to find it out."""

    value: Value
    items: tuple[Item, ...] = ()


def asked(body: ast.Closure, scope: Scope) -> Asked:
    """Follows a block; where a part of it is left to a person, all of it is: it is Residual."""
    file, span = scope.state.file, scope.span(body)
    inner = scope.inside(body).within(State(file, dict(scope.state.store)))
    never = len(file.never)
    try:
        found = _followed(body, replace(inner, more=False))
    except NotEvaluatedError as error:
        found = Asked(Residual(span, error.reason))
    if isinstance(found.value, Residual):
        del file.never[never:]
        return Asked(found.value)
    scope.state.become(inner.state.store)
    return found


def _followed(body: ast.Closure, scope: Scope) -> Asked:
    before, span = Accounts.of(scope), scope.span(body)
    frame = Frame(body.body, scope.variables)
    end = scope.state.file.interpreter.run(frame, scope, wanted=True)
    items = finished(scope)
    reason = next(_left(items), None)
    if reason is None and end.kind in ("failed", "mixed"):
        reason = "it may end with an error"
    if reason is not None:
        return Asked(Residual(span, reason))
    before.settle(body, scope)
    return Asked(truth(end.value or Known(None, span), span), items)


def _left(items: Iterable[Item]) -> Iterator[str]:
    """Why some of the items are left to a person, or can run in no job that goes on."""
    for item in items:
        if isinstance(item, Groovy):
            yield item.reason
        yield from _left(inner_items(item))
    yield from (
        f"it takes the result of `{one.name}`" for one in steps_of(items) if one.name in _APART
    )


def items_of(conditions: Iterable[Condition], *, until: bool = False) -> tuple[Item, ...]:
    """What runs to find out conditions that stand beside each other: of each only where those
    before it hold, or, `until` one does, where none of them holds.
    """
    found: list[Item] = []
    before: list[Expr] = []
    for one in conditions:
        items = one.items or items_of(one.children, until=one.name == "anyOf")
        if items and before:
            items = (Choice((Branch(all_of(*before), items),), (), one.span),)
        found += items
        own = expr_of(one)
        before.append(negated(own) if until else own)
    return tuple(found)
