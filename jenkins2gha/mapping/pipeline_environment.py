"""The pipeline's `environment`, where a script computes it: in the first job, for those behind it.

Jenkins computes it once, on the agent of the pipeline. A job that cannot be given it, because it
does not wait for one that has it, computes it again, and so does each cell of a matrix.
https://www.jenkins.io/doc/book/pipeline/syntax/#environment
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.workflow import Text
from jenkins2gha.diagnostics import Certainty, Diagnostic
from jenkins2gha.jenkins.pipeline import Pipeline, PostBlock, Step
from jenkins2gha.mapping.capture import captured
from jenkins2gha.mapping.graph import Graph
from jenkins2gha.mapping.translation import Translation, binned
from jenkins2gha.plan.jobs import Plan, PlannedJob, stages_of
from jenkins2gha.plan.workspace import post_uses_workspace
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span

_COMPUTED = "environment-computed"
_IN_GOOD_BUILDS = ("success", "fixed", "unstable", "notBuilt")


class PipelineEnvironment:
    """Who has computed what so far; the jobs are asked in their order."""

    def __init__(self, graph: Graph, plan: Plan) -> None:
        self._graph = graph
        self._agent = plan.agent
        self._environment = frozenset(variable.span for variable in plan.environment)
        self._seen: set[Span] = set()
        self._makers: dict[Span, list[str]] = {}
        self._waited_for = {one for job in graph.jobs.values() for one in graph.above(job)}

    def into(self, job: PlannedJob) -> dict[Span, tuple[str, Text]]:
        """What a job is given, by the place of the variable: who has it, and the output."""
        found: dict[Span, tuple[str, Text]] = {}
        above = self._graph.above(job)
        for variable in job.environment:
            maker = next((one for one in self._makers.get(variable.span, ()) if one in above), None)
            if maker is not None:
                found[variable.span] = maker, Path(f"needs.{maker}.outputs.{variable.name}")
        return found

    def again(self, job: PlannedJob) -> frozenset[Span]:
        """The variables of which a job, if it computes them, does not do so alone."""
        of_stages = {one.span for stage in stages_of(job.stages) for one in stage.environment}
        again = frozenset(self._seen)
        if job.matrix:
            again = frozenset(one.span for one in job.environment)
            again |= {one for one in of_stages if not job.matrix.span.holds(one)}
        self._seen |= of_stages
        return again

    def elsewhere(self, job: PlannedJob) -> frozenset[Span]:
        """What Jenkins computes on the pipeline's agent, where a job has another."""
        if self._agent is None or self._agent.kind == "none" or job.agent == self._agent:
            return frozenset()
        return self._environment

    def out_of(self, job: PlannedJob, computed: Mapping[Span, Text]) -> dict[str, Text]:
        """The outputs by which a job hands on what its own steps have computed.

        A job that may be skipped, or that is several, has nothing to rely on.
        """
        self._seen.update(computed)
        if job.matrix or self._graph.optional(job.id) or job.id not in self._waited_for:
            return {}
        for place in computed:
            self._makers.setdefault(place, []).append(job.id)
        names = {variable.span: variable.name for variable in job.environment}
        return {names[place]: text for place, text in computed.items()}


def stands_elsewhere(pipeline: Pipeline, plan: Plan, mapped: Translation) -> Translation:
    """What is said of the pipeline's `environment` that a script computes: Jenkins does so inside
    its agent, but in front of all approvals, and gives the agent up where that fails."""
    steps = [found[0] for one in plan.environment if (found := captured(one))]
    known = {one.span for one in mapped.diagnostics if one.rule.startswith(_COMPUTED)}
    result = Translation()
    for step in steps:
        for note in _of_value(step, pipeline, plan) if step.span in known else ():
            result += Translation((), (note,), binned(step.span, Certainty.APPROXIMATE))
    return result


def _of_value(step: Step, pipeline: Pipeline, plan: Plan) -> Iterator[Diagnostic]:
    construct = f"step {step.name}"
    first = next((one.gate for one in plan.jobs if one.gate and not one.needs), None)
    if first:
        message = f"the approval of `{first.stage}` is asked for before this is computed"
        yield diagnose(
            "environment-computed-after-approval", step.span, message, construct=construct
        )
    names = [one.condition for one in pipeline.post if _needs_agent(one)]
    if names:
        message = f"where this fails, `post` ({', '.join(names)}) still has a machine"
        yield diagnose("environment-computed-before-post", step.span, message, construct=construct)


def _needs_agent(block: PostBlock) -> bool:
    """Whether a block of `post` runs in a build that failed, and needs an agent for that."""
    bad = block.condition not in _IN_GOOD_BUILDS
    return bad and post_uses_workspace(block.steps)
