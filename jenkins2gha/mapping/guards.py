"""The `when` of stages: decided once each, and put on the job where all of it stands under one.

https://www.jenkins.io/doc/book/pipeline/syntax/#when
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from jenkins2gha.actions.conditions import FALSE, both
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression
from jenkins2gha.actions.rewrite import rewrite
from jenkins2gha.actions.workflow import Template
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.declarative.conditions import condition_of
from jenkins2gha.jenkins.pipeline import Assignment, Item, Variable, inner_items
from jenkins2gha.mapping.capture import captured
from jenkins2gha.mapping.decisions.decide import at_job_level, decide
from jenkins2gha.mapping.own_names import seen_by, set_under
from jenkins2gha.mapping.placeholder import gap
from jenkins2gha.mapping.translation import Context, Scope, Translation, binned
from jenkins2gha.plan.jobs import Gap, PlannedCondition, PlannedJob, PlannedStage, stages_of
from jenkins2gha.record import dataclass, replace
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition in GitHub's words (None for one that is left to a person), and what stands in
    front of the steps that wait for it."""

    condition: Expression | None
    before: Translation


def guard(
    one: PlannedCondition,
    name: str,
    stages: Sequence[PlannedStage],
    scope: Scope,
    context: Context,
) -> Guard:
    """The guard of a condition, which some of the stages stand under; the ids of steps that test
    it begin with `name`.

    One that nobody can say is a failing step in front of the steps of its stage.
    """
    scope = seen_by(one, stages, scope.changed(stage=one.stage), context)
    site = one.when.span
    decision = decide(
        condition_of(one.when),
        site,
        name,
        scope,
        context,
        construct="when",
        changing=_assigned_under(one, stages),
        hiding=set_under(one, stages),
    )
    if decision.condition is None:
        message = f"the condition of stage '{one.stage}' is not translated: {decision.reason}"
        left = Gap("expression", "when-condition", message, site, "when", one.stage)
        return Guard(None, gap(left, scope, context))
    said = Translation(outcomes=binned(site, decision.certainty) if one.construct else ())
    steps = tuple(replace(step, name="when") for step in decision.before.steps)
    return Guard(decision.condition, replace(decision.before, steps=steps) + said)


def of_job(
    job: PlannedJob, decided: dict[int, Expression | None], scope: Scope, context: Context
) -> Guard:
    """The condition of a whole job: what all its stages wait for, if a job can ask for it.

    Conditions that it takes are put into `decided`, so that no step asks again. A job that alone
    computes the environment of the pipeline does so whatever its stages wait for. A job for the
    `post` of a stage asks for those of the stage, where no job in front tells.
    """
    result = Guard(None, Translation())
    computes = not context.again.issuperset(context.computed)
    ends = not job.over and any(one.ends for one in stages_of(job.stages))
    if computes or job.post or ends:
        return result
    stages = tuple(stages_of(job.stages))
    for one in _shared(job):
        own = guard(one, f"{job.id}-when", stages, scope, context)
        if own.condition in (None, FALSE) or own.before.steps:
            break
        condition = _with_variables(own.condition, scope, context)
        if not at_job_level(condition):
            break
        decided[one.key] = None
        said = own.before + _computed_under(one, _computing(job, context)) + _agent_first(one, job)
        result = Guard(both(result.condition, condition), result.before + said)
    return replace(result, before=replace(result.before, steps=()))


def _holds(one: PlannedCondition, job: PlannedJob) -> bool:
    """Whether the agent of a job is that of the stage of a condition."""
    return one.span.start <= job.agent.span.start <= one.span.end


def _agent_first(one: PlannedCondition, job: PlannedJob) -> Translation:
    """What Jenkins does on the agent of a stage before it asks what the job asks before it starts:
    an image that cannot be built fails there, whatever the condition says."""
    own = any(stage.span == one.span for stage in stages_of(job.stages))
    if job.agent.kind != "dockerfile" or one.when.is_early or not (own and _holds(one, job)):
        return Translation()
    message = "the job asks before it starts; Jenkins builds the image of its agent first"
    return Translation(diagnostics=(diagnose("condition-before-agent", one.when.span, message),))


def _with_variables(condition: Expression, scope: Scope, context: Context) -> Expression:
    """The condition with what variables hold at the start of the job, where jobs in front made
    them: the `if` of a job cannot read `env`."""

    def value(node: Expression) -> Expression:
        if not isinstance(node, Path) or not node.path.startswith("env."):
            return node
        name = node.path.removeprefix("env.")
        held = context.passed.get(name, context.environment.get(name))
        if name in scope.env or held is None or isinstance(held, str | Template):
            return node
        return held

    return rewrite(condition, value)


def _computing(job: PlannedJob, context: Context) -> dict[Span, Variable]:
    """The variables that a job alone may compute, of its stages and of the pipeline."""
    own = (one for one in job.environment if one.span in context.computed.keys() - context.again)
    of_stages = (one for stage in stages_of(job.stages) for one in stage.environment)
    return {one.span: one for one in (*own, *of_stages)}


def _computed_under(condition: PlannedCondition, variables: Mapping[Span, Variable]) -> Translation:
    """What is said of values that scripts compute for more than the stage that is asked for its
    condition: a job that is skipped computes none."""
    result = Translation()
    for span, variable in variables.items():
        found = captured(variable)
        if found and not condition.span.holds(span):
            message = f"`{variable.name}` is computed only where `{condition.stage}` runs"
            site, construct = found[0].span, f"step {found[0].name}"
            said = diagnose("environment-computed-inside", site, message, construct=construct)
            bins = binned(span, Certainty.APPROXIMATE) + binned(site, Certainty.APPROXIMATE)
            result += Translation(diagnostics=(said,), outcomes=bins)
    return result


def _assigned_under(condition: PlannedCondition, stages: Iterable[PlannedStage]) -> frozenset[str]:
    """The variables of the environment that the stages under a condition set."""
    return frozenset(
        name
        for stage in stages
        if any(one.key == condition.key for one in stage.conditions)
        for name in _assigned(stage.items)
    )


def _assigned(items: Iterable[Item | Gap]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Assignment):
            yield item.name
        if not isinstance(item, Gap):
            yield from _assigned(inner_items(item))


def _shared(job: PlannedJob) -> Iterator[PlannedCondition]:
    """The conditions, outer ones first, that every stage of a job stands under."""
    stages = list(stages_of(job.stages))
    for level in zip(*(stage.conditions for stage in stages), strict=False):
        if len({one.key for one in level}) > 1:
            return
        yield level[0]
