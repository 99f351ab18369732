"""The scripts of a job with what its variables hold, and whether they run on its machine itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from jenkins2gha.jenkins.pipeline import Credentials, Item, Step, inner_items
from jenkins2gha.jenkins.values import ListOf, text_of
from jenkins2gha.mapping.scripts import outline, script_of, steps_of_job
from jenkins2gha.plan.jobs import Gap, PlannedJob, stages_of
from jenkins2gha.record import dataclass
from jenkins2gha.regex import regex

_CONTAINERS = (
    "container",
    "docker.image.inside",
    "docker.build.inside",
    "withDockerContainer",
)
_NAMED = regex(r"\$\{(\w+)\}|\$(\w+)|%(\w+)%")


@dataclass(frozen=True, slots=True)
class MachineScript:
    """The text of a shell step, constants of the pipeline in place of variables; `boxed` says that
    it runs in a container, `deeper` that it runs in a directory of its own."""

    step: Step
    text: str
    boxed: bool
    deeper: bool = False


def machine_scripts(job: PlannedJob, *, inside: bool) -> tuple[MachineScript, ...]:
    """The scripts of a job in their order, those of `post` behind the rest; `inside` says that all
    run in a container."""
    constants = _constants(job)
    found: list[MachineScript] = []
    for stage in stages_of(job.stages):
        boxed = inside or stage.container is not None
        found += _of(stage.items, constants, boxed=boxed)
        for block in stage.post:
            found += _of(block.steps, constants, boxed=boxed)
    for block in job.post:
        found += _of(block.steps, constants, boxed=inside)
    return tuple(found)


def _of(
    items: Iterable[Item | Gap],
    constants: Mapping[str, str],
    *,
    boxed: bool,
    deeper: bool = False,
) -> Iterator[MachineScript]:
    for item in items:
        if isinstance(item, Gap):
            continue
        in_box, in_folder = boxed, deeper
        if isinstance(item, Step):
            script = script_of(item)
            if script is not None:
                yield MachineScript(item, _filled(script, constants), boxed, deeper)
            in_box = boxed or item.name in _CONTAINERS
            in_folder = deeper or item.name in ("dir", "ws")
        yield from _of(inner_items(item), constants, boxed=in_box, deeper=in_folder)


def _constants(job: PlannedJob) -> dict[str, str]:
    """What the pipeline sets its variables to, where that is a constant; the last counts."""
    found: dict[str, str] = {}
    stages = (variable for stage in stages_of(job.stages) for variable in stage.environment)
    for variable in (*job.environment, *stages):
        if not isinstance(variable.value, Credentials | Step):
            text = outline(variable.value)
            if text is not None:
                found[variable.name] = text
    for step in steps_of_job(job):
        given = step.arguments.get("overrides") if step.name == "withEnv" else None
        for item in given.items if isinstance(given, ListOf) else ():
            name, equals, value = (text_of(item) or "").partition("=")
            if equals and name.isidentifier():
                found[name] = value
    return found


def _filled(script: str, constants: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        name = match[1] or match[2] or match[3]
        return constants.get(name, match[0])

    once = _NAMED.sub(value, script) if constants else script
    return _NAMED.sub(value, once) if once != script else script
