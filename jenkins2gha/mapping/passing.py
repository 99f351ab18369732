"""What one job passes on to others: results of its steps, and variables that its steps set.

A job sees the steps and the variables of no other. What another reads of it is an output of the
job; a job that reads it needs the other.
https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/pass-job-outputs
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jenkins2gha.actions.conditions import either
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression
from jenkins2gha.actions.names import unique
from jenkins2gha.actions.workflow import Text
from jenkins2gha.mapping.captures import output_name
from jenkins2gha.mapping.graph import Graph
from jenkins2gha.mapping.scripts import runs_scripts
from jenkins2gha.plan.jobs import PlannedJob
from jenkins2gha.plan.reads import (
    assigned_in,
    captured_in,
    groovy_in,
    items_of,
    results_read,
    words_of,
)
from jenkins2gha.record import dataclass, field


@dataclass(frozen=True, slots=True)
class Passed:
    """What goes into a job and out of it.

    `captures` says where the job reads results of others, by key; `variables` the values that
    variables have at its start; `needs` the jobs that both come from. `results` are its outputs by
    the key of a result, `written` those that hold a variable; `unread` are the keys of the results
    of its steps that nobody asks for.
    """

    captures: Mapping[str, Text] = field(default_factory=dict)
    variables: Mapping[str, Expression] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    results: Mapping[str, str] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()


class Passing:
    """Finds out, for all jobs of a plan, what passes between them."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._captured = {job.id: list(captured_in(items_of(job))) for job in graph.jobs.values()}
        self._assigned = {
            job.id: frozenset(assigned_in(items_of(job))) for job in graph.jobs.values()
        }
        self._maker: dict[str, tuple[str, str]] = {}
        self._trimmed: set[str] = set()
        for maker, captured in self._captured.items():
            taken = {one.name for one in graph.jobs[maker].environment} | self._assigned[maker]
            for kept in captured:
                name = unique(output_name(kept), taken)
                taken.add(name)
                self._maker[kept.key] = maker, name
                if kept.trimmed:
                    self._trimmed.add(kept.key)
        self._read = self._results_read()
        self._groovy = [one for job in graph.jobs.values() for one in groovy_in(items_of(job))]
        self._from = {job.id: tuple(self._sources(job)) for job in graph.jobs.values()}
        self._below: dict[str, set[str]] = {job: set() for job in graph.jobs}
        for job in graph.jobs.values():
            for one in graph.above(job):
                self._below[one].add(job.id)

    def _results_read(self) -> dict[str, frozenset[str]]:
        if not self._maker:
            return {job: frozenset() for job in self._graph.jobs}
        return {job.id: results_read(job) for job in self._graph.jobs.values()}

    def of(self, job: PlannedJob) -> Passed:
        """What goes into a job and out of it."""
        captures = dict(self._captures(job))
        variables = dict(self._variables(job))
        found = [self._maker[key.removesuffix(".trim()")][0] for key in captures]
        found += [one for _, jobs in self._from[job.id] for one in jobs]
        return Passed(
            captures=captures,
            variables=variables,
            needs=tuple(dict.fromkeys(found)),
            results=dict(self._outputs(job)),
            written=self._written(job),
            unread=frozenset(self._unread(job)),
        )

    def _unread(self, job: PlannedJob) -> Iterator[str]:
        asking = (job.id, *self._below[job.id])
        read = {key for one in asking for key in self._read[one]}
        for one in self._captured[job.id]:
            word = re.compile(rf"\b{re.escape(one.name)}\b")
            if one.key not in read and not any(word.search(span.text) for span in self._groovy):
                yield one.key

    def _captures(self, job: PlannedJob) -> Iterator[tuple[str, Text]]:
        above = self._graph.above(job)
        for key in sorted(self._read[job.id]):
            maker, name = self._maker.get(key, ("", ""))
            if maker in above:
                text = Path(f"needs.{maker}.outputs.{name}")
                yield key, text
                if key in self._trimmed:
                    yield f"{key}.trim()", text

    def _outputs(self, job: PlannedJob) -> Iterator[tuple[str, str]]:
        wanted = {key for other in self._below[job.id] for key in self._read[other]}
        for one in self._captured[job.id]:
            if one.key in wanted:
                yield one.key, self._maker[one.key][1]

    # --- variables -------------------------------------------------------------------------------

    def _sources(self, job: PlannedJob) -> Iterator[tuple[str, list[str]]]:
        """The variables that this job may read, with the jobs above that set them, latest first.

        A script may call a program that reads any; the rest of a job reads what it names."""
        if not any(self._assigned.values()):
            return
        above = set(self._graph.above(job))
        order = [one for one in reversed(self._graph.jobs) if one in above]
        names = {name for one in order for name in self._assigned[one]}
        if names and not runs_scripts(job):
            names &= words_of(job)
        for name in sorted(names):
            yield name, [one for one in order if name in self._assigned[one]]

    def _variables(self, job: PlannedJob) -> Iterator[tuple[str, Expression]]:
        for name, jobs in self._from[job.id]:
            yield name, either(*(Path(f"needs.{one}.outputs.{name}") for one in jobs))

    def _written(self, job: PlannedJob) -> frozenset[str]:
        return frozenset(
            name
            for other in self._below[job.id]
            for name, jobs in self._from[other]
            if job.id in jobs
        )
