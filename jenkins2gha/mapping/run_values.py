"""What the steps of a job make for others: results that are read, variables that are assigned."""

from __future__ import annotations

from collections.abc import Iterable

from jenkins2gha.jenkins.pipeline import Item
from jenkins2gha.mapping.assignments import assigned_names
from jenkins2gha.mapping.captures import with_captures
from jenkins2gha.mapping.translation import Context
from jenkins2gha.plan.jobs import Gap
from jenkins2gha.record import replace


def with_values(items: Iterable[Item | Gap], context: Context) -> Context:
    """The context of a job that runs these items."""
    items = tuple(items)
    names = assigned_names(items)
    if names:
        context = replace(
            context, run_time=context.run_time | names, assigned=context.assigned | names
        )
    return with_captures(context, items)
