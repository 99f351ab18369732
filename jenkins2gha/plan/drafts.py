"""Jobs in the making, while the stages are walked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.jenkins.pipeline import Agent, Matrix, PostBlock
from jenkins2gha.plan.emptied import leaves_nothing
from jenkins2gha.plan.jobs import (
    FailFast,
    Gate,
    PlannedCondition,
    PlannedGroup,
    PlannedStage,
    stages_of,
)
from jenkins2gha.plan.workspace import post_uses_workspace, uses_workspace
from jenkins2gha.record import dataclass, field
from jenkins2gha.source import Span


@dataclass(slots=True, eq=False)
class Allocation:
    """One executor with its workspace, and the job in which it was used last."""

    agent: Agent
    checkout: Span | None
    last: Draft | None = None


@dataclass(slots=True, eq=False)
class Draft:
    """A job in the making; `name` is that of its first stage which has one."""

    name: str
    allocation: Allocation
    needs: tuple[Draft, ...]
    receives: Draft | None
    stages: list[PlannedStage | PlannedGroup] = field(default_factory=list)
    matrix: Matrix | None = None
    own_workspace: bool = True
    fail_fast: FailFast | None = None
    gate: Gate | None = None
    post: tuple[PostBlock, ...] = ()
    over: tuple[Draft, ...] = ()
    before: tuple[Draft, ...] | None = None
    tells: list[PlannedStage] = field(default_factory=list)
    closed: bool = False


def sources_of(draft: Draft) -> Iterator[Draft]:
    """The jobs in whose workspace a job goes on, the latest first; none if it needs no files."""
    before = draft.receives if uses_files(draft) and draft.allocation.agent.kind != "none" else None
    while before is not None and not (empties(before) and not draft.over):
        if before.matrix is None and uses_files(before):
            yield before
        before = before.receives


def begins_empty(draft: Draft) -> bool:
    """Whether a job finds nothing in its workspace, not even what the agent checked out, as the
    latest that surely used it before has emptied it."""
    before = draft.receives
    while before is not None and not (empties(before) or uses_files(before)):
        before = before.receives
    return before is not None and empties(before) and not draft.over


def empties(draft: Draft) -> bool:
    """Whether a job runs in any case, unless one fails, and leaves its workspace empty."""
    return draft.matrix is None and not draft.over and leaves_nothing(draft.stages)


def uses_files(draft: Draft) -> bool:
    items = (step for block in draft.post for step in block.steps)
    return uses_workspace(draft.stages) or post_uses_workspace(items)


def above(draft: Draft) -> list[Draft]:
    """All jobs that a job waits for, directly or not."""
    found: dict[Draft, None] = dict.fromkeys(draft.needs)
    for one in draft.needs:
        found |= dict.fromkeys(above(one))
    return list(found)


def may_be_skipped(draft: Draft, outer: Iterable[PlannedCondition]) -> bool:
    """Whether all stages of a job stand under a condition beside these."""
    keys = {one.key for one in outer}
    return all(
        any(own.key not in keys for own in stage.conditions) for stage in stages_of(draft.stages)
    )
