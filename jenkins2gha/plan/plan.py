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
    Parallel,
    Pipeline,
    Sequence,
    Stage,
    Step,
    Steps,
)
from jenkins2gha.plan.checkouts import implied_checkout
from jenkins2gha.plan.drafts import (
    Allocation,
    Draft,
    above,
    begins_empty,
    may_be_skipped,
    sources_of,
)
from jenkins2gha.plan.identifiers import Identifiers
from jenkins2gha.plan.jobs import (
    FailFast,
    Gate,
    Plan,
    PlannedGroup,
    PlannedJob,
    PlannedStage,
)
from jenkins2gha.plan.parts import agent_of, first_stage, split
from jenkins2gha.plan.stages import (
    Around,
    allocates,
    asking,
    children,
    end_of,
    every_stage,
    flatten,
    group,
    leaf,
    needs_jobs,
)
from jenkins2gha.plan.titles import title
from jenkins2gha.record import dataclass, replace
from jenkins2gha.source import Span


@dataclass(frozen=True, slots=True)
class Manner:
    """How jobs are cut where there is a choice: one for each stage, branches as jobs."""

    stage_jobs: bool = False
    branch_jobs: bool = False


_AS_FEW_AS_POSSIBLE = Manner()
_ALWAYS_FAIL_FAST = "parallelsAlwaysFailFast"


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


