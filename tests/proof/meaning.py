"""Generated declarative pipelines: run on both sides in every situation, the same but for what the
diagnostics state. One pipeline a seed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from jenkins2gha import convert
from jenkins2gha.verifier import verify_conversion
from pipelines_meant import generate

SEEDS = range(20_000)
BLOCK = 1_000

_BATCH = 25


def available() -> str | None:
    """Nothing is needed."""
    return None


def run(seeds: range) -> Iterator[str]:
    """Every difference that nothing states."""
    batches = [seeds[start : start + _BATCH] for start in range(0, len(seeds), _BATCH)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for said in pool.map(_batch, batches):
            yield from said


def _batch(seeds: Sequence[int]) -> list[str]:
    return [f"seed {seed}: {said}" for seed in seeds for said in differences(seed)]


def differences(seed: int) -> Iterator[str]:
    """What differs for the pipeline of a seed, each difference once."""
    text = generate(seed)
    try:
        conversion = convert(text, source="Jenkinsfile", name="demo")
        found = verify_conversion(text, conversion)
    except Exception as error:  # noqa: BLE001 - a difference like any other
        yield f"{type(error).__name__}: {error}"
        return
    if found.reason:
        yield found.reason
    said = {
        f"{one.kind}: {one.what}": outcome.scenario.name
        for outcome in reversed(found.outcomes)
        for one in outcome.differences
    }
    yield from (f"{name}: {what}" for what, name in said.items())
