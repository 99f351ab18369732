"""The actions that a converted workflow uses, as far as they touch files, outputs and results.

Source: the `action.yml` and README of actions/checkout, actions/upload-artifact,
actions/download-artifact and mikepenz/action-junit-report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from jenkins2gha.simulate.actions import Answer as ActionsAnswer
from jenkins2gha.simulate.compare.machine import TEMP, Artifact, Machine
from jenkins2gha.simulate.compare.texts import canonical
from jenkins2gha.simulate.situation import Answer
from jenkins2gha.simulate.trace import Command

Artifacts: TypeAlias = dict[str, Artifact]

_SETTING_UP = re.compile(
    r"actions/(setup-|cache|create-github-app-token|github-script$)|[\w.-]+/setup-|"
    r"gradle/actions/|docker/(login|setup)-|webfactory/ssh-agent|aws-actions/configure|"
    r"google-github-actions/(auth|setup)|azure/(login|setup)"
)


def name_of(command: Command) -> str:
    """An action without its version."""
    return command.text.partition("@")[0]


def sets_up(name: str) -> bool:
    """Whether an action only prepares the machine: no step of a pipeline stands behind it."""
    return _SETTING_UP.match(name) is not None


def asks_for_runs(command: Command) -> bool:
    """Whether an action looks for the run before."""
    script = dict(command.inputs).get("script", "")
    return name_of(command) == "actions/github-script" and "listWorkflowRuns" in script


def counts_tests(command: Command) -> bool:
    """Whether an action counts the failed tests of the reports that a step before it keeps."""
    script = dict(command.inputs).get("script", "")
    return name_of(command) == "actions/github-script" and "process.env.REPORTS" in script


def use(
    command: Command, number: int, machine: Machine, artifacts: Artifacts, reply: Answer
) -> ActionsAnswer:
    """What an action does; `reply` is how the step of the pipeline behind it ends."""
    name, inputs = name_of(command), dict(command.inputs)
    end: Literal["success", "failure"] = "failure" if reply.end == "failure" else "success"
    if end == "failure" or reply.end == "abort":
        return ActionsAnswer(end="cancel" if reply.end == "abort" else end)
    match name:
        case "actions/checkout":
            _check_out(inputs, number, machine)
        case "actions/upload-artifact" | "actions/upload-artifact/merge":
            return _upload(inputs, machine, artifacts, reply)
        case "actions/download-artifact":
            return ActionsAnswer(end=_download(inputs, machine, artifacts))
        case "mikepenz/action-junit-report":
            return _report(inputs, reply)
        case "actions/github-script" if counts_tests(command):
            return _count(inputs["script"], reply)
    return ActionsAnswer()


def _check_out(inputs: Mapping[str, str], number: int, machine: Machine) -> None:
    """A checkout into the workspace itself deletes what git does not know, unless told not to."""
    if not inputs.get("path") and inputs.get("clean", "true") != "false":
        machine.seen = frozenset()
    machine.seen |= {number}


def _path(text: str) -> str:
    path = text.strip().replace("\\", "/").replace("D:/a/_temp", TEMP)
    return path.removeprefix("./").rstrip("/")


def _is_outside(path: str) -> bool:
    return path.startswith("/") and canonical(path) == path


def _upload(
    inputs: Mapping[str, str], machine: Machine, artifacts: Artifacts, reply: Answer
) -> ActionsAnswer:
    if reply.missing and inputs.get("if-no-files-found") == "error":
        return ActionsAnswer(end="failure")
    paths = [_path(line) for line in inputs.get("path", "").splitlines() if line.strip()]
    outside = [path for path in paths if _is_outside(path)]
    if outside and not any(machine.inside(path) or path in machine.files for path in outside):
        wanted = inputs.get("if-no-files-found") == "error"
        return ActionsAnswer(end="failure" if wanted else "success")
    seen = machine.seen if len(outside) < len(paths) else frozenset()
    packed: dict[str, frozenset[int]] = {}
    files: dict[str, str] = {}
    for path in outside:
        for name, inside in machine.packed.items():
            if name == path or name.startswith(f"{path}/"):
                packed[name.rpartition("/")[2]] = inside
        for name, text in machine.files.items():
            if name == path or name.startswith(f"{path}/"):
                files[name.rpartition("/")[2]] = text
    artifacts[inputs.get("name", "artifact")] = Artifact(seen, packed, files)
    return ActionsAnswer()


def _download(
    inputs: Mapping[str, str], machine: Machine, artifacts: Artifacts
) -> Literal["success", "failure"]:
    """Into the workspace what is in an artifact is at hand; elsewhere its archives wait."""
    wanted = inputs.get("name")
    names = [wanted] if wanted else list(artifacts)
    if any(name not in artifacts for name in names):
        return "failure"
    target = _path(inputs.get("path", ""))
    for name in names:
        if not target.startswith("/"):
            machine.seen |= artifacts[name].seen
        for file, seen in artifacts[name].packed.items():
            machine.packed[f"{target}/{file}".lstrip("/" if not target else "")] = seen
        for file, text in artifacts[name].files.items():
            machine.files[f"{target}/{file}".lstrip("/" if not target else "")] = text
    return "success"


def _report(inputs: Mapping[str, str], reply: Answer) -> ActionsAnswer:
    total = 0 if reply.missing else max(3, reply.test_failures)
    outputs = {
        "total": str(total),
        "passed": str(total - reply.test_failures),
        "skipped": "0",
        "failed": str(reply.test_failures),
    }
    fails = reply.test_failures > 0 and inputs.get("fail_on_failure") == "true"
    fails = fails or (reply.missing and inputs.get("require_tests") == "true")
    return ActionsAnswer(end="failure" if fails else "success", outputs=outputs)


def _count(script: str, reply: Answer) -> ActionsAnswer:
    """A script that counts tests returns a result for the build by those that it finds."""
    without, found = script.partition("return failed > 0")[::2]
    if reply.missing and "core.setFailed" in without:
        return ActionsAnswer(end="failure", outputs={"result": ""})
    returned = without if reply.missing else found if reply.test_failures else ""
    word = re.search(r"(?:return|\?) '([A-Z]+)'", returned)
    return ActionsAnswer(outputs={"result": word[1] if word else ""})
