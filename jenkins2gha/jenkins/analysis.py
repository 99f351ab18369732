"""What a pipeline uses, for `jenkins2gha analyze`.

Values that may hold secrets (of variables, of parameters' defaults) are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jenkins2gha.jenkins.pipeline import (
    Agent,
    Credentials,
    Item,
    Matrix,
    Option,
    Parallel,
    Pipeline,
    Stage,
    Step,
    Steps,
    Variable,
)
from jenkins2gha.jenkins.sites import every_stage, loose_steps, steps_of
from jenkins2gha.jenkins.values import Described, ListOf, Residual, Symbolic, Value, text_of
from jenkins2gha.record import asdict, dataclass


@dataclass(frozen=True, slots=True)
class AgentUse:
    """An agent; `fields` are those whose values are known before the run."""

    kind: str
    fields: Mapping[str, str]
    stage: str | None
    line: int


@dataclass(frozen=True, slots=True)
class StageUse:
    """A stage; `body` is `steps`, `stages`, `parallel` or `matrix`."""

    name: str
    body: str
    line: int
    stages: tuple[StageUse, ...] = ()


@dataclass(frozen=True, slots=True)
class VariableUse:
    """An entry of `environment`; `value` is `text`, `expression`, `credentials`, `step` or
    `groovy`."""

    name: str
    value: str
    stage: str | None
    line: int


@dataclass(frozen=True, slots=True)
class NamedUse:
    """A parameter, trigger, option, tool or condition of `post`."""

    type: str
    name: str | None
    line: int


@dataclass(frozen=True, slots=True)
class CredentialUse:
    """A credential; `id` is None where a run decides it."""

    id: str | None
    kind: str
    line: int


@dataclass(frozen=True, slots=True)
class LibraryUse:
    name: str
    ref: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a pipeline uses. `steps` counts step calls by name, `unknown_steps` those that no
    signature knows: calls of a shared library, as a rule."""

    kind: str
    agents: tuple[AgentUse, ...] = ()
    stages: tuple[StageUse, ...] = ()
    environment: tuple[VariableUse, ...] = ()
    parameters: tuple[NamedUse, ...] = ()
    triggers: tuple[NamedUse, ...] = ()
    options: tuple[NamedUse, ...] = ()
    tools: tuple[NamedUse, ...] = ()
    credentials: tuple[CredentialUse, ...] = ()
    steps: Mapping[str, int] | None = None
    unknown_steps: Mapping[str, int] | None = None
    post: tuple[NamedUse, ...] = ()
    libraries: tuple[LibraryUse, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self)


def analyse(pipeline: Pipeline) -> Analysis:
    """Lists what a pipeline uses, each in the order of the source."""
    steps = sorted(_all_steps(pipeline), key=lambda step: step.span.start)
    known = Counter(step.name for step in steps if step.known)
    unknown = Counter(step.name for step in steps if not step.known)
    stages = [stage for stage in every_stage(pipeline.stages) if stage.name]
    parameters = (
        *pipeline.parameters,
        *(each for stage in stages if stage.input for each in stage.input.parameters),
    )
    return Analysis(
        kind=pipeline.kind,
        agents=tuple(_agents(pipeline)),
        stages=tuple(_stages(pipeline.stages)),
        environment=tuple(_environment(pipeline)),
        parameters=tuple(map(_named, parameters)),
        triggers=tuple(map(_named, pipeline.triggers)),
        options=tuple(map(_named, pipeline.options)),
        tools=tuple(_tools(pipeline)),
        credentials=tuple(sorted(_credentials(pipeline, steps), key=lambda use: use.line)),
        steps=_counted(known),
        unknown_steps=_counted(unknown),
        post=tuple(_post(pipeline)),
        libraries=tuple(_libraries(pipeline, steps)),
    )


def _counted(names: Counter[str]) -> dict[str, int]:
    return dict(sorted(names.items(), key=lambda item: (-item[1], item[0])))


def _items(pipeline: Pipeline) -> Iterator[Item]:
    yield from pipeline.before
    for _, holder in _holders(pipeline):
        for block in holder.post:
            yield from block.steps
    for stage in every_stage(pipeline.stages):
        if stage.when:
            yield from stage.when.items
        if isinstance(stage.body, Steps):
            yield from stage.body.items
    yield from pipeline.after
    yield from pipeline.methods


