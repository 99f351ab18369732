"""Holds a workflow against GitHub's rules before it is written: a fault here is a bug of ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jenkins2gha.actions.allowed import misplaced
from jenkins2gha.actions.names import is_id
from jenkins2gha.actions.texts import OPENING
from jenkins2gha.actions.walk import contexts, job_texts, step_texts, workflow_texts
from jenkins2gha.actions.workflow import Concurrency, Job, Step, Text, Workflow
from jenkins2gha.regex import regex

_READ = regex(r"(steps|needs|inputs|secrets)(?:\.|\[')([\w-]+)")


class WorkflowFault(Exception):
    """The compiler made a workflow that GitHub would refuse."""


def check(workflow: Workflow) -> None:
    """Raises WorkflowFault for what GitHub would refuse, or promise 4 of the design forbids."""
    found = list(faults(workflow))
    if found:
        raise WorkflowFault("; ".join(found))


def faults(workflow: Workflow) -> Iterator[str]:
    """Everything that is wrong with a workflow, in its order."""
    yield from _trigger_faults(workflow)
    for key, text in workflow_texts(workflow):
        yield from misplaced("workflow", key, text)
    if workflow.concurrency:
        yield from _concurrency_faults(workflow.concurrency)
    ids = [job.id for job in workflow.jobs]
    yield from _id_faults("job", ids)
    if not ids:
        yield "no job"
    inputs = {given.name for given in workflow.triggers.dispatch or ()}
    for job in workflow.jobs:
        for fault in _job_faults(job, ids, inputs):
            yield f"job `{job.id}`: {fault}"


def _trigger_faults(workflow: Workflow) -> Iterator[str]:
    triggers = workflow.triggers
    dispatched = triggers.dispatch is not None
    filtered = triggers.push is not None or triggers.pull_request is not None
    if not (filtered or dispatched or triggers.schedule or triggers.others):
        yield "no trigger"
    for schedule in triggers.schedule:
        if len(schedule.cron.split()) != 5:
            yield f"cron `{schedule.cron}`"
    names = [given.name for given in triggers.dispatch or ()]
    yield from _id_faults("input", names)
    for given in triggers.dispatch or ():
        if given.type == "choice" and not given.options:
            yield f"input `{given.name}` has no options"


def _job_faults(job: Job, ids: Sequence[str], inputs: set[str]) -> Iterator[str]:
    # Needs point backwards in the file, so there is no circle.
    earlier = ids[: ids.index(job.id)]
    yield from (f"needs `{need}`, no job above it" for need in job.needs if need not in earlier)
    if not job.runs_on.labels and job.runs_on.group is None:
        yield "no runner"
    if not job.steps:
        yield "no step"
    if job.concurrency:
        yield from _concurrency_faults(job.concurrency)
    steps = [step.id for step in job.steps if step.id is not None]
    yield from _id_faults("step", steps)
    known = {"steps": set(steps), "needs": set(job.needs), "inputs": inputs}
    for key, text in job_texts(job):
        yield from misplaced("job", key, text)
        yield from _dangling(text, known)
    known["steps"] = set()
    for number, step in enumerate(job.steps):
        for fault in _step_faults(step, known):
            yield f"step {number}: {fault}"
        known["steps"] |= {step.id} if step.id else set()


def _step_faults(step: Step, known: dict[str, set[str]]) -> Iterator[str]:
    if (step.run is None) == (step.uses is None):
        yield "one of `run` and `uses` is wanted"
    if step.uses is not None:
        if step.shell is not None or step.working_directory is not None:
            yield "`shell` and `working-directory` are no keys of an action"
        if step.secrets:
            yield "an action sees secrets in its environment"
    elif step.inputs:
        yield "`with` is no key of a script"
    if isinstance(step.timeout_minutes, int) and step.timeout_minutes < 1:
        yield f"a time limit of {step.timeout_minutes} minutes"
    if any(OPENING in (text or "") for text in (step.uses, step.shell)):
        yield "an expression in `uses` or `shell`"
    for key, text in step_texts(step):
        yield from misplaced("step", key, text)
        yield from _dangling(text, known)


def _dangling(text: Text, known: dict[str, set[str]]) -> Iterator[str]:
    for path in contexts(text):
        read = _READ.match(path)
        if read and read[1] in known and read[2] not in known[read[1]]:
            yield f"`{path}`, which nothing defines"


def _concurrency_faults(concurrency: Concurrency) -> Iterator[str]:
    if concurrency.queue == "max" and concurrency.cancel_in_progress not in (None, False):
        yield "`queue: max` beside `cancel-in-progress`"


def _id_faults(kind: str, ids: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for identifier in ids:
        if not is_id(identifier):
            yield f"{kind} id `{identifier}`"
        if identifier.lower() in seen:
            yield f"{kind} id `{identifier}` twice"
        seen.add(identifier.lower())
