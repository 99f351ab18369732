"""The jobs of a workflow among each other: what each waits for, and when it runs.

A job's `if` that asks for no status means success of all jobs above it, and a job that was skipped
is no success: so every job below one that may be skipped says by itself what it needs.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds
"""

from __future__ import annotations

from collections.abc import Iterable

from jenkins2gha.actions.conditions import (
    ALWAYS,
    CANCELLED,
    FAILURE,
    both,
    either,
    equal,
    negated,
)
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Literal, Operation
from jenkins2gha.plan.jobs import PlannedJob, asks, stages_of
from jenkins2gha.slug import slug
from jenkins2gha.source import Span


def begun_output(job: PlannedJob, stage: Span) -> str:
    """The output in which a job tells that it came to a stage."""
    names = [slug(one.name) or "stage" for one in job.tells]
    at = next(number for number, one in enumerate(job.tells) if one.span == stage)
    same = names[:at].count(names[at])
    return f"{names[at]}-begun" + (f"-{same + 1}" if same else "")


class Graph:
    """The jobs of a plan, as far as they have been given their conditions, in order."""

    def __init__(self, jobs: Iterable[PlannedJob]) -> None:
        self.jobs = {job.id: job for job in jobs}
        self._optional: set[str] = set()
        self._above: dict[str, tuple[str, ...]] = {}
        self._told: set[tuple[str, Span]] = set()

    def tell(self, job: PlannedJob, stages: Iterable[Span]) -> None:
        """Notes the stages of which a job has an output that it came to them."""
        self._told.update((job.id, one) for one in stages)

    def optional(self, job: str) -> bool:
        """Whether a job may be skipped although nothing failed."""
        return job in self._optional

    def condition(self, job: PlannedJob, own: Expression | None) -> Expression | None:
        """The `if` of a job: `own` is what its stages ask for (None for nothing)."""
        if own is not None or self._may_be_unreached(job):
            self._optional.add(job.id)
        if job.over:
            return self._behind(job, own)
        if any(one in self._optional for one in self.above(job)):
            return both(negated(FAILURE), negated(CANCELLED), own)
        return own

    def above(self, job: PlannedJob) -> tuple[str, ...]:
        """All jobs that a job waits for, directly or not."""
        if job.id not in self._above:
            self._above[job.id] = self._all_above(job)
        return self._above[job.id]

    def _all_above(self, job: PlannedJob) -> tuple[str, ...]:
        found: dict[str, None] = {}
        waiting = list(job.needs)
        while waiting:
            one = waiting.pop()
            if one not in found:
                found[one] = None
                waiting += self.jobs[one].needs
        return tuple(found)

    def _may_be_unreached(self, job: PlannedJob) -> bool:
        """Whether a job for the `post` of a stage runs only if one that may be skipped does."""
        of_stage = bool(job.over) and not job.post and job.before is None
        return of_stage and all(
            self.optional(one) or self._may_not_come(one, job) for one in job.over
        )

    def _may_not_come(self, one: str, behind: PlannedJob) -> bool:
        """Whether a job tells if it came to a stage, all of which stands under conditions there, or
        is what its `when` runs, which tells where that fails."""
        for end in stages_of(behind.stages):
            if end.ends and (one, end.span) in self._told:
                inside = [
                    stage
                    for stage in stages_of(self.jobs[one].stages)
                    if end.span.holds(stage.span)
                ]
                return all(stage.conditions or asks(stage, end) for stage in inside)
        return False

    def _behind(self, job: PlannedJob, own: Expression | None) -> Expression | None:
        """A job for a `post` runs however the jobs in front ended; one of a stage, if it ran."""
        if job.post:
            return ALWAYS
        if job.before is not None:
            return both(ALWAYS, *map(_went_well, job.before), own)
        return both(ALWAYS, either(*(self._ran(one, job) for one in job.over)))

    def _ran(self, one: str, behind: PlannedJob) -> Expression:
        """That a job came to the stage whose `post` stands in the job behind it."""
        for end in stages_of(behind.stages):
            if end.ends and (one, end.span) in self._told:
                return equal(
                    Path(f"needs.{one}.outputs.{begun_output(self.jobs[one], end.span)}"), "true"
                )
        return Operation("!=", (Path(f"needs.{one}.result"), Literal("skipped")))


def _went_well(job: str) -> Expression:
    """That a job in front did not fail; it may have been skipped."""
    result = Path(f"needs.{job}.result")
    return Operation(
        "&&", tuple(Operation("!=", (result, Literal(one))) for one in ("failure", "cancelled"))
    )
