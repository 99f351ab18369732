"""Faults put into right workflows, one a seed: the proof must find them."""

from __future__ import annotations

import copy
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from ruamel.yaml import YAML

from faults_injected import KINDS, Node
from jenkins2gha import Conversion, convert
from jenkins2gha.actions.check import WorkflowFault
from jenkins2gha.record import replace
from jenkins2gha.verifier import verify_conversion
from pipelines_meant import generate
from proof.consequence import has_consequence
from test_convert import CASES, FIXTURES, converted

SEEDS = range(200)
BLOCK = 50
TOLERATED = 0.05

_POOL = range(1_000)
_TRIES = 250
_PLACES = 5


def available() -> str | None:
    """Nothing is needed."""
    return None


def run(seeds: range) -> Iterator[str]:
    """Every fault that the proof does not find."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for said in pool.map(_one, seeds, chunksize=5):
            yield from said


def _one(seed: int) -> list[str]:
    """What is said of a fault that is not found; one without any consequence is none, and another
    place is looked for."""
    random = Random(seed)
    for _ in range(_PLACES):
        found = inject(seed, random)
        if found is None:
            break
        if verify_conversion(found.text, found.wrong).status != "equal":
            return []
        if has_consequence(found.text, found.right, found.wrong, Random(seed)):
            return [f"seed {seed}: not found in {found.case}: {found.what}"]
    return [f"seed {seed}: no place for a fault"]


@dataclass(frozen=True)
class Injected:
    """A pipeline whose conversion is right, and its conversion with one fault."""

    case: str
    what: str
    text: str
    right: Conversion
    wrong: Conversion


def inject(seed: int, random: Random) -> Injected | None:
    """The next fault of a seed, in a place that chance finds."""
    kind = KINDS[seed % len(KINDS)]
    for _ in range(_TRIES):
        try:
            case, text, conversion = _case(random)
        except WorkflowFault:
            continue
        if conversion.status not in ("converted", "partial"):
            continue
        workflow = _loaded(conversion.workflow or "")
        marked = _marked(workflow, conversion.source_map)
        what = kind(workflow, random)
        if what and verify_conversion(text, conversion).status == "equal":
            places = _placed(workflow, marked)
            changed = replace(conversion, workflow=_dumped(workflow), source_map=places)
            return Injected(case, f"{kind.__name__}: {what}", text, conversion, changed)
    return None


def _case(random: Random) -> tuple[str, str, Conversion]:
    if random.random() < 0.4:
        case = random.choice(CASES)
        return case, (FIXTURES / case / "Jenkinsfile").read_bytes().decode(), _fixture(case)
    seed = random.choice(_POOL)
    text = generate(seed)
    return f"generated {seed}", text, convert(text, source="Jenkinsfile", name="demo")


@cache
def _fixture(case: str) -> Conversion:
    return converted(case)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = 10_000
    return yaml


def _loaded(text: str) -> Node:
    loaded: Node = _yaml().load(text)
    return loaded


def _dumped(workflow: Node) -> str:
    stream = io.StringIO()
    _yaml().dump(workflow, stream)
    return stream.getvalue()


def _pointers(workflow: Node) -> Iterator[tuple[str, Node]]:
    """The steps with their JSON pointers."""
    for name, job in workflow["jobs"].items():
        for at, step in enumerate(job.get("steps", ())):
            if "parallel" in step:
                for inner, one in enumerate(step["parallel"]):
                    yield f"/jobs/{name}/steps/{at}/parallel/{inner}", one
            else:
                yield f"/jobs/{name}/steps/{at}", step


def _marked(workflow: Node, source_map: Mapping[str, Any]) -> dict[int, Any]:
    """Where each step comes from, by the step itself, which may move."""
    return {
        id(step): source_map[pointer]
        for pointer, step in _pointers(workflow)
        if pointer in source_map
    }


def _placed(workflow: Node, marked: Mapping[int, Any]) -> dict[str, Any]:
    return {
        pointer: copy.copy(marked[id(step)])
        for pointer, step in _pointers(workflow)
        if id(step) in marked
    }


def shares(seeds: Sequence[int]) -> float:
    """The share of the faults of some seeds that is found."""
    missed = [said for seed in seeds for said in _one(seed)]
    return 1 - len(missed) / len(seeds)
