"""`script { }` and `stage('x') { }` among steps: only their bodies run."""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned


def script(step: Step, scope: Scope, _: Context, translate: Translate) -> Translation:
    """`script { … }` → its steps."""
    own = Translation(outcomes=binned(step.span, Certainty.EXACT))
    return own + translate(step.body or (), scope)


def stage(step: Step, scope: Scope, _: Context, translate: Translate) -> Translation:
    """`stage('x') { … }` → its steps, named after it."""
    name = text_of(step.arguments.get("name"))
    own = Translation(outcomes=binned(step.span, Certainty.EXACT))
    return own + translate(step.body or (), scope.changed(stage=name or scope.stage))
