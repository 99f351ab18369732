"""Generated pipelines are converted as every pipeline must be; `make proof` has thousands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from jenkins2gha import convert
from judges import WORKFLOW_JUDGES
from pipelines_checked import converted
from pipelines_generated import generate

SEEDS = range(150)


@pytest.mark.parametrize("start", range(0, len(SEEDS), 25))
def test_every_promise_holds(start: int) -> None:
    found = {seed: converted(seed)[1] for seed in SEEDS[start : start + 25]}
    assert {seed: faults for seed, faults in found.items() if faults} == {}


@pytest.fixture(scope="module")
def workflows(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("workflows")
    paths = [folder / f"{seed}.yml" for seed in SEEDS]
    for seed, path in zip(SEEDS, paths, strict=True):
        path.write_text(convert(generate(seed).text).workflow or "", encoding="utf-8")
    return paths


@pytest.mark.parametrize("name", WORKFLOW_JUDGES)
def test_no_judge_holds_anything_against_a_workflow(
    judge: Callable[[str], ModuleType], name: str, workflows: list[Path]
) -> None:
    found = judge(name).findings(workflows)
    assert not found, "\n".join(map(str, found))


def test_the_pipelines_hold_the_whole_language() -> None:
    words = {word for seed in SEEDS for word in re.findall(r"\w+", generate(seed).text)}
    sections = "agent tools environment options parameters triggers when matrix parallel post input"
    steps = "sh bat powershell dir withEnv withCredentials script timeout retry"
    assert set(f"{sections} {steps}".split()) <= words
