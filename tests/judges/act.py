"""nektos/act: runs a workflow of shell steps on this machine, without containers or GitHub."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from judges import machine

VERSION = "0.2.89"
_NAME = "act"

_OPTIONS = ("--json", "--no-cache-server", "-P", "ubuntu-latest=-self-hosted")
_IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "j2g"), ("EMAIL", "j2g@example.invalid"))
}
_CHECKOUT = re.compile(r"actions/checkout@.*")
_UNKNOWN_TO_ACT = re.compile(r"\bcase\s*\(")


@dataclass(frozen=True, slots=True)
class Step:
    """A step that ran, its outcome `success` or `failure`; a skipped step is not there."""

    job: str
    name: str
    id: str | None
    outcome: str
    output: str


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run: its steps in the order they ended, and act's own log."""

    success: bool
    steps: tuple[Step, ...]
    log: str


def available() -> str | None:
    """Why act is missing."""
    return machine.go_available(_NAME, VERSION)


def install() -> None:
    """Builds it from source."""
    machine.go_install(_NAME, "github.com/nektos/act", VERSION)


def unfit(workflow: str) -> str | None:
    """Why act cannot run this workflow in host mode as GitHub would; None where it can."""
    jobs = _load(workflow)["jobs"]
    if _UNKNOWN_TO_ACT.search(workflow):
        return "`case()` in an expression"
    for name, job in jobs.items():
        for key in ("uses", "container", "services"):
            if key in job:
                return f"job {name} has `{key}:`"
        if job["runs-on"] != "ubuntu-latest":
            return f"job {name} runs on {job['runs-on']}"
        for step in job["steps"]:
            if "run" not in step and not _CHECKOUT.fullmatch(step.get("uses", "")):
                return f"job {name} has a step {step.get('uses', 'of its own kind')}"
    return None


def run(
    workflow: str,
    *,
    event: str = "push",
    payload: Mapping[str, Any] | None = None,
    inputs: Mapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
    variables: Mapping[str, str] | None = None,
    environment: Mapping[str, str] | None = None,
    files: Path | None = None,
) -> Run:
    """Runs a workflow that is not `unfit`; a checkout copies `files` (a folder) into the workspace.

    `environment` is added to the process's own, such as a PATH with stand-ins for build tools.
    """
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        repository = home / "repository"
        _make_repository(repository)
        (home / "workflow.yml").write_text(_without_checkout(workflow, files), encoding="utf-8")
        event_file = json.dumps({"inputs": inputs or {}, **(payload or {})})
        (home / "event.json").write_text(event_file, encoding="utf-8")
        places = {"-C": repository, "-W": home / "workflow.yml", "-e": home / "event.json"}
        command: list[str | Path] = [machine.go_program(_NAME, VERSION), event, *_OPTIONS]
        command += [word for pair in places.items() for word in pair]
        command += ["--action-cache-path", home / "cache"]
        for option, values in (("--secret", secrets), ("--var", variables)):
            for key, value in (values or {}).items():
                command += [option, f"{key}={value}"]
        # act looks for its settings in the home folder, and asks a question where it has none.
        at_home = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)}
        done = machine.run(command, cwd=repository, env={**at_home, **(environment or {})})
    return Run(done.returncode == 0, tuple(_steps(done.stdout)), done.stdout + done.stderr)


def _make_repository(folder: Path) -> None:
    folder.mkdir()
    machine.install(["git", "init", "--quiet", "--initial-branch=main"], folder)
    commit = ["git", "-c", "commit.gpgsign=false", "commit", "--quiet", "--allow-empty"]
    machine.install([*commit, "--message=x"], folder, _IDENTITY)


def _without_checkout(workflow: str, files: Path | None) -> str:
    """The workflow with each checkout a shell step of the same name, id and condition."""
    tree = _load(workflow)
    for job in tree["jobs"].values():
        for step in job["steps"]:
            if "uses" in step:
                step["run"] = f"cp -R '{files.resolve()}/.' ." if files else ":"
                step.pop("uses")
                step.pop("with", None)
    text = StringIO()
    _yaml().dump(tree, text)
    return text.getvalue()


def _steps(log: str) -> Iterator[Step]:
    """What a step prints may stand behind its result."""
    printed: dict[tuple[str, ...], list[str]] = {}
    ended: list[tuple[tuple[str, ...], dict[str, Any]]] = []
    for line in log.splitlines():
        if not line.startswith("{"):
            continue
        event = json.loads(line)
        if event.get("stage") != "Main":
            continue
        key = (event["job"], *event["stepID"])
        if event.get("raw_output"):
            printed.setdefault(key, []).append(event["msg"])
        elif event.get("stepResult") in ("success", "failure"):
            ended.append((key, event))
    for key, event in ended:
        given = event["stepID"][-1]
        step_id = None if given.isdecimal() else given
        output = "".join(printed.get(key, []))
        yield Step(event["jobID"], event["step"], step_id, event["stepResult"], output)


def _load(workflow: str) -> dict[str, Any]:
    tree: dict[str, Any] = _yaml().load(workflow)
    return tree


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1 << 20
    return yaml
