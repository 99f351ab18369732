"""`error`: the build fails, with a message."""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.lower import certainties, remarks
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.results import announced
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import replace


def error(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`error 'no'` → `echo '::error::no'` and `exit 1`.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    value = step.arguments.get("message")
    script = announced("error", value, scope, context)
    if script is None:
        message = "the message of the error is computed by Groovy"
        return manual(step, "error-unknown", message, scope, context)
    script = replace(script, text=f"{script.text}\nexit 1")
    said = remarks(value, step.span, construct(step), scope, context)
    bins = [*certainties(value, scope, context), *(one.certainty for one in said if one.certainty)]
    bins.append(Certainty.EQUIVALENT)
    action = shell_step(
        script, step.span, "error", scope=scope, context=context, certainty=worst(bins)
    )
    shown = text_of(value)
    action = replace(action, name=f"Fail: {shown}" if shown else "Fail")
    return Translation((action,), said, binned(step.span, worst(bins)))
