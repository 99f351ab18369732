"""`lock`: the whole job is in the concurrency group of the resource.

https://www.jenkins.io/doc/pipeline/steps/lockable-resources/
"""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.locks import resource_of
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.rules import diagnose


def lock(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`lock('board') { sh 'make' }` → `concurrency: {group: board, queue: max}` on the job."""
    resource = resource_of(step.arguments)
    inner = translate(step.body or (), scope)
    if resource is None or resource != context.lock:
        message = "the job cannot wait for this lock by a concurrency group of its own"
        return manual(step, "lock-unmapped", message, scope, context) + inner
    message = f"the whole job waits for '{resource}', not only this block"
    said = diagnose("lock-group", step.span, message, construct=construct(step))
    outcomes = binned(step.span, Certainty.APPROXIMATE)
    return Translation(diagnostics=(said,), outcomes=outcomes) + inner
