"""`container('x') { }`: the shell steps inside run in that container of the job's pod.

https://plugins.jenkins.io/kubernetes/
"""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.placeholder import row_of
from jenkins2gha.mapping.rows import manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import replace


def container(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`container('maven') { sh 'mvn verify' }` → `docker exec maven sh -ec 'mvn verify'`."""
    name = text_of(step.arguments.get("name"))
    if name is None or name not in context.containers:
        what = f"the container '{name}'" if name else "which container it is"
        message = f"{what} is not known: no pod of this job tells its image"
        row = row_of(step.name, context)
        own = manual(step, "container-unknown", message, scope, context, row=row)
        return own + translate(step.body or (), scope)
    box = context.containers[name]
    shell = text_of(step.arguments.get("shell"))
    if box is not None and shell:
        box = replace(box, shell=shell)
    exports = tuple(one for one in scope.exports if box is None or one[0].rstrip("+") != "PATH")
    inner = scope.changed(container=box, exports=exports)
    certainty = Certainty.EXACT if box is None else Certainty.EQUIVALENT
    own = Translation(outcomes=binned(step.span, certainty))
    return own + translate(step.body or (), inner)
