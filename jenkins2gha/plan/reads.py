"""What the jobs of a plan make for each other: results of steps, variables of the environment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jenkins2gha.jenkins.pipeline import Assignment, Captured, Groovy, Item, Step, inner_items
from jenkins2gha.jenkins.values import ResultOf
from jenkins2gha.plan.jobs import Gap, PlannedJob, stages_of
from jenkins2gha.record import fields, is_dataclass
from jenkins2gha.source import Span


def items_of(job: PlannedJob) -> Iterator[Item | Gap]:
    """All that a job does, its `post` behind the rest."""
    for stage in stages_of(job.stages):
        yield from stage.items
        for block in stage.post:
            yield from block.steps
    for block in job.post:
        yield from block.steps


def captured_in(items: Iterable[Item | Gap]) -> Iterator[Captured]:
    """The results that are kept, in the order in which their steps run."""
    for item in items:
        if isinstance(item, Step) and item.captured:
            yield item.captured
        if not isinstance(item, Gap):
            yield from captured_in(inner_items(item))


def assigned_in(items: Iterable[Item | Gap]) -> Iterator[str]:
    """The variables of the environment that items set by `env.NAME = …`."""
    for item in items:
        if isinstance(item, Assignment):
            yield item.name
        if not isinstance(item, Gap):
            yield from assigned_in(inner_items(item))


def results_read(job: PlannedJob) -> frozenset[str]:
    """The keys of the results that a job reads anywhere, its own among them. What an approval shows
    or lets choose, nobody reads."""
    return frozenset(_keys(getattr(job, one.name) for one in fields(job) if one.name != "gate"))


def groovy_in(items: Iterable[Item | Gap]) -> Iterator[Span]:
    """The statements that are not evaluated: nobody knows which results they read."""
    for item in items:
        if isinstance(item, Groovy):
            yield item.span
        elif not isinstance(item, Gap):
            yield from groovy_in(inner_items(item))


def _keys(node: Any) -> Iterator[str]:
    """Walks records; texts of the source have no results in them."""
    if isinstance(node, ResultOf):
        yield node.key
    elif isinstance(node, tuple | list | frozenset | Iterator):
        for one in node:
            yield from _keys(one)
    elif isinstance(node, Mapping):
        for one in node.values():
            yield from _keys(one)
    elif is_dataclass(node) and not isinstance(node, Span):
        for one in fields(node):
            yield from _keys(getattr(node, one.name))


def words_of(job: PlannedJob) -> frozenset[str]:
    """The words in the source of a job's stages, and of the methods that they call: a script that
    reads a variable holds its name."""
    spans = {stage.span for stage in stages_of(job.stages)}
    spans.update(block.span for block in job.post)
    spans.update(_calls(items_of(job)))
    return frozenset(word for span in spans for word in re.findall(r"\w+", span.text))


def _calls(items: Iterable[Item | Gap]) -> Iterator[Span]:
    for item in items:
        if isinstance(item, Gap):
            continue
        yield item.span
        yield from _calls(inner_items(item))
