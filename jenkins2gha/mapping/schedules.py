"""`cron` and `parameterizedCron` → the entries of `schedule`.

https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jenkins2gha.actions.workflow import Origin, Schedule
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.cron import CronError, CronLine, parse_cron
from jenkins2gha.jenkins.pipeline import Option
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.declared import argument, left, said
from jenkins2gha.mapping.folding import folded
from jenkins2gha.mapping.parameter_values import Declared
from jenkins2gha.mapping.timezones import timezone
from jenkins2gha.mapping.translation import Context, Translation
from jenkins2gha.record import dataclass, field, replace

_APART = 5
"""Minutes between two scheduled runs that GitHub starts."""
_MONTHS = ("1-12", "*/1", "1-6,7-12", "1-3,4-12", "1-9,10-12", "1-2,3-12", "1-4,5-12", "1-5,6-12")
"""Every month in other words: GitHub tells two entries apart by their text alone."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """The entries of a trigger, what is said of it, and the parameters that entries set."""

    entries: tuple[Schedule, ...] = ()
    translation: Translation = field(default_factory=Translation)
    parameters: Mapping[str, Declared] = field(default_factory=dict)


def map_cron(trigger: Option, context: Context) -> Timetable:
    """`cron('H 4 * * *')`; a text that depends on the branch is that of the default branch.

    https://www.jenkins.io/doc/book/pipeline/syntax/#cron-syntax
    """
    given = argument(trigger, "spec", 0)
    spec = text_of(given)
    if spec is None:
        spec = folded(given, _on_default_branch(context))
        if spec is None:
            return _refused(trigger, "the text of the schedule is computed", context)
        if not spec.strip():
            branch = context.configuration.default_branch
            message = f"on the default branch `{branch}` the schedule is empty"
            return Timetable(
                translation=left("schedule-branch", trigger, "trigger", message, context)
            )
    return _timetable(trigger, spec, context)


def map_parameterized(trigger: Option, taken: Iterable[Schedule], context: Context) -> Timetable:
    """`parameterizedCron`: each line has its own values for some parameters, behind a `%`.

    https://plugins.jenkins.io/parameterized-scheduler/
    """
    spec = text_of(argument(trigger, "parameterizedSpecification", 0))
    if spec is None:
        return _refused(trigger, "the text of the schedule is computed", context)
    written = [line.strip() for line in spec.splitlines()]
    written = [line for line in written if line and not line.startswith("#")]
    parts = [line.partition("%") for line in written]
    table = _timetable(trigger, "\n".join(cron.strip() for cron, _, _ in parts), context)
    given = [values for cron, _, values in parts if not cron.startswith("TZ=")]
    entries = _told_apart(table.entries, {entry.cron for entry in taken})
    if entries is None:
        message = "two lines fire at the same time, and GitHub cannot tell them apart"
        return Timetable(translation=left("schedule-twice", trigger, "trigger", message, context))
    if len(given) != len(entries):
        return table
    parameters = dict(_known(context))
    for entry, text in zip(entries, given, strict=True):
        for name, value in _pairs(text):
            if name in parameters:
                parameters[name] = _scheduled(parameters[name], entry.cron, value)
    return Timetable(entries, table.translation, parameters)


def _known(context: Context) -> Iterable[tuple[str, Declared]]:
    for name, option in context.parameters.items():
        if isinstance(option, Declared):
            yield name, option


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    """`A=1;B=2` as pairs."""
    for pair in text.split(";"):
        name, sign, value = pair.partition("=")
        if sign and name.strip():
            yield name.strip(), value.strip()


def _scheduled(parameter: Declared, cron: str, value: str) -> Declared:
    typed = value.lower() == "true" if parameter.name == "booleanParam" else value
    return replace(parameter, scheduled=(*parameter.scheduled, (cron, typed)))


def _told_apart(entries: tuple[Schedule, ...], taken: set[str]) -> tuple[Schedule, ...] | None:
    """The entries with texts that differ from each other and from those that are taken."""
    result: list[Schedule] = []
    for entry in entries:
        text = next((one for one in _same_times(entry.cron) if one not in taken), None)
        if text is None:
            return None
        taken = {*taken, text}
        result.append(replace(entry, cron=text))
    return tuple(result)


def _same_times(cron: str) -> Iterable[str]:
    yield cron
    minute, hour, day, month, weekday = cron.split()
    if month == "*":
        for other in _MONTHS:
            yield f"{minute} {hour} {day} {other} {weekday}"


def _on_default_branch(context: Context) -> dict[str, str | None]:
    """What a scheduled run knows of its branch: GitHub starts it on the default one only."""
    if not context.multibranch:
        return {"BRANCH_NAME": None, "BRANCH_IS_PRIMARY": None, "CHANGE_ID": None, "TAG_NAME": None}
    branch = context.configuration.default_branch
    primary = {"BRANCH_NAME": branch, "BRANCH_IS_PRIMARY": "true"}
    return {**primary, "CHANGE_ID": None, "CHANGE_TARGET": None, "TAG_NAME": None}


def _refused(trigger: Option, message: str, context: Context) -> Timetable:
    return Timetable(translation=left("schedule-unknown", trigger, "trigger", message, context))


def _timetable(trigger: Option, spec: str, context: Context) -> Timetable:
    try:
        read = parse_cron(spec, seed(context))
    except CronError as error:
        return _refused(trigger, f"Jenkins refuses this schedule: {error}", context)
    if any(line.both_days for line in read.lines):
        message = "it asks for a day of the month and a day of the week at once"
        return Timetable(translation=left("schedule-day", trigger, "trigger", message, context))
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
    return Timetable(entries, said_)


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
