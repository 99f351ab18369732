"""The workflows of the fixtures, run by the simulator: the commands of the source, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from jenkins2gha import Conversion
from jenkins2gha.groovy import parse
from jenkins2gha.jenkins.pipeline import Item, Stage, Step, Steps
from jenkins2gha.jenkins.read import read
from jenkins2gha.jenkins.values import Known
from jenkins2gha.simulate.actions import (
    Event,
    Run,
    World,
    dispatch,
    failing,
    pull_request,
    push,
    schedule,
    simulate,
)
from jenkins2gha.simulate.trace import Command
from jenkins2gha.source import Source
from test_convert import CASES, FIXTURES, converted

# What says that a command is not the source's.
_REWRITTEN = frozenset(
    "windows-twin windows-command windows-script unix-twin unix-command secret-referenced".split()
)

_IN_CONTAINER = re.compile(r"docker (?:run|exec) .* (?:\S*/)?sh -ec '(.*)'\Z")


@cache
def conversion(case: str) -> Conversion:
    return converted(case)


@cache
def workflow(case: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(conversion(case).workflow or "{}", yaml.BaseLoader)
    return loaded


RUNNING = [case for case in CASES if workflow(case)]


def events(case: str) -> list[Event]:
    """One event of each kind that starts the workflow."""
    triggers = workflow(case)["on"]
    if isinstance(triggers, str):
        triggers = {triggers: ""}
    known = {"push": push(), "pull_request": pull_request(), "workflow_dispatch": dispatch()}
    found = [event for name, event in known.items() if name in triggers]
    crons = triggers.get("schedule") or () if isinstance(triggers, dict) else ()
    return [*found, *(schedule(one["cron"]) for one in crons)]


def simulated(case: str, event: Event, fails: int | None = None) -> Run:
    """The run in which the command with this number, from 0 on, fails; with none, all succeed."""
    count = iter(range(10_000))
    world = World(oracle=failing(lambda _: next(count) == fails))
    found = simulate(conversion(case).workflow or "", event, world)
    assert not found.invalid, found.not_started
    return found


def unconditional(case: str) -> Iterator[tuple[str, int, bool]]:
    """The lines of the scripts that run whatever happens, with the line of their call, and whether
    something reads what they give back, so that they stand within a script of ours."""
    source = Source("Jenkinsfile", (FIXTURES / case / "Jenkinsfile").read_bytes().decode())
    pipeline = read(parse(source), source).pipeline
    assert pipeline is not None
    for stage in pipeline.stages:
        yield from _of_stage(stage)


def _of_stage(stage: Stage) -> Iterator[tuple[str, int, bool]]:
    if stage.when is None and isinstance(stage.body, Steps):
        for item in stage.body.items:
            yield from _of_step(item)
    elif stage.when is None and isinstance(stage.body, tuple):
        for inner in stage.body:
            yield from _of_stage(inner)


def _of_step(item: Item) -> Iterator[tuple[str, int, bool]]:
    if not isinstance(item, Step):
        return
    script = item.arguments.get("script")
    if item.name == "sh" and isinstance(script, Known):
        yield from (
            (" ".join(line.split()), item.span.line, item.captured is not None)
            for line in str(script.value).replace("\\\n", "").splitlines()
        )
    for inner in item.body or ():
        yield from _of_step(inner)


def _condition(case: str, job: str, index: int) -> str:
    condition: str = _steps(case, job)[index].get("if", "")
    return condition


def _steps(case: str, job: str) -> list[dict[str, Any]]:
    """The steps of a job, those of its groups one by one."""
    steps: list[dict[str, Any]] = []
    for one in workflow(case)["jobs"][job]["steps"]:
        steps += one.get("parallel", [one])
    return steps


def _waits(case: str, job: str, other: str) -> bool:
    """Whether a job comes behind another one, or is it."""
    needs = workflow(case)["jobs"][job].get("needs", [])
    names = [needs] if isinstance(needs, str) else needs
    return job == other or any(_waits(case, name, other) for name in names)


@pytest.mark.parametrize("case", RUNNING)
def test_every_command_of_the_source_runs_in_its_order(case: str) -> None:
    if conversion(case).status != "converted":
        assert conversion(case).constructs.manual + conversion(case).groovy_manual
        return
    said = {one.span.line for one in conversion(case).diagnostics if one.rule in _REWRITTEN}
    for event in events(case):
        text = "\n".join(one.text.replace("\\\n", "") for one in simulated(case, event).commands)
        lines = iter([_IN_CONTAINER.sub(r"\1", " ".join(one.split())) for one in text.splitlines()])
        for wanted, line, inside in unconditional(case):
            if wanted and line not in said:
                found = any(one == wanted or (inside and wanted in one) for one in lines)
                assert found, f"{event.name}: {wanted!r} (line {line}) is not in\n{text}"


@pytest.mark.parametrize("case", RUNNING)
def test_behind_a_failure_runs_only_what_asks_for_it(case: str) -> None:
    steps = workflow(case)["jobs"]
    for event in events(case):
        for number, failed in enumerate(simulated(case, event).commands):
            step = _steps(case, failed.job)[failed.index]
            if step.get("continue-on-error") == "true":
                continue
            run = simulated(case, event, number)
            assert run.conclusion == "failure"
            for later in run.commands[number + 1 :]:
                if later.job == failed.job and "strategy" in steps[later.job]:
                    continue  # another leg
                if failed.group and later.group == failed.group:
                    continue  # at the same time
                if not _waits(case, later.job, failed.job):
                    continue
                asked = _condition(case, later.job, later.index)
                if later.job != failed.job:
                    asked += steps[later.job].get("if", "")
                assert any(word in asked for word in ("always()", "failure()", "cancelled()"))


def _is_left(command: Command) -> bool:
    """Whether a step only says that a person has to act, and fails."""
    return "title=jenkins2gha" in command.text and "exit 1" in command.text


@pytest.mark.parametrize("case", RUNNING)
def test_what_is_left_to_a_person_fails_the_run(case: str) -> None:
    for event in events(case):
        run = simulate(conversion(case).workflow or "", event, World(oracle=failing(_is_left)))
        if any(map(_is_left, run.commands)):
            assert run.conclusion == "failure"