class _Planner:
    """Walks the stages in their order; `front` are the jobs that the next one comes behind."""

    def __init__(self, pipeline: Pipeline, manner: Manner) -> None:
        self._pipeline, self._manner = pipeline, manner
        self.outcomes: list[Outcome] = []
        self.fail_fast: list[FailFast] = []
        self.scattered: list[Span] = []
        self._drafts: list[Draft] = []
        self._log: list[Draft] = []
        self._front: tuple[Draft, ...] = ()
        self._gate: Gate | None = None
        self._outer = ""
        self._floating: list[PlannedStage] = []
        self._asks: PlannedStage | None = None
        agent = _lent(pipeline)
        self._root = Allocation(agent, implied_checkout(pipeline, agent, ()))

    def run(self) -> None:
        before, after = self._pipeline.before, self._pipeline.after
        if before:
            self._put(PlannedStage("", self._pipeline.span, before), self._root)
        self._sequence(self._pipeline.stages, self._root, Around())
        if after:
            self._put(PlannedStage("", self._pipeline.span, after), self._root)
        self._land()
        if self._gate or not self._drafts:
            self._open(self._root, self._gate.stage if self._gate else "")
        self._post()

    def jobs(self) -> tuple[PlannedJob, ...]:
        """The jobs as planned, in an order in which each stands behind those that it needs."""
        sources = {draft: tuple(sources_of(draft)) for draft in self._drafts}
        given = {source for found in sources.values() for source in found}
        names, alone = Identifiers(), len(self._drafts) == 1
        ids = {draft: names.of(title(draft, alone=alone)) for draft in self._drafts}
        return tuple(
            self._job(draft, ids, sources[draft], gives=draft in given) for draft in self._drafts
        )

    # --- stages ----------------------------------------------------------------------------------

    def _sequence(self, stages: Iterable[Stage], allocation: Allocation, around: Around) -> None:
        for stage in stages:
            self._stage(stage, allocation, around)

    def _stage(self, stage: Stage, allocation: Allocation, around: Around) -> None:
        begun = len(self._log)
        first, early = asking(stage, around), stage.when is not None and stage.when.is_early
        if first is not None and early:
            self._ask(first, allocation)
        if allocates(stage) and allocation.agent is not stage.agent:
            assert stage.agent is not None
            checkout = implied_checkout(self._pipeline, stage.agent, stage.options)
            allocation = Allocation(stage.agent, checkout)
        if stage.input:
            late = stage.when is not None and not stage.when.before_input
            options = around.within(stage).options
            self._gate = Gate(stage.input, stage.name, first=late, options=options)
        if first is not None and not early:
            self._ask(first, allocation)
        if not isinstance(stage.body, Parallel | Matrix):
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

    def _ask(self, asks: PlannedStage, allocation: Allocation) -> None:
        """Puts what a `when` runs in front of its stage, which goes on in the same job."""
        self._put(asks, allocation)
        self._asks = asks

    def _steps(
        self, stage: Stage, items: tuple[Item, ...], allocation: Allocation, around: Around
    ) -> None:
        """The steps of a stage; what stands behind a cut is a stage of the same name."""
        inner, begun = around.within(stage), len(self._log)
        gated = self._gate is not None
        parts = split(items)
        nodes: dict[Span, Allocation] = {}
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            if part.gate:
                self._land()
                gated = True
                self._gate = replace(part.gate, stage=stage.name, options=inner.options)
            if part.branches:
                self._parallel(_as_stage(part.branches, stage), allocation, inner)
                if last and stage.post:
                    self._end(stage, allocation, around, begun)
                continue
            if not part.items and not last and not stage.environment:
                continue
            own = allocation
            if part.node and (part.pods or part.node.span != self._root.agent.span):
                own = nodes.setdefault(part.node.span, self._node(part.node, part.pods))
            asked = tuple(replace(one, stage=stage.name) for one in part.conditions)
            under = replace(inner, conditions=inner.conditions + asked)
            one = leaf(stage, under, part.items)
            if part.node is None and self._is_outside(stage) and not self._gate:
                self._floating.append(one)
                continue
            self._put(one if last else replace(one, post=()), own)
        if gated and inner.conditions:
            # Else the stages behind it would wait for an approval that only this one asks for.
            for draft in self._front:
                draft.closed = True

    def _is_outside(self, stage: Stage) -> bool:
        """Whether the steps of a stage stand outside every `node` of a script."""
        inside = self._root.agent.span.holds(stage.span)
        return self._pipeline.kind == "scripted" and not inside

    def _node(self, node: Step, pods: tuple[Step, ...]) -> Allocation:
        """The executor that a step `node` asks for; it checks out nothing by itself."""
        self.outcomes += (Outcome(one.span, Certainty.EXACT) for one in (*pods, node))
        return Allocation(agent_of(node, pods), None)

    def _parallel(self, stage: Stage, allocation: Allocation, around: Around) -> None:
        self._land()
        branches = children(stage)
        inner = around.within(stage)
        apart = [branch for branch in branches if self._manner.branch_jobs or needs_jobs(branch)]
        shared = [branch for branch in branches if branch not in apart]
        fail_fast = self._fail_fast(stage)
        if not apart:
            self._put(group(stage, around, branches, allocation.agent, fail_fast), allocation)
            return
        self.outcomes.append(Outcome(stage.body.span, Certainty.EXACT))
        if fail_fast:
            self.fail_fast.append(fail_fast)
        front, gate = self._front, self._gate
        last = allocation.last
        ends: list[Draft] = []
        if last is not None and last.stages:
            last.closed = True
        if shared:
            self._put(group(stage, around, shared, allocation.agent, fail_fast), allocation)
            ends += self._front
        used: list[Draft | None] = []
        for branch in apart:
            self._front, self._gate = front, gate
            own = Allocation(allocation.agent, allocation.checkout, last)
            self._stage(branch, own, inner)
            ends += self._front
            used += [own.last] if own.last is not last else []
        self._front = tuple(dict.fromkeys(ends))
        if len(used) == 1 and not shared:
            allocation.last = used[0]
        elif used and allocation.agent.kind != "none":
            self.scattered.append(stage.body.span)

    def _fail_fast(self, stage: Stage) -> FailFast | None:
        """Whether branches stop each other: by the stage itself, or as all do in the pipeline."""
        always = (one.span for one in self._pipeline.options if one.name == _ALWAYS_FAIL_FAST)
        asked = stage.fail_fast or next(always, None)
        return FailFast(asked, stage.fail_fast or stage.body.span) if asked else None

    def _matrix(self, stage: Stage, allocation: Allocation, around: Around) -> None:
        matrix = stage.body
        assert isinstance(matrix, Matrix)
        cell = children(stage)[0]
        own = allocation
        if cell.agent is not None and allocates(cell):
            own = Allocation(cell.agent, implied_checkout(self._pipeline, cell.agent, cell.options))
        draft = self._open(own, stage.name)
        draft.matrix, draft.fail_fast, draft.closed = matrix, self._fail_fast(stage), True
        draft.own_workspace = own is not allocation
        draft.stages += flatten(cell, around.within(stage), own.agent)

    def _end(self, stage: Stage, allocation: Allocation, around: Around, begun: int) -> None:
        """The `post` of a stage that holds others: in their job, or in one behind all of theirs."""
        last = end_of(stage, around)
        inside = tuple(dict.fromkeys(self._log[begun:]))
        if inside == (allocation.last,) == self._front and inside[0].matrix is None:
            self._put(last, allocation)
            return
        draft = self._open(allocation, f"{stage.name} post")
        draft.over, draft.closed = inside, True
        draft.needs = tuple(dict.fromkeys((*draft.needs, *inside)))
        if all(may_be_skipped(one, last.conditions) for one in inside):
            draft.stages.append(last)
            draft.before = tuple(one for one in above(draft) if one not in inside)
            draft.needs += draft.before
        else:
            draft.stages.append(replace(last, conditions=()))
            for one in inside:
                one.tells.append(last)

    # --- jobs ------------------------------------------------------------------------------------

    def _land(self) -> None:
        """Gives what stands outside every `node` to the job in front, if that runs in any case."""
        waiting, self._floating = self._floating, []
        front = self._front[0] if len(self._front) == 1 else None
        here = front is not None and not front.closed and not may_be_skipped(front, ())
        allocation = front.allocation if front and here else self._root
        for one in waiting:
            self._put(one, allocation)

    def _put(self, one: PlannedStage | PlannedGroup, allocation: Allocation) -> None:
        takes = isinstance(one, PlannedStage) and not one.conditions and self._gate is None
        if self._floating and not takes:
            self._land()
        waiting, self._floating = self._floating, []
        last = allocation.last
        goes_on = (
            last is not None
            and not last.closed
            and self._gate is None
            and self._front == (last,)
            and not (self._manner.stage_jobs and last.stages and last.stages[-1] is not self._asks)
        )
        inside = first_stage(one.items) if isinstance(one, PlannedStage) else ""
        name = self._outer or one.name or inside
        draft = last if goes_on and last else self._open(allocation, name)
        draft.name = draft.name or name
        draft.stages += [*waiting, one]
        self._outer = ""
        self._log.append(draft)

    def _open(self, allocation: Allocation, name: str) -> Draft:
        needs, receives = self._front, allocation.last
        draft = Draft(name, allocation, needs, receives, gate=self._gate)
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
        draft: Draft,
        ids: Mapping[Draft, str],
        sources: tuple[Draft, ...],
        *,
        gives: bool,
    ) -> PlannedJob:
        pipeline, empty = self._pipeline, begins_empty(draft)
        return PlannedJob(
            id=ids[draft],
            name=title(draft, alone=False),
            agent=draft.allocation.agent,
            stages=tuple(draft.stages),
            checkout=None if empty else draft.allocation.checkout,
            environment=pipeline.environment,
            options=pipeline.options,
            tools=pipeline.tools,
            post=draft.post,
            needs=tuple(ids[one] for one in draft.needs),
            receives=tuple(ids[one] for one in sources),
            gives=gives,
            empty=empty,
            matrix=draft.matrix,
            own_workspace=draft.own_workspace,
            fail_fast=draft.fail_fast,
            gate=draft.gate,
            over=tuple(ids[one] for one in draft.over),
            tells=tuple(draft.tells),
            before=None if draft.before is None else tuple(ids[one] for one in draft.before),
        )


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


def _structure(pipeline: Pipeline) -> Iterator[Outcome]:
    """The constructs that the plan itself used up."""
    for stage in every_stage(pipeline.stages):
        yield Outcome(stage.span, Certainty.EXACT)
