"""The workflows of the fixtures that act can run, really run: their commands, in their order.

The programs that a workflow calls are small stand-ins that say their name and what they were given.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from ruamel.yaml import YAML

from jenkins2gha.simulate.actions import push, simulate
from test_convert import ALL, converted

_STAND_IN = '#!/bin/sh\nprintf "@ran %s\\n" "${0##*/} $*"\n'
_QUIET = ("git", "sleep")
_AT_ONCE = 30
_OWN = frozenset(
    "[ test echo printf cd export set exit true false if then else fi for do done while case "
    "esac cat mkdir rm cp mv touch chmod ls cut tr grep sed head tail sort wc tee sleep env "
    "find dirname basename umask trap local read shift return unset wait exec eval sh bash "
    "pwd date git".split()
)
# What a stand-in cannot be, or what `programs` does not read.
_BEYOND = re.compile(
    r"<<| > |sudo|\bpath: |\bsed\b|\btar\b|#!|\bexit 1\b|-c '|\bcp (?:-r |\$)|docker exec"
)
_WORD = re.compile(r"(?:\./)?[A-Za-z][\w.-]*(?:/[\w.-]+)*\Z")


def programs(script: str) -> list[str]:
    """The programs that the simple lines of a script call, in their order."""
    found = []
    if script.startswith("docker run"):
        script = script.replace("\\\n", " ")
    for line in script.splitlines():
        for command in re.split(r"&&|\|\||;|\|", line):
            try:
                words = shlex.split(command, comments=True)
            except ValueError:
                continue
            if words and _WORD.match(words[0]) and words[0] not in _OWN:
                found.append(words[0])
    return found


def fit(act: ModuleType) -> dict[str, str]:
    """The converted workflows without anything left to a person that act runs as GitHub does."""
    made = ((case, converted(case)) for case in ALL)
    return {
        case: one.workflow
        for case, one in made
        if one.workflow
        and one.status == "converted"
        and act.unfit(one.workflow) is None
        and "\n  push:" in one.workflow
        and "uses: actions/checkout@" in one.workflow
        and not _BEYOND.search(one.workflow)
        and len(YAML().load(one.workflow)["jobs"]) == 1
    }


def together(workflows: dict[str, str]) -> str:
    """One workflow with the jobs of several, each behind the one before it."""
    yaml = YAML()
    jobs: dict[str, Any] = {}
    for case, text in workflows.items():
        (job,) = yaml.load(text)["jobs"].values()
        job.pop("concurrency", None)
        jobs[case] = job
    out = StringIO()
    yaml.dump({"on": "push", "jobs": jobs}, out)
    return out.getvalue()


def commands(workflow: str) -> list[list[str]]:
    """The programs that a push runs in each leg of its job, as the simulator has them."""
    found: dict[str, list[str]] = {}
    for one in simulate(workflow, push()).commands:
        if one.kind == "run":
            found.setdefault(one.leg, []).extend(programs(one.text))
    return list(found.values())


def is_merged(ran: list[str], legs: list[list[str]]) -> bool:
    """Whether what ran is what each leg runs, in its order; legs run at the same time."""
    places = {(0,) * len(legs)}
    for program in ran:
        places = {
            (*place[:leg], at + 1, *place[leg + 1 :])
            for place in places
            for leg, at in enumerate(place)
            if at < len(legs[leg]) and legs[leg][at] == program
        }
    return tuple(map(len, legs)) in places


def directories(text: str) -> set[str]:
    """Where scripts run that a repository is to have; `mkdir` makes the others."""
    found = set(re.findall(r"working-directory: ([\w./-]+)", text))
    return {one for one in found if f"mkdir -p {one}" not in text}


def repository(folder: Path, names: set[str], directories: set[str]) -> Path:
    """A repository with directories and the programs that belong to it; the others are beside it.

    A program is there in each of the directories too.
    """
    files, path = folder / "files", folder / "bin"
    stand_ins = dict.fromkeys(names, _STAND_IN) | dict.fromkeys(_QUIET, "#!/bin/sh\n")
    files.mkdir(parents=True)
    for name, text in stand_ins.items():
        places = [files, *(files / one for one in directories)] if "/" in name else [path]
        for file in (place / name for place in places):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            file.chmod(0o755)
    for one in directories:
        (files / one).mkdir(parents=True, exist_ok=True)
        (files / one / ".keep").touch()
    return files


def test_the_commands_run_in_their_order(
    judge: Callable[[str], ModuleType], tmp_path: Path
) -> None:
    act = judge("act")
    cases = fit(act)
    names = list(cases)
    wanted = {name: commands(cases[name]) for name in names}
    assert len(names) > 40
    assert sum(len(leg) for legs in wanted.values() for leg in legs) > 40
    ran = {}
    for start in range(0, len(names), _AT_ONCE):
        batch = {name: cases[name] for name in names[start : start + _AT_ONCE]}
        folder = tmp_path / str(start)
        names_ = {one for name in batch for leg in wanted[name] for one in leg}
        files = repository(folder, names_, directories("".join(batch.values())))
        path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        run = act.run(together(batch), environment={"PATH": path}, files=files)
        for name in batch:
            said = "".join(step.output for step in run.steps if step.job == name)
            ran[name] = re.findall(r"@ran (\S+)", said)
    for name, legs in wanted.items():
        called = [[Path(one).name for one in leg] for leg in legs]
        assert is_merged(ran[name], called), (name, ran[name], called)


@pytest.mark.parametrize(
    ("ran", "merged"),
    [("aabb", True), ("abab", True), ("aba", False), ("baab", False), ("aabbb", False)],
)
def test_legs_are_told_apart(ran: str, merged: bool) -> None:
    assert is_merged(list(ran), [["a", "b"], ["a", "b"]]) is merged
