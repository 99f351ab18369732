"""Steps whose result something reads: they keep it in an output."""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Assignment, Captured, Item, Step
from jenkins2gha.jenkins.values import Expr, Method, ResultOf, Symbolic
from jenkins2gha.mapping.capture import printing
from jenkins2gha.mapping.captures import capture_ids, output_name
from jenkins2gha.mapping.keeping import File, keeping_output, keeping_status
from jenkins2gha.mapping.placing import WINDOWS_SHELL
from jenkins2gha.mapping.rows import manual
from jenkins2gha.mapping.scripts import SHELLS
from jenkins2gha.mapping.translation import Context, Scope, Translation, binned
from jenkins2gha.plan.jobs import Gap
from jenkins2gha.record import replace


def captured_step(
    step: Step,
    captured: Captured,
    scope: Scope,
    context: Context,
    file: File = "GITHUB_OUTPUT",
) -> Translation:
    """A step that keeps what it gives back: what it prints, its status, or yes and no."""
    plain = printing(step, scope, context)
    own = capture_ids((step,))[captured.key][0]
    if any(one.certainty is Certainty.MANUAL for one in plain.outcomes) or not plain.steps:
        return _known_as(own, plain)
    name, action = output_name(captured), plain.steps[-1]
    shell = WINDOWS_SHELL if context.runner.os == "windows" else None
    if captured.form == "text":
        kept = keeping_output(action, name, file, trimmed=captured.trimmed, shell=shell)
    elif captured.form == "status":
        child = "sh -e {0}" if context.container else "bash -e {0}"
        kept = keeping_status(action, name, child=child, shell=shell)
    else:
        answer = "if {}; then\n  {}=true\nelse\n  {}=false\nfi\n"
        text = answer.format(action.run, name, name)
        kept = replace(action, run=f'{text}echo "{name}=${name}" >> "$GITHUB_OUTPUT"')
    if kept is None:
        message = f"the output of this `{step.name}` cannot be taken from GitHub's `cmd`"
        left_open = manual(step, "result-unknown", message, scope, context)
        return _known_as(own, left_open)
    id_ = own if file == "GITHUB_OUTPUT" else None
    kept = replace(kept, id=id_, name=kept.name or f"Set {name}")
    bins = [Certainty.EQUIVALENT, *(one.certainty for one in plain.outcomes)]
    return replace(plain, steps=(*plain.steps[:-1], kept), outcomes=binned(step.span, worst(bins)))


def is_left_unread(step: Step, context: Context) -> bool:
    """Whether nobody asks for what a step prints or a file holds: it then runs as any other."""
    captured = step.captured
    if captured is None or captured.key not in context.unread:
        return False
    return step.name == "readFile" or (step.name in SHELLS and captured.form == "text")


def fills_variable(step: Item | Gap, behind: Item | Gap | None) -> bool:
    """Whether a step prints what the assignment that it stands in makes a variable of: then it
    writes the variable by itself. `env.X = sh(…)`, `env.X = sh(…).trim()`."""
    if not isinstance(step, Step) or not isinstance(behind, Assignment) or step.captured is None:
        return False
    captured, value = step.captured, behind.value
    inside = behind.span.start <= step.span.start and step.span.end <= behind.span.end
    if not inside or step.span.source != behind.span.source or captured.form != "text":
        return False
    result: Expr = ResultOf(captured.key, captured.name, captured.form)
    taken = [result, Method("trim", (result,))] if captured.trimmed else [result]
    named = output_name(captured) == behind.name
    return named and isinstance(value, Symbolic) and value.expr in taken


def _known_as(own: str, translation: Translation) -> Translation:
    """The translation with the id by which others read what its last step is to give."""
    left = tuple(replace(one, id=own) for one in translation.steps[-1:])
    return replace(translation, steps=(*translation.steps[:-1], *left))
