"""`try` → steps, what `catch` does where one of them failed, what `finally` does whatever happened.

Jenkins throws an error too where a person stops the build, so that `catch` runs then as well.
https://www.jenkins.io/doc/book/pipeline/syntax/#flow-control
"""

from __future__ import annotations

from jenkins2gha.actions.conditions import ALWAYS, CANCELLED, FAILURE, both, either
from jenkins2gha.actions.expressions import Expression
from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.jenkins.pipeline import Attempt, Item
from jenkins2gha.jenkins.sites import steps_of
from jenkins2gha.mapping.chaining import Chain, begun, chained, stops_by_itself, watched
from jenkins2gha.mapping.identifiers import provisional
from jenkins2gha.mapping.results import begin
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation
from jenkins2gha.record import replace
from jenkins2gha.rules import diagnose


def attempt(item: Attempt, scope: Scope, context: Context, translate: Translate) -> Translation:
    """The steps of `try`, `catch` and `finally`, one behind the other.

    A `catch` that throws again leaves the failure to the job. Any other takes it: the steps of
    `try` continue on error, each waits for the one before, and what stands behind runs.
    """
    prefix = provisional(f"{scope.stage} try", item.span.start)
    swallows = item.handler is not None and not item.rethrows
    tried = translate(item.items, scope.changed(caught=scope.caught or swallows))
    if not tried.steps:
        return tried + _never(item) + translate(item.last, scope)
    steps, ran = begun(tried.steps, scope.condition, prefix)
    if ran is None:
        steps = (begin(prefix, item.span, scope, context), *tried.steps)
        steps, ran = begun(steps, scope.condition, prefix)
    alone = scope.caught or not stops_by_itself(scope.condition)
    chain = Chain(steps)
    if swallows or alone:
        chain = watched(steps, scope.condition, prefix, caught=swallows)
    result = replace(tried, steps=chain.steps)
    if item.handler is not None:
        failed = _failed(chain, ran, scope, swallows=swallows, alone=alone)
        inner = scope.changed(condition=failed, failing=scope.failing or not (swallows or alone))
        handled = _never(item) if failed is None else translate(item.handler, inner)
        result += _linked(handled, failed, f"{prefix}-catch", scope)
    last = both(ALWAYS, ran)
    end = translate(item.last, scope.changed(condition=last))
    return result + _linked(end, last, f"{prefix}-finally", scope)


def _failed(
    chain: Chain, ran: Expression | None, scope: Scope, *, swallows: bool, alone: bool
) -> Expression | None:
    """The condition of `catch`; None where nothing in `try` can fail."""
    if not (swallows or alone):
        return both(either(FAILURE, CANCELLED), ran)
    if chain.failed is None:
        return None
    return both(scope.condition, ran if alone else None, chain.failed)


def _linked(
    translation: Translation, condition: Expression | None, prefix: str, scope: Scope
) -> Translation:
    """The steps of a block, each waiting for those before it where the job does not stop."""
    if not scope.caught and stops_by_itself(condition):
        return translation
    return replace(translation, steps=chained(translation.steps, condition, prefix))


def _never(item: Attempt) -> Translation:
    """What `catch` says where nothing in front of it can fail."""
    handler: tuple[Item, ...] = item.handler or ()
    result = Translation()
    for step in steps_of(handler):
        message = f"`{step.name}` stands in a `catch` of what cannot fail"
        said = diagnose("catch-never", step.span, message, construct=f"step {step.name}")
        outcome = Outcome(step.span, Certainty.DROPPED)
        result += Translation(diagnostics=(said,), outcomes=(outcome,))
    return result
