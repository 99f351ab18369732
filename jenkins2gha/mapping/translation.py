"""What every mapper is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

from jenkins2gha.actions.expressions import Expression
from jenkins2gha.actions.workflow import Container, RunsOn, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.configuration import Configuration, Files, no_files
from jenkins2gha.diagnostics import Certainty, Diagnostic, Outcome
from jenkins2gha.jenkins.pipeline import Item, Option, Step
from jenkins2gha.jenkins.values import Expr
from jenkins2gha.mapping.not_yet import Beginning, NotYet
from jenkins2gha.plan.jobs import Gap, HoleKind
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.source import Span


@dataclass(frozen=True, slots=True)
class Runner:
    """The machine of a job. `known` is False for labels that no table names; `mixed` says that
    some legs of its matrix run on Windows too."""

    runs_on: RunsOn
    os: Literal["linux", "windows", "macos"]
    hosted: bool = True
    known: bool = True
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class InContainer:
    """An image in which the shell steps of a scope run, on the workspace of a job that itself runs
    on its machine.

    `image` is a word and `arguments` are words of a shell script, which read `env`. `name` is that
    of a container which runs already; it has the variables `given` from its start. `shell` is the
    program that reads the scripts.
    """

    image: str
    arguments: str = ""
    env: Mapping[str, Text] = field(default_factory=dict)
    name: str | None = None
    given: frozenset[str] = frozenset()
    shell: str = "sh"


@dataclass(frozen=True, slots=True)
class Stashes:
    """The stashes of a job that cross to another: `given` are made here and taken in other jobs,
    `taken` are made only in others."""

    given: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for a whole job.

    `parameters` are the declared ones by name; `environment` the names that the job defines in its
    own `env:` (literal or expression), `run_time` those that a step writes to `$GITHUB_ENV`,
    `assigned` those of them that `env.X = …` sets, so that they may not be set yet.
    `containers` are those of the job's pod by their names, None for the machine itself.
    `pull_request` says that the workflow runs on pull requests; `branches` are those that the job
    builds, () for all; `libraries` names the shared libraries
    that the file loads and whose source is not given; `read` are the names that Groovy reads of the
    environment, whoever sets them, `settings` those that a script of another job has from Jenkins'
    settings. `left` are variables that something sets
    which is left to a person, each with the place of that in words (`line 7`). `captures` says
    where the job reads what a step gave back, by the key of its `Captured`: an output of that step,
    or of the job that it runs in; `words` are the keys of values that no shell reads as code.
    `axes` are those of the job's matrix, `passed` the variables that
    jobs in front have set, `computed` what a script has computed for the environment of the
    pipeline, by the place of the variable, `again` those places that more than one job computes,
    `elsewhere` those that Jenkins computes on the agent of another,
    `stashes` the files that cross. `results` are those worse than SUCCESS
    that its steps can give the build
    without failing, `inherited` those that the jobs before can have given it, and `ends` those of
    them for which the job fails in the end; None where a job behind it does, see
    `mapping/build_result.py`; `of_stage` are those that only the stage has, of whose `post` it is
    the job; `reads_result` says that a step asks, `given_success` that it asks for a result that a
    script may have set to SUCCESS, `analysed` that the job has the report of SonarQube's scanner,
    `skips_unstable` that stages are skipped once the build is UNSTABLE. `lock` is the resource that
    the job waits for, `beginning` what `env.X = …` sets, but not in front of the job.
    """

    runner: Runner
    configuration: Configuration = field(default_factory=Configuration)
    container: Container | None = None
    parameters: Mapping[str, Option] = field(default_factory=dict)
    environment: Mapping[str, Text] = field(default_factory=dict)
    run_time: frozenset[str] = frozenset()
    assigned: frozenset[str] = frozenset()
    credential_kinds: Mapping[str, str] = field(default_factory=dict)
    pull_request: bool = True
    multibranch: bool = True
    branches: tuple[str, ...] = ()
    job_name: str = "pipeline"
    files: Files = no_files
    retention_days: int | None = None
    libraries: tuple[str, ...] = ()
    read: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()
    left: Mapping[str, str] = field(default_factory=dict)
    captures: Mapping[str, Text] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    axes: Mapping[str, Text] = field(default_factory=dict)
    results: frozenset[str] = frozenset()
    inherited: frozenset[str] = frozenset()
    ends: frozenset[str] | None = frozenset()
    passed: Mapping[str, Expression] = field(default_factory=dict)
    computed: Mapping[Span, Text] = field(default_factory=dict)
    again: frozenset[Span] = frozenset()
    elsewhere: frozenset[Span] = frozenset()
    stashes: Stashes = Stashes()
    lock: str | None = None
    beginning: Beginning = Beginning()
    of_stage: tuple[tuple[str, Expression], ...] = ()
    reads_result: bool = False
    given_success: bool = False
    analysed: bool = True
    skips_unstable: bool = False
    containers: Mapping[str, InContainer | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CredentialFile:
    """A file that a credential makes: written before a script, removed at the end of the block."""

    variable: str
    secret: str
    path: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What the blocks around a step say; each block step passes a changed copy on.

    `directory` is relative to the workspace, `/`-separated, '' for the workspace itself. `env` and
    `secrets` are what shell steps get beyond the job's environment, inner entries last. `condition`
    is the step's `if:` (None for the implied `success()`); `post` names the `post` condition that
    the step stands under. `timeout` is in minutes. `exports` are variables that only the shell can
    compute (`PATH+X=…`), in order; None unsets one. `dynamic` is the directory where only the run
    knows it: then `directory` says nothing, and only shell steps can be placed. `left` are
    variables that a block around should set and that are left to a person, see `Context`. `caught`
    says that a block around catches the failures of the steps, so that the job goes on, `failing`
    that the steps run where the job fails anyway, `repeated` that they are a round of a loop, which
    is one step. `container` is what shell steps run in, `registry` what stands in front of the
    names of images, `not_yet` what `env.X = …` may not have set yet.
    """

    stage: str = ""
    directory: str = ""
    env: Mapping[str, Text] = field(default_factory=dict)
    secrets: Mapping[str, Text] = field(default_factory=dict)
    files: tuple[CredentialFile, ...] = ()
    timeout: int | None = None
    condition: Expression | None = None
    post: str | None = None
    exports: tuple[tuple[str, Expr | None], ...] = ()
    dynamic: Text | None = None
    left: Mapping[str, str] = field(default_factory=dict)
    caught: bool = False
    failing: bool = False
    repeated: bool = False
    container: InContainer | None = None
    registry: Expr | None = None
    not_yet: NotYet = NotYet()

    def changed(self, **fields: object) -> Scope:
        return replace(self, **fields)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Hole:
    """A manual site, typed by what would fill it; a model may be asked to, see `Conversion`."""

    kind: HoleKind
    span: Span
    construct: str


@dataclass(frozen=True, slots=True)
class Secret:
    """A GitHub secret that the workflow reads, and the Jenkins credential it stands for.

    `kind` is the credential's, `what` the part of it in words.
    """

    name: str
    jenkins_id: str | None
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Translation:
    """What one construct became: steps, what is said of it, and the bins of it and all inside.

    `stage_results` are results that only its stage has, each with what it depends on.
    """

    steps: tuple[ActionStep, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    holes: tuple[Hole, ...] = ()
    secrets: tuple[Secret, ...] = ()
    stage_results: tuple[tuple[str, Expression], ...] = ()

    def __add__(self, other: Translation) -> Translation:
        return Translation(
            self.steps + other.steps,
            self.diagnostics + other.diagnostics,
            self.outcomes + other.outcomes,
            self.holes + other.holes,
            self.secrets + other.secrets,
            self.stage_results + other.stage_results,
        )


NOTHING = Translation()
"""What a construct became that left nothing behind, and of which nothing is said."""


def together(parts: Sequence[Translation]) -> Translation:
    """Translations one behind the other, in one go."""
    return Translation(
        steps=tuple(one for part in parts for one in part.steps),
        diagnostics=tuple(one for part in parts for one in part.diagnostics),
        outcomes=tuple(one for part in parts for one in part.outcomes),
        holes=tuple(one for part in parts for one in part.holes),
        secrets=tuple(one for part in parts for one in part.secrets),
        stage_results=tuple(one for part in parts for one in part.stage_results),
    )


Translate: TypeAlias = Callable[[tuple[Item | Gap, ...], Scope], Translation]
"""Translates the body of a block step in a changed scope (bound to the job's context)."""

Mapper: TypeAlias = Callable[[Step, Scope, Context, Translate], Translation]
"""One construct → its translation. It must report the outcome of `step.span` itself."""


def binned(site: Span, certainty: Certainty) -> tuple[Outcome, ...]:
    return (Outcome(site, certainty),)
