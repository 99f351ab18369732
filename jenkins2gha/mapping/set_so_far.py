"""What `env.X = …` has set where a job begins, and where each of its stages does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from jenkins2gha.mapping.graph import Graph
from jenkins2gha.mapping.lower import AMBIENT
from jenkins2gha.mapping.not_yet import Beginning, NotYet, always_set
from jenkins2gha.mapping.translation import Context
from jenkins2gha.plan.jobs import PlannedJob, PlannedStage, stages_of
from jenkins2gha.plan.reads import assigned_in, items_of
from jenkins2gha.source import Span


class Beginnings:
    """Finds out what the jobs of a plan begin with; they are asked in their order."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._assigned = {
            job.id: frozenset(assigned_in(items_of(job))) for job in graph.jobs.values()
        }
        self._names = frozenset[str]().union(*self._assigned.values())
        self._always = {
            job.id: _set_in(job) if self._names else frozenset() for job in graph.jobs.values()
        }

    def of(self, job: PlannedJob, context: Context) -> Beginning:
        """What is not set where a job begins."""
        names = frozenset(name for name in self._names if _has_no_other_value(name, job, context))
        if not names:
            return Beginning()
        above = self._graph.above(job)
        maybe = NotYet(names).with_possible(name for one in above for name in self._assigned[one])
        ran = [one for one in above if not self._graph.optional(one)]
        surely = maybe.with_set(frozenset[str]().union(*(self._always[one] for one in ran)))
        return Beginning(maybe if job.over else surely, surely)


def _has_no_other_value(name: str, job: PlannedJob, context: Context) -> bool:
    given = (context.parameters, context.left, context.axes, context.run_time, AMBIENT)
    around = any(one.name == name for one in job.environment)
    return not (around or any(name in names for names in given))


def _set_in(job: PlannedJob) -> frozenset[str]:
    names = NotYet(frozenset(assigned_in(items_of(job))))
    _, behind = at_end(job, Beginning(names, names))
    return names.never - behind.never - behind.perhaps


def at_end(job: PlannedJob, beginning: Beginning) -> tuple[NotYet, NotYet]:
    """What is not set where the stages of a job have ended, and where they succeeded."""
    ended, done = Reached(beginning.now), Reached(beginning.succeeded)
    for one in job.stages:
        ended.begin(stages_of((one,)))
        done.add(*stages_of((one,)))
    return ended.in_end(), done.behind()


class Reached:
    """How far the stages of a job have come.

    What a stage sets is set for those behind it that stand under its conditions.
    """

    def __init__(self, start: NotYet) -> None:
        self._start = start
        self._possible: set[str] = set()
        self._set: list[tuple[Span, frozenset[int], frozenset[str]]] = []

    def add(self, *stages: PlannedStage) -> None:
        """These stages have run, if all went well, those of branches in any order."""
        if self._start:
            self.begin(stages)
            for stage in stages:
                names = always_set(stage.items)
                self._set.append((stage.span, _conditions(stage), names))

    def begin(self, stages: Iterable[PlannedStage]) -> None:
        """These stages may have begun."""
        self._possible.update(_assigned(stages))

    def branch(self) -> Reached:
        """The same for a branch, of which the others wait for nothing."""
        own = Reached(self._start)
        own._possible, own._set = set(self._possible), list(self._set)
        return own

    def at(self, stage: PlannedStage) -> NotYet:
        """Where the items of a stage begin."""
        now = self._at(_conditions(stage), ())
        retried = any(one.name == "retry" for one in stage.options)
        return now.with_possible(_assigned((stage,))) if retried else now

    def in_post(self, stage: PlannedStage) -> NotYet:
        """In the `post` of a stage, however it ended."""
        now = self._at(_conditions(stage), (stage.span,))
        return now.with_possible(_assigned((stage,)))

    def on_success(self, stage: PlannedStage) -> NotYet:
        """In its `post` where nothing failed."""
        own = always_set(stage.items)
        return self.in_post(stage).with_set(own).with_set(self._surely(_conditions(stage), ()))

    def behind(self) -> NotYet:
        """Behind all of them, if nothing failed."""
        return self._at(frozenset(), ())

    def in_end(self) -> NotYet:
        """Behind all of them, whatever failed."""
        return self._start.with_possible(self._possible)

    def _at(self, conditions: frozenset[int], without: Collection[Span]) -> NotYet:
        if not self._start:
            return self._start
        now = self._start.with_possible(self._possible)
        return now.with_set(self._surely(conditions, without))

    def _surely(self, conditions: frozenset[int], without: Collection[Span]) -> frozenset[str]:
        return frozenset[str]().union(
            *(
                names
                for span, under, names in self._set
                if under <= conditions and not any(one.holds(span) for one in without)
            )
        )


def _conditions(stage: PlannedStage) -> frozenset[int]:
    return frozenset(one.key for one in stage.conditions)


def _assigned(stages: Iterable[PlannedStage]) -> Iterator[str]:
    for stage in stages:
        yield from assigned_in(stage.items)
        for block in stage.post:
            yield from assigned_in(block.steps)
