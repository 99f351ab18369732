"""The plan: which stages share a job, in which order, and what each runs in."""

from __future__ import annotations

from typing import Literal, TypeAlias

from jenkins2gha.diagnostics import Outcome
from jenkins2gha.jenkins.pipeline import (
    Agent,
    Item,
    Option,
    PostBlock,
    Tool,
    Variable,
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
class PlannedStage:
    """A stage in its job, nested ones flattened: `environment` and `tools` are its own only."""

    name: str
    span: Span
    items: tuple[Item | Gap, ...]
    gaps: tuple[Gap, ...] = ()
    environment: tuple[Variable, ...] = ()
    options: tuple[Option, ...] = ()
    tools: tuple[Tool, ...] = ()
    post: tuple[PostBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedJob:
    """One allocation. `checkout` is the site of the implied checkout, None where there is none."""

    id: str
    agent: Agent
    stages: tuple[PlannedStage, ...]
    checkout: Span | None
    environment: tuple[Variable, ...] = ()
    options: tuple[Option, ...] = ()
    tools: tuple[Tool, ...] = ()
    post: tuple[PostBlock, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The jobs in order, and the bins of the constructs that only gave the plan its shape."""

    jobs: tuple[PlannedJob, ...]
    outcomes: tuple[Outcome, ...] = ()
