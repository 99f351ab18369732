"""What the steps of a job do with its workspace, by the effects of their signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.jenkins.pipeline import Groovy, Item, Step, inner_items, outer_steps
from jenkins2gha.jenkins.vocabulary import signature
from jenkins2gha.plan.jobs import Gap, PlannedGroup, PlannedStage, stages_of

_USES = frozenset(("reads", "writes", "shell", "checkout"))


def uses_workspace(stages: Iterable[PlannedStage | PlannedGroup]) -> bool:
    """Whether some step of the stages, or of their `post`, reads or writes files.

    Steps that nobody knows, and Groovy that is not evaluated, may.
    """
    return any(_uses(step) for stage in stages_of(stages) for step in _steps_of_stage(stage))


def post_uses_workspace(items: Iterable[Item]) -> bool:
    """The same of the items of a `post`."""
    return any(_uses(step) for step in _steps(items))


def _steps_of_stage(stage: PlannedStage) -> Iterator[Step]:
    yield from _steps(stage.items)
    for block in stage.post:
        yield from _steps(block.steps)
    for variable in stage.environment:
        if isinstance(variable.value, Step):
            yield variable.value
        yield from variable.steps


def _steps(items: Iterable[Item | Gap]) -> Iterator[Step]:
    for item in items:
        if isinstance(item, Gap):
            continue
        yield from item.steps if isinstance(item, Groovy) else outer_steps(item)
        yield from _steps(inner_items(item))


def _uses(step: Step) -> bool:
    known = signature(step.name)
    return known is None or not _USES.isdisjoint(known[1].get("effects", ()))
