"""One allocation, one job: the stages of a pipeline in the order in which Jenkins runs them."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.jenkins.pipeline import Agent, Item, Matrix, Pipeline, Stage, Steps
from jenkins2gha.jenkins.values import flag_of
from jenkins2gha.plan.jobs import Plan, PlannedJob, PlannedStage
from jenkins2gha.plan.stages import flatten
from jenkins2gha.slug import slug
from jenkins2gha.source import Span


def plan(pipeline: Pipeline) -> Plan:
    """Plans the jobs of a pipeline.

    All stages share the pipeline's agent, so they share a workspace and become one job. What asks
    for another job (an agent of a stage, a gate, branches) stays a gap at its position.
    """
    agent = _allocation(pipeline)
    stages = (
        *_outside_stages(pipeline.before, pipeline.span),
        *(planned for stage in pipeline.stages for planned in flatten(stage, agent)),
        *_outside_stages(pipeline.after, pipeline.span),
    )
    job = PlannedJob(
        id=_identifier(pipeline),
        agent=agent,
        stages=stages,
        checkout=_checkout(pipeline, agent),
        environment=pipeline.environment,
        options=pipeline.options,
        tools=pipeline.tools,
        post=pipeline.post,
    )
    return Plan((job,), tuple(_structure(pipeline)))


def _allocation(pipeline: Pipeline) -> Agent:
    """The agent that the job runs on: the pipeline's, or under `agent none` the only stage's."""
    if pipeline.agent.kind != "none":
        return pipeline.agent
    agents = [stage.agent for stage in every_stage(pipeline.stages) if stage.agent]
    if len(pipeline.stages) == 1 and len(agents) == 1 and agents[0] is pipeline.stages[0].agent:
        return agents[0]
    return pipeline.agent


def _checkout(pipeline: Pipeline, agent: Agent) -> Span | None:
    """Where a declarative agent checks out by itself; a scripted `node` never does."""
    if pipeline.kind == "scripted" or agent.kind == "none":
        return None
    options = list(pipeline.options)
    for stage in pipeline.stages:
        if stage.agent is agent:
            options += stage.options
    for option in options:
        if option.name == "skipDefaultCheckout":
            given = option.positional[0] if option.positional else None
            if flag_of(given, default=True) is not False:
                return None
    return agent.span


def _outside_stages(items: tuple[Item, ...], span: Span) -> Iterator[PlannedStage]:
    if items:
        yield PlannedStage("", span, items)


def _identifier(pipeline: Pipeline) -> str:
    named = next((stage.name for stage in pipeline.stages if stage.name), "")
    name = slug(named)
    return f"stage-{name}" if name[:1].isdigit() else name or "job"


def _structure(pipeline: Pipeline) -> Iterator[Outcome]:
    """The constructs that the plan itself used up."""
    for stage in every_stage(pipeline.stages):
        yield Outcome(stage.span, Certainty.EXACT)


def every_stage(stages: tuple[Stage, ...]) -> Iterator[Stage]:
    """All stages, nested ones after the one they stand in, in the order of the source."""
    for stage in stages:
        yield stage
        if isinstance(stage.body, Matrix):
            yield from every_stage((stage.body.cell,))
        elif not isinstance(stage.body, Steps):
            yield from every_stage(stage.body.stages)
