"""The pipeline as Jenkins understands it: the typed middle of the compiler.

Names are those of pipeline-model-definition. Every node carries the span of what it was read from;
the span of a step is that of its call, whose start is the construct's site.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from jenkins2gha.jenkins.values import Expr, Form, Known, Value
from jenkins2gha.record import dataclass, field
from jenkins2gha.source import Span

# --- steps ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Captured:
    """What a step gives back is read later, as `ResultOf` the same `key` (unique in a pipeline).

    `name` is the variable that it goes to, or another word for it; `trimmed` says that every reader
    takes off the blanks around it.
    """

    key: str
    name: str
    form: Form
    trimmed: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A call of a step, its arguments bound to the names of its signature.

    `name` is the step's (`sh`), for `step([$class: 'X', …])` the symbol of the object inside if the
    signatures know it, for a chain on a plugin's global the dotted path (`docker.image.inside`).
    `positional` holds what could not be bound (no signature, or too many). `body` is None for a
    step without a block. `callee` is the span of the name, so the line of the call is
    `span.line`. `steps` are step calls in its arguments whose results are known (`dir(pwd())`).
    `captured` is set where something reads what the step gives back.
    """

    name: str
    arguments: Mapping[str, Value]
    span: Span
    callee: Span
    body: tuple[Item, ...] | None = None
    positional: tuple[Value, ...] = ()
    known: bool = True
    steps: tuple[Step, ...] = ()
    captured: Captured | None = None


@dataclass(frozen=True, slots=True)
class Groovy:
    """A statement that was not evaluated, or an expression whose worth is read as `captured`.
    `steps` are the step calls in it, in source order, each with an empty body (nested calls are
    listed flat)."""

    span: Span
    reason: str
    steps: tuple[Step, ...]
    captured: Captured | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch of a choice: the items that run where the condition is the first that holds."""

    condition: Expr
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`if` and `switch` on what a run decides; the conditions are evaluated when it is reached.

    `steps` are the step calls inside the conditions whose results are known.
    """

    branches: tuple[Branch, ...]
    otherwise: tuple[Item, ...]
    span: Span
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """`env.NAME = value`: from here on in the environment of the whole build."""

    name: str
    value: Value
    span: Span
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildProperty:
    """`currentBuild.result = 'UNSTABLE'`, `currentBuild.displayName = …`, `….description = …`."""

    name: Literal["result", "displayName", "description"]
    value: Value
    span: Span
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """`try`. `handler` is what the `catch` blocks do (None without one), `rethrows` whether they
    end with an error, so that nothing behind runs; `last` is the `finally` block."""

    items: tuple[Item, ...]
    handler: tuple[Item, ...] | None
    last: tuple[Item, ...]
    span: Span
    rethrows: bool = False


@dataclass(frozen=True, slots=True)
class Branches:
    """The step `parallel`: named branches at the same time. `callee` is the span of its name."""

    branches: tuple[tuple[str, tuple[Item, ...]], ...]
    span: Span
    callee: Span
    fail_fast: bool = False


Item: TypeAlias = Step | Groovy | Choice | Assignment | BuildProperty | Attempt | Branches


def inner_items(item: Item) -> tuple[Item, ...]:
    """The items inside an item, in the order of the source."""
    match item:
        case Step(body=body):
            return body or ()
        case Choice(branches, otherwise):
            return (*(one for branch in branches for one in branch.items), *otherwise)
        case Attempt(items, handler, last):
            return (*items, *(handler or ()), *last)
        case Branches(branches):
            return tuple(one for _, items in branches for one in items)
    return ()


def outer_steps(item: Item) -> tuple[Step, ...]:
    """The step calls of an item itself, without those of the items inside it."""
    match item:
        case Step():
            return (item, *item.steps)
        case Branches():
            return ()
    return item.steps if not isinstance(item, Attempt) else ()


# --- declarative ---------------------------------------------------------------------------------

AgentKind: TypeAlias = Literal[
    "any", "none", "label", "docker", "dockerfile", "kubernetes", "other"
]


@dataclass(frozen=True, slots=True)
class Agent:
    """`agent any` … `agent { docker { image 'x' } }`; `node { label 'x' }` is read as `label`.

    `arguments` has the fields by Jenkins' names (`label`, `image`, `args`, `customWorkspace`, …);
    `docker 'x'` gives `image`. `name` is the word in the source, of use for kind `other`; it is
    '' where a script has no `node`. `steps`, here and in other nodes, are the step calls inside
    arguments, which were not evaluated.
    """

    kind: AgentKind
    arguments: Mapping[str, Value]
    span: Span
    name: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Credentials:
    """`credentials('id')` in an `environment` block."""

    id: Value
    span: Span


