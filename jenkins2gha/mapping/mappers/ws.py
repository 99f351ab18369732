"""`ws`: a workspace of another name, which a job has anyway only one of.

https://www.jenkins.io/doc/pipeline/steps/workflow-durable-task-step/#ws-allocate-workspace
"""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.rows import construct
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.rules import diagnose


def ws(step: Step, scope: Scope, _: Context, translate: Translate) -> Translation:
    """`ws('build-app') { sh 'make' }` → `make` in the workspace of the job."""
    message = "the block runs in the workspace of the job, which has no other name"
    said = diagnose("workspace-named", step.span, message, construct=construct(step))
    outcomes = binned(step.span, Certainty.APPROXIMATE)
    inner = translate(step.body or (), scope)
    return Translation(diagnostics=(said,), outcomes=outcomes) + inner
