"""`properties([...])`: a script's options, parameters and triggers, lifted to where a declarative
pipeline writes them.

https://www.jenkins.io/doc/pipeline/steps/workflow-multibranch/#properties-set-job-properties
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.jenkins.pipeline import (
    Attempt,
    Item,
    Matrix,
    Option,
    Pipeline,
    Sequence,
    Stage,
    Step,
    Steps,
)
from jenkins2gha.jenkins.values import Described, ListOf, Value
from jenkins2gha.jenkins.vocabulary import signature
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.regex import regex

_RUN_ALWAYS = frozenset(
    "node stage script timestamps ansiColor withEnv withCredentials wrap ws dir timeout container "
    "podTemplate lock catchError".split()
)
"""Blocks whose steps run whenever the pipeline does."""
_LISTS = {
    "parameters": ("parameterDefinitions", "0"),
    "pipelineTriggers": ("triggers", "0"),
}


def lift_properties(pipeline: Pipeline) -> Pipeline:
    r"""The pipeline with what `properties` sets among its options, parameters and triggers.

    Only calls that every run makes count, and only those whose list is written out. The last call
    stands for all: each replaces what the ones before it set.

    >>> from jenkins2gha.groovy import parse
    >>> from jenkins2gha.jenkins.read import read
    >>> from jenkins2gha.source import Source
    >>> source = Source("-", "properties([disableConcurrentBuilds()])\nnode { sh 'make' }")
    >>> reading = read(parse(source), source)
    >>> [option.name for option in reading.pipeline.options]
    ['disableConcurrentBuilds']
    """
    found = _Found()
    lifted = replace(
        pipeline,
        before=found.without(pipeline.before),
        after=found.without(pipeline.after),
        stages=tuple(found.stage(stage) for stage in pipeline.stages),
    )
    if not found.calls:
        return pipeline
    declared = [_declared(value) for value in _values(found.calls[-1])]
    sections: dict[str, list[Option]] = {"parameters": [], "pipelineTriggers": [], "": []}
    for option in declared:
        inner = _inner(option)
        if inner is None:
            sections[""].append(option)
        else:
            sections[option.name] += inner
    return replace(
        lifted,
        options=(*pipeline.options, *sections[""]),
        parameters=(*pipeline.parameters, *sections["parameters"]),
        triggers=(*pipeline.triggers, *sections["pipelineTriggers"]),
        properties=tuple(found.calls),
    )


@dataclass(slots=True)
class _Found:
    """The calls of `properties` in the order of the source."""

    calls: list[Step] = field(default_factory=list)

    def without(self, items: Iterable[Item]) -> tuple[Item, ...]:
        return tuple(filter(None, map(self._item, items)))

    def _item(self, item: Item) -> Item | None:
        if isinstance(item, Attempt):
            return replace(item, items=self.without(item.items))
        if not isinstance(item, Step):
            return item
        if item.name == "properties" and isinstance(item.arguments.get("properties"), ListOf):
            self.calls.append(item)
            return None
        if item.body is not None and item.name in _RUN_ALWAYS:
            return replace(item, body=self.without(item.body))
        return item

    def stage(self, stage: Stage) -> Stage:
        if stage.when is not None or isinstance(stage.body, Matrix):
            return stage
        if isinstance(stage.body, Steps):
            return replace(stage, body=replace(stage.body, items=self.without(stage.body.items)))
        if isinstance(stage.body, Sequence):
            inner = tuple(map(self.stage, stage.body.stages))
            return replace(stage, body=replace(stage.body, stages=inner))
        return stage


def _values(call: Step) -> tuple[Value, ...]:
    given = call.arguments["properties"]
    assert isinstance(given, ListOf)
    return given.items


def _declared(value: Value) -> Option:
    """A property, parameter or trigger as an option; one that is computed keeps no arguments."""
    if not isinstance(value, Described):
        return _computed(value)
    known = signature(value.symbol)
    name = known[0] if known else value.symbol
    free = {key: given for key, given in value.arguments.items() if not key.isdigit()}
    order = tuple(known[1].get("positional", ())) if known else ()
    positional = [given for key, given in value.arguments.items() if key.isdigit() or key in order]
    return Option(name, free, value.span, tuple(positional))


def _inner(option: Option) -> list[Option] | None:
    """What stands in `parameters([…])` and `pipelineTriggers([…])`; None for other options."""
    names = _LISTS.get(option.name)
    if names is None:
        return None
    given = next((option.arguments[name] for name in names if name in option.arguments), None)
    if given is None:
        given = option.positional[0] if option.positional else None
    return list(_entries(given))


def _entries(given: Value | None) -> Iterator[Option]:
    if isinstance(given, ListOf):
        yield from map(_declared, given.items)
    elif given is not None:
        yield _declared(given)


def _computed(value: Value) -> Option:
    """What a script computes, under the name that it is written with."""
    word = regex(r"\w+").match(value.span.text)
    return Option(word[0] if word else "properties", {}, value.span)
