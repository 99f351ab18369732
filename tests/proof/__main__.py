"""Runs proofs over ranges of seeds, in blocks, and goes on where an interrupted run stopped.

    make proof                                  every proof over its full range
    make proof PROOF='expressions --seeds 0:500'
    make proof PROOF='--again'                  from the start

A proof is a module of this package: `SEEDS`, its full range; `BLOCK`, how many seeds run at a time;
`run(seeds)`, which yields a line for each difference it finds; `available()`, why it cannot run;
`TOLERATED`, the share of seeds that may differ, where the bar is not perfection.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

PROOFS = (
    "expressions", "groovy", "interpolation", "pipelines", "meaning", "faults", "code_faults",
)  # fmt: skip
STATE = Path(".proof") / "state.json"


def main() -> int:
    arguments = _arguments()
    done: dict[str, list[str]] = {}
    if STATE.is_file() and not arguments.again:
        done = json.loads(STATE.read_text())
    wrong = 0
    for name in arguments.proofs or PROOFS:
        wrong += _prove(name, _seeds(arguments.seeds), done)
    return 1 if wrong else 0


def _prove(name: str, asked: range | None, done: dict[str, list[str]]) -> int:
    proof = import_module(f"proof.{name}")
    reason = proof.available()
    if reason:
        print(f"{name}: cannot run: {reason}")
        return 1
    begin, wrong, seeds = time.monotonic(), 0, asked or proof.SEEDS
    for block in _blocks(seeds, proof):
        key = f"{name} {block.start}:{block.stop}"
        if key not in done:
            done[key] = list(proof.run(block))
            STATE.parent.mkdir(exist_ok=True)
            STATE.write_text(json.dumps(done, indent=1))
        for line in done[key]:
            wrong += 1
            print(f"{name}: {line}")
    seconds = time.monotonic() - begin
    allowed = int(len(seeds) * getattr(proof, "TOLERATED", 0))
    bar = f" (at most {allowed} allowed)" if allowed else ""
    print(f"{name}: {len(seeds)} seeds, {wrong} differences{bar}, {seconds:.0f} s")
    return max(0, wrong - allowed)


def _blocks(seeds: range, proof: ModuleType) -> Iterator[range]:
    for start in range(seeds.start, seeds.stop, proof.BLOCK):
        yield range(start, min(start + proof.BLOCK, seeds.stop))


def _seeds(text: str | None) -> range | None:
    if text is None:
        return None
    start, _, stop = text.partition(":")
    return range(int(start), int(stop))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("make proof")
    parser.add_argument("proofs", nargs="*", metavar="PROOF", help=f"one of {', '.join(PROOFS)}")
    parser.add_argument("--seeds", metavar="FROM:TO", help="instead of the full range")
    parser.add_argument("--again", action="store_true", help="forget what was done before")
    return parser.parse_args()


sys.exit(main())
