"""No cache of dependencies where tags or releases are published: a poisoned one would ship.

https://docs.zizmor.sh/audits/#cache-poisoning
"""

from __future__ import annotations

from collections.abc import Mapping

from jenkins2gha.actions.workflow import Step, Workflow
from jenkins2gha.passes.result import Note, PassResult
from jenkins2gha.passes.scripts import plain_script
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

# What keeps an action that caches by itself from it.
_OFF: Mapping[str, Mapping[str, bool]] = {
    "actions/setup-go": {"cache": False},
    "actions/setup-node": {"package-manager-cache": False},
    "gradle/actions/setup-gradle": {"cache-disabled": True},
}
_INPUTS = ("cache", "cache-dependency-path")
_CACHING = ("actions/setup-", "gradle/actions/setup-gradle", "ruby/setup-ruby")
_PUBLISHING = frozenset(
    "actions/attest-build-provenance docker/build-push-action ncipollo/release-action "
    "goreleaser/goreleaser-action pypa/gh-action-pypi-publish softprops/action-gh-release".split()
)
_PUBLISHES = regex(
    r"\b(?:docker|podman|helm)\s+(?:image\s+)?push\b|\b(?:npm|yarn|pnpm|cargo|poetry|lerna)\s+publish\b"
    r"|gradlew?(?:\.bat)?\b[^\n]*\spublish\w*|\bmvnw?(?:\.cmd)?\b[^\n]*\sdeploy\b|\btwine\s+upload\b"
    r"|\bgh\s+release\b|\bgoreleaser\b|\bnuget\s+push\b|\bgem\s+push\b"
)
"""Commands that hand a build to others."""


def keep_caches_from_releases(workflow: Workflow) -> PassResult:
    """Takes the cache from setup actions of a workflow that publishes."""
    if not publishes(workflow):
        return PassResult(workflow)
    notes: list[Note] = []
    jobs = tuple(
        replace(job, steps=tuple(_uncached(step, notes) for step in job.steps))
        for job in workflow.jobs
    )
    return PassResult(replace(workflow, jobs=jobs), tuple(notes))


def publishes(workflow: Workflow) -> bool:
    """Whether tags or releases start a workflow, or one of its steps publishes."""
    triggers = workflow.triggers
    if "tags" in (triggers.push or {}) or "release" in triggers.others:
        return True
    steps = [step for job in workflow.jobs for step in job.steps]
    if any((step.uses or "").partition("@")[0] in _PUBLISHING for step in steps):
        return True
    return any(_PUBLISHES.search(plain_script(step)) for step in steps if step.run)


def _uncached(step: Step, notes: list[Note]) -> Step:
    action = (step.uses or "").partition("@")[0]
    if not action.startswith(_CACHING):
        return step
    kept = {name: value for name, value in step.inputs.items() if name not in _INPUTS}
    inputs = {**kept, **_OFF.get(action, {})}
    if "cache" in step.inputs and step.inputs["cache"] is not False:
        message = "without a cache: the workflow publishes, and caches can be poisoned"
        notes.append(Note("cache-left-out", step.origin, message))
    return replace(step, inputs=inputs)
