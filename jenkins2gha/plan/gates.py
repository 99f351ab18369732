"""Finds the approvals among the steps of a stage: what stands behind one needs another job."""

from __future__ import annotations

from typing import TypeAlias

from jenkins2gha.jenkins.pipeline import Item, Step
from jenkins2gha.plan.jobs import Gate
from jenkins2gha.record import replace

_TRANSPARENT = ("script", "timeout", "ansiColor", "timestamps")
"""Blocks that an approval is written in, and that can be written around both of its sides."""

Part: TypeAlias = tuple[Gate | None, tuple[Item, ...]]


def split_at_inputs(items: tuple[Item, ...]) -> tuple[Part, ...]:
    """The runs of items between approvals, each with the approval in front of it.

    The first run has none. A block around an approval goes around what stands before it and
    around what stands behind it; one that holds the approval alone goes with it.
    """
    found: list[Part] = []
    before: Gate | None = None
    run: list[Item] = []
    for item in items:
        for number, (gate, inner) in enumerate(_parts(item)):
            if number:
                found.append((before, tuple(run)))
                before, run = gate, []
            run += inner
    return (*found, (before, tuple(run)))


def _parts(item: Item) -> tuple[Part, ...]:
    if isinstance(item, Step) and item.name == "input" and item.captured is None:
        return ((None, ()), (Gate(item, ""), ()))
    if not isinstance(item, Step) or item.name not in _TRANSPARENT or not item.body:
        return ((None, (item,)),)
    inside = split_at_inputs(item.body)
    if any(inner for _, inner in inside):
        return tuple(
            (gate, (replace(item, body=inner),) if inner else ()) for gate, inner in inside
        )
    return tuple((gate and replace(gate, around=(item, *gate.around)), ()) for gate, _ in inside)
