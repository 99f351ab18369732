"""What the shell steps of a job run, as far as the text alone tells it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jenkins2gha.jenkins.pipeline import Groovy, Item, Step, inner_items
from jenkins2gha.jenkins.values import (
    Concat,
    Constant,
    Expr,
    Symbolic,
    Value,
    name_of,
    text_of,
)
from jenkins2gha.plan.jobs import Gap, PlannedJob, stages_of

SHELLS = ("sh", "bat", "powershell", "pwsh")

_BUILD_TOOLS = {
    "maven": r"mvnw?(?:\.cmd)?",
    "gradle": r"gradlew?(?:\.bat)?",
    "sbt": r"sbt",
    "npm": r"npm|npx",
    "yarn": r"yarn",
    "pnpm": r"pnpm",
}
_WORD = r"(?:^|[\s;&|(/\\\"'`{{@])(?:{})(?=$|[\s;&|)\"'`}}])"


def steps_of(items: Iterable[Item | Gap]) -> Iterator[Step]:
    """The steps of a list and of the blocks in it, in the order of the source."""
    for item in items:
        if isinstance(item, Step):
            yield item
        if not isinstance(item, Gap):
            yield from steps_of(inner_items(item))


def steps_of_job(job: PlannedJob) -> Iterator[Step]:
    """All steps of a job, those of `post` behind the rest."""
    for stage in stages_of(job.stages):
        yield from steps_of(stage.items)
        for block in stage.post:
            yield from steps_of(block.steps)
    for block in job.post:
        yield from steps_of(block.steps)


def runs_scripts(job: PlannedJob) -> bool:
    """Whether a job runs scripts, which call programs that nobody sees here."""
    return any(step.name in SHELLS for step in (*steps_of_job(job), *_in_groovy(job)))


def needs_windows(job: PlannedJob) -> bool:
    """Whether the steps of a job run on Windows only: a `bat`, and nothing for a Unix shell.

    A `bat` inside Groovy that is not evaluated counts too; it may stand beside an `sh` there.
    """
    names = {step.name for step in (*steps_of_job(job), *_in_groovy(job))}
    return "bat" in names and "sh" not in names


def _in_groovy(job: PlannedJob) -> Iterator[Step]:
    for stage in stages_of(job.stages):
        for item in stage.items:
            if not isinstance(item, Gap):
                yield from _groovy_in(item)


def _groovy_in(item: Item) -> Iterator[Step]:
    if isinstance(item, Groovy):
        yield from item.steps
    for inner in inner_items(item):
        yield from _groovy_in(inner)


def script_of(step: Step) -> str | None:
    """The text of a shell step, `${NAME}` where a value goes in; None for what is not known."""
    if step.name not in SHELLS:
        return None
    value = step.arguments.get("script")
    return None if value is None else outline(value)


def outline(value: Value) -> str | None:
    """A value as text, `${NAME}` for each name in it that only a run knows."""
    known = text_of(value)
    if known is not None:
        return known
    return _outline(value.expr) if isinstance(value, Symbolic) else None


def _outline(expression: Expr) -> str:
    match expression:
        case Constant(value):
            return "" if value is None else str(value)
        case Concat(parts):
            return "".join(_outline(part) for part in parts)
        case _:
            return f"${{{name_of(expression)}}}"


def build_tools(job: PlannedJob) -> frozenset[str]:
    """The build tools that the scripts of a job call, `maven` for `mvn` or `./mvnw`."""
    text = "\n".join(script_of(step) or "" for step in steps_of_job(job))
    return frozenset(
        name
        for name, words in _BUILD_TOOLS.items()
        if re.search(_WORD.format(words), text, re.MULTILINE)
    )
