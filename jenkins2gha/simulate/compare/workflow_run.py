"""Runs a workflow and puts down its acts: each step, and the commands inside each script."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jenkins2gha.simulate import actions
from jenkins2gha.simulate.actions import Event, Run, Workflow, World
from jenkins2gha.simulate.actions.events import Repository, github
from jenkins2gha.simulate.actions.oracle import End
from jenkins2gha.simulate.actions.scope import RUNNER_NAME, TO_PROCESSES
from jenkins2gha.simulate.actions.script import pairs
from jenkins2gha.simulate.actions.shells import posix
from jenkins2gha.simulate.compare import used
from jenkins2gha.simulate.compare.acts import Act, Extent
from jenkins2gha.simulate.compare.known import Known
from jenkins2gha.simulate.compare.machine import (
    ENVIRONMENT,
    GIVEN,
    LEFT,
    OUTPUT,
    PATHS,
    TEMP,
    Machine,
)
from jenkins2gha.simulate.compare.matching import CHECKOUTS, prepares
from jenkins2gha.simulate.compare.outside import Facts, StepOutside
from jenkins2gha.simulate.shell import Killed, Shell, Unreadable
from jenkins2gha.simulate.situation import Answer
from jenkins2gha.simulate.trace import Command

_PLACEHOLDER = "title=jenkins2gha::"
_AT_ONCE = 10
"""GitHub runs so many steps of a group at the same time."""

_OUTPUT = re.compile(r"\(output '(\w+)'\)")
Origins = Callable[[str, int], tuple[Extent, ...]]
"""The places in the pipeline that a step comes from, by its job and its place in it."""


@dataclass(slots=True)
class Recorded:
    """A run with its acts; `needs` are the jobs that each job waits for, near and far.

    `facts` are the texts that GitHub gives to a run, such as its number.
    """

    run: Run
    acts: list[Act]
    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facts: frozenset[str] = frozenset()


def record(
    workflow: Workflow,
    event: Event,
    *,
    known: Known,
    facts: Facts,
    world: World,
    origins: Origins,
) -> Recorded:
    """The acts of the run that an event starts; `world` has the secrets and variables."""
    recorder = _Recorder(known, facts, origins, _given(event, workflow))
    stops = recorder.is_of_pipeline if facts.begun else None
    run = actions.simulate(workflow, event, replace(world, oracle=recorder.answer, stops=stops))
    return Recorded(run, recorder.acts, _ancestry(workflow), _facts(event, workflow))


def _facts(event: Event, workflow: Workflow) -> frozenset[str]:
    context = github(event, workflow, Repository())
    texts = {text for text in context.values() if isinstance(text, str) and len(text) > 1}
    return frozenset((*texts, RUNNER_NAME))


def _ancestry(workflow: Workflow) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    jobs = {job.id: job for job in workflow.jobs}

    def of(name: str) -> frozenset[str]:
        if name not in found:
            needs = frozenset(jobs[name].needs)
            found[name] = needs.union(*(of(need) for need in needs if need in jobs))
        return found[name]

    return {name: of(name) for name in jobs}


class _Recorder:
    def __init__(
        self, known: Known, facts: Facts, origins: Origins, given: Mapping[str, str]
    ) -> None:
        self._given = given
        self.acts: list[Act] = []
        self._known, self._facts, self._origins = known, facts, origins
        self._machines: dict[tuple[str, str], Machine] = {}
        self._artifacts: used.Artifacts = {}

    def answer(self, command: Command) -> actions.Answer:
        """How a step of the workflow ends, and what it writes."""
        machine = self._machines.setdefault((command.job, command.leg), Machine())
        act = Act(
            kind="step",
            number=len(self.acts),
            step=len(self.acts),
            command=command,
            text=command.text,
            environment=dict(command.environment),
            directory=command.directory,
            seen=machine.seen,
            placeholder=_PLACEHOLDER in command.text,
            origins=self._origins(command.job, command.index),
        )
        self.acts.append(act)
        if act.placeholder:
            given = dict.fromkeys(_OUTPUT.findall(act.text), LEFT)
            return actions.Answer(whole=True, outputs=given)
        if command.kind == "uses":
            found = used.use(command, act.number, machine, self._artifacts, self._reply(act))
            if used.asks_for_runs(command):
                found = replace(found, outputs={"result": self._facts.previous})
            self.acts[act.number] = act.after(said="", failed=found.end != "success")
        else:
            found = self._script(act, machine)
        machine.seen |= {act.number}
        return found

    def is_of_pipeline(self, command: Command) -> bool:
        """Whether a step stands for one of the pipeline's own, not for what its agent does."""
        starts = [one.start for one in self._origins(command.job, command.index)]
        keys = [self._known.steps[start] for start in starts if start in self._known.steps]
        return any(one in self._known.scripts for one in starts) or any(
            key.partition("@")[0] not in CHECKOUTS for key in keys
        )

    def _reply(self, act: Act, answered: Collection[str] = ()) -> Answer:
        """The answer that the step of the pipeline gets from which this one comes, if it is not
        among those that a command of the script was, nor that of the step which this prepares."""
        if prepares(act) and act.origins in self._behind(act.command):
            return Answer()
        for key in self._steps_of(act):
            if key not in answered:
                return self._facts.answer(key)
        return Answer()

    def _behind(self, command: Command) -> list[tuple[Extent, ...]]:
        """Where the steps behind one come from, those of a group and all that prepare for them."""
        places = range(command.index + 1, command.index + 1 + 2 * _AT_ONCE)
        return [self._origins(command.job, place) for place in places]

    def _steps_of(self, act: Act) -> list[str]:
        """The steps of the pipeline that begin where this step of the workflow comes from."""
        starts = (extent.start for extent in act.origins)
        return [self._known.steps[start] for start in starts if start in self._known.steps]

    def _script(self, act: Act, machine: Machine) -> actions.Answer:
        outside = StepOutside(self.acts, act, machine, self._known, self._facts)
        for name in (OUTPUT, ENVIRONMENT, PATHS):
            machine.files.pop(name, None)
        shell = self._shell(act.command, outside, machine)
        packed = dict(machine.packed)
        try:
            said = self._said(act, shell, outside)
        except Killed:
            said, shell.status = "".join(shell.streams.said), 1
        reply = self._reply(act, outside.answered)
        failed = shell.status != 0 or reply.end == "failure"
        if reply.end == "failure":
            machine.packed = packed  # a stash that fails leaves none
        asks = outside.asks or (OUTPUT in machine.files and not self.acts[act.number + 1 :])
        own = prepares(act) or asks
        if not failed and not self._runs_source(act) and not own:
            failed = outside.rewritten()
        self.acts[act.number] = replace(
            self.acts[act.number],
            said=said,
            failed=failed,
            environment=shell.environment(),
            written=tuple(shell.written),
            missed=frozenset(shell.missed),
            asks=asks,
        )
        end: End = "failure" if failed else "success"
        if failed and "timeout" in outside.ends:
            end = "timeout"
        if "abort" in (*outside.ends, reply.end):
            end = "cancel"
        return actions.Answer(
            end=end,
            outputs=_pairs(machine.files.get(OUTPUT, "")),
            environment=_pairs(machine.files.get(ENVIRONMENT, "")),
            path=tuple(filter(None, machine.files.get(PATHS, "").splitlines())),
            whole=True,
        )

    def _runs_source(self, act: Act) -> bool:
        return any(one.kind == "source" for one in self.acts[act.number :])

    def _said(self, act: Act, shell: Shell, outside: StepOutside) -> str:
        """Runs the script: as a command of the pipeline if it is one, else by its own text."""
        text = act.text
        key = outside.source(text, shell)
        if key is not None:
            shell.status, said = outside.run(key, text, shell)
            return said
        if not posix(act.command.shell):
            outside.tool([text], shell, shell.streams)
            return ""
        try:
            return shell.whole(text)
        except Unreadable:
            outside.tool([text], shell, shell.streams)
            return ""

    def _shell(self, command: Command, outside: StepOutside, machine: Machine) -> Shell:
        workspace = self._given["GITHUB_WORKSPACE"]
        return Shell(
            outside,
            {**self._given, **dict(command.environment)},
            files=machine.files,
            directory=_folder(command.directory, workspace),
            errexit=" -e" in command.shell,
        )


def _given(event: Event, workflow: Workflow) -> dict[str, str]:
    """The variables that the runner gives to every process."""
    context = github(event, workflow, Repository())
    own = {f"GITHUB_{name.upper()}": str(context[name]) for name in TO_PROCESSES if name in context}
    return {**GIVEN, "RUNNER_TEMP": TEMP, "RUNNER_OS": "Linux", **own}


def _folder(directory: str, workspace: str) -> str:
    if directory == workspace or directory.startswith(f"{workspace}/"):
        directory = directory[len(workspace) :]
    return directory.strip().removeprefix("./").strip("/") if directory[:1] != "/" else directory


def _pairs(text: str) -> dict[str, str]:
    try:
        return dict(pairs(text))
    except ValueError:
        return {}


def step_acts(acts: Sequence[Act]) -> list[Act]:
    """The acts that are steps of the workflow."""
    return [act for act in acts if act.kind == "step"]
