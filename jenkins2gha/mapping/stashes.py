"""Which stashes of a job cross to another one: a stash lives as long as the run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.scripts import steps_of_job
from jenkins2gha.mapping.translation import Stashes
from jenkins2gha.plan.jobs import PlannedJob


def crossing_stashes(job: PlannedJob, jobs: Iterable[PlannedJob]) -> Stashes:
    """What a job gives to others, and takes of them."""
    others = [one for one in jobs if one.id != job.id]
    made, wanted = frozenset(_names(job, "stash")), frozenset(_names(job, "unstash"))
    taken_elsewhere = {name for one in others for name in _names(one, "unstash")}
    made_elsewhere = {name for one in others for name in _names(one, "stash")}
    return Stashes(made & taken_elsewhere, (wanted - made) & made_elsewhere)


def _names(job: PlannedJob, step: str) -> Iterator[str]:
    for one in steps_of_job(job):
        name = text_of(one.arguments.get("name")) if one.name == step else None
        if name:
            yield name
