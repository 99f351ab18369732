"""Locks: a resource that one build uses at a time is a concurrency group of that name.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idconcurrency
"""

from __future__ import annotations

from collections.abc import Mapping

from jenkins2gha.actions.workflow import Concurrency
from jenkins2gha.jenkins.values import Value, text_of
from jenkins2gha.mapping.scripts import steps_of_job
from jenkins2gha.plan.jobs import PlannedJob

_PLAIN = frozenset(("resource", "inversePrecedence", "priority"))


def resource_of(arguments: Mapping[str, Value]) -> str | None:
    """The resource that a lock names; None for a label, a number of them, or one that a run
    computes, and where the block is skipped or told the name."""
    if not _PLAIN.issuperset(arguments):
        return None
    return text_of(arguments.get("resource")) or None


def lock_of(job: PlannedJob) -> str | None:
    """The one resource that the steps of a job lock; a job can be in one group only."""
    found = {resource_of(one.arguments) for one in steps_of_job(job) if one.name == "lock"}
    return found.pop() if len(found) == 1 else None


def group(resource: str) -> Concurrency:
    """The group of all jobs of the repository that lock a resource; those that wait are kept."""
    return Concurrency(resource, queue="max")
