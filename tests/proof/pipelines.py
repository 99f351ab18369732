"""Generated declarative pipelines: what `pipelines_checked` says must hold, and real judges.

One pipeline a seed; the workflows of a block go before actionlint, GitHub's own parser and language
service, the schema and zizmor together.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from judges import WORKFLOW_JUDGES
from pipelines_checked import converted

SEEDS = range(3_000)
BLOCK = 1_000

_BATCH = 25


def available() -> str | None:
    """Which judge is missing."""
    return next(filter(None, (judge.available() for judge in _judges())), None)


def run(seeds: range) -> Iterator[str]:
    """Every fault of a conversion, and everything that a judge holds against a workflow."""
    batches = [seeds[start : start + _BATCH] for start in range(0, len(seeds), _BATCH)]
    with TemporaryDirectory() as name:
        folder = Path(name)
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            for faults in pool.map(_batch, batches, [folder] * len(batches)):
                yield from faults
        paths = sorted(folder.glob("*.yml"))
        for judge in _judges():
            for finding in judge.findings(paths):
                yield f"seed {finding.path.stem}: {judge.__name__}: {finding}"


def _judges() -> list[ModuleType]:
    return [import_module(f"judges.{name}") for name in WORKFLOW_JUDGES]


def _batch(seeds: Sequence[int], folder: Path) -> list[str]:
    said = []
    for seed in seeds:
        workflow, faults = converted(seed)
        said += [f"seed {seed}: {fault}" for fault in faults]
        if workflow is not None:
            (folder / f"{seed}.yml").write_text(workflow, encoding="utf-8")
    return said
