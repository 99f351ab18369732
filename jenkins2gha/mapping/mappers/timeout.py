"""`timeout`: a time limit for the steps inside.

https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#timeout-enforce-time-limit
"""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import flag_of
from jenkins2gha.mapping.durations import minutes, seconds, spoken, unlimited
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.rules import diagnose

LONGEST = 360
"""No step of GitHub's takes more minutes."""


def timeout(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`timeout(5) { sh 'make' }` → `timeout-minutes: 5`."""
    limit = seconds(step.arguments.get("time"), step.arguments.get("unit"), "MINUTES")
    if limit is None or flag_of(step.arguments.get("activity")) is not False:
        message = unlimited(known=limit is not None)
        own = manual(step, "timeout-unmapped", message, scope, context)
        return own + translate(step.body or (), scope)
    whole = min(minutes(limit), scope.timeout or LONGEST, LONGEST)
    inner = translate(step.body or (), scope.changed(timeout=whole))
    limited = sum(1 for one in inner.steps if one.timeout_minutes and not one.placeholder)
    if limited > 1:
        rule = "timeout-each-step"
        message = f"each step in it may take {whole} min, not all of them together"
    else:
        rule = "timeout-fails"
        message = f"after {whole} min the step fails; Jenkins aborts the build"
        if limit != whole * 60:
            message += f" after {spoken(limit)}"
    said = diagnose(rule, step.span, message, construct=construct(step))
    own = Translation(
        diagnostics=(said,), outcomes=binned(step.span, said.certainty or Certainty.APPROXIMATE)
    )
    return own + inner
