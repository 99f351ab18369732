"""One planned job → a job of the workflow."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Literal, Operation
from jenkins2gha.actions.workflow import Job, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.jenkins.pipeline import Credentials, Item, Step
from jenkins2gha.jenkins.values import ListOf, text_of
from jenkins2gha.mapping.conditions import ALWAYS, Post, map_post
from jenkins2gha.mapping.credentials import Binding
from jenkins2gha.mapping.engine import translate
from jenkins2gha.mapping.environment import Environment, map_environment
from jenkins2gha.mapping.job_environment import job_environment
from jenkins2gha.mapping.mappers.with_credentials import binding_of
from jenkins2gha.mapping.options import map_stage_options
from jenkins2gha.mapping.placeholder import gap
from jenkins2gha.mapping.repositories import with_addresses
from jenkins2gha.mapping.scripts import script_of, steps_of_job
from jenkins2gha.mapping.tools import Use, map_tools
from jenkins2gha.mapping.translation import NOTHING, Context, Scope, Translation, together
from jenkins2gha.mapping.workspace import with_directories, without_needless_deletions
from jenkins2gha.plan.jobs import Gap, PlannedJob, PlannedStage
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.rules import diagnose
from jenkins2gha.slug import slug
from jenkins2gha.source import Span


@dataclass(frozen=True, slots=True)
class JobTranslation:
    """The job, and what is said of it (the steps stand in the job alone); `context` is what holds
    for its steps."""

    job: Job
    translation: Translation
    context: Context


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all stages of a job share. `outputs` are what `environment` entries of a stage around
    others were computed to, once for all of them."""

    scope: Scope
    context: Context
    use: Use
    outputs: dict[Span, Text] = field(default_factory=dict)

    def translate(self, items: Iterable[Item | Gap], scope: Scope) -> Translation:
        return translate(items, scope, self.context)


def map_job(
    job: PlannedJob,
    context: Context,
    use: Use,
    before: Translation = NOTHING,
    setup: Translation = NOTHING,
) -> JobTranslation:
    """The job: `before` (what fails first, checkout), environment, `setup` (tools), stages, post.

    https://www.jenkins.io/doc/book/pipeline/syntax/
    """
    context = replace(context, credential_kinds=credential_kinds(job, context))
    environment = job_environment(job.environment, context)
    frame = _Frame(environment.scope, environment.context, use)
    result = before + environment.before + setup + _stages(job.stages, frame)
    result += map_post(job.post, Post("post", ""), frame.scope, frame.context, frame.translate)
    result += environment.after + _trace(job, context)
    result = without_needless_deletions(result, context)
    result = with_addresses(result, context)
    actions = Job(
        id=job.id,
        runs_on=context.runner.runs_on,
        steps=tuple(with_directories(result.steps, context)),
        container=context.container,
        env=environment.env,
        stages=tuple(dict.fromkeys(stage.name for stage in job.stages if stage.name)),
    )
    return JobTranslation(actions, replace(result, steps=()), frame.context)


def _stages(stages: Sequence[PlannedStage], frame: _Frame) -> Translation:
    results: list[Translation] = []
    watched: dict[int, Expression | None] = {}
    leads = _Leads(stages)
    watch = {leads.of(one) for one in stages if _is_parent(one)}
    prefixes = _Prefixes()
    for number, stage in enumerate(stages):
        prefix = prefixes.of(stage)
        if _is_parent(stage):
            first = leads.of(stage)
            guard = None if first is None else watched.get(first)
            post = Post(
                f"{prefix}-post", stage.name, guard, reached="guard" if guard else "unknown"
            )
            scope = frame.scope.changed(stage=stage.name)
            scope, options = map_stage_options(stage.options, scope, frame.context)
            environment = _around_post(stage, scope, post, frame)
            inner = environment.scope.changed(condition=None)
            after = map_post(stage.post, post, inner, frame.context, frame.translate)
            results += (options, environment.before, after, environment.after)
            continue
        translation, watched[number] = _stage(stage, prefix, frame, watch=number in watch)
        results.append(translation)
    return together(results)


def _around_post(stage: PlannedStage, scope: Scope, post: Post, frame: _Frame) -> Environment:
    """The environment of a `post` whose stage holds others; what computes it runs when it does."""
    if post.guard is not None:
        scope = scope.changed(condition=Operation("&&", (ALWAYS, post.guard)))
    return _environment(stage, scope, post.prefix, frame)


def _environment(stage: PlannedStage, scope: Scope, prefix: str, frame: _Frame) -> Environment:
    return map_environment(
        stage.environment, scope, frame.context, "GITHUB_OUTPUT", prefix, frame.outputs
    )


