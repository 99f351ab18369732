"""`unstable`: the build becomes UNSTABLE and goes on.

https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#unstable-set-stage-result-to-unstable
"""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.lower import certainties, remarks
from jenkins2gha.mapping.results import announced, fails_run, marked
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned


def unstable(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`unstable 'no'` → a warning, and `BUILD_RESULT=UNSTABLE` for the steps behind."""
    value = step.arguments.get("message")
    script = announced("warning", value, scope, context)
    if script is None:
        message = "the message of `unstable` is computed by Groovy"
        return manual(step, "unstable-unknown", message, scope, context)
    said = remarks(value, step.span, construct(step), scope, context)
    bins = [*certainties(value, scope, context), *(one.certainty for one in said if one.certainty)]
    bins.append(Certainty.APPROXIMATE)
    shown = text_of(value)
    name = f"Unstable: {shown}" if shown else None
    action = marked(
        "UNSTABLE", step.span, scope, context, said=script, name=name, certainty=worst(bins)
    )
    own = Translation((action,), said, binned(step.span, worst(bins)))
    return own + fails_run("UNSTABLE", step.span, construct(step))
