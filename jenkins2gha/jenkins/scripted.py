"""Scripted pipelines in their first form: an agent, stages, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.jenkins.pipeline import Agent, Item, Pipeline, Stage, Step, Steps, inner_items
from jenkins2gha.jenkins.values import Value, text_of
from jenkins2gha.record import dataclass, field
from jenkins2gha.source import Span


def read_scripted(items: tuple[Item, ...], span: Span) -> Pipeline:
    """Makes a pipeline of a script's items.

    The first `node` gives the agent; its `stage` blocks, and those outside any `node`, are stages.
    What stands between them is a stage without a name. Further `node`s stay steps.
    """
    node = next(_nodes(items), None)
    agent = _agent(node) if node else Agent("none", {}, span, "")
    stages = _Stages(node)
    stages.add(items)
    return Pipeline(kind="scripted", agent=agent, stages=stages.read(span), span=span)


def _nodes(items: Iterable[Item]) -> Iterator[Step]:
    for item in items:
        if isinstance(item, Step) and item.name == "node":
            yield item
        yield from _nodes(inner_items(item))


def _agent(node: Step) -> Agent:
    label = node.arguments.get("label")
    empty = label is None or text_of(label) == ""
    arguments: dict[str, Value] = {} if label is None or empty else {"label": label}
    return Agent("any" if empty else "label", arguments, node.span, "node")


@dataclass(slots=True)
class _Stages:
    """Sorts items into stages; the body of the agent's own `node` counts as the top level."""

    node: Step | None
    found: list[Stage] = field(default_factory=list)
    loose: list[Item] = field(default_factory=list)
    open: Step | None = None

    def add(self, items: Iterable[Item]) -> None:
        for item in items:
            if item is self.node and isinstance(item, Step):
                self.add(item.body or ())
            elif isinstance(item, Step) and item.name == "stage" and _is_stage(item):
                self._stage(item)
            else:
                self.loose.append(item)

    def _stage(self, step: Step) -> None:
        self._close()
        if step.body is None:
            self.open = step
            return
        body = Steps(step.body, step.span)
        self.found.append(Stage(_name(step), body, step.span))

    def _close(self) -> None:
        """Ends a run of items: those behind `stage 'x'` without a block belong to that stage."""
        if self.open is not None:
            name, span = _name(self.open), self.open.span
            self.found.append(Stage(name, Steps(tuple(self.loose), span), span))
        elif self.loose:
            span = self.loose[0].span
            self.found.append(Stage("", Steps(tuple(self.loose), span), span))
        self.open, self.loose = None, []

    def read(self, span: Span) -> tuple[Stage, ...]:
        self._close()
        return tuple(self.found) or (Stage("", Steps((), span), span),)


def _is_stage(step: Step) -> bool:
    return "name" in step.arguments and not step.positional and _name(step) != ""


def _name(step: Step) -> str:
    name = step.arguments["name"]
    return text_of(name) or name.span.text.strip("\"'")
