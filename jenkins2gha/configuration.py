"""What an organisation, a folder, a repository or the command line settles for a conversion."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from jenkins2gha.record import dataclass, field

Files: TypeAlias = Callable[[str], str | None]
"""Reads a file of the repository: a `/`-separated path from the workspace root → text or None."""


def no_files(_: str) -> str | None:
    """The `Files` of a conversion that is given nothing beside its text."""
    return None


@dataclass(frozen=True, slots=True)
class CredentialSetting:
    """`kind` as in facts of credentials-binding (`string`, `usernamePassword`, `file`,
    `sshUserPrivateKey`, …); `secrets` names the GitHub secret of each part, where it differs from
    the naming rule: `value`, `username`, `password`, `passphrase`."""

    kind: str | None = None
    secrets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobSetting:
    """Where the workflow of a Jenkins job is: `owner/name`, and the file in `.github/workflows`."""

    repository: str | None = None
    workflow: str | None = None


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings in force, all layers merged.

    `runners` maps a label or label expression to the labels of `runs-on`; `tools` maps
    `type:name` or `type` to a version; `rows` holds a user's mapping rows by table. `libraries`
    maps a shared library to the folder of its source, `repositories` the URL of a repository to
    its `owner/name` on GitHub, `jobs` a Jenkins job to where its workflow is. `allow_list` holds
    patterns of the actions that may be used (None for all), `environments` names the environments
    that are known to have required reviewers, `jobs_per` and `parallel` say how jobs are cut where
    there is a choice, `model` the settings of the model.
    """

    runners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    credentials: Mapping[str, CredentialSetting] = field(default_factory=dict)
    tools: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    default_branch: str = "main"
    job_kind: Literal["multibranch", "pipeline"] = "multibranch"
    pin: Literal["sha", "tag"] = "sha"
    on_manual: Literal["fail", "warn", "skip"] = "fail"
    shell: str | None = None
    target: Literal["github", "ghes"] = "github"
    libraries: Mapping[str, str] = field(default_factory=dict)
    repositories: Mapping[str, str] = field(default_factory=dict)
    jobs: Mapping[str, JobSetting] = field(default_factory=dict)
    allow_list: tuple[str, ...] | None = None
    environments: tuple[str, ...] = ()
    jobs_per: Literal["allocation", "stage"] = "allocation"
    parallel: Literal["auto", "steps", "jobs"] = "auto"
    model: Mapping[str, str] = field(default_factory=dict)
