"""`junit`: the results of tests, shown with the run.

https://www.jenkins.io/doc/pipeline/steps/junit/
https://github.com/mikepenz/action-junit-report
"""

from __future__ import annotations

from jenkins2gha.actions.workflow import Origin
from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import flag_of
from jenkins2gha.mapping import ant
from jenkins2gha.mapping.lower import certainties, lower, remarks
from jenkins2gha.mapping.masks import mask
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.mapping.uses import Inputs, uses
from jenkins2gha.rules import diagnose

ACTION = "mikepenz/action-junit-report"


def junit(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`junit '**/target/*.xml'` → a report in the summary of the run.

    A failed test fails the step: the run must not look better than the build did. Without
    `annotate_only` the action would write a check, and need the permission to.
    """
    wanted = lower(step.arguments.get("testResults"), scope, context)
    if wanted is None:
        message = "which reports are read is computed by Groovy"
        return manual(step, "junit-unknown", message, scope, context)
    masked = mask(wanted)
    lines = [ant.glob(pattern, scope.directory) for pattern in ant.patterns(masked.text)]
    tolerant = bool(flag_of(step.arguments.get("skipMarkingBuildUnstable")))
    inputs: Inputs = {
        "report_paths": masked.restore("\n".join(lines)),
        "annotate_only": True,
        "require_tests": None if flag_of(step.arguments.get("allowEmptyResults")) else True,
        "fail_on_failure": None if tolerant else True,
    }
    rule = "junit-reported" if tolerant else "junit-unstable"
    message = "the tests are reported in the summary of the run"
    if not tolerant:
        message += "; a failed one fails this step, where Jenkins goes on as UNSTABLE"
    said = [diagnose(rule, step.span, message, construct=construct(step))]
    bins = [said[0].certainty or Certainty.APPROXIMATE]
    for value in step.arguments.values():
        said += remarks(value, step.span, construct(step), scope, context)
        bins += certainties(value, scope, context)
    action = uses(ACTION, inputs, scope, Origin((step.span,), rule, worst(bins)))
    return Translation((action,), tuple(said), binned(step.span, worst(bins)))
