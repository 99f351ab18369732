"""The result of the build on its way through the jobs of a workflow, see `build_result`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jenkins2gha.actions.conditions import ALWAYS, both, either
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Literal, Operation
from jenkins2gha.actions.walk import contexts, step_texts
from jenkins2gha.actions.workflow import Job, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.mapping.build_result import (
    BEGUN_OUTPUT,
    RESULT,
    RESULT_OUTPUT,
    SO_FAR,
    inherited,
    whole,
    written,
)
from jenkins2gha.mapping.graph import Graph
from jenkins2gha.mapping.results import ending
from jenkins2gha.mapping.runners import ANY
from jenkins2gha.mapping.translation import Context
from jenkins2gha.plan.jobs import PlannedJob
from jenkins2gha.record import dataclass, field, replace

_OUTPUT = "result"


@dataclass(frozen=True, slots=True)
class Inherited:
    """What the jobs in front of a job can have made of the build, and how the job reads that;
    `marks` are the results that no failed job shows, `gated` the jobs of which it asks whether
    their approval was given."""

    results: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    env: Mapping[str, Text] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    gated: tuple[str, ...] = ()


def reads_result(steps: Iterable[ActionStep]) -> bool:
    """Whether some step looks at the result of the build so far."""
    return any(RESULT in str(step.run) or SO_FAR.path in _paths(step) for step in steps)


def _paths(step: ActionStep) -> Iterator[str]:
    for _, text in step_texts(step):
        yield from contexts(text)


class ResultFlow:
    """Follows the jobs in their order; each that can worsen the result passes it on."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._written: dict[str, frozenset[str]] = {}
        self._asked: set[str] = set()

    def into(self, job: PlannedJob) -> Inherited:
        """What a job starts with."""
        above = self._graph.above(job)
        needs = tuple(one for one in self._graph.jobs if one in above and self._written.get(one))
        marks = frozenset(result for one in needs for result in self._written[one])
        if job.over:
            counted = frozenset((*marks, "FAILURE", "ABORTED"))
            gated = tuple(one for one in job.over if self._graph.jobs[one].gate)
            return Inherited(counted, marks, {RESULT: whole(marks, gated)}, needs, gated)
        if not needs:
            return Inherited()
        return Inherited(marks, marks, {RESULT: inherited(needs, sorted(marks))}, needs)

    def out_of(self, job: PlannedJob, done: Job) -> Job:
        """The job with its result as an output, and an end by it only where no job follows."""
        self._written[job.id] = written(done.steps)
        passes = any(job.id in self._graph.above(one) for one in self._graph.jobs.values())
        if self._written[job.id] and passes:
            return replace(done, outputs={**done.outputs, _OUTPUT: RESULT_OUTPUT})
        return done

    def ask(self, jobs: Iterable[str]) -> None:
        """Notes the jobs that must tell that they began."""
        self._asked.update(jobs)

    def telling(self, done: Job) -> Job:
        """The job with an output that it began, where one asks for it."""
        if done.id not in self._asked:
            return done
        return replace(done, outputs={**done.outputs, BEGUN_OUTPUT: "true"})

    def ends(self, job: PlannedJob) -> bool:
        """Whether a job is the one that fails where the build is worse than SUCCESS."""
        return not any(job.id in self._graph.above(one) for one in self._graph.jobs.values())

    def last(self, context: Context) -> Job | None:
        """A job for what no job behind is sure to say: those that were passed it may be skipped."""
        left = [one for one, results in self._written.items() if results and not self._said(one)]
        if not left:
            return None
        marked = [
            Operation("!=", (Path(f"needs.{one}.outputs.{_OUTPUT}"), Literal(""))) for one in left
        ]
        (step,) = ending((), context, ("UNSTABLE",))
        value = inherited(left, sorted(frozenset(r for one in left for r in self._written[one])))
        return Job(
            id="result",
            runs_on=ANY.runs_on,
            steps=(replace(step, condition=None),),
            needs=tuple(left),
            condition=both(ALWAYS, either(*marked)),
            env={RESULT: value},
        )

    def _said(self, job: str) -> bool:
        """Whether the job itself, or one behind it that is always run, ends by the result."""
        behind = [one for one in self._graph.jobs.values() if job in self._graph.above(one)]
        if not behind:
            return True
        return any(self.ends(one) and not self._graph.optional(one.id) for one in behind)
