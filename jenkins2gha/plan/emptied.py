"""Whether a job leaves its workspace empty, by `deleteDir()` or `cleanWs()` behind all else."""

from __future__ import annotations

from collections.abc import Iterable

from jenkins2gha.jenkins.pipeline import Item, PostBlock, Step
from jenkins2gha.jenkins.values import ListOf, flag_of
from jenkins2gha.plan.jobs import Gap, PlannedGroup, PlannedStage
from jenkins2gha.plan.workspace import post_uses_workspace, uses_workspace
from jenkins2gha.record import replace

_RESULTS = ("Success", "Unstable", "Failure", "Aborted", "NotBuilt")
_AROUND = ("script", "timestamps", "ansiColor", "timeout")
"""Blocks that change nothing of where a step inside them runs and whether."""


def cleans_all(step: Step) -> bool:
    """Whether a step `cleanWs` deletes all files, whatever came of the build."""
    patterns = step.arguments.get("patterns")
    listed = patterns is not None and not (isinstance(patterns, ListOf) and not patterns.items)
    flags = (flag_of(step.arguments.get(f"cleanWhen{one}"), default=True) for one in _RESULTS)
    skips = flag_of(step.arguments.get("skipWhenFailed")) is not False
    return not (listed or skips or "externalDelete" in step.arguments) and all(flags)


def leaves_nothing(stages: Iterable[PlannedStage | PlannedGroup]) -> bool:
    """Whether the workspace is empty behind the stages, where none of them failed."""
    empty = False
    for stage in stages:
        if isinstance(stage, PlannedGroup) or stage.conditions or stage.gaps:
            empty = empty and not uses_workspace((stage,))
            continue
        empty = empty and not uses_workspace((replace(stage, items=(), post=()),))
        empty = _after_post(stage.post, empty=_after(stage.items, empty=empty))
    return empty


def _after_post(blocks: Iterable[PostBlock], *, empty: bool) -> bool:
    """The same behind a `post`: `always` runs first and `cleanup` last."""
    last = {"always": 0, "cleanup": 2}
    for block in sorted(blocks, key=lambda one: last.get(one.condition, 1)):
        if block.condition in last:
            empty = _after(block.steps, empty=empty)
        else:
            empty = empty and not post_uses_workspace(block.steps)
    return empty


def _after(items: Iterable[Item | Gap], *, empty: bool) -> bool:
    for item in items:
        if isinstance(item, Gap):
            return False
        if isinstance(item, Step) and item.name in _AROUND and not item.steps:
            empty = _after(item.body or (), empty=empty)
        elif isinstance(item, Step) and _empties(item):
            empty = True
        else:
            empty = empty and not post_uses_workspace((item,))
    return empty


def _empties(step: Step) -> bool:
    return step.name == "deleteDir" or (step.name == "cleanWs" and cleans_all(step))
