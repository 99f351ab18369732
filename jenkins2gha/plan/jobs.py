"""The plan: which stages share a job, in which order, and what each runs in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from jenkins2gha.diagnostics import Outcome
from jenkins2gha.jenkins.pipeline import (
    Agent,
    Input,
    Item,
    Matrix,
    Option,
    PostBlock,
    Step,
    Tool,
    Variable,
    When,
)
from jenkins2gha.record import dataclass
from jenkins2gha.source import Span

HoleKind: TypeAlias = Literal["steps", "expression", "value", "matrix"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A construct that the plan leaves to a person, at its position among the steps.

    It becomes one failing step. `kind` says what would fill it: steps, an expression (a
    condition), a value, or a matrix. `stage` is the stage that says it.
    """

    kind: HoleKind
    rule: str
    message: str
    span: Span
    construct: str
    stage: str = ""


@dataclass(frozen=True, slots=True)
class PlannedCondition:
    """The `when` of a stage, which holds for every stage inside it and is asked once.

    `span` is that of the stage. An `if` around a `node` is one too, but no `construct`.
    """

    when: When
    stage: str
    span: Span
    construct: bool = True

    @property
    def key(self) -> int:
        """What tells it from other conditions of the pipeline."""
        return self.when.span.start


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """A stage in its job, nested ones flattened.

    `environments` (a block each), `options`, `tools` and `conditions` are those of the stages
    around it within its job, outer ones first, then its own. `container` is an agent that only
    puts the steps of the stage into a container of its own, in the workspace of the job;
    `allocates` says that the stage has an agent that gives it a workspace too. `ends` marks the
    `post` of a stage that holds others, behind the last of them; where those are `apart`, branches
    or cells, it runs as well where an error ends what the `when` of the stage asks. `asks` is the
    span of the stage whose `when` it is that the items are for.
    """

    name: str
    span: Span
    items: tuple[Item | Gap, ...]
    gaps: tuple[Gap, ...] = ()
    conditions: tuple[PlannedCondition, ...] = ()
    environments: tuple[tuple[Variable, ...], ...] = ()
    options: tuple[Option, ...] = ()
    tools: tuple[Tool, ...] = ()
    post: tuple[PostBlock, ...] = ()
    container: Agent | None = None
    allocates: bool = False
    ends: bool = False
    apart: bool = False
    asks: Span | None = None

    @property
    def environment(self) -> tuple[Variable, ...]:
        """The variables of all its environments, outer ones first."""
        return tuple(variable for block in self.environments for variable in block)


@dataclass(frozen=True, slots=True)
class FailFast:
    """That a branch which fails stops the others: `asked` is where the pipeline says so, `site`
    where it is for these branches, the same unless an option asks it for all."""

    asked: Span
    site: Span


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """Branches of `parallel` in the workspace of their job, each with its name; `span` is that of
    `parallel`."""

    name: str
    span: Span
    branches: tuple[tuple[PlannedStage, ...], ...]
    fail_fast: FailFast | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """An approval in front of a job: the directive `input` of a stage, or the step.

    `around` are the blocks in which the step stands alone, outer ones first; `first` says that the
    stage is asked whether it runs only behind it. `options` are those of the stage and of the
    stages around it, which hold for the wait, too.
    """

    input: Input | Step
    stage: str
    around: tuple[Step, ...] = ()
    first: bool = False
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedJob:
    """A part of an allocation, or all of it; `name` is that of a stage, mostly its first.

    `checkout` is the site of the implied checkout, None where there is none. `needs` are the
    jobs in front; `receives` are those in whose workspace this one goes on, the latest first,
    and `gives` says that another job goes on in this one's; `empty` that an earlier job has
    left nothing in it. `over` names the jobs whose results the `post` of this one looks at,
    where it stands behind several; the job then holds that `post` alone, and runs however they
    ended; `before` are the jobs in front of its stage where only they tell whether that was
    reached, as each job of the stage may be skipped. `tells` are the stages around others that
    it has a part of, and whose `post` stands in another job. `own_workspace` is False for the
    cells of a matrix that Jenkins runs in the workspace of the stages around them.
    """

    id: str
    name: str
    agent: Agent
    stages: tuple[PlannedStage | PlannedGroup, ...]
    checkout: Span | None
    environment: tuple[Variable, ...] = ()
    options: tuple[Option, ...] = ()
    tools: tuple[Tool, ...] = ()
    post: tuple[PostBlock, ...] = ()
    needs: tuple[str, ...] = ()
    receives: tuple[str, ...] = ()
    gives: bool = False
    empty: bool = False
    matrix: Matrix | None = None
    own_workspace: bool = True
    fail_fast: FailFast | None = None
    gate: Gate | None = None
    over: tuple[str, ...] = ()
    tells: tuple[PlannedStage, ...] = ()
    before: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The jobs in order, and the bins of the constructs that only gave the plan its shape.

    `fail_fast` ask for branches to be stopped which are jobs, `scattered` are the `parallel`s whose
    branches share a workspace in Jenkins and are jobs here. `agent` and `environment` are those of
    the whole pipeline.
    """

    jobs: tuple[PlannedJob, ...]
    outcomes: tuple[Outcome, ...] = ()
    fail_fast: tuple[FailFast, ...] = ()
    scattered: tuple[Span, ...] = ()
    agent: Agent | None = None
    environment: tuple[Variable, ...] = ()


def stages_of(stages: Iterable[PlannedStage | PlannedGroup]) -> Iterator[PlannedStage]:
    """All stages, those of a group branch by branch."""
    for one in stages:
        if isinstance(one, PlannedGroup):
            for branch in one.branches:
                yield from branch
        else:
            yield one


def asks(stage: PlannedStage, end: PlannedStage) -> bool:
    """Whether a stage is what the `when` of branches or cells runs, whose `post` runs if it fails:
    that of other stages does not."""
    return end.apart and stage.asks == end.span
