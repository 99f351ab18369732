"""A tool that a job has set up in the same version already is not set up again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jenkins2gha.actions.workflow import Step, Text, Workflow
from jenkins2gha.passes.result import Note, PassResult
from jenkins2gha.record import replace

_CACHES = ("cache", "cache-dependency-path")


def set_up_once(workflow: Workflow) -> PassResult:
    """Drops the set-up of a tool that an earlier step of the job made, unless another came between.

    Blocks such as `withMaven` ask for their tool each time.
    """
    notes: list[Note] = []
    jobs = tuple(replace(job, steps=tuple(_once(job.steps, notes))) for job in workflow.jobs)
    return PassResult(replace(workflow, jobs=jobs), tuple(notes))


def _once(steps: tuple[Step, ...], notes: list[Note]) -> Iterator[Step]:
    current: dict[str, Mapping[str, Text | bool | int]] = {}
    for step in steps:
        if not step.uses or step.origin is None or not step.origin.rule.startswith("tool-"):
            yield step
            continue
        version = {name: value for name, value in step.inputs.items() if name not in _CACHES}
        if current.get(step.uses) == version and step.id is None:
            message = f"{step.uses} set the same version up earlier in the job"
            notes.append(Note("tool-already-set-up", step.origin, message))
            continue
        if step.condition is None:
            current[step.uses] = version
        else:
            current.pop(step.uses, None)
        yield step
