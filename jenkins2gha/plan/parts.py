"""Finds where the steps of a stage need another job: behind an approval, and inside a `node`."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.jenkins.pipeline import Agent, Branches, Item, Step
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.plan.jobs import Gate
from jenkins2gha.record import dataclass, replace

_TRANSPARENT = ("script", "timeout", "ansiColor", "timestamps")
"""Blocks that both sides of a cut can be written in."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of items, the approval in front of it, and the `node` that it stands in.

    `branches` is a step `parallel` with an own executor in some branch, in place of items.
    """

    items: tuple[Item, ...]
    gate: Gate | None = None
    node: Step | None = None
    branches: Branches | None = None

    @property
    def is_cut(self) -> bool:
        """Whether the part asks for a job other than that of the items around it."""
        return bool(self.gate or self.node or self.branches)


def split(items: tuple[Item, ...]) -> tuple[Part, ...]:
    """The items of a stage cut at approvals and around each `node`, at least one part.

    A block around a cut goes around what stands before it and around what stands behind it; one
    that holds an approval alone goes with it.
    """
    found: list[Part] = [Part(())]
    for item in items:
        for part in _parts(item):
            last = found[-1]
            plain = not (part.gate or part.branches or last.branches)
            if plain and part.node is last.node:
                found[-1] = replace(last, items=last.items + part.items)
            elif not (last.items or last.gate or last.branches):
                found[-1] = part
            else:
                found.append(part)
    return tuple(found)


def _parts(item: Item) -> Iterator[Part]:
    if isinstance(item, Branches) and any(_has_node(items) for _, items in item.branches):
        yield Part((), branches=item)
    elif not isinstance(item, Step):
        yield Part((item,))
    elif item.name == "input" and item.captured is None:
        yield Part((), Gate(item, ""))
    elif item.name == "node" and item.body is not None:
        for part in split(item.body):
            yield part if part.node else replace(part, node=item)
    elif item.name in _TRANSPARENT and item.body:
        yield from _wrapped(item, split(item.body))
    else:
        yield Part((item,))


def _wrapped(block: Step, inside: tuple[Part, ...]) -> Iterator[Part]:
    """The parts of a block, each with the block around it."""
    empty = not any(part.items or part.branches for part in inside)
    for part in inside:
        gate = part.gate
        if empty and gate:
            gate = replace(gate, around=(block, *gate.around))
        body = (replace(block, body=part.items),) if part.items else ()
        yield Part(body, gate, part.node, part.branches)


def _has_node(items: tuple[Item, ...]) -> bool:
    return any(part.node or part.branches for part in split(items))


def agent_of(node: Step) -> Agent:
    """The agent that a `node` asks for."""
    label = node.arguments.get("label")
    if label is None or text_of(label) == "":
        return Agent("any", {}, node.span, "node")
    return Agent("label", {"label": label}, node.span, "node")
