"""Platform clean-up: one system's commands on a runner of that system.

Where a pipeline names the Windows form of a command beside its Unix form, the form of the other
system goes; a build wrapper in the other system's form alone is translated. It works on the words
of commands: `curl -O tool.exe` and `echo "see build.bat"` name no Windows command.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from jenkins2gha.actions.workflow import Job, RunsOn, Step, Workflow
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.passes.calls import Call, calls
from jenkins2gha.passes.failing import failing
from jenkins2gha.passes.result import Note, PassResult
from jenkins2gha.passes.rewriting import (
    Edit,
    edited,
    is_setting,
    unix_edits,
    unix_step,
    windows_edits,
    windows_step,
    without,
)
from jenkins2gha.record import dataclass, replace

System = Literal["linux", "macos", "windows"]
_NAMES = {"linux": "Linux", "macos": "macOS", "windows": "Windows"}
_KINDS = ("sh", "bat", "powershell")


def platform(workflow: Workflow) -> PassResult:
    """Leaves on each job what its runner can run; says of each change what went, and why."""
    notes: list[Note] = []
    jobs = tuple(_job(job, notes) for job in workflow.jobs)
    return PassResult(replace(workflow, jobs=jobs) if notes else workflow, tuple(notes))


def system_of(runs_on: RunsOn) -> System | None:
    """The system behind the labels of a runner; None where an expression decides.

    >>> system_of(RunsOn(("self-hosted", "windows")))
    'windows'
    """
    labels = [label.lower() for label in runs_on.labels if isinstance(label, str)]
    if any(label.startswith("windows") for label in labels):
        return "windows"
    if any(label.startswith("macos") for label in labels):
        return "macos"
    return "linux" if len(labels) == len(runs_on.labels) else None


def _job(job: Job, notes: list[Note]) -> Job:
    system = system_of(job.runs_on)
    if system is None:
        return job
    steps: list[Step] = []
    for _, group in groupby(enumerate(job.steps), key=_neighbourhood):
        steps += _Group(tuple(step for _, step in group), system).cleaned(notes)
    return replace(job, steps=tuple(steps))


def _neighbourhood(numbered: tuple[int, Step]) -> object:
    """Steps in a row that run scripts of one stage under one condition in one folder."""
    number, step = numbered
    if not isinstance(step.run, str) or step.placeholder or step.script_kind not in _KINDS:
        return number
    return step.stage, step.condition, step.working_directory


@dataclass(frozen=True, slots=True)
class _Group:
    steps: tuple[Step, ...]
    system: System

    def cleaned(self, notes: list[Note]) -> list[Step]:
        found = [calls(script_of(step), step.script_kind) for step in self.steps]
        if not any(self._foreign(call) for own in found for call in own):
            return list(self.steps)
        kept = []
        for number, (step, own) in enumerate(zip(self.steps, found, strict=True)):
            others = [call for at, row in enumerate(found) if at != number for call in row]
            cleaned, said = self._step(step, own, others)
            notes += said
            if cleaned is not None:
                kept.append(cleaned)
        return kept

    def _foreign(self, call: Call) -> bool:
        return call.unix if self.system == "windows" else call.windows

    def _native(self, found: Sequence[Call]) -> dict[object, Call]:
        return {call.key: call for call in found if not self._foreign(call)}

    def _step(
        self, step: Step, own: Sequence[Call], others: Sequence[Call]
    ) -> tuple[Step | None, list[Note]]:
        elsewhere = self._native(others)
        working = [call for call in own if not is_setting(call)]
        foreign = [call for call in working if self._foreign(call)]
        if foreign and all(call.key in elsewhere for call in working):
            notes = [
                self._gone(step, call, elsewhere[call.key], Certainty.DROPPED) for call in foreign
            ]
            # The outcome of a step with an id is asked for somewhere.
            return (replace(step, run="exit 0") if step.id else None), notes
        if self.system != "windows" and _is_windows_step(step):
            return self._windows_step_on_unix(step, own) if foreign else (step, [])
        cleaned, notes = self._without_twins(step, own, {**self._native(own), **elsewhere})
        translated, more = self._translated(cleaned)
        return translated, [*notes, *more]

    def _without_twins(
        self, step: Step, own: Sequence[Call], native: dict[object, Call]
    ) -> tuple[Step, list[Note]]:
        edits: list[Edit] = []
        notes: list[Note] = []
        commands = [call.command for call in own]
        for call in own:
            twin = native.get(call.key)
            if twin is None or not self._foreign(call):
                continue
            edit = without(script_of(step), call.command, commands)
            if edit is not None and not any(_overlap(edit, other) for other in edits):
                edits.append(edit)
                notes.append(self._gone(step, call, twin, Certainty.EQUIVALENT))
        script = edited(script_of(step), edits)
        return (replace(step, run=script.rstrip("\n")) if edits else step), notes

    def _translated(self, step: Step) -> tuple[Step, list[Note]]:
        """Wrappers that stand alone; those with a twin in the same script choose for themselves."""
        script, found = script_of(step), calls(script_of(step), step.script_kind)
        native = self._native(found)
        alone = [call for call in found if call.key not in native or not self._foreign(call)]
        if self.system == "windows":
            changed = windows_step(step, found) or replace(
                step, run=edited(script, windows_edits(alone, step.script_kind))
            )
        else:
            changed = replace(step, run=edited(script, unix_edits(alone)))
        if changed == step:
            return step, []
        return changed, [self._became(step, changed)]

    def _windows_step_on_unix(self, step: Step, own: Sequence[Call]) -> tuple[Step, list[Note]]:
        changed = unix_step(step, own)
        if changed is not None:
            return changed, [self._became(step, changed)]
        language = "batch" if step.script_kind == "bat" else "PowerShell"
        message = f"a {language} script cannot run on a {_NAMES[self.system]} runner"
        note = Note("windows-script", step.origin, message, Certainty.MANUAL)
        return failing(step, message, script_of(step)), [note]

    def _gone(self, step: Step, call: Call, twin: Call, certainty: Certainty) -> Note:
        other = "unix" if self.system == "windows" else "windows"
        message = (
            f"`{_shown(call)}` is the {other.capitalize()} form of `{_shown(twin)}`, "
            f"which runs on this {_NAMES[self.system]} runner, and was left out"
        )
        return Note(f"{other}-twin", step.origin, message, certainty)

    def _became(self, step: Step, changed: Step) -> Note:
        rule = "unix-command" if self.system == "windows" else "windows-command"
        before, after = _difference(script_of(step), script_of(changed))
        message = f"`{before}` became `{after}` for this {_NAMES[self.system]} runner"
        return Note(rule, step.origin, message, Certainty.EQUIVALENT)


def script_of(step: Step) -> str:
    return step.run if isinstance(step.run, str) else ""


def _is_windows_step(step: Step) -> bool:
    """Whether a step's shell is one that only Windows has; `pwsh` runs everywhere."""
    return step.script_kind == "bat" or step.shell == "powershell"


def _shown(call: Call) -> str:
    words = call.command.words
    first = 0
    while words[first].end < call.head[1]:
        first += 1
    text = " ".join(word.text for word in words[first:])
    return text if len(text) <= 60 else text[:57] + "…"


def _difference(before: str, after: str) -> tuple[str, str]:
    """The first line that differs, in both."""
    for one, other in zip(before.splitlines(), after.splitlines(), strict=False):
        if one != other:
            return re.sub(r"\s+", " ", one).strip()[:60], re.sub(r"\s+", " ", other).strip()[:60]
    return before[:60], after[:60]


def _overlap(one: Edit, other: Edit) -> bool:
    return one[0] < other[1] and other[0] < one[1]
