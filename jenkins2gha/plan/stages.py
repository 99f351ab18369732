"""Turns a tree of stages into the list in which one job runs them, with a gap where it cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.jenkins.pipeline import (
    Agent,
    Item,
    Matrix,
    Option,
    Parallel,
    Stage,
    Steps,
    Tool,
    Variable,
)
from jenkins2gha.jenkins.values import flag_of
from jenkins2gha.plan.jobs import FailFast, Gap, PlannedCondition, PlannedGroup, PlannedStage
from jenkins2gha.plan.parts import split
from jenkins2gha.record import dataclass, replace

IN_CONTAINER = ("docker", "dockerfile")


@dataclass(frozen=True, slots=True)
class Around:
    """What the stages around a stage say, as far as it goes down to those inside."""

    conditions: tuple[PlannedCondition, ...] = ()
    environments: tuple[tuple[Variable, ...], ...] = ()
    options: tuple[Option, ...] = ()
    tools: tuple[Tool, ...] = ()
    container: Agent | None = None

    def within(self, stage: Stage) -> Around:
        """What holds for the stages inside `stage`, or for its steps."""
        own = (PlannedCondition(stage.when, stage.name, stage.span),) if stage.when else ()
        return Around(
            self.conditions + own,
            (*self.environments, stage.environment) if stage.environment else self.environments,
            self.options + stage.options,
            self.tools + stage.tools,
            stage.agent if is_container_in_workspace(stage.agent) else self.container,
        )


def is_container_in_workspace(agent: Agent | None) -> bool:
    """`docker { reuseNode true }`: the same machine and workspace, only inside a container."""
    if agent is None or agent.kind not in IN_CONTAINER:
        return False
    return flag_of(agent.arguments.get("reuseNode")) is True


def allocates(stage: Stage) -> bool:
    """Whether a stage asks for an executor of its own."""
    return stage.agent is not None and not is_container_in_workspace(stage.agent)


def needs_jobs(stage: Stage) -> bool:
    """Whether a stage, or one inside it, can only run in another job than those around it."""
    if allocates(stage) or stage.input or isinstance(stage.body, Matrix):
        return True
    if isinstance(stage.body, Steps):
        return any(part.is_cut for part in split(stage.body.items))
    return any(map(needs_jobs, stage.body.stages))


def leaf(stage: Stage, around: Around, items: tuple[Item | Gap, ...]) -> PlannedStage:
    """A stage with steps; `around` holds what it says itself, too."""
    return PlannedStage(
        name=stage.name,
        span=stage.span,
        items=items,
        conditions=around.conditions,
        environments=around.environments,
        options=around.options,
        tools=around.tools,
        post=stage.post,
        container=around.container,
        allocates=allocates(stage),
    )


def asking(stage: Stage, around: Around) -> PlannedStage | None:
    """What the `when` of a stage runs to be asked, in front of the stage and not under it; it sees
    no environment of the stage. None for one that runs nothing."""
    if stage.when is None or not stage.when.items:
        return None
    seen = around if stage.when.is_early else around.within(stage)
    return PlannedStage(
        name=stage.name,
        span=stage.when.span,
        items=stage.when.items,
        conditions=around.conditions,
        environments=around.environments,
        options=tuple(one for one in seen.options if one.name != "retry"),
        tools=around.tools,
        container=seen.container,
        asks=stage.span,
    )


def end_of(stage: Stage, around: Around) -> PlannedStage:
    """The `post` of a stage that holds others; branches and cells keep their environment."""
    apart = isinstance(stage.body, Parallel | Matrix)
    inner = around.within(stage)
    return PlannedStage(
        name=stage.name,
        span=stage.span,
        items=(),
        conditions=inner.conditions,
        environments=around.environments if apart else inner.environments,
        options=inner.options,
        post=stage.post,
        container=inner.container,
        ends=True,
        apart=apart,
    )


def flatten(stage: Stage, around: Around, agent: Agent | None) -> Iterator[PlannedStage]:
    """The stages that `stage` holds, or itself, for one job on `agent`, in the order of the source.

    What can only run in another job stands as a gap in front of the first.
    """
    inner = around.within(stage)
    gaps = tuple(_gaps(stage, agent))
    first = asking(stage, around)
    if first is not None:
        yield replace(first, gaps=gaps)
        gaps = ()
    if isinstance(stage.body, Steps):
        yield replace(leaf(stage, inner, stage.body.items), gaps=gaps)
        return
    for number, child in enumerate(children(stage)):
        for place, planned in enumerate(flatten(child, inner, agent)):
            leads = number == 0 and place == 0
            yield replace(planned, gaps=gaps + planned.gaps) if leads else planned
    if stage.post:
        yield end_of(stage, around)


def children(stage: Stage) -> tuple[Stage, ...]:
    """The stages directly inside a stage; of a matrix its cell, named like the stage."""
    if isinstance(stage.body, Matrix):
        cell = stage.body.cell
        return (replace(cell, name=cell.name or stage.name),)
    return () if isinstance(stage.body, Steps) else stage.body.stages


def every_stage(stages: tuple[Stage, ...]) -> Iterator[Stage]:
    """All stages, nested ones after the one they stand in, in the order of the source."""
    for stage in stages:
        yield stage
        yield from every_stage(children(stage))


def group(
    stage: Stage,
    around: Around,
    branches: Iterable[Stage],
    agent: Agent,
    fail_fast: FailFast | None,
) -> PlannedGroup:
    """The branches of a parallel stage that share the workspace of a job."""
    inner = around.within(stage)
    named = [(branch.name, tuple(flatten(branch, inner, agent))) for branch in branches]
    names, planned = tuple(name for name, _ in named), tuple(stages for _, stages in named)
    return PlannedGroup(stage.name, stage.body.span, planned, fail_fast, names)


def _gaps(stage: Stage, agent: Agent | None) -> Iterator[Gap]:
    return (replace(gap, stage=stage.name) for gap in _open(stage, agent))


def _open(stage: Stage, agent: Agent | None) -> Iterator[Gap]:
    """What stands between a stage and its place in the one job, in the order Jenkins meets it."""
    if stage.input:
        message = "the approval that `input` asks for needs a job of its own"
        yield Gap("steps", "input-gate", message, stage.input.span, "input")
    if stage.agent and stage.agent is not agent and allocates(stage):
        message = f"stage '{stage.name}' runs on an agent of its own"
        yield Gap("value", "stage-agent", message, stage.agent.span, "agent")
    if isinstance(stage.body, Parallel):
        message = f"the branches of stage '{stage.name}' run one after the other"
        yield Gap("steps", "parallel-branches", message, stage.body.span, "parallel")
    if isinstance(stage.body, Matrix):
        message = f"the matrix of stage '{stage.name}' runs once, without its axes"
        yield Gap("matrix", "matrix-cells", message, stage.body.span, "matrix")
