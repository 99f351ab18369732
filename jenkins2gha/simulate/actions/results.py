"""What came of a run, beside its trace."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from jenkins2gha.simulate.expressions import Object
from jenkins2gha.simulate.trace import Command, Pairs, Result, Trace
from jenkins2gha.simulate.trace import Job as JobTrace


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """What came of a step, also of one that was skipped; the command is that of one that ran.

    `notes` say what GitHub holds against it, and which lines about its files were not understood.
    """

    index: int
    id: str
    outcome: Result
    conclusion: Result
    command: Command | None = None
    outputs: Pairs = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LegResult:
    """What came of a job, or of one leg of its matrix; `tolerated` is its continue-on-error."""

    id: str
    leg: str = ""
    name: str = ""
    matrix: Object = field(default_factory=Object)
    result: Result
    outputs: Pairs = ()
    steps: tuple[StepResult, ...] = ()
    runs_on: tuple[str, ...] = ()
    container: str = ""
    environment: str = ""
    concurrency: str = ""
    tolerated: bool = False
    notes: tuple[str, ...] = ()

    def step(self, id_: str) -> StepResult:
        """The step of an id."""
        return next(step for step in self.steps if step.id == id_)


Conclusion: TypeAlias = Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run; `not_started` says why there was none, `invalid` that GitHub refuses the workflow."""

    conclusion: Conclusion
    jobs: tuple[LegResult, ...] = ()
    not_started: str = ""
    invalid: bool = False

    @property
    def trace(self) -> Trace:
        """The run as it is compared."""
        steps = (step for job in self.jobs for step in job.steps)
        return Trace(
            commands=tuple(step.command for step in steps if step.command),
            jobs=tuple(
                JobTrace(id=job.id, leg=job.leg, result=job.result, outputs=job.outputs)
                for job in self.jobs
            ),
            result=self.conclusion,
        )

    @property
    def commands(self) -> tuple[Command, ...]:
        """What the run did."""
        return self.trace.commands

    def job(self, id_: str, leg: str = "") -> LegResult:
        """The job of an id, or a leg of it."""
        return next(job for job in self.jobs if (job.id, job.leg) == (id_, leg))
