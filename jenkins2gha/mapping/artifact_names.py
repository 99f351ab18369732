"""What only the finished jobs tell of their steps: names of artifacts, first checkouts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jenkins2gha.actions.expressions import Context
from jenkins2gha.actions.workflow import Job, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.mapping.masks import joined
from jenkins2gha.mapping.without_files import makes_no_files
from jenkins2gha.record import replace

_UPLOAD = "actions/upload-artifact"
_CHECKOUT = "actions/checkout"
_OF_TOOLS = ("tool-downloaded", "captured-output")
"""The rules of steps that set a tool up and say where it is."""


def number_artifacts(jobs: tuple[Job, ...]) -> tuple[Job, ...]:
    """The jobs with a number behind each name of an artifact that stands there already.

    An artifact cannot be written twice in one run.
    https://github.com/actions/upload-artifact#not-uploading-to-the-same-artifact
    """
    seen: Counter[str] = Counter()
    return tuple(replace(job, steps=tuple(_all_numbered(job, seen))) for job in jobs)


def _all_numbered(job: Job, seen: Counter[str]) -> Iterator[ActionStep]:
    """The steps of a job; the same files once more replace those of before, as on Jenkins."""
    before: dict[str, Text | bool | int] = {}
    for step in job.steps:
        files = f"{step.inputs.get('name')}: {step.inputs.get('path')}"
        if step.uses == _UPLOAD and files in before:
            again = {"name": before[files], "overwrite": True}
            yield replace(step, inputs={**step.inputs, **again})
            continue
        own = _numbered(step, job, seen)
        if own.uses == _UPLOAD and isinstance(step.inputs.get("name"), str):
            before[files] = own.inputs["name"]
        yield own


def _numbered(step: ActionStep, job: Job, seen: Counter[str]) -> ActionStep:
    given = step.inputs.get("name")
    if step.uses != _UPLOAD or not isinstance(given, str) or step.inputs.get("overwrite"):
        return step
    seen[given] += 1
    name: Text = given if seen[given] == 1 else f"{given}-{seen[given]}"
    if job.strategy:
        name = joined((name, "-", Context("strategy.job-index")), "")
    return step if name == given else replace(step, inputs={**step.inputs, "name": name})


def without_clean(job: Job) -> Job:
    """The job without `clean` on checkouts that nothing stands before which made files."""
    steps: list[ActionStep] = []
    touched = found = False
    for step in job.steps:
        steps.append(step if touched else _plain(step))
        runs = step.run is not None and not step.placeholder
        scripts = found and not (step.origin and step.origin.rule in _OF_TOOLS)
        touched = touched or (runs and (scripts or not makes_no_files(step)))
        found = found or step.uses == _CHECKOUT
    return replace(job, steps=tuple(steps))


def _plain(step: ActionStep) -> ActionStep:
    if step.uses != _CHECKOUT or step.inputs.get("clean") is not False:
        return step
    return replace(
        step, inputs={key: value for key, value in step.inputs.items() if key != "clean"}
    )
