"""Generated pipelines run on both sides as every pipeline must; `make proof` has thousands."""

from __future__ import annotations

import re

import pytest

from pipelines_meant import FEATURES, generate
from proof.meaning import differences

SEEDS = range(300)
KNOWN: dict[int, str] = {}
"""Seeds whose runs are known to differ, with the fault that is to be mended."""


@pytest.mark.parametrize("start", range(0, len(SEEDS), 25))
def test_the_runs_are_the_same(start: int) -> None:
    seeds = [seed for seed in SEEDS[start : start + 25] if seed not in KNOWN]
    found = {seed: list(differences(seed)) for seed in seeds}
    assert {seed: said for seed, said in found.items() if said} == {}


def test_the_pipelines_hold_the_whole_language() -> None:
    words = {word for seed in SEEDS for word in re.findall(r"\w+", generate(seed))}
    sections = "agent environment options parameters triggers when matrix axes excludes parallel"
    blocks = "post input stages failFast allOf anyOf not expression withEnv withCredentials dir"
    steps = "retry timeout catchError warnError unstable junit stash unstash script if else switch"
    assert set(f"{sections} {blocks} {steps} try catch finally".split()) <= words
    assert len(FEATURES) == len(set(FEATURES))
