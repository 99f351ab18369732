"""Ids stand only where they are read; what is there for its id alone goes with it.

A step that writes an output, or that a person completes, keeps its id: Groovy that is left to a
person may read it.
"""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.actions.walk import contexts, job_texts, step_texts
from jenkins2gha.actions.workflow import Job, Step, Text, Workflow
from jenkins2gha.passes.result import PassResult
from jenkins2gha.passes.scripts import plain_script
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

_STEP_ID = regex(r"steps(?:\.|\[')([\w-]+)")
_BEGUN = "begun"
"""The rule of steps that do nothing but tell by their outcome that a place was reached."""


def drop_unread_ids(workflow: Workflow) -> PassResult:
    """Takes ids away that nothing reads, and steps that only have one."""
    read = _ids_read(workflow)
    jobs = tuple(replace(job, steps=tuple(_kept(job, read))) for job in workflow.jobs)
    return PassResult(replace(workflow, jobs=jobs))


def _kept(job: Job, read: frozenset[str]) -> Iterator[Step]:
    telling = [step for step in job.steps if not _only_tells(step)]
    for step in job.steps:
        if step.id in read or step.placeholder or "GITHUB_OUTPUT" in plain_script(step):
            yield step
        elif not telling or not _only_tells(step):
            yield replace(step, id=None)


def _only_tells(step: Step) -> bool:
    return step.origin is not None and step.origin.rule == _BEGUN


def _ids_read(workflow: Workflow) -> frozenset[str]:
    return frozenset(
        identifier
        for job in workflow.jobs
        for text in _texts(job)
        for path in contexts(text)
        for identifier in _STEP_ID.findall(path)
    )


def _texts(job: Job) -> Iterator[Text]:
    yield from (text for _, text in job_texts(job))
    for step in job.steps:
        yield from (text for _, text in step_texts(step))
