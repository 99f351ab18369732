"""`options { }` → time limit, concurrency, retention and folder of the job."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.workflow import Concurrency
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Item, Option, Step, Variable
from jenkins2gha.jenkins.values import Described, ListOf, MapOf, Value, flag_of, text_of
from jenkins2gha.mapping.capture import captured, is_computed
from jenkins2gha.mapping.declared import argument, by_row, exact, left, number, row_of, said
from jenkins2gha.mapping.durations import minutes, seconds, unlimited
from jenkins2gha.mapping.locks import group, resource_of
from jenkins2gha.mapping.scripts import steps_of
from jenkins2gha.mapping.translation import Context, Scope, Translation, binned
from jenkins2gha.plan.jobs import PlannedStage
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.rules import diagnose

HOSTED_LIMIT = 360
_RETENTION_LIMIT = 90
_BEHIND_FAILURES = frozenset(("failure", "unsuccessful", "aborted"))
"""Conditions of a `post` behind which Jenkins tries a stage again anyway, or does not at all."""


@dataclass(frozen=True, slots=True)
class JobOptions:
    """What the options of a pipeline come to for its workflow and its `jobs`."""

    jobs: int = 1
    timeout_minutes: int | None = None
    concurrency: Concurrency | None = None
    retention_days: int | None = None
    subdirectory: str = ""
    translation: Translation = field(default_factory=Translation)


def map_options(options: Iterable[Option], context: Context, *, jobs: int = 1) -> JobOptions:
    """The options of a pipeline, in the order of the source.

    https://www.jenkins.io/doc/book/pipeline/syntax/#options
    """
    result = JobOptions(jobs=jobs)
    for option in sorted(options, key=lambda one: one.name == "lock"):  # a run is in one group
        row = row_of("option", option.name, context)
        mapper = _MAPPERS.get((row or {}).get("mapper", ""))
        if mapper is None:
            translation = by_row("option", option, context)
            result = replace(result, translation=result.translation + translation)
        else:
            result = mapper(option, context, result)
    return result


def map_stage_options(
    stage: PlannedStage, scope: Scope, context: Context
) -> tuple[Scope, Translation]:
    """The options of a stage: the scope of its steps, and what is said of them."""
    translation = Translation()
    around_steps = {one.span for one in steps_of(stage.items)}
    for option in stage.options:
        limit = _minutes(option) if option.name == "timeout" else None
        if limit is not None:
            scope = scope.changed(timeout=min(limit, scope.timeout or limit))
            message = f"each step of the stage may take {limit} minutes, not the stage as a whole"
            translation += said("stage-timeout", option, "option", message)
        elif option.name in ("skipDefaultCheckout", "checkoutToSubdirectory"):
            translation += _stage_checkout(option, context)
        elif option.name == "retry" and option.span in around_steps:
            translation += _retry_of_steps(option, stage)
        elif option.name == "retry":
            translation += _retry_translation(option, context, "the stage is not run")
        elif option.name == "timeout":
            translation += _timeout_unknown(option, context)
        elif option.name == "lock":
            message = "a lock around several stages is none of a single job"
            translation += left("lock-unmapped", option, "option", message, context)
        else:
            translation += by_row("option", option, context)
    return scope, translation


def _stage_checkout(option: Option, context: Context) -> Translation:
    """How a stage with an agent of its own checks out, which the plan has looked at."""
    if option.name == "skipDefaultCheckout":
        return exact(option.span)
    message = "the checkout of a single stage goes into the workspace itself"
    return left("subdirectory-unknown", option, "option", message, context)


def _retry_translation(option: Option, context: Context, not_run: str) -> Translation:
    """`retry`: with conditions it is only about lost agents."""
    if "conditions" in option.arguments:
        message = "a job whose runner is lost fails, and is not started on another"
        return said("retry-agent-loss", option, "option", message)
    message = f"{not_run} again when one of its steps fails"
    return left("retry-whole", option, "option", message, context)


def _retry_of_steps(option: Option, stage: PlannedStage) -> Translation:
    """What a `retry` leaves out that stands around the steps of a stage only."""
    words = "it runs once, behind the last try; Jenkins runs it behind each"
    found = [
        diagnose("retry-post", block.span, words, construct=f"post {block.condition}")
        for block in stage.post
    ]
    words = "that a step of it fails is no reason for another try; Jenkins tries the stage again"
    found += [
        diagnose("retry-post-fails", block.span, words, construct=f"post {block.condition}")
        for block in stage.post
        if block.condition not in _BEHIND_FAILURES and not all(map(_says, block.steps))
    ]
    words = "its script runs once, before the first try; Jenkins runs it for each"
    found += [
        diagnose("retry-environment", one.span, f"`{own.name}`: {words}", construct="step sh")
        for own, one in _computed_in(stage)
    ]
    words = "what it runs is not tried again; Jenkins asks it anew in each try"
    found += [
        diagnose("retry-when", one.when.span, words, construct="when")
        for one in stage.conditions
        if one.span == stage.span and one.when.items and not one.when.before_options
    ]
    if stage.allocates:
        words = "every try goes on in the workspace of the first; Jenkins takes an agent for each"
        found.append(diagnose("retry-agent", option.span, words, construct="option retry"))
    bins = binned(option.span, Certainty.APPROXIMATE) if found else ()
    return Translation(diagnostics=tuple(found), outcomes=bins)


def _computed_in(stage: PlannedStage) -> Iterator[tuple[Variable, Step]]:
    """The variables of a stage's own environment that steps compute, with those steps."""
    for variable in stage.environment:
        if stage.span.holds(variable.span) and is_computed(variable):
            found = captured(variable)
            yield from ((variable, step) for step in ([found[0]] if found else variable.steps))


