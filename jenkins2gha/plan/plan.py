"""Allocations decide jobs: stages on one machine and workspace share a job, unless it must be cut.

A job is cut by another agent, an approval, branches with agents, or a matrix; what goes on in the
same workspace behind the cut is another job, to which the workspace is handed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.jenkins.pipeline import (
    Agent,
    Branches,
    Item,
    Matrix,
    Option,
    Parallel,
    Pipeline,
    PostBlock,
    Sequence,
    Stage,
    Step,
    Steps,
)
from jenkins2gha.jenkins.values import flag_of
from jenkins2gha.plan.identifiers import Identifiers
from jenkins2gha.plan.jobs import Gate, Plan, PlannedGroup, PlannedJob, PlannedStage
from jenkins2gha.plan.parts import agent_of, split
from jenkins2gha.plan.stages import (
    Around,
    allocates,
    children,
    end_of,
    flatten,
    group,
    leaf,
    needs_jobs,
)
from jenkins2gha.plan.workspace import post_uses_workspace, uses_workspace
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.source import Span


@dataclass(frozen=True, slots=True)
class Manner:
    """How jobs are cut where there is a choice: one for each stage, branches as jobs."""

    stage_jobs: bool = False
    branch_jobs: bool = False


_AS_FEW_AS_POSSIBLE = Manner()


def plan(pipeline: Pipeline, manner: Manner = _AS_FEW_AS_POSSIBLE) -> Plan:
    """Plans the jobs of a pipeline."""
    planner = _Planner(pipeline, manner)
    planner.run()
    return Plan(
        planner.jobs(),
        (*_structure(pipeline), *planner.outcomes),
        tuple(planner.fail_fast),
        tuple(planner.scattered),
        pipeline.agent,
        pipeline.environment,
    )


@dataclass(slots=True, eq=False)
class _Allocation:
    """One executor with its workspace, and the job in which it was used last."""

    agent: Agent
    checkout: Span | None
    last: _Draft | None = None


@dataclass(slots=True, eq=False)
class _Draft:
    """A job in the making; `name` is that of its first stage which has one."""

    name: str
    allocation: _Allocation
    needs: tuple[_Draft, ...]
    receives: _Draft | None
    stages: list[PlannedStage | PlannedGroup] = field(default_factory=list)
    matrix: Matrix | None = None
    own_workspace: bool = True
    fail_fast: Span | None = None
    gate: Gate | None = None
    post: tuple[PostBlock, ...] = ()
    over: tuple[_Draft, ...] = ()
    closed: bool = False


class _Planner:
    """Walks the stages in their order; `front` are the jobs that the next one comes behind."""

    def __init__(self, pipeline: Pipeline, manner: Manner) -> None:
        self._pipeline, self._manner = pipeline, manner
        self.outcomes: list[Outcome] = []
        self.fail_fast: list[Span] = []
        self.scattered: list[Span] = []
        self._drafts: list[_Draft] = []
        self._log: list[_Draft] = []
        self._front: tuple[_Draft, ...] = ()
        self._gate: Gate | None = None
        self._outer = ""
        agent = _lent(pipeline)
        self._root = _Allocation(agent, _checkout(pipeline, agent, ()))

    def run(self) -> None:
        before, after = self._pipeline.before, self._pipeline.after
        if before:
            self._put(PlannedStage("", self._pipeline.span, before), self._root)
        self._sequence(self._pipeline.stages, self._root, Around())
        if after:
            self._put(PlannedStage("", self._pipeline.span, after), self._root)
        if self._gate or not self._drafts:
            self._open(self._root, self._gate.stage if self._gate else "")
        self._post()

    def jobs(self) -> tuple[PlannedJob, ...]:
        """The jobs as planned, in an order in which each stands behind those that it needs."""
        sources = {draft: tuple(_sources(draft)) for draft in self._drafts}
        given = {source for found in sources.values() for source in found}
        names = Identifiers()
        ids = {draft: names.of(draft.name) for draft in self._drafts}
        return tuple(
            self._job(draft, ids, sources[draft], gives=draft in given) for draft in self._drafts
        )

    # --- stages ----------------------------------------------------------------------------------

    def _sequence(self, stages: Iterable[Stage], allocation: _Allocation, around: Around) -> None:
        for stage in stages:
            self._stage(stage, allocation, around)

    def _stage(self, stage: Stage, allocation: _Allocation, around: Around) -> None:
        if allocates(stage) and allocation.agent is not stage.agent:
            assert stage.agent is not None
            checkout = _checkout(self._pipeline, stage.agent, stage.options)
            allocation = _Allocation(stage.agent, checkout)
        if stage.input:
            self._gate = Gate(stage.input, stage.name)
        begun = len(self._log)
        if not (isinstance(stage.body, Parallel) or any(map(needs_jobs, children(stage)))):
            self._outer = self._outer or stage.name
        match stage.body:
            case Steps(items):
                self._steps(stage, items, allocation, around)
                return
            case Sequence(stages):
                self._sequence(stages, allocation, around.within(stage))
            case Parallel():
                self._parallel(stage, allocation, around)
            case Matrix():
                self._matrix(stage, allocation, around)
        if stage.post:
            self._end(stage, allocation, around, begun)

    def _steps(
        self, stage: Stage, items: tuple[Item, ...], allocation: _Allocation, around: Around
    ) -> None:
        """The steps of a stage; what stands behind a cut is a stage of the same name."""
        inner, begun = around.within(stage), len(self._log)
        gated = self._gate is not None
        parts = split(items)
        nodes: dict[Span, _Allocation] = {}
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            if part.gate:
                self._gate, gated = replace(part.gate, stage=stage.name), True
            if part.branches:
                self._parallel(_as_stage(part.branches, stage), allocation, inner)
                if last and stage.post:
                    self._end(stage, allocation, around, begun)
                continue
            if not part.items and not last and not stage.environment:
                continue
            own = allocation
            if part.node:
                own = nodes.setdefault(part.node.span, self._node(part.node))
            one = leaf(stage, inner, part.items)
            self._put(one if last else replace(one, post=()), own)
        if gated and inner.conditions:
            # Else the stages behind it would wait for an approval that only this one asks for.
            for draft in self._front:
                draft.closed = True

    def _node(self, node: Step) -> _Allocation:
        """The executor that a step `node` asks for; it checks out nothing by itself."""
        self.outcomes.append(Outcome(node.span, Certainty.EXACT))
        return _Allocation(agent_of(node), None)

    def _parallel(self, stage: Stage, allocation: _Allocation, around: Around) -> None:
        branches = children(stage)
        inner = around.within(stage)
        apart = [branch for branch in branches if self._manner.branch_jobs or needs_jobs(branch)]
        shared = [branch for branch in branches if branch not in apart]
        if not apart:
            self._put(group(stage, around, branches, allocation.agent), allocation)
            return
        if not all(map(needs_jobs, apart)):
            self.scattered.append(stage.body.span)
        self.outcomes.append(Outcome(stage.body.span, Certainty.EXACT))
        if stage.fail_fast:
            self.fail_fast.append(stage.fail_fast)
        front, gate = self._front, self._gate
        last = allocation.last
        ends: list[_Draft] = []
        if last is not None and last.stages:
            last.closed = True
        if shared:
            self._put(group(stage, around, shared, allocation.agent), allocation)
            ends += self._front
        for branch in apart:
            self._front, self._gate = front, gate
            own = _Allocation(allocation.agent, allocation.checkout, last)
            self._stage(branch, own, inner)
            ends += self._front
        self._front = tuple(dict.fromkeys(ends))

    def _matrix(self, stage: Stage, allocation: _Allocation, around: Around) -> None:
        matrix = stage.body
        assert isinstance(matrix, Matrix)
        cell = children(stage)[0]
        own = allocation
        if cell.agent is not None and allocates(cell):
            own = _Allocation(cell.agent, _checkout(self._pipeline, cell.agent, cell.options))
        draft = self._open(own, stage.name)
        draft.matrix, draft.fail_fast, draft.closed = matrix, stage.fail_fast, True
        draft.own_workspace = own is not allocation
        draft.stages += flatten(cell, around.within(stage), own.agent)

    def _end(self, stage: Stage, allocation: _Allocation, around: Around, begun: int) -> None:
        """The `post` of a stage that holds others: in their job, or in one behind all of theirs."""
        last = end_of(stage, around)
        inside = tuple(dict.fromkeys(self._log[begun:]))
        if inside == (allocation.last,) == self._front and inside[0].matrix is None:
            self._put(last, allocation)
            return
        draft = self._open(allocation, f"{stage.name} post")
        draft.stages.append(replace(last, conditions=()))
        draft.over, draft.closed = inside, True
        draft.needs = tuple(dict.fromkeys((*draft.needs, *inside)))

    # --- jobs ------------------------------------------------------------------------------------

    def _put(self, one: PlannedStage | PlannedGroup, allocation: _Allocation) -> None:
        last = allocation.last
        goes_on = (
            last is not None
            and not last.closed
            and self._gate is None
            and self._front == (last,)
            and not (self._manner.stage_jobs and last.stages)
        )
        name = self._outer or one.name
        draft = last if goes_on and last else self._open(allocation, name)
        draft.name = draft.name or name
        draft.stages.append(one)
        self._outer = ""
        self._log.append(draft)

    def _open(self, allocation: _Allocation, name: str) -> _Draft:
        needs, receives = self._front, allocation.last
        draft = _Draft(name, allocation, needs, receives, gate=self._gate)
        self._gate, self._outer = None, ""
        self._drafts.append(draft)
        self._log.append(draft)
        self._front, allocation.last = (draft,), draft
        return draft

    def _post(self) -> None:
        if not self._pipeline.post:
            return
        only = self._drafts[0]
        own = only.allocation is self._root or self._root.agent.kind == "none"
        if len(self._drafts) == 1 and own and only.matrix is None and only.gate is None:
            only.post = self._pipeline.post
            return
        all_ = tuple(self._drafts)
        draft = self._open(self._root, "post")
        draft.needs, draft.over, draft.post = all_, all_, self._pipeline.post

    def _job(
        self,
        draft: _Draft,
        ids: Mapping[_Draft, str],
        sources: tuple[_Draft, ...],
        *,
        gives: bool,
    ) -> PlannedJob:
        pipeline = self._pipeline
        return PlannedJob(
            id=ids[draft],
            name=draft.name,
            agent=draft.allocation.agent,
            stages=tuple(draft.stages),
            checkout=draft.allocation.checkout,
            environment=pipeline.environment,
            options=pipeline.options,
            tools=pipeline.tools,
            post=draft.post,
            needs=tuple(ids[one] for one in draft.needs),
            receives=tuple(ids[one] for one in sources),
            gives=gives,
            matrix=draft.matrix,
            own_workspace=draft.own_workspace,
            fail_fast=draft.fail_fast,
            gate=draft.gate,
            over=tuple(ids[one] for one in draft.over),
        )


def _uses(draft: _Draft) -> bool:
    items = (step for block in draft.post for step in block.steps)
    return uses_workspace(draft.stages) or post_uses_workspace(items)


def _sources(draft: _Draft) -> Iterator[_Draft]:
    """The jobs in whose workspace a job goes on, the latest first; none if it needs no files."""
    before = draft.receives if _uses(draft) and draft.allocation.agent.kind != "none" else None
    while before is not None:
        if before.matrix is None and _uses(before):
            yield before
        before = before.receives


def _as_stage(step: Branches, stage: Stage) -> Stage:
    """A step `parallel` as the stage that it would be in a declarative pipeline."""
    branches = tuple(
        Stage(name, Steps(items, step.span), step.span) for name, items in step.branches
    )
    fail_fast = step.span if step.fail_fast else None
    return Stage(stage.name, Parallel(branches, step.span), stage.span, fail_fast=fail_fast)


def _lent(pipeline: Pipeline) -> Agent:
    """The agent at the top; under `agent none` the only stage lends its own for all of the job."""
    if pipeline.agent.kind != "none":
        return pipeline.agent
    agents = [stage.agent for stage in every_stage(pipeline.stages) if stage.agent]
    if len(pipeline.stages) == 1 and len(agents) == 1 and agents[0] is pipeline.stages[0].agent:
        return agents[0]
    return pipeline.agent


def _checkout(pipeline: Pipeline, agent: Agent, options: tuple[Option, ...]) -> Span | None:
    """Where a declarative agent checks out by itself; a scripted `node` never does, nor any in a
    job that knows no repository."""
    if pipeline.kind == "scripted" or agent.kind == "none" or not pipeline.scm:
        return None
    if len(pipeline.stages) == 1 and pipeline.stages[0].agent is agent:
        options = pipeline.stages[0].options
    skips = False
    for option in (*pipeline.options, *options):
        if option.name == "skipDefaultCheckout":
            given = option.positional[0] if option.positional else None
            skips = flag_of(given, default=True) is not False
    return None if skips else agent.span


def _structure(pipeline: Pipeline) -> Iterator[Outcome]:
    """The constructs that the plan itself used up."""
    for stage in every_stage(pipeline.stages):
        yield Outcome(stage.span, Certainty.EXACT)


def every_stage(stages: tuple[Stage, ...]) -> Iterator[Stage]:
    """All stages, nested ones after the one they stand in, in the order of the source."""
    for stage in stages:
        yield stage
        yield from every_stage(children(stage))
