"""Turns a tree of stages into the list in which one job runs them, with a gap where it cannot."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.jenkins.pipeline import Agent, Matrix, Parallel, Stage, Steps, Variable
from jenkins2gha.plan.jobs import Gap, PlannedStage
from jenkins2gha.record import replace


def flatten(stage: Stage, job_agent: Agent) -> Iterator[PlannedStage]:
    """The stages that `stage` holds, or itself, in the order of the source.

    What a parent says (environment, tools, options) goes down to each child; what cannot be
    translated yet stands as a gap in front of the first.
    """
    if isinstance(stage.body, Steps):
        yield _leaf(stage, job_agent)
        return
    first = True
    for child in _children(stage):
        for planned in flatten(child, job_agent):
            gaps = (*_gaps(stage, job_agent), *planned.gaps) if first else planned.gaps
            yield replace(
                planned,
                gaps=gaps,
                environment=stage.environment + planned.environment,
                options=stage.options + planned.options,
                tools=stage.tools + planned.tools,
            )
            first = False
    if stage.post:
        yield PlannedStage(
            stage.name, stage.span, (), environment=_environment_of_post(stage), post=stage.post
        )


def _environment_of_post(stage: Stage) -> tuple[Variable, ...]:
    """What the `post` of a stage with others inside sees: branches and cells keep theirs."""
    return () if isinstance(stage.body, Parallel | Matrix) else stage.environment


def _children(stage: Stage) -> tuple[Stage, ...]:
    if isinstance(stage.body, Matrix):
        cell = stage.body.cell
        return (replace(cell, name=cell.name or stage.name),)
    assert not isinstance(stage.body, Steps)
    return stage.body.stages


def _leaf(stage: Stage, job_agent: Agent) -> PlannedStage:
    assert isinstance(stage.body, Steps)
    return PlannedStage(
        name=stage.name,
        span=stage.span,
        items=stage.body.items,
        gaps=tuple(_gaps(stage, job_agent)),
        environment=stage.environment,
        options=stage.options,
        tools=stage.tools,
        post=stage.post,
    )


def _gaps(stage: Stage, job_agent: Agent) -> Iterator[Gap]:
    return (replace(gap, stage=stage.name) for gap in _open(stage, job_agent))


def _open(stage: Stage, job_agent: Agent) -> Iterator[Gap]:
    """What stands between a stage and its place in the one job, in the order Jenkins meets it."""
    if stage.input:
        message = "the approval that `input` asks for needs a job of its own"
        yield Gap("steps", "input-gate", message, stage.input.span, "input")
    if stage.agent and stage.agent is not job_agent:
        message = f"stage '{stage.name}' runs on an agent of its own"
        yield Gap("value", "stage-agent", message, stage.agent.span, "agent")
    if stage.when:
        message = f"the condition of stage '{stage.name}' is not translated"
        yield Gap("expression", "when-condition", message, stage.when.span, "when")
    if isinstance(stage.body, Parallel):
        message = f"the branches of stage '{stage.name}' run one after the other"
        yield Gap("steps", "parallel-branches", message, stage.body.span, "parallel")
    if isinstance(stage.body, Matrix):
        message = f"the matrix of stage '{stage.name}' runs once, without its axes"
        yield Gap("matrix", "matrix-cells", message, stage.body.span, "matrix")
    if stage.fail_fast:
        message = f"`failFast` of stage '{stage.name}' is not translated"
        yield Gap("value", "fail-fast", message, stage.fail_fast, "failFast")
