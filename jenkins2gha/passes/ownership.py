"""In a job container git is told to trust the workspace, which belongs to the machine's user.

actions/checkout tells it for its own commands only.
https://git-scm.com/docs/git-config#Documentation/git-config.txt-safedirectory
https://github.com/actions/checkout/issues/1169
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jenkins2gha.actions.workflow import Container, Job, Origin, Step, Workflow
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.passes.checkout import ACTION
from jenkins2gha.passes.history import MENTIONED, git_words, pushes, reads_history
from jenkins2gha.passes.result import Note, PassResult
from jenkins2gha.passes.scripts import invocations, plain_script
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

_RULE = "workspace-trusted"
_ABOUT = regex(rf"{MENTIONED.pattern}|\bgo\s|pre-commit|golangci-lint")
_KNOWN = regex(r"safe\.directory")
_ROOT = regex(r"(?:--user|-u)[ =](?:root|0)(?::\w+)?(?!\S)")
_OTHER = regex(r"(?<!\S)(?:--user|-u)[ =]")
# What git does without asking whose folder it is in.
_ANYWHERE = frozenset({"clone", "config", "init", "ls-remote", "version", "help", "credential"})
_ASKS_GIT = frozenset({"build", "install", "run"})
_COMMAND = 'git config --global --add safe.directory "$GITHUB_WORKSPACE"'
_FILE = 'printf \'[safe]\\n\\tdirectory = %s\\n\' "$GITHUB_WORKSPACE" >> "$HOME/.gitconfig"'


def trust_workspaces(workflow: Workflow) -> PassResult:
    """Behind the checkout of a job in a container whose scripts call git there stands a step that
    lets them."""
    notes: list[Note] = []
    jobs = tuple(replace(job, steps=tuple(_trusting(job, notes))) for job in workflow.jobs)
    return PassResult(replace(workflow, jobs=jobs), tuple(notes))


def _trusting(job: Job, notes: list[Note]) -> Iterator[Step]:
    steps = iter(job.steps)
    needed = _needed(job)
    for step in steps:
        yield step
        if needed and step.uses == ACTION and "path" not in step.inputs:
            site = step.origin.spans if step.origin else ()
            origin = Origin(site, _RULE, Certainty.EQUIVALENT)
            message = "git is told to trust the workspace, as the container has another user"
            notes.append(Note(_RULE, origin, message))
            yield Step(
                name="Trust the workspace",
                condition=step.condition,
                run=needed,
                script_kind="sh",
                origin=origin,
            )
            break
    yield from steps


def _needed(job: Job) -> str | None:
    """What tells git so; None where nobody asks, or the scripts do it themselves."""
    if job.container is None or not _is_root(job.container):
        return None
    if any(_KNOWN.search(plain_script(step)) for step in job.steps):
        return None
    for step in job.steps:
        for words in invocations(step, _ABOUT):
            if _is_in_repository(words):
                # Where git itself is called it is there; else the image may do without.
                return _COMMAND if words[0] == "git" else _FILE
    return None


def _is_root(container: Container) -> bool:
    """Whether the processes may be root's: those of another user could write nothing anyway."""
    options = container.options or ""
    return _ROOT.search(options) is not None or _OTHER.search(options) is None


def _is_in_repository(words: Sequence[str]) -> bool:
    """Whether a command has git look at the folder that it runs in."""
    if words[0] == "git":
        git = git_words(words)
        return bool(git) and git[0] not in _ANYWHERE
    if words[0] == "go":
        return words[1:2] != () and words[1] in _ASKS_GIT and "-buildvcs=false" not in words
    return words[0] in ("pre-commit", "golangci-lint") or reads_history(words) or pushes(words)
