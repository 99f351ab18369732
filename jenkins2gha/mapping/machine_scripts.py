"""The scripts of a job with what its variables hold, and whether they run on its machine itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from jenkins2gha.jenkins.pipeline import (
    Attempt,
    Choice,
    Credentials,
    Item,
    PostBlock,
    Step,
    inner_items,
)
from jenkins2gha.jenkins.values import Expr, ListOf, ResultOf, operands, text_of
from jenkins2gha.mapping.scripts import outline, script_of, steps_of_job
from jenkins2gha.plan.jobs import Gap, PlannedJob, stages_of
from jenkins2gha.record import dataclass, replace
from jenkins2gha.regex import regex

_CONTAINERS = (
    "container",
    "docker.image.inside",
    "docker.build.inside",
    "withDockerContainer",
)
_WITHOUT_SUCCESS = ("failure", "unsuccessful", "aborted", "unstable", "regression", "notBuilt")
_CATCHING = ("catchError", "warnError")
_NAMED = regex(r"\$\{(\w+)\}|\$(\w+)|%(\w+)%")
_COMMENT = regex(r"^[ \t]*(?://[^\n]*|/\*(?s:.*?)\*/)", re.MULTILINE)
_LETTER = regex(r"[^\n]")
_LINE_COMMENT = regex(r"^[ \t]*//[^\n]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MachineScript:
    """The text of a shell step, constants of the pipeline in place of variables; `boxed` says that
    it runs in a container, `deeper` that it runs in a directory of its own, `caught` that the
    pipeline goes on where it fails, or asks before whether it can run, `failing` that it runs only
    where the build does not succeed."""

    step: Step
    text: str
    boxed: bool
    deeper: bool = False
    caught: bool = False
    failing: bool = False


def machine_scripts(job: PlannedJob, *, inside: bool) -> tuple[MachineScript, ...]:
    """The scripts of a job in their order, those of `post` behind the rest; `inside` says that all
    run in a container."""
    constants = _constants(job)
    found: list[MachineScript] = []
    for stage in stages_of(job.stages):
        boxed = inside or stage.container is not None
        found += _of(stage.items, constants, boxed=boxed)
        found += _of_post(stage.post, constants, boxed=boxed)
    found += _of_post(job.post, constants, boxed=inside)
    return tuple(found)


def uncommented(source: str) -> str:
    """The text of a pipeline with blanks in place of the comments that begin a line."""
    closed = source.rfind("*/") + 2
    return _COMMENT.sub(_blank, source[:closed]) + _LINE_COMMENT.sub(_blank, source[closed:])


def _blank(match: re.Match[str]) -> str:
    return _LETTER.sub(" ", match[0])


def _of_post(
    blocks: Iterable[PostBlock], constants: Mapping[str, str], *, boxed: bool
) -> Iterator[MachineScript]:
    for block in blocks:
        failing = block.condition in _WITHOUT_SUCCESS
        for one in _of(block.steps, constants, boxed=boxed):
            yield replace(one, failing=failing)


def _of(
    items: Iterable[Item | Gap],
    constants: Mapping[str, str],
    *,
    boxed: bool,
    deeper: bool = False,
    caught: bool = False,
) -> Iterator[MachineScript]:
    for item in items:
        if isinstance(item, Gap):
            continue
        in_box, in_folder = boxed, deeper
        is_caught = caught or _catches(item)
        if isinstance(item, Step):
            script = script_of(item)
            if script is not None:
                text = _filled(script, constants)
                yield MachineScript(item, text, boxed, deeper, is_caught)
            in_box = boxed or item.name in _CONTAINERS
            in_folder = deeper or item.name in ("dir", "ws")
        inner = inner_items(item)
        yield from _of(inner, constants, boxed=in_box, deeper=in_folder, caught=is_caught)


def _catches(item: Item) -> bool:
    """Whether the build goes on where something in an item fails, or what a script found decides
    whether it runs."""
    match item:
        case Attempt(handler=handler, rethrows=rethrows):
            return handler is not None and not rethrows
        case Step(name, arguments):
            return name in _CATCHING or "returnStatus" in arguments
        case Choice(branches):
            return any(_reads_result(branch.condition) for branch in branches)
    return False


def _reads_result(expression: Expr) -> bool:
    return isinstance(expression, ResultOf) or any(map(_reads_result, operands(expression)))


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
