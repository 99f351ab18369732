"""What GitHub refuses for its size becomes a manual site instead of a workflow that does not start.

https://docs.github.com/en/actions/reference/limits
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Literal, TypeAlias

from jenkins2gha.actions.reading import DEEPEST, LONGEST
from jenkins2gha.actions.texts import OPENING, render
from jenkins2gha.actions.walk import depth, expressions, job_texts, step_texts
from jenkins2gha.actions.workflow import Input, Job, Step, Text, Workflow
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.passes.failing import failing
from jenkins2gha.passes.result import Note, PassResult
from jenkins2gha.passes.scripts import plain_script
from jenkins2gha.record import replace

OnManual: TypeAlias = Literal["fail", "warn", "skip"]

INPUTS = 25
MATRIX = 256
_SHOWN, _WIDTH = 21, 200
_NOTHING = Step(name="Nothing to run", run="exit 0")
"""The step of a job whose steps have all gone: GitHub wants one."""


def keep_limits(workflow: Workflow, on_manual: OnManual) -> PassResult:
    """Holds a workflow against GitHub's limits; what is beyond one becomes a failing step."""
    notes: list[Note] = []
    inputs = tuple(_inputs(workflow.triggers.dispatch or (), notes))
    dispatch = None if workflow.triggers.dispatch is None else inputs
    jobs = tuple(_job(job, on_manual, notes) for job in workflow.jobs)
    triggers = replace(workflow.triggers, dispatch=dispatch)
    return PassResult(replace(workflow, triggers=triggers, jobs=jobs), tuple(notes))


def _inputs(inputs: tuple[Input, ...], notes: list[Note]) -> Iterator[Input]:
    for given in inputs[INPUTS:]:
        message = f"`{given.name}` is beyond the {INPUTS} inputs that a workflow may have"
        notes.append(Note("limit-inputs", given.origin, message, Certainty.MANUAL))
    for given in inputs[:INPUTS]:
        if any(OPENING in str(text) for text in (given.default, *given.options)):
            message = f"the values of `{given.name}` hold `{OPENING}`, which no input may"
            notes.append(Note("limit-inputs", given.origin, message, Certainty.MANUAL))
            yield replace(given, type="string", default=None, options=())
        elif "" in given.options:
            message = f"`{given.name}` is free text, as no option of an input may be empty"
            notes.append(Note("input-free-text", given.origin, message, Certainty.APPROXIMATE))
            yield _free(given)
        else:
            yield given


def _free(given: Input) -> Input:
    """The input without its list of options; its description names them."""
    choices = f"one of: {', '.join(option or '(empty)' for option in given.options)}"
    described = f"{given.description} ({choices})" if given.description else choices.capitalize()
    return replace(given, type="string", description=described, options=())


def _job(job: Job, on_manual: OnManual, notes: list[Note]) -> Job:
    steps = tuple(_step(step, on_manual, notes) for step in job.steps) or (_NOTHING,)
    origin = job.origin or next((step.origin for step in steps if step.origin), None)
    beyond = _beyond(text for _, text in job_texts(job))
    if job.strategy and prod(map(len, job.strategy.matrix.values())) > MATRIX:
        beyond = f"its matrix has more than {MATRIX} cells"
        job = replace(job, strategy=None)
    if beyond is None:
        return replace(job, steps=steps)
    message = f"the job is beyond a limit of GitHub: {beyond}"
    notes.append(Note("limit-job", origin, message, Certainty.MANUAL))
    return replace(job, steps=(_placeholder(Step(origin=origin), message, on_manual), *steps))


def _step(step: Step, on_manual: OnManual, notes: list[Note]) -> Step:
    beyond = _beyond(text for _, text in step_texts(step))
    if beyond is None:
        return step
    message = f"the step is beyond a limit of GitHub: {beyond}"
    notes.append(Note("limit-step", step.origin, message, Certainty.MANUAL))
    if step.condition is not None and _beyond(iter((step.condition,))):
        step = replace(step, condition=None)
    return _placeholder(step, message, on_manual)


def _placeholder(step: Step, message: str, on_manual: OnManual) -> Step:
    """As the placeholders of the mapping: it says what is left, and fails unless told else."""
    lines = plain_script(step).splitlines()[:_SHOWN]
    failed = failing(step, message, "\n".join(line[:_WIDTH] for line in lines))
    if on_manual == "fail":
        return failed
    said = f'echo "::warning title=jenkins2gha::{message}"'
    return replace(failed, run=said if on_manual == "warn" else "exit 0")


def _beyond(texts: Iterator[Text]) -> str | None:
    """The first limit that one of the texts is beyond."""
    for text in texts:
        rendered = text if isinstance(text, str) and OPENING not in text else render(text)
        if len(rendered) > LONGEST:
            return f"a text of more than {LONGEST} characters"
        if any(depth(one) > DEEPEST for one in expressions(text)):
            return f"an expression that is nested more than {DEEPEST} deep"
    return None
