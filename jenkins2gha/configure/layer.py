"""What one file of the configuration may say."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from jenkins2gha.tables.rows import ROWS


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _written(value: object) -> object:
    """A version as text: YAML reads `17` and `3.9` as numbers."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _named(tables: dict[str, Any]) -> dict[str, Any]:
    for name in tables:
        if name not in ROWS:
            raise ValueError(f"no table has the name {name}; known are {', '.join(ROWS)}")
    return tables


Labels = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]
Version = Annotated[str, BeforeValidator(_written)]
Tables = Annotated[dict[str, dict[str, Any]], AfterValidator(_named)]
SecretPart = Literal["value", "username", "password", "passphrase"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Credential(_Strict):
    kind: str | None = None
    secrets: dict[SecretPart, str] = Field(default_factory=dict)


class Job(_Strict):
    repository: str | None = None
    workflow: str | None = None


class Layer(_Strict):
    """One layer. `lock` names the keys that the layers below may not set."""

    runners: dict[str, Labels] = Field(default_factory=dict)
    credentials: dict[str, Credential] = Field(default_factory=dict)
    tools: dict[str, Version] = Field(default_factory=dict)
    variables: dict[str, Version] = Field(default_factory=dict)
    libraries: dict[str, str] = Field(default_factory=dict)
    repositories: dict[str, str] = Field(default_factory=dict)
    jobs: dict[str, Job] = Field(default_factory=dict)
    mappings: Tables = Field(default_factory=dict)
    default_branch: str = Field("main", alias="default-branch", min_length=1)
    job_kind: Literal["multibranch", "pipeline"] = Field("multibranch", alias="job-kind")
    on_manual: Literal["fail", "warn", "skip"] = Field("fail", alias="on-manual")
    allow_list: tuple[str, ...] | None = Field(None, alias="allow-list")
    environments: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    jobs_per: Literal["allocation", "stage"] = Field("allocation", alias="jobs-per")
    parallel: Literal["auto", "steps", "jobs"] = "auto"
    pins: Literal["sha", "tag"] = "sha"
    model: dict[str, Version] = Field(default_factory=dict)
    shell: str | None = None
    target: Literal["github", "ghes"] = "github"
    lock: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()


KEYS = tuple(field.alias or name for name, field in Layer.model_fields.items() if name != "lock")
"""The keys that a layer may set, as they are written."""
