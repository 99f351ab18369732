"""Names that blocks set for their steps: what a condition in front of them reads otherwise.

GitHub evaluates the `env:` of a step before its `if:`, which so does not see what the job has under
those names. Source: actions/runner, StepsRunner.cs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.jenkins.own_environment import bound_by_stage, bound_by_step
from jenkins2gha.jenkins.pipeline import Credentials, Groovy, Item, Step, Variable, inner_items
from jenkins2gha.mapping.capture import is_computed
from jenkins2gha.mapping.environment import map_environment
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.plan.jobs import Gap, PlannedCondition, PlannedStage


def set_by_blocks(items: Iterable[Item | Gap]) -> Iterator[str]:
    """The names that `withEnv` and other blocks among items set inside them."""
    for item in items:
        if isinstance(item, Gap | Groovy):
            continue
        if isinstance(item, Step) and item.body is not None:
            yield from (one.name for one in bound_by_step(item.name, item.arguments))
        yield from set_by_blocks(inner_items(item))


def set_under(condition: PlannedCondition, stages: Iterable[PlannedStage]) -> frozenset[str]:
    """The names that the stages under a condition, and blocks in them, set for themselves."""
    names: set[str] = set()
    for stage in stages:
        if any(one.key == condition.key for one in stage.conditions):
            own = (one for one in stage.environment if condition.span.holds(one.span))
            names.update(one.name for one in bound_by_stage(own, ()))
            names.update(set_by_blocks(stage.items))
    return frozenset(names)


def seen_by(
    condition: PlannedCondition, stages: Iterable[PlannedStage], scope: Scope, context: Context
) -> Scope:
    """The scope that a `when` is asked in: with what the stages around its own set, as far as a
    workflow can say it."""
    under = (one for one in stages if any(own.key == condition.key for own in one.conditions))
    first = next(under, None)
    for block in first.environments if first else ():
        said = [one for one in block if not _is_computed(one)]
        if any(condition.span.holds(one.span) for one in block):
            continue
        found = map_environment(said, scope, context, "GITHUB_OUTPUT")
        unset = {name: "" for name, value in found.scope.exports if value is None}
        scope = scope.changed(env={**found.scope.env, **unset})
    return scope


def _is_computed(variable: Variable) -> bool:
    return isinstance(variable.value, Credentials) or is_computed(variable)
