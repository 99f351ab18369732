"""Every place of a source that a pipeline's nodes were read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.jenkins.pipeline import (
    Agent,
    Branches,
    Condition,
    Groovy,
    Input,
    Item,
    Matrix,
    Option,
    Parallel,
    Pipeline,
    PostBlock,
    Sequence,
    Stage,
    Step,
    Steps,
    Tool,
    Variable,
    inner_items,
    outer_steps,
)
from jenkins2gha.source import Span


def sites(pipeline: Pipeline) -> Iterator[Span]:
    """The span of each node that stands for a construct, in no particular order."""
    yield from _agent(pipeline.agent)
    yield from _variables(pipeline.environment)
    for options in (pipeline.options, pipeline.parameters, pipeline.triggers, pipeline.tools):
        yield from _options(one for one in options if not _is_lifted(one, pipeline))
    for library in pipeline.libraries:
        yield library.span
    yield from _stages(pipeline.stages, declared=pipeline.kind == "declarative")
    yield from _post(pipeline.post)
    own = (pipeline.before, pipeline.after, pipeline.methods, pipeline.properties, pipeline.never)
    for items in own:
        yield from _items(items)


def _is_lifted(option: Option | Tool, pipeline: Pipeline) -> bool:
    """Whether an option stands in a call of `properties`, which is the construct."""
    calls = (call.span for call in pipeline.properties)
    return any(call.start <= option.span.start and option.span.end <= call.end for call in calls)


def steps_of(items: Iterable[Item]) -> Iterator[Step]:
    """All steps among items, those in the bodies of steps and in Groovy too, outer ones first.

    `parallel` is among them, though its branches are no block of it.
    """
    for item in items:
        if isinstance(item, Groovy):
            yield from item.steps
        elif isinstance(item, Branches):
            yield Step("parallel", {}, item.span, item.callee, ())
            yield from steps_of(inner_items(item))
        else:
            yield from outer_steps(item)
            yield from steps_of(inner_items(item))


def every_stage(stages: Iterable[Stage]) -> Iterator[Stage]:
    """All stages, those inside others behind the one they stand in."""
    for stage in stages:
        yield stage
        if isinstance(stage.body, Matrix):
            yield from every_stage((stage.body.cell,))
        elif not isinstance(stage.body, Steps):
            yield from every_stage(stage.body.stages)


def conditions_of(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """All conditions, nested ones behind the one they stand in."""
    for condition in conditions:
        yield condition
        yield from conditions_of(condition.children)


def loose_steps(pipeline: Pipeline) -> Iterator[Step]:
    """The step calls that stand in the arguments of agents, options, conditions and the like."""
    yield from pipeline.agent.steps
    yield from _loose(pipeline)
    for option in (*pipeline.parameters, *pipeline.triggers):
        yield from option.steps
    for stage in every_stage(pipeline.stages):
        yield from _loose(stage)
        if stage.agent:
            yield from stage.agent.steps
        for condition in conditions_of(stage.when.conditions if stage.when else ()):
            yield from condition.steps
        if stage.input:
            yield from stage.input.steps
            for option in stage.input.parameters:
                yield from option.steps


def _loose(node: Pipeline | Stage) -> Iterator[Step]:
    holders: tuple[Variable | Option | Tool, ...]
    holders = (*node.environment, *node.options, *node.tools)
    for holder in holders:
        yield from holder.steps


def _items(items: Iterable[Item]) -> Iterator[Span]:
    return (step.span for step in steps_of(items) if not _of_variable(step))


def _of_variable(step: Step) -> bool:
    """Whether a step is the method of an object that a variable holds: that is Groovy."""
    owner = step.name.partition(".")[0]
    return "." in step.name and not step.span.text.startswith((owner, "this", "steps", "script"))


def _agent(agent: Agent) -> Iterator[Span]:
    if agent.name:
        yield agent.span
    yield from (step.span for step in agent.steps)


def _variables(variables: Iterable[Variable]) -> Iterator[Span]:
    for variable in variables:
        yield variable.span
        if isinstance(variable.value, Step):
            yield variable.value.span
        yield from (step.span for step in variable.steps)


def _options(options: Iterable[Option | Tool]) -> Iterator[Span]:
    for option in options:
        yield option.span
        yield from (step.span for step in option.steps)


def _post(blocks: Iterable[PostBlock]) -> Iterator[Span]:
    for block in blocks:
        yield block.span
        yield from _items(block.steps)


def _input(given: Input) -> Iterator[Span]:
    yield given.span
    yield from _options(given.parameters)
    yield from (step.span for step in given.steps)


def _stages(stages: Iterable[Stage], *, declared: bool) -> Iterator[Span]:
    """The sites of stages; a script's stage without a name only gathers what stands outside."""
    for stage in stages:
        if stage.name or declared:
            yield stage.span
        yield from _parts(stage)
        if isinstance(stage.body, Steps):
            yield from _items(stage.body.items)
        elif isinstance(stage.body, Matrix):
            yield stage.body.span
            yield from _cell(stage.body.cell)
        else:
            if isinstance(stage.body, Parallel):
                yield stage.body.span
            yield from _stages(stage.body.stages, declared=declared)


def _cell(cell: Stage) -> Iterator[Span]:
    yield from _parts(cell)
    if isinstance(cell.body, Sequence):
        yield from _stages(cell.body.stages, declared=True)


def _parts(stage: Stage) -> Iterator[Span]:
    if stage.agent:
        yield from _agent(stage.agent)
    if stage.when:
        yield stage.when.span
        yield from _items(stage.when.items)
        for condition in conditions_of(stage.when.conditions):
            yield from (step.span for step in condition.steps)
    if stage.input:
        yield from _input(stage.input)
    if stage.fail_fast:
        yield stage.fail_fast
    yield from _variables(stage.environment)
    yield from _options(stage.options)
    yield from _options(stage.tools)
    yield from _post(stage.post)
