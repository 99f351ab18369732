"""Every action is pinned: to the commit of a release, its version behind it as a comment.

https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeAlias

from jenkins2gha.actions.workflow import Step, Workflow
from jenkins2gha.passes.result import Note, PassResult
from jenkins2gha.record import replace
from jenkins2gha.tables import table

Pin: TypeAlias = Literal["sha", "tag"]

_LOCAL = ("./", "../", "$/", "docker://")


def pin_actions(workflow: Workflow, pin: Pin) -> PassResult:
    """`uses: owner/name` → `owner/name@<commit> # v1.2.3`, or `owner/name@v1.2.3` if tags are asked
    for. What already has a ref keeps it."""
    notes: list[Note] = []
    jobs = tuple(
        replace(job, steps=tuple(_pinned(step, pin, notes) for step in job.steps))
        for job in workflow.jobs
    )
    return PassResult(replace(workflow, jobs=jobs), tuple(notes))


def _pinned(step: Step, pin: Pin, notes: list[Note]) -> Step:
    if step.uses is None or step.uses.startswith(_LOCAL):
        return step
    if "@" in step.uses:
        message = f"`{step.uses}` is taken over as given"
        notes.append(Note("action-as-given", step.origin, message))
        return step
    row = _actions().get(step.uses.lower())
    if row is None:
        message = f"no table says which release of `{step.uses}` to use"
        notes.append(Note("action-unknown", step.origin, message))
        return step
    version, commit = row["version"], row["sha"]
    by_tag = pin == "tag" and version
    ref = f"{version}" if by_tag else f"{commit} # {version}" if version else commit
    return replace(step, uses=f"{step.uses}@{ref}")


@cache
def _actions() -> Mapping[str, Any]:
    """The table of actions; GitHub does not tell upper from lower case in their names."""
    return {name.lower(): row for name, row in table("actions").items()}