def _is_parent(stage: PlannedStage) -> bool:
    """Whether an entry of the plan is the `post` of a stage that holds other stages."""
    return bool(stage.post) and not stage.items


class _Leads:
    """For each stage that holds others, the first of them that has steps."""

    def __init__(self, stages: Sequence[PlannedStage]) -> None:
        self._stages = stages
        self._numbers = [number for number, stage in enumerate(stages) if stage.items]
        self._starts = [stages[number].span.start for number in self._numbers]

    def of(self, parent: PlannedStage) -> int | None:
        at = bisect_left(self._starts, parent.span.start)
        if at == len(self._numbers):
            return None
        number = self._numbers[at]
        return number if self._stages[number].span.end <= parent.span.end else None


class _Prefixes:
    """What the ids of each stage's steps begin with: no id of another stage, nor one of the
    pipeline's own `post`, can be the same."""

    def __init__(self) -> None:
        self._taken: set[str] = {"post"}
        self._heads: set[str] = {"post"}

    def of(self, stage: PlannedStage) -> str:
        word = slug(stage.name) or "stage"
        word = word if word[0].isalpha() else f"stage-{word}"
        if word in self._heads or not self._taken.isdisjoint(_heads(word)):
            word = f"{word}_{len(self._taken)}"  # no slug has a `_`
        self._taken.add(word)
        self._heads.update(_heads(word))
        return word


def _heads(word: str) -> list[str]:
    """`a`, `a-b` and `a-b-c` of `a-b-c`."""
    parts = word.split("-")
    return ["-".join(parts[:count]) for count in range(1, len(parts) + 1)]


def _stage(
    stage: PlannedStage, prefix: str, frame: _Frame, *, watch: bool
) -> tuple[Translation, Expression | None]:
    """The steps of a stage and of its `post`, and the condition under which it was reached."""
    context = frame.context
    scope = frame.scope.changed(stage=stage.name)
    gaps = sum(
        (gap(one, scope.changed(stage=one.stage), context) for one in stage.gaps), Translation()
    )
    scope, options = map_stage_options(stage.options, scope, context)
    environment = _environment(stage, scope, prefix, frame)
    tools = map_tools(stage.tools, context, frame.use)
    items = environment.before + tools + frame.translate(stage.items, environment.scope)
    steps = items.steps
    guard = None
    if stage.post or watch:
        steps, guard = _watched(steps, prefix)
    items = replace(items, steps=steps)
    post = Post(f"{prefix}-post", stage.name, guard, reached="guard" if guard else "success")
    after = map_post(stage.post, post, environment.scope, context, frame.translate)
    result = options + items + after + environment.after
    marked = tuple(replace(one, stage=one.stage or stage.name or None) for one in result.steps)
    return gaps + replace(result, steps=marked), guard


def _watched(
    steps: tuple[ActionStep, ...], prefix: str
) -> tuple[tuple[ActionStep, ...], Expression | None]:
    """The steps of a stage with an id on the first that always runs: it was skipped if the stage
    was not reached."""
    first = next((n for n, step in enumerate(steps) if step.condition is None), None)
    if first is None:
        return steps, None
    watched = replace(steps[first], id=steps[first].id or prefix)
    outcome = Path(f"steps.{watched.id}.outcome")
    guard = Operation("!=", (outcome, Literal("skipped")))
    return (*steps[:first], watched, *steps[first + 1 :]), guard


def credential_kinds(job: PlannedJob, context: Context) -> dict[str, str]:
    """The credentials of a job by id, with their kind where a use of them tells it."""
    kinds = dict(context.credential_kinds)
    for variable in (*job.environment, *(one for s in job.stages for one in s.environment)):
        if isinstance(variable.value, Credentials):
            kinds.setdefault(text_of(variable.value.id) or "", "")
    for step in steps_of_job(job):
        bindings = step.arguments.get("bindings")
        for value in bindings.items if isinstance(bindings, ListOf) else ():
            binding = binding_of(value)
            if isinstance(binding, Binding):
                kinds[binding.id] = kinds.get(binding.id) or binding.kind
    kinds.pop("", None)
    return kinds


def _trace(job: PlannedJob, context: Context) -> Translation:
    """Said once: the trace that Jenkins' `sh -xe` prints is not there."""
    first = next((one for one in steps_of_job(job) if _traced(one)), None)
    if first is None or context.configuration.shell:
        return Translation()
    said = diagnose("shell-trace-dropped", first.span, "`sh` runs without `-x`")
    return Translation(diagnostics=(said,))


def _traced(step: Step) -> bool:
    """Whether Jenkins prints the commands: it does not where the script names its interpreter."""
    script = script_of(step)
    return step.name == "sh" and (script is None or (bool(script) and script[:2] != "#!"))
