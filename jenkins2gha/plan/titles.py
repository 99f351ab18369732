"""What a job is called: as its stage; or, of several, as the first that does more than fetch."""

from __future__ import annotations

from collections.abc import Iterable

from jenkins2gha.jenkins.pipeline import Item, Step
from jenkins2gha.plan.drafts import Draft
from jenkins2gha.plan.jobs import Gap, PlannedGroup, PlannedStage, stages_of

_WHOLE = "build"
"""A job that is the whole build; no stage of it may stand for it in the checks of a commit."""
_FETCHES = frozenset({"checkout", "git", "svn", "echo", "cleanWs", "deleteDir"})


def title(draft: Draft, *, alone: bool) -> str:
    """The name of a job; `alone` says that the pipeline is this one job."""
    names = {stage.name for stage in stages_of(draft.stages) if stage.name}
    if alone and len(names) > 1:
        return _WHOLE
    named = [stage for stage in draft.stages if stage.name]
    fetching = named[:1] and named[0].name == draft.name and _only_fetches(named[0])
    if not fetching:
        return draft.name
    return next((stage.name for stage in named if not _only_fetches(stage)), draft.name)


def _only_fetches(stage: PlannedStage | PlannedGroup) -> bool:
    return not isinstance(stage, PlannedGroup) and not stage.post and _fetches(stage.items)


def _fetches(items: Iterable[Item | Gap]) -> bool:
    return all(
        isinstance(item, Step)
        and (item.name in _FETCHES or (item.name == "script" and _fetches(item.body or ())))
        for item in items
    )
