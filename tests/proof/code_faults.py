"""Faults put into the compiler's code, one a seed: some pipeline must not be proven any more."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from faults_in_code import FAULTS, CodeFault, within
from jenkins2gha import Conversion, convert
from jenkins2gha.verifier import verify_conversion
from pipelines_meant import generate
from test_convert import CASES, FIXTURES

SEEDS = range(len(FAULTS))
BLOCK = 10
TOLERATED = 0.05

_GENERATED = 150


def available() -> str | None:
    """Nothing is needed."""
    return None


def run(seeds: range) -> Iterator[str]:
    """Every fault that is found in no pipeline."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from filter(None, pool.map(_one, seeds))


def _one(seed: int) -> str:
    fault = FAULTS[seed]
    return "" if found_in(fault) else f"seed {seed}: not found: {fault.what} ({fault.where})"


def found_in(fault: CodeFault) -> str:
    """The first pipeline whose conversion a fault makes wrong, as the proof says; '' for none."""
    for case, text in _pipelines():
        right = _right(text)
        with within(fault):
            wrong = _converted(text)
        if wrong.workflow == right.workflow or not _is_proven(text):
            continue
        if verify_conversion(text, wrong).status in ("differs", "failed"):
            return case
    return ""


@cache
def _pipelines() -> tuple[tuple[str, str], ...]:
    generated = [(f"generated {seed}", generate(seed)) for seed in range(_GENERATED)]
    plain = [case for case in CASES if not (FIXTURES / case / "options.json").exists()]
    written = [(case, FIXTURES / case / "Jenkinsfile") for case in plain]
    return (*generated, *((case, path.read_bytes().decode()) for case, path in written))


@cache
def _right(text: str) -> Conversion:
    return _converted(text)


@cache
def _is_proven(text: str) -> bool:
    """Whether the conversion of a pipeline is right without any fault."""
    right = _right(text)
    return right.workflow is not None and verify_conversion(text, right).status == "equal"


def _converted(text: str) -> Conversion:
    return convert(text, source="Jenkinsfile", name="demo")
