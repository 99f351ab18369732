"""The workflow as a typed tree: the target language of the compiler.

A plain `str` in a place of type `Text` is *literal*: the emitter escapes a `${{` in it. What GitHub
is to evaluate is an Expression, alone or in a Template. The order of the fields is the order in
which the emitter writes them.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from jenkins2gha.actions.expressions import Expression
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.record import dataclass, field
from jenkins2gha.source import Span


@dataclass(frozen=True, slots=True)
class Template:
    """Literal texts and expressions, one after the other."""

    parts: tuple[str | Expression, ...]


Text: TypeAlias = str | Expression | Template
Value: TypeAlias = Text | bool | int
Env: TypeAlias = Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a piece of the workflow comes from: its constructs, the rule that made it, its bin.

    `stack` holds the calls that the construct was inlined through, the innermost first.
    """

    spans: tuple[Span, ...]
    rule: str
    certainty: Certainty
    stack: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `run` or `uses`, never both.

    `comment` stands above the step, a line a line. `uses` is `owner/name[/path]` without a ref (the
    pinning pass makes it `owner/name@sha # version`; what stands behind ` # ` is a comment at the
    line's end), a `./path` or a `docker://` image.
    `secrets` is the part of the environment that only some steps may see (credentials); it is
    written into `env:` like the rest. `script_kind` is the language of `run` as far as the passes
    need it: `sh` (a POSIX shell's), `bat`, `powershell` or `other`. Neighbours with the same
    `parallel` are written as one group, whose steps run at the same time. `inner` are the scripts
    that `run` only hands to other shells (those of containers). A step that `prepares` does so for
    the next one, and has no part in its name.
    """

    name: Text | None = None
    id: str | None = None
    condition: Expression | None = None
    uses: str | None = None
    inputs: Mapping[str, Text | bool | int] = field(default_factory=dict)
    env: Env = field(default_factory=dict)
    secrets: Env = field(default_factory=dict)
    run: Text | None = None
    shell: str | None = None
    working_directory: Text | None = None
    timeout_minutes: int | Expression | None = None
    continue_on_error: bool | Expression | None = None
    comment: str | None = None
    script_kind: str = "other"
    placeholder: bool = False
    prepares: bool = False
    parallel: str | None = None
    stage: str | None = None
    origin: Origin | None = None
    inner: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Container:
    image: Text
    env: Env = field(default_factory=dict)
    volumes: tuple[str, ...] = ()
    options: str | None = None
    credentials: Mapping[str, Text] = field(default_factory=dict)
    ports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concurrency:
    group: Text
    cancel_in_progress: bool | Expression | None = None
    queue: str | None = None


@dataclass(frozen=True, slots=True)
class RunsOn:
    """`runs-on`: one label as a string, several as a list, or a group with labels."""

    labels: tuple[Text, ...]
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Strategy:
    matrix: Mapping[str, tuple[Text, ...]]
    exclude: tuple[Mapping[str, Text], ...] = ()
    fail_fast: bool | None = None


@dataclass(frozen=True, slots=True)
class Job:
    id: str
    runs_on: RunsOn
    steps: tuple[Step, ...]
    name: Text | None = None
    needs: tuple[str, ...] = ()
    condition: Expression | None = None
    permissions: Mapping[str, str] | None = None
    environment: Text | None = None
    concurrency: Concurrency | None = None
    timeout_minutes: int | Expression | None = None
    container: Container | None = None
    services: Mapping[str, Container] = field(default_factory=dict)
    strategy: Strategy | None = None
    env: Env = field(default_factory=dict)
    working_directory: Text | None = None
    outputs: Mapping[str, Text] = field(default_factory=dict)
    stages: tuple[str, ...] = ()
    comment: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """An input of `workflow_dispatch`; `type` is `string`, `boolean`, `choice`, `number` or
    `environment`."""

    name: str
    type: str
    description: str | None = None
    required: bool = False
    default: str | bool | int | None = None
    options: tuple[str, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    cron: str
    timezone: str | None = None
    comment: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Triggers:
    """`on:`; None where the event is not used, an empty mapping for an event without filters.

    `others` holds further events (`workflow_run`, `repository_dispatch`, …) as plain data.
    """

    push: Mapping[str, tuple[str, ...]] | None = None
    pull_request: Mapping[str, tuple[str, ...]] | None = None
    schedule: tuple[Schedule, ...] = ()
    dispatch: tuple[Input, ...] | None = None
    others: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workflow:
    name: str
    triggers: Triggers
    jobs: tuple[Job, ...]
    run_name: Text | None = None
    permissions: Mapping[str, str] = field(default_factory=lambda: {"contents": "read"})
    env: Env = field(default_factory=dict)
    concurrency: Concurrency | None = None
    comment: str | None = None
