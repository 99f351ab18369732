"""Results that only a stage has (`stageResult`), on their way to the job that holds its `post`.

Jenkins looks at them in the `post` of the stage and of those around it, not in later stages. The
steps that tell them stand in the jobs of the stage; each of those gives the worst as an output.
"""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.actions.conditions import either, equal
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Function, Literal
from jenkins2gha.actions.names import unique
from jenkins2gha.actions.workflow import Job
from jenkins2gha.mapping.build_result import WORSE, StageResults
from jenkins2gha.mapping.graph import Graph
from jenkins2gha.mapping.so_far import OfStages, of_stage
from jenkins2gha.plan.jobs import PlannedJob, PlannedStage, stages_of
from jenkins2gha.record import replace
from jenkins2gha.slug import slug


class StageFlow:
    """Follows the jobs in their order; each gives what the `post` behind it asks for."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._given: dict[str, list[tuple[str, Expression]]] = {}

    def into(self, job: PlannedJob) -> StageResults:
        """What the jobs of a stage say of it in the job that holds its `post`."""
        return tuple(self._given.get(job.id, ()))

    def out_of(self, job: PlannedJob, done: Job, found: OfStages) -> Job:
        """The job with its outputs for every such job; `found` is what its stages come to."""
        outputs = dict(done.outputs)
        for behind, stage in self._asking(job):
            results = of_stage(found, stage.span)
            if not results:
                continue
            name = unique(f"{slug(stage.name) or 'stage'}-result", outputs)
            outputs[name] = _worst(results)
            output = Path(f"needs.{job.id}.outputs.{name}")
            named = [one for one in WORSE if one in dict(results)]
            self._given.setdefault(behind.id, []).extend((one, equal(output, one)) for one in named)
        return replace(done, outputs=outputs)

    def _asking(self, job: PlannedJob) -> Iterator[tuple[PlannedJob, PlannedStage]]:
        """The jobs that hold the `post` of a stage which stands in this one, with that stage."""
        for behind in self._graph.jobs.values():
            if job.id in behind.over:
                yield from ((behind, one) for one in stages_of(behind.stages) if one.ends)


def _worst(results: StageResults) -> Expression:
    arguments: list[Expression] = []
    for result in reversed(WORSE):
        holds = [condition for own, condition in results if own == result]
        if holds:
            arguments += (either(*holds), Literal(result))
    return Function("case", (*arguments, Literal("")))
