"""`catchError` and `warnError`: a failure inside ends the block, not the build.

https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#catcherror-catch-error-and-set-build-result-to-failure
"""

from __future__ import annotations

from jenkins2gha.actions.conditions import both
from jenkins2gha.actions.expressions import Expression
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.build_result import WORSE, caught_result
from jenkins2gha.mapping.chaining import watched
from jenkins2gha.mapping.identifiers import provisional
from jenkins2gha.mapping.interpolation import Script
from jenkins2gha.mapping.lower import certainties, remarks
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.results import announced, fails_run, marked
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import replace


def catch_error(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`catchError { sh 'make' }` → the steps with `continue-on-error`, and one behind them."""
    result = caught_result(step, "buildResult", "FAILURE")
    stage = caught_result(step, "stageResult", "SUCCESS")
    return _caught(step, result, stage, scope, context, translate)


def warn_error(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`warnError('no') { sh 'make' }` → the same, and the build becomes UNSTABLE."""
    return _caught(step, "UNSTABLE", "UNSTABLE", scope, context, translate)


def _caught(
    step: Step, result: str, stage: str, scope: Scope, context: Context, translate: Translate
) -> Translation:
    value = step.arguments.get("message")
    script = announced("error" if result == "FAILURE" else "warning", value, scope, context)
    if script is None or not {result, stage} <= {"SUCCESS", *WORSE}:
        message = f"the message or a result of `{step.name}` is computed by Groovy"
        own = manual(step, "catch-unknown", message, scope, context)
        return own + translate(step.body or (), scope)
    inner = translate(step.body or (), scope.changed(caught=True))
    prefix = provisional(f"{scope.stage} caught", step.span.start)
    chain = watched(inner.steps, scope.condition, prefix, caught=True)
    own = _said(step, result if chain.failed else "SUCCESS", scope, context)
    if chain.failed is None:
        return own + replace(inner, steps=chain.steps)
    said = script if value is not None else None
    handler = _handler(step, result, said, chain.failed, scope, context)
    inside = chain.failed_in or chain.failed
    stages = ((stage, inside),) if _is_worse(stage, result) else ()
    steps = (*chain.steps, *handler)
    return own + replace(inner, steps=steps, stage_results=(*inner.stage_results, *stages))


def _handler(
    step: Step,
    result: str,
    said: Script | None,
    failed: Expression,
    scope: Scope,
    context: Context,
) -> tuple[ActionStep, ...]:
    """The step behind the block, which runs where something in it failed."""
    scope = scope.changed(condition=both(scope.condition, failed))
    if result != "SUCCESS":
        return (marked(result, step.span, scope, context, said=said),)
    if said is None:
        return ()
    action = shell_step(said, step.span, "echo", scope=scope, context=context)
    return (replace(action, name="Say what failed"),)


def _is_worse(stage: str, result: str) -> bool:
    order = ("SUCCESS", *WORSE)
    return order.index(stage) > order.index(result)


def _said(step: Step, result: str, scope: Scope, context: Context) -> Translation:
    """What is said of the block itself, and its bin."""
    value = step.arguments.get("message")
    said = remarks(value, step.span, construct(step), scope, context)
    end = Translation() if result == "SUCCESS" else fails_run(result, step.span, construct(step))
    said = (*said, *end.diagnostics)
    bins = [*certainties(value, scope, context), *(one.certainty for one in said if one.certainty)]
    bins.append(Certainty.EQUIVALENT)
    return Translation(diagnostics=said, outcomes=binned(step.span, worst(bins)))