def _all_steps(pipeline: Pipeline) -> Iterator[Step]:
    yield from steps_of(_items(pipeline))
    yield from loose_steps(pipeline)
    yield from pipeline.properties
    for _, variable in _variables(pipeline):
        if isinstance(variable.value, Step):
            yield variable.value


def _holders(pipeline: Pipeline) -> Iterator[tuple[str | None, Pipeline | Stage]]:
    yield None, pipeline
    for stage in every_stage(pipeline.stages):
        yield stage.name, stage


def _variables(pipeline: Pipeline) -> Iterator[tuple[str | None, Variable]]:
    for name, holder in _holders(pipeline):
        for variable in holder.environment:
            yield name, variable


def _agents(pipeline: Pipeline) -> Iterator[AgentUse]:
    for name, holder in _holders(pipeline):
        agent: Agent | None = holder.agent
        if agent is not None:
            fields = {key: text_of(value) for key, value in agent.arguments.items()}
            known = {key: text for key, text in fields.items() if text is not None}
            kind = agent.name if agent.kind == "other" else agent.kind
            yield AgentUse(kind, known, name, agent.span.line)


def _stages(stages: Iterable[Stage]) -> Iterator[StageUse]:
    for stage in stages:
        inner: tuple[Stage, ...] = ()
        body = "steps"
        if isinstance(stage.body, Matrix):
            body, cell = "matrix", stage.body.cell.body
            inner = () if isinstance(cell, (Steps, Matrix)) else cell.stages
        elif not isinstance(stage.body, Steps):
            body = "parallel" if isinstance(stage.body, Parallel) else "stages"
            inner = stage.body.stages
        if stage.name or inner:
            yield StageUse(stage.name, body, stage.span.line, tuple(_stages(inner)))


def _environment(pipeline: Pipeline) -> Iterator[VariableUse]:
    for stage, variable in _variables(pipeline):
        match variable.value:
            case Credentials():
                kind = "credentials"
            case Step():
                kind = "step"
            case Symbolic():
                kind = "expression"
            case Residual():
                kind = "groovy"
            case _:
                kind = "text"
        yield VariableUse(variable.name, kind, stage, variable.span.line)


def _named(option: Option) -> NamedUse:
    return NamedUse(option.name, text_of(option.arguments.get("name")), option.span.line)


def _tools(pipeline: Pipeline) -> Iterator[NamedUse]:
    for _, holder in _holders(pipeline):
        for tool in holder.tools:
            yield NamedUse(tool.type, text_of(tool.name), tool.span.line)


def _post(pipeline: Pipeline) -> Iterator[NamedUse]:
    for name, holder in _holders(pipeline):
        for block in holder.post:
            yield NamedUse(block.condition, name, block.span.line)


def _credentials(pipeline: Pipeline, steps: Iterable[Step]) -> Iterator[CredentialUse]:
    for _, variable in _variables(pipeline):
        bound = variable.value
        if isinstance(bound, Credentials):
            yield CredentialUse(text_of(bound.id), "credentials", bound.span.line)
    for step in steps:
        for name, value in step.arguments.items():
            if name == "credentialsId":
                yield CredentialUse(text_of(value), step.name, step.span.line)
            yield from _described(value)


def _described(value: Value) -> Iterator[CredentialUse]:
    if isinstance(value, ListOf):
        for item in value.items:
            yield from _described(item)
    elif isinstance(value, Described):
        given = value.arguments.get("credentialsId")
        if given is not None:
            yield CredentialUse(text_of(given), value.symbol, value.span.line)
        for inner in value.arguments.values():
            yield from _described(inner)


def _libraries(pipeline: Pipeline, steps: Iterable[Step]) -> Iterator[LibraryUse]:
    for library in pipeline.libraries:
        yield LibraryUse(library.name, library.ref, library.span.line)
    for step in steps:
        if step.name == "library":
            name, _, ref = (text_of(step.arguments.get("identifier")) or "").partition("@")
            if name:
                yield LibraryUse(name, ref or None, step.span.line)