def _says(item: Item) -> bool:
    return isinstance(item, Step) and item.name == "echo"


def _retry(option: Option, context: Context, result: JobOptions) -> JobOptions:
    own = _retry_translation(option, context, "the pipeline is not run")
    translation = result.translation + own
    return replace(result, translation=translation)


def _timeout_unknown(option: Option, context: Context) -> Translation:
    limit = seconds(argument(option, "time", 0), argument(option, "unit", 1), "MINUTES")
    message = unlimited(known=limit is not None)
    return left("timeout-unknown", option, "option", message, context)


def _minutes(option: Option) -> int | None:
    """The limit in whole minutes, rounded up; None where it is not known or counts inactivity."""
    limit = seconds(argument(option, "time", 0), argument(option, "unit", 1), "MINUTES")
    if limit is None or flag_of(argument(option, "activity")) is not False:
        return None
    return minutes(limit)


def _timeout(option: Option, context: Context, result: JobOptions) -> JobOptions:
    given = _minutes(option)
    if given is None:
        translation = _timeout_unknown(option, context)
        return replace(result, translation=result.translation + translation)
    time = f"{given} minute{'s' * (given > 1)}"
    message = f"the job ends after {time}, its checkout and set-up included"
    if result.jobs > 1:
        message = f"each of {result.jobs} jobs ends after {time}, its checkout and set-up included"
        message += ", where Jenkins gives as much to the whole build"
    if given > HOSTED_LIMIT:
        message += f"; on GitHub's own machines after {HOSTED_LIMIT}, as they give no more"
    translation = said("job-timeout", option, "option", message)
    return replace(result, timeout_minutes=given, translation=result.translation + translation)


def _concurrency(option: Option, context: Context, result: JobOptions) -> JobOptions:
    # The file of the workflow with its ref: other workflows may have the same name.
    group = Path("github.workflow_ref" if context.multibranch else "github.workflow")
    if flag_of(argument(option, "abortPrevious")):
        concurrency = Concurrency(group, cancel_in_progress=True)
        message = "a new run cancels the running one; Jenkins called that one NOT_BUILT"
    else:
        concurrency = Concurrency(group, queue="max")
        message = "runs wait for each other in a concurrency group"
    if not context.multibranch:
        message += "; workflows of the same name share the group"
    translation = said("concurrency-group", option, "option", message)
    return replace(result, concurrency=concurrency, translation=result.translation + translation)


def _retention(option: Option, _: Context, result: JobOptions) -> JobOptions:
    days = None
    for name in ("artifactDaysToKeepStr", "artifactDaysToKeep", "daysToKeepStr", "daysToKeep"):
        found = number(_inside(option, name))
        if found and found > 0:
            days = min(found, _RETENTION_LIMIT)
            break
    if days is None:
        message = "GitHub keeps every run and deletes its log and artifacts after 90 days"
        translation = said("retention-default", option, "option", message)
    else:
        message = f"what is uploaded is kept for {days} days; logs as long as the repository says"
        translation = said("retention-days", option, "option", message)
    return replace(result, retention_days=days, translation=result.translation + translation)


