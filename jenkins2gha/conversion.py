"""What a conversion gives back: the workflow, and everything that is to be said of it."""

from __future__ import annotations

from typing import Any, Literal

from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.record import dataclass, field

Status = Literal["converted", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class Counts:
    """The constructs of a source by the bin in which each ended; `total` was counted on the AST."""

    total: int = 0
    exact: int = 0
    equivalent: int = 0
    approximate: int = 0
    dropped: int = 0
    manual: int = 0
    llm: int = 0


@dataclass(frozen=True, slots=True)
class JobSummary:
    """One job of the workflow: its id, the stages in it, its runner, and the jobs it waits for."""

    id: str
    stages: tuple[str, ...]
    runner: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SecretSummary:
    """A GitHub secret to create, the Jenkins credential it stands for (None for one found in the
    source), that credential's kind, and in words which part of it the secret is."""

    name: str
    jenkins_id: str | None
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class HoleSummary:
    """A manual site, typed by what would fill it (`steps`, `expression`, `value`, `matrix`)."""

    kind: str
    construct: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Conversion:
    """The result of converting one source; the same for the same input, byte for byte.

    `workflow` is the YAML text, None exactly if `status` is `failed`. `slug` is the file name that
    it asks for, without `.yml`. `tasks` are commands, ready to run, that set up what the workflow
    needs. `source_map` maps a JSON pointer into the workflow to where that piece comes from.
    """

    source: str
    kind: str
    status: Status
    slug: str
    workflow: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    constructs: Counts = Counts()
    groovy_manual: int = 0
    blocked_by_library: int = 0
    jobs: tuple[JobSummary, ...] = ()
    environment: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    secrets: tuple[SecretSummary, ...] = ()
    runners: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    holes: tuple[HoleSummary, ...] = ()
    source_map: dict[str, Any] = field(default_factory=dict)
