"""`sleep`: the job waits."""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Symbolic, Value, text_of
from jenkins2gha.mapping.durations import seconds, written
from jenkins2gha.mapping.interpolation import Refusal, Script, word
from jenkins2gha.mapping.lower import certainties, remarks
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned

_SUFFIXES = {"SECONDS": "s", "MINUTES": "m", "HOURS": "h", "DAYS": "d"}


def sleep(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`sleep time: 2, unit: 'MINUTES'` → `run: sleep 120`."""
    time, unit = step.arguments.get("time"), step.arguments.get("unit")
    known = seconds(time, unit, "SECONDS")
    if known is not None:
        script: Script | Refusal | None = Script(f"sleep {written(known)}")
    else:
        script = _computed(time, unit, scope, context)
    if script is None or isinstance(script, Refusal):
        message = "how long to wait is computed by Groovy"
        return manual(step, "sleep-unknown", message, scope, context)
    said = remarks(time, step.span, construct(step), scope, context)
    bins = [*certainties(time, scope, context), *(one.certainty for one in said if one.certainty)]
    bins += [Certainty.EQUIVALENT] if known is None else []
    action = shell_step(
        script, step.span, "sleep", scope=scope, context=context, certainty=worst(bins)
    )
    return Translation((action,), said, binned(step.span, worst(bins)))


def _computed(
    time: Value | None, unit: Value | None, scope: Scope, context: Context
) -> Script | Refusal | None:
    name = "SECONDS" if unit is None else text_of(unit)
    if not isinstance(time, Symbolic) or name not in _SUFFIXES or context.runner.os == "macos":
        return None
    script = word(time.expr, scope, context)
    if isinstance(script, Refusal):
        return script
    text = script.text.removesuffix('"') + _SUFFIXES[name] + '"'
    return Script(f"sleep {text}", script.env, script.secrets, script.used)