def _inside(option: Option, name: str) -> Value | None:
    """An argument of the log rotator that stands in the option, however it is written."""
    open_ = [*option.positional, *option.arguments.values()]
    while open_:
        value = open_.pop(0)
        match value:
            case Described(_, arguments):
                if name in arguments:
                    return arguments[name]
                open_ += arguments.values()
            case MapOf(entries):
                found = value.get(name)
                if found:
                    return found
                open_ += [inner for _, inner in entries]
            case ListOf(items):
                open_ += items
    return option.arguments.get(name)


def _subdirectory(option: Option, context: Context, result: JobOptions) -> JobOptions:
    path = text_of(argument(option, "subdirectory", 0))
    if path is None:
        message = "the folder of the checkout is only known to a run"
        translation = left("subdirectory-unknown", option, "option", message, context)
        return replace(result, translation=result.translation + translation)
    return replace(result, subdirectory=path, translation=result.translation + exact(option.span))


def _exact(option: Option, _: Context, result: JobOptions) -> JobOptions:
    return replace(result, translation=result.translation + exact(option.span))


def _lock(option: Option, context: Context, result: JobOptions) -> JobOptions:
    """A lock around the pipeline: the whole run waits, unless it waits for its own kind already."""
    resource = resource_of(option.arguments)
    if resource is None or result.concurrency is not None:
        message = "the workflow cannot wait for this lock by a concurrency group of its own"
        translation = left("lock-unmapped", option, "option", message, context)
        return replace(result, translation=result.translation + translation)
    message = f"the whole run waits for '{resource}', its start included"
    translation = said("lock-group", option, "option", message)
    return replace(
        result, concurrency=group(resource), translation=result.translation + translation
    )


def _rate(option: Option, _: Context, result: JobOptions) -> JobOptions:
    message = f"`{option.name}`: nothing limits how often the workflow runs"
    translation = said("runs-not-limited", option, "option", message)
    return replace(result, translation=result.translation + translation)


def _throttle(option: Option, context: Context, result: JobOptions) -> JobOptions:
    """A limit of one is a concurrency group; one of a category holds for other jobs too."""
    given = option.arguments
    categories = given.get("categories")
    if flag_of(given.get("throttleEnabled"), default=True) is False:
        message = "`throttleJobProperty` is switched off"
        translation = said("option-dropped", option, "option", message, Certainty.DROPPED)
    elif text_of(given.get("throttleOption")) == "category" or not _is_empty(categories):
        translation = by_row("option", replace(option, name="throttle"), context)
    elif number(given.get("maxConcurrentTotal")) == 1 and result.concurrency is None:
        return _concurrency(replace(option, arguments={}), context, result)
    else:
        message = "nothing limits how many runs of the workflow there are at a time"
        translation = said("runs-not-limited", option, "option", message)
    return replace(result, translation=result.translation + translation)


def _is_empty(value: Value | None) -> bool:
    return value is None or (isinstance(value, ListOf) and not value.items)


def _containers(option: Option, _: Context, result: JobOptions) -> JobOptions:
    message = "the stages share one container; Jenkins gives each a fresh one"
    translation = said("container-shared", option, "option", message)
    return replace(result, translation=result.translation + translation)


def _index_triggers(option: Option, context: Context, result: JobOptions) -> JobOptions:
    if context.multibranch:
        return _exact(option, context, result)
    message = "`overrideIndexTriggers` concerns multibranch jobs only"
    translation = said("option-dropped", option, "option", message, Certainty.DROPPED)
    return replace(result, translation=result.translation + translation)


_MAPPERS: dict[str, Callable[[Option, Context, JobOptions], JobOptions]] = {
    "timeout": _timeout,
    "retry": _retry,
    "concurrency": _concurrency,
    "retention": _retention,
    "subdirectory": _subdirectory,
    "checkout": _exact,
    "skip_unstable": _exact,
    "fail_fast": _exact,
    "index_triggers": _index_triggers,
    "lock": _lock,
    "rate": _rate,
    "throttle": _throttle,
    "containers": _containers,
}
