"""`triggers { }` and the kind of the job → the events that start the workflow.

https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from jenkins2gha.actions.workflow import Input, Origin, Schedule, Triggers
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.cron import CronError, CronLine, parse_cron
from jenkins2gha.jenkins.pipeline import Condition, Option, Pipeline
from jenkins2gha.jenkins.values import flag_of, text_of
from jenkins2gha.mapping.declared import argument, by_row, left, row_of, said
from jenkins2gha.mapping.timezones import timezone
from jenkins2gha.mapping.translation import Context, Translation
from jenkins2gha.plan.plan import every_stage
from jenkins2gha.record import dataclass, replace
from jenkins2gha.rules import diagnose

_APART = 5
"""Minutes between two scheduled runs that GitHub starts."""
_ALL_BRANCHES: Mapping[str, tuple[str, ...]] = {"branches": ("**",)}


@dataclass(frozen=True, slots=True)
class Events:
    """What starts the workflow; `publishes` says that tags do too."""

    triggers: Triggers
    translation: Translation
    publishes: bool = False


def pull_requests(pipeline: Pipeline, *, multibranch: bool) -> bool:
    """Whether the workflow runs on pull requests."""
    return multibranch and not _overridden(pipeline)


def map_triggers(pipeline: Pipeline, inputs: tuple[Input, ...], context: Context) -> Events:
    """The events of a pipeline: those of its kind of job, and those that it declares."""
    tags = _asks_for_tags(pipeline)
    triggers = Triggers(dispatch=inputs)
    translation = Translation()
    if context.pull_request:
        push = {**_ALL_BRANCHES, **({"tags": ("**",)} if tags else {})}
        triggers = replace(triggers, push=push, pull_request={})
        message = "a branch that has a pull request open runs for both"
        both = diagnose("branch-and-pr", pipeline.span, message)
        translation += Translation(diagnostics=(both,))
    translation += _other_branch(pipeline, context)
    for trigger in pipeline.triggers:
        triggers, more = _trigger(trigger, triggers, context)
        translation += more
    return Events(triggers, translation, tags and triggers.push is not None)


def _other_branch(pipeline: Pipeline, context: Context) -> Translation:
    """A run by hand or by the clock takes the default branch, unless somebody chooses another."""
    default = context.configuration.default_branch
    if not context.branches or default in context.branches:
        return Translation()
    named = " and ".join(f"`{branch}`" for branch in context.branches)
    message = f"the job builds {named}; a scheduled run takes the default branch `{default}`"
    said = diagnose("job-branch", pipeline.branches[0].span, message)
    return Translation(diagnostics=(said,))


def _overridden(pipeline: Pipeline) -> bool:
    """Whether the options switch off what a multibranch job does for each branch."""
    return any(
        option.name == "overrideIndexTriggers"
        and flag_of(argument(option, "enableTriggers", 0), default=True) is False
        for option in pipeline.options
    )


def _asks_for_tags(pipeline: Pipeline) -> bool:
    """Whether a condition or a name of the pipeline is about tags.

    A variable of its own that has the name of Jenkins' says nothing of tags.
    """
    conditions = [stage.when.conditions for stage in every_stage(pipeline.stages) if stage.when]
    if any(_about_tags(condition) for group in conditions for condition in group):
        return True
    own = "TAG_NAME" in pipeline.declared
    name = r"\benv\s*(\.|\[\s*['\"])\s*TAG_NAME\b" if own else r"\bTAG_NAME\b"
    return re.search(name, pipeline.span.text) is not None


def _about_tags(condition: Condition) -> bool:
    return condition.name in ("tag", "buildingTag") or any(
        _about_tags(child) for child in condition.children
    )


def _trigger(trigger: Option, triggers: Triggers, context: Context) -> tuple[Triggers, Translation]:
    row = row_of("trigger", trigger.name, context)
    match (row or {}).get("mapper"):
        case "cron":
            schedule, more = _cron(trigger, context)
            return replace(triggers, schedule=triggers.schedule + schedule), more
        case "poll" if context.pull_request:
            message = "the workflow starts on each push already"
            return triggers, said("poll-adds-nothing", trigger, "trigger", message)
        case "poll" | "push":
            message = f"`{trigger.name}` becomes the event `push`"
            more = said("poll-push", trigger, "trigger", message)
            return replace(triggers, push=triggers.push or _pushes(context)), more
    return triggers, by_row("trigger", trigger, context)


def _pushes(context: Context) -> Mapping[str, tuple[str, ...]]:
    """The pushes that start a job which looks for new commits: those to the branches it builds."""
    return {"branches": context.branches} if context.branches else _ALL_BRANCHES


def _cron(trigger: Option, context: Context) -> tuple[tuple[Schedule, ...], Translation]:
    spec = text_of(argument(trigger, "spec", 0))
    if spec is None:
        message = "the text of the schedule is computed"
        return (), left("schedule-unknown", trigger, "trigger", message, context)
    return _schedule(trigger, spec, context)


def _schedule(
    trigger: Option, spec: str, context: Context
) -> tuple[tuple[Schedule, ...], Translation]:
    try:
        read = parse_cron(spec, seed(context))
    except CronError as error:
        message = f"Jenkins refuses this schedule: {error}"
        return (), left("schedule-unknown", trigger, "trigger", message, context)
    if any(line.both_days for line in read.lines):
        message = "it asks for a day of the month and a day of the week at once"
        return (), left("schedule-day", trigger, "trigger", message, context)
    rule = "schedule-default-branch" if context.multibranch else "schedule-exact"
    zone = timezone(read.timezone)
    entries = tuple(_entry(trigger, line, zone, rule) for line in read.lines)
    times = ", ".join(f"`{entry.cron}`" for entry in entries) or "never"
    message = f"the workflow runs at {times}"
    if context.multibranch:
        message += " on the default branch only"
    said_ = said(rule, trigger, "trigger", message)
    if any(_cron_text(line) != line.posix for line in read.lines):
        message = "GitHub starts a schedule every five minutes at most, so some times are left out"
        said_ += said("schedule-too-often", trigger, "trigger", message)
    return entries, said_


def _cron_text(line: CronLine) -> str:
    """A line as GitHub takes it: with five minutes between two runs.

    https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
    """
    kept: list[int] = []
    for minute in line.minute.values:
        if not kept or minute - kept[-1] >= _APART:
            kept.append(minute)
    hours = line.hour.values
    if any((hour + 1) % 24 in hours for hour in hours):
        while len(kept) > 1 and kept[0] + 60 - kept[-1] < _APART:
            kept.pop()
    if tuple(kept) == line.minute.values:
        return line.posix
    step = kept[1] - kept[0] if len(kept) > 1 else 60
    first = replace(line.minute, values=tuple(kept), every=False).posix
    if kept == [*range(0, 60, step)] and step < 60:
        first = f"*/{step}"
    return " ".join([first, *(field.posix for field in line.fields[1:])])


def _entry(trigger: Option, line: CronLine, zone: str | None, rule: str) -> Schedule:
    certainty = Certainty.EXACT if rule == "schedule-exact" else Certainty.APPROXIMATE
    text = _cron_text(line)
    return Schedule(
        text,
        timezone=zone,
        comment=line.source if line.source != text else None,
        origin=Origin((trigger.span,), rule, certainty),
    )


def seed(context: Context) -> str:
    """What Jenkins computes `H` from: the full name of the job, or of its branch's job."""
    if not context.multibranch:
        return context.job_name
    return f"{context.job_name}/{context.configuration.default_branch}"
