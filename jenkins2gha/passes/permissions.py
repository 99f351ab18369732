"""The least rights for the workflow's token, and more only for the job that needs them.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jenkins2gha.actions.walk import contexts, step_texts
from jenkins2gha.actions.workflow import Job, Step, Workflow
from jenkins2gha.passes.clones import cloned_folders
from jenkins2gha.passes.history import PUSHING, pushes
from jenkins2gha.passes.logins import logs_in
from jenkins2gha.passes.result import Note, PassResult
from jenkins2gha.passes.scripts import invocations, invocations_here, plain_script
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

READ = {"contents": "read"}
_LEVELS = ("none", "read", "write")
# Action → rights → the input that it takes to need them ('' for always).
_ACTIONS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "actions/deploy-pages": (("pages", "write", ""), ("id-token", "write", "")),
    "actions/download-artifact": (("actions", "read", "run-id"),),
    "aws-actions/configure-aws-credentials": (("id-token", "write", "role-to-assume"),),
    "azure/login": (("id-token", "write", "client-id"),),
    "dorny/test-reporter": (("checks", "write", ""),),
    "enricomi/publish-unit-test-result-action": (
        ("checks", "write", ""),
        ("pull-requests", "write", ""),
    ),
    "github/codeql-action/upload-sarif": (("security-events", "write", ""),),
    "google-github-actions/auth": (("id-token", "write", "workload_identity_provider"),),
    "marocchino/sticky-pull-request-comment": (("pull-requests", "write", ""),),
    "ncipollo/release-action": (("contents", "write", ""),),
    "peter-evans/create-pull-request": (
        ("contents", "write", ""),
        ("pull-requests", "write", ""),
    ),
    "softprops/action-gh-release": (("contents", "write", ""),),
}
# The words of GitHub's command line → the right that they use.
_GH: Mapping[tuple[str, str], tuple[str, str]] = {
    ("release", "create"): ("contents", "write"),
    ("release", "delete"): ("contents", "write"),
    ("release", "edit"): ("contents", "write"),
    ("release", "upload"): ("contents", "write"),
    ("pr", "comment"): ("pull-requests", "write"),
    ("pr", "create"): ("pull-requests", "write"),
    ("pr", "edit"): ("pull-requests", "write"),
    ("pr", "merge"): ("contents", "write"),
    ("issue", "comment"): ("issues", "write"),
    ("issue", "create"): ("issues", "write"),
    ("run", "list"): ("actions", "read"),
    ("run", "view"): ("actions", "read"),
    ("run", "watch"): ("actions", "read"),
    ("workflow", "run"): ("actions", "write"),
}
_MENTIONED = regex(rf"{PUSHING}|\bgh\b|ghcr\.io")
_TOKENS = frozenset({"GH_TOKEN", "GITHUB_TOKEN"})
_OF_JOB = frozenset({"github.token", "secrets.GITHUB_TOKEN"})


def limit_permissions(workflow: Workflow) -> PassResult:
    """Reading for the workflow; a job that pushes, publishes or reports says so itself."""
    notes: list[Note] = []
    permissions = dict(workflow.permissions) or READ
    jobs = tuple(_granted(job, permissions, notes) for job in workflow.jobs)
    return PassResult(replace(workflow, permissions=permissions, jobs=jobs), tuple(notes))


def _granted(job: Job, given: Mapping[str, str], notes: list[Note]) -> Job:
    granted = dict(given if job.permissions is None else job.permissions)
    own, clones = _own_logins(job), cloned_folders(job.steps)
    for step in job.steps:
        for scope, level in _needed(step, own, clones):
            if _LEVELS.index(level) > _LEVELS.index(granted.get(scope, "none")):
                granted[scope] = level
                message = f"the job's token gets `{scope}: {level}`, which this needs"
                notes.append(Note("permission-granted", step.origin, message))
    same = job.permissions is None and granted == given
    return job if same else replace(job, permissions=granted)


def _own_logins(job: Job) -> frozenset[str]:
    """The programs that the job logs in with something else than its token."""
    found = {"git"} if logs_in(job.steps) else set[str]()
    for step in job.steps:
        if {**job.env, **step.env, **step.secrets}.keys() & _TOKENS and not _takes_token(step):
            found.add("gh")
        for words in invocations(step, _MENTIONED):
            if [*words[:3]] == ["gh", "auth", "login"]:
                found.add("gh")
            if [*words[:2]] == ["docker", "login"] and any("ghcr.io" in one for one in words):
                found.add("docker")
    return frozenset(found)


def _takes_token(step: Step) -> bool:
    """Whether a script reads the token of its job."""
    texts = (*step.env.values(), *step.secrets.values())
    return any(path in _OF_JOB for text in texts for path in contexts(text))


def _needed(step: Step, own: frozenset[str], clones: frozenset[str]) -> Iterator[tuple[str, str]]:
    action = (step.uses or "").partition("@")[0].lower()
    for scope, level, when in _ACTIONS.get(action, ()):
        if not when or when in step.inputs:
            yield scope, level
    if action == "actions/github-script" and "github.rest.actions" in str(step.inputs["script"]):
        yield "actions", "read"
    if (
        action == "docker/login-action"
        and step.inputs.get("registry") == "ghcr.io"
        and any(
            path in _OF_JOB
            for key, text in step_texts(step)
            if key == "with"
            for path in contexts(text)
        )
    ):
        yield "packages", "write"
    if "git" not in own and any(map(pushes, invocations_here(step, _MENTIONED, clones))):
        yield "contents", "write"
    for words in invocations(step, _MENTIONED):
        if words[0] not in own or _takes_token(step):
            yield from _needed_by(words, plain_script(step))


def _needed_by(words: Sequence[str], script: str) -> Iterator[tuple[str, str]]:
    if words[0] == "gh" and len(words) > 2 and (words[1], words[2]) in _GH:
        yield _GH[words[1], words[2]]
    # The address has names in it, so that the shell alone knows the word.
    if [*words[:2]] == ["gh", "api"] and "/dispatches" in script:
        yield "actions", "write"
    if words[0] == "docker" and "push" in words and any("ghcr.io/" in word for word in words):
        yield "packages", "write"
