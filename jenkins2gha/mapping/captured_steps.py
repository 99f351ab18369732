"""Steps whose result something reads: they keep it in an output."""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Captured, Step
from jenkins2gha.mapping.capture import printing
from jenkins2gha.mapping.captures import capture_ids, output_name
from jenkins2gha.mapping.keeping import keeping_output, keeping_status
from jenkins2gha.mapping.placing import WINDOWS_SHELL
from jenkins2gha.mapping.rows import manual
from jenkins2gha.mapping.translation import Context, Scope, Translation, binned
from jenkins2gha.record import replace


def captured_step(step: Step, captured: Captured, scope: Scope, context: Context) -> Translation:
    """A step that keeps what it gives back: what it prints, its status, or yes and no."""
    plain = printing(step, scope, context)
    own = capture_ids((step,))[captured.key][0]
    if any(one.certainty is Certainty.MANUAL for one in plain.outcomes) or not plain.steps:
        left = tuple(replace(one, id=own) for one in plain.steps[-1:])
        return replace(plain, steps=(*plain.steps[:-1], *left))
    name, action = output_name(captured), plain.steps[-1]
    shell = WINDOWS_SHELL if context.runner.os == "windows" else None
    if captured.form == "text":
        kept = keeping_output(action, name, "GITHUB_OUTPUT", trimmed=captured.trimmed, shell=shell)
    elif captured.form == "status":
        child = "sh -e {0}" if context.container else "bash -e {0}"
        kept = keeping_status(action, name, child=child, shell=shell)
    else:
        answer = "if {}; then\n  {}=true\nelse\n  {}=false\nfi\n"
        text = answer.format(action.run, name, name)
        kept = replace(action, run=f'{text}echo "{name}=${name}" >> "$GITHUB_OUTPUT"')
    if kept is None:
        message = f"the output of this `{step.name}` cannot be taken from GitHub's `cmd`"
        return manual(step, "result-unknown", message, scope, context)
    kept = replace(kept, id=own, name=kept.name or f"Set {name}")
    bins = [Certainty.EQUIVALENT, *(one.certainty for one in plain.outcomes)]
    return replace(plain, steps=(*plain.steps[:-1], kept), outcomes=binned(step.span, worst(bins)))
