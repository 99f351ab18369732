"""`junit`: the results of tests, shown with the run.

https://www.jenkins.io/doc/pipeline/steps/junit/
https://github.com/mikepenz/action-junit-report
"""

from __future__ import annotations

from jenkins2gha.actions.conditions import both
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Literal, Operation
from jenkins2gha.actions.workflow import Origin
from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import flag_of
from jenkins2gha.mapping import ant
from jenkins2gha.mapping.agent_paths import said_of_paths
from jenkins2gha.mapping.build_result import TEST_REPORT, marks_unstable
from jenkins2gha.mapping.identifiers import provisional
from jenkins2gha.mapping.lower import certainties, lower, remarks
from jenkins2gha.mapping.masks import mask
from jenkins2gha.mapping.results import marked
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.mapping.uses import Inputs, uses
from jenkins2gha.record import replace
from jenkins2gha.rules import diagnose


def junit(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`junit '**/target/*.xml'` → a report in the summary of the run; failed tests make the build
    UNSTABLE, no report at all fails it.

    Without `annotate_only` the action would write a check, and need the permission to.
    """
    wanted = lower(step.arguments.get("testResults"), scope, context)
    if wanted is None:
        message = "which reports are read is computed by Groovy"
        return manual(step, "junit-unknown", message, scope, context)
    masked = mask(wanted)
    lines = [ant.glob(pattern, scope.directory) for pattern in ant.patterns(masked.text)]
    inputs: Inputs = {
        "report_paths": masked.restore("\n".join(lines)),
        "annotate_only": True,
        "require_tests": None if flag_of(step.arguments.get("allowEmptyResults")) else True,
    }
    marks = marks_unstable(step)
    message = "the tests are reported in the summary of the run"
    if marks:
        message += "; if some fail, the build goes on as UNSTABLE and the run fails at its end"
    rule = "junit-unstable" if marks else "junit-reported"
    said = [diagnose(rule, step.span, message, construct=construct(step))]
    said += said_of_paths(step, ant.patterns(masked.text))
    bins = [said[0].certainty or Certainty.APPROXIMATE]
    for value in step.arguments.values():
        said += remarks(value, step.span, construct(step), scope, context)
        bins += certainties(value, scope, context)
    action = uses(TEST_REPORT, inputs, scope, Origin((step.span,), rule, worst(bins)))
    action = replace(action, id=provisional("junit", step.span.start))
    failed = Operation(">", (Path(f"steps.{action.id}.outputs.failed"), Literal(0)))
    own = Translation((action,), tuple(said), binned(step.span, worst(bins)))
    if not marks:
        return replace(own, stage_results=(("UNSTABLE", failed),))
    behind = scope.changed(condition=both(scope.condition, failed))
    return own + Translation(steps=(marked("UNSTABLE", step.span, behind, context),))
