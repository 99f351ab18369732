"""Finds where the steps of a stage need another job: behind an approval, and inside a `node`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest

from jenkins2gha.jenkins.conditions import all_of, negated, variables_read
from jenkins2gha.jenkins.pipeline import (
    Agent,
    Attempt,
    Branch,
    Branches,
    Choice,
    Condition,
    Item,
    Step,
    When,
    inner_items,
)
from jenkins2gha.jenkins.values import Expr, ListOf, Symbolic, Value, text_of
from jenkins2gha.jenkins.ways import environment_changes
from jenkins2gha.plan.jobs import Gap, Gate, PlannedCondition
from jenkins2gha.record import dataclass, replace

_TRANSPARENT = ("script", "stage", "timeout", "ansiColor", "timestamps")
"""Blocks that both sides of a cut can be written in."""
_SCOPES = ("withEnv", "withCredentials", "sshagent", "configFileProvider", "wrap", "nodejs")
"""Blocks that give something to the scripts inside, in each job that they stand around."""
_WHOLE = ("lock", "ws", "catchError", "warnError", "retry", "withMaven", "tool")
"""Blocks that mean something else in two halves: they go with the `node` inside if it is one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of items, the approval in front of it, and the `node` that it stands in.

    `branches` is a step `parallel` with an own executor in some branch, in place of items.
    `conditions` are those of each `if` around the `node`, `pods` each `podTemplate` that it runs
    in, outer ones first.
    """

    items: tuple[Item, ...]
    gate: Gate | None = None
    node: Step | None = None
    branches: Branches | None = None
    conditions: tuple[PlannedCondition, ...] = ()
    pods: tuple[Step, ...] = ()

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
            if plain and part.node is last.node and part.conditions == last.conditions:
                found[-1] = replace(last, items=last.items + part.items)
            elif not (last.items or last.gate or last.branches):
                found[-1] = part
            else:
                found.append(part)
    return tuple(found)


def _parts(item: Item) -> Iterator[Part]:
    match item:
        case Branches(branches) if any(_has_node(items) for _, items in branches):
            yield Part((), branches=item)
        case Choice():
            yield from _chosen(item)
        case Attempt(items):
            yield from _whole(item, items, lambda inside: replace(item, items=inside))
        case Step(name="input", captured=None):
            yield Part((), Gate(item, ""))
        case Step(name="node", body=tuple() as body):
            for part in split(body):
                yield part if part.node else replace(part, node=item)
        case Step(name="podTemplate", body=tuple() as body) if _has_node(body):
            for part in split(body):
                yield replace(part, pods=(item, *part.pods)) if _runs_in(part, item) else part
        case Step(name=name, body=tuple() as body) if body and name in _TRANSPARENT:
            yield from _wrapped(item, split(body))
        case Step(name=name, body=tuple() as body) if name in _SCOPES and _has_node(body):
            yield from _wrapped(item, split(body))
        case Step(name=name, body=tuple() as body) if name in _WHOLE:
            yield from _whole(item, body, lambda inside: replace(item, body=inside))
        case _:
            yield Part((item,))


def _wrapped(block: Step, inside: tuple[Part, ...]) -> Iterator[Part]:
    """The parts of a block, each with the block around it."""
    empty = not any(part.items or part.branches for part in inside)
    for part in inside:
        gate = part.gate
        if empty and gate:
            gate = replace(gate, around=(block, *gate.around))
        body = (replace(block, body=part.items),) if part.items else ()
        yield replace(part, items=body, gate=gate)


def _whole(
    item: Item, inside: tuple[Item, ...], around: Callable[[tuple[Item, ...]], Item]
) -> Iterator[Part]:
    """A block that goes whole into the one `node` inside it, with what stands beside that."""
    parts = split(inside)
    nodes = [part for part in parts if part.is_cut]
    plain = len(nodes) == 1 and nodes[0].node and not (nodes[0].gate or nodes[0].conditions)
    if not plain:
        yield Part((item,))
        return
    items = tuple(one for part in parts for one in part.items)
    yield replace(nodes[0], items=(around(items),))


# --- if ------------------------------------------------------------------------------------------


def _chosen(choice: Choice) -> Iterator[Part]:
    """The ways of an `if` with a `node` in one of them, each under its condition."""
    ways = _ways(choice)
    if not _is_divided(choice, ways):
        yield Part((choice,))
        return
    steps = choice.steps
    for condition, items in ways:
        asked = _asked(condition, items, choice)
        for part in split(items):
            if part.is_cut:
                yield replace(part, conditions=(asked, *part.conditions))
            else:
                yield Part((Choice((Branch(condition, part.items),), (), choice.span, steps),))
            steps = ()


def _ways(choice: Choice) -> list[tuple[Expr, tuple[Item, ...]]]:
    """Each way with all that must hold for it."""
    found: list[tuple[Expr, tuple[Item, ...]]] = []
    before: list[Expr] = []
    for branch in choice.branches:
        found.append((all_of(*before, branch.condition), branch.items))
        before.append(negated(branch.condition))
    found.append((all_of(*before), choice.otherwise))
    return [(condition, items) for condition, items in found if items]


def _is_divided(choice: Choice, ways: list[tuple[Expr, tuple[Item, ...]]]) -> bool:
    """Whether some way needs a job, and each part can ask for the condition by itself: nothing in
    between changes it."""
    cut = [split(items) for _, items in ways]
    parts = [part for found in cut for part in found]
    if not all(map(_gates_a_node, cut)) or not any(part.is_cut for part in parts):
        return False
    if choice.steps and not parts[0].items:
        return False
    changed = frozenset(environment_changes(one for _, items in ways for one in items))
    read = {name for condition, _ in ways for name in variables_read(condition)}
    return len(parts) == 1 or changed.isdisjoint(read)


def _gates_a_node(parts: tuple[Part, ...]) -> bool:
    """Whether each approval among some parts stands right in front of a `node`."""
    return all(
        not part.items and behind is not None and behind.node is not None and not behind.gate
        for part, behind in zip_longest(parts, parts[1:])
        if part.gate
    )


def _asked(condition: Expr, items: tuple[Item, ...], choice: Choice) -> PlannedCondition:
    span = items[0].span
    test = Condition("expression", {}, span, value=Symbolic(condition, choice.span))
    return PlannedCondition(When((test,), span), "", span, construct=False)


def _has_node(items: tuple[Item, ...]) -> bool:
    return any(part.node or part.branches for part in split(items))


# --- what a node asks for ------------------------------------------------------------------------


def _runs_in(part: Part, pod: Step) -> bool:
    """Whether a `node` runs in the pod around it: it asks for another only by another label."""
    if part.node is None:
        return False
    asked, own = (text_of(one.arguments.get("label")) for one in (part.node, pod))
    return asked is None or own is None or asked == own


def agent_of(node: Step, pods: tuple[Step, ...] = ()) -> Agent:
    """The agent that a `node` asks for; a pod inside another has what that has, too."""
    if pods:
        arguments: dict[str, Value] = {}
        for pod in pods:
            for name, value in pod.arguments.items():
                arguments[name] = _together(arguments.get(name), value)
        return Agent("kubernetes", arguments, node.span, "podTemplate")
    label = node.arguments.get("label")
    if label is None or text_of(label) == "":
        return Agent("any", {}, node.span, "node")
    return Agent("label", {"label": label}, node.span, "node")


def _together(outer: Value | None, value: Value) -> Value:
    if isinstance(outer, ListOf) and isinstance(value, ListOf):
        return ListOf(outer.items + value.items, value.span)
    return value


def first_stage(items: Iterable[Item | Gap]) -> str:
    """The name of the first step `stage` among some items, '' for none."""
    for item in items:
        if isinstance(item, Step) and item.name == "stage":
            return text_of(item.arguments.get("name")) or ""
        if not isinstance(item, Gap) and (found := first_stage(inner_items(item))):
            return found
    return ""