@dataclass(frozen=True, slots=True)
class Variable:
    """One entry of an `environment` block; its value may be a step call (`sh(returnStdout: …)`).

    `steps` are the step calls within a value that is none itself (`"${sh(…)}"`).
    """

    name: str
    value: Value | Credentials | Step
    span: Span
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """An option, trigger, parameter or job property: a named thing with arguments.

    `positional` has all arguments without a name; where the signature knows their order, they
    stand in `arguments` too.
    """

    name: str
    arguments: Mapping[str, Value]
    span: Span
    positional: tuple[Value, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Tool:
    """`maven 'Maven 3.9'`."""

    type: str
    name: Value
    span: Span
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """`@Library('name@ref') _`, `libraries { lib('name@ref') }`, `library 'name@ref'`."""

    name: str
    ref: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of `when`: `branch 'x'`, `anyOf { … }`, `expression { … }` (as `value`, which the
    `items` find out). `steps` are the step calls in one that is left to a person."""

    name: str
    arguments: Mapping[str, Value]
    span: Span
    children: tuple[Condition, ...] = ()
    value: Value | None = None
    steps: tuple[Step, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """The `items` find out what the conditions ask, in their order."""

    conditions: tuple[Condition, ...]
    span: Span
    items: tuple[Item, ...] = ()
    before_agent: bool = False
    before_input: bool = False
    before_options: bool = False

    @property
    def is_early(self) -> bool:
        """Whether it is asked before the stage has its agent."""
        return self.before_agent or self.before_input or self.before_options


@dataclass(frozen=True, slots=True)
class Input:
    arguments: Mapping[str, Value]
    parameters: tuple[Option, ...]
    span: Span
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class PostBlock:
    """One condition of `post` with its steps; the span starts at the condition's name."""

    condition: str
    steps: tuple[Item, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Steps:
    items: tuple[Item, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Sequence:
    """`stages { … }` inside a stage."""

    stages: tuple[Stage, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Parallel:
    stages: tuple[Stage, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Axis:
    name: str
    values: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ExcludeAxis:
    name: str
    values: tuple[str, ...]
    negated: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Matrix:
    """`matrix { … }`; what applies to each cell stands in `cell`, a stage without a name."""

    axes: tuple[Axis, ...]
    excludes: tuple[tuple[ExcludeAxis, ...], ...]
    cell: Stage
    span: Span


StageBody: TypeAlias = Steps | Sequence | Parallel | Matrix


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    body: StageBody
    span: Span
    agent: Agent | None = None
    when: When | None = None
    input: Input | None = None
    environment: tuple[Variable, ...] = ()
    options: tuple[Option, ...] = ()
    tools: tuple[Tool, ...] = ()
    post: tuple[PostBlock, ...] = ()
    fail_fast: Span | None = None


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One pipeline, declarative or scripted.

    A scripted one is, for now, `agent` from its first `node`, with the steps of each `stage` as a
    Stage; what stands outside any stage is a Stage with the name ''. `groovy` lists what stands
    outside `pipeline { }` and was not evaluated (statements that run; methods are in `methods`).
    `assigned` says where the file sets environment variables by `env.X = …`, as an axis, or by a
    lock, an input or a file; `declared` are its Groovy variables and what its blocks put
    into the environment, so that a bare name may mean them; `read` are the names of the environment
    and of parameters that its Groovy reads; `loaded` names the
    libraries that the step `library` loads. `properties` are the calls of that step whose content
    stands in `options`, `parameters` and `triggers`. `scm` says that the job knows a repository,
    which its agents check out; `branches` are those that it builds, () for all. `never` is what
    stands on ways that no run takes.
    """

    kind: Literal["declarative", "scripted"]
    agent: Agent
    stages: tuple[Stage, ...]
    span: Span
    environment: tuple[Variable, ...] = ()
    options: tuple[Option, ...] = ()
    parameters: tuple[Option, ...] = ()
    triggers: tuple[Option, ...] = ()
    tools: tuple[Tool, ...] = ()
    libraries: tuple[Library, ...] = ()
    post: tuple[PostBlock, ...] = ()
    before: tuple[Item, ...] = ()
    after: tuple[Item, ...] = ()
    methods: tuple[Groovy, ...] = ()
    constants: Mapping[str, Value] = field(default_factory=dict)
    assigned: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    declared: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    loaded: tuple[str, ...] = ()
    properties: tuple[Step, ...] = ()
    scm: bool = True
    branches: tuple[Known, ...] = ()
    never: tuple[Step | Groovy, ...] = ()
