"""One run of a pipeline: what starts it, and what the world outside does in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from jenkins2gha.simulate.trace import BuildResult, Command

End: TypeAlias = Literal["success", "failure", "timeout", "abort"]
Kind: TypeAlias = Literal["push", "pull_request", "tag", "schedule", "dispatch"]
CredentialKind: TypeAlias = Literal["text", "login", "file", "key"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a command ends, and what it says.

    `timeout` is that of the innermost `timeout` around the command, without one the command
    succeeds; `abort` is a person who stops the whole run, of an `input` who rejects it.
    `status` is the exit code of a script that fails. `stdout` is what a script prints, the newline
    at its end included; `test_failures` are those that a report of tests tells of, `missing` that
    there was no report. `result` is that of a build that the step `build` waits for; `value` is
    what any other step returns, as data.
    """

    end: End = "success"
    status: int = 1
    stdout: str = ""
    test_failures: int = 0
    missing: bool = False
    result: BuildResult = "SUCCESS"
    value: object = None


World: TypeAlias = Callable[[Command], Answer]


def succeeds(_: Command) -> Answer:
    """Every command succeeds and prints nothing."""
    return Answer()


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a run finds.

    `branch` is the branch that runs, the tag's name for `tag`, the head of a pull request;
    `parameters` are what a person entered for `dispatch`, the others have their defaults.
    `previous` is the result of the build before. `files` are those of the repository that the
    pipeline reads, by their paths; `credentials` says the kind of a credential by its id, without
    which it is a login where the pipeline names its `_USR` or `_PSW`, else a text.
    `variables` are those that the pipeline does not set: Jenkins has them from its settings, a
    folder or the job, GitHub from the repository. `schedule` is the line of `parameterizedCron`
    that starts the run, without its parameters; ''
    is the first. `definition_in_scm` is false for a job whose script stands in its configuration:
    it has no checkout. `apart` says that no branch of a `parallel` has come far enough to make the
    build worse for another before all are at their ends. `world` is asked once for each command,
    as it begins.
    """

    kind: Kind = "push"
    branch: str = "main"
    base: str = "main"
    number: int = 7
    default_branch: str = "main"
    parameters: Mapping[str, str | bool] = field(default_factory=dict)
    previous: BuildResult | None = None
    job_name: str = "team/app"
    build_number: int = 42
    changed: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    credentials: Mapping[str, CredentialKind] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    definition_in_scm: bool = True
    multibranch: bool = True
    title: str = "Pull request 7"
    user: str = "mona"
    commit: str = "a" * 40
    repository_url: str = "https://github.com/octo/repo"
    jenkins_url: str = "https://jenkins.example.com/"
    schedule: str = ""
    apart: bool = False
    world: World = succeeds
