"""Each job checks out once, as deep as its scripts read, with credentials only if they need them.

https://github.com/actions/checkout
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jenkins2gha.actions.workflow import Job, Step, Text, Workflow
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.passes.clones import cloned_folders
from jenkins2gha.passes.history import (
    MENTIONED,
    asks_branch,
    pushes,
    reads_history,
    talks_to_remote,
)
from jenkins2gha.passes.logins import logs_in
from jenkins2gha.passes.result import Note, PassResult
from jenkins2gha.passes.scripts import invocations_here, step_commands
from jenkins2gha.record import replace
from jenkins2gha.regex import regex
from jenkins2gha.shell.words import Command

ACTION = "actions/checkout"
# Actions that leave the files of the workspace as they are.
_HARMLESS_ACTIONS = (
    "actions/setup-",
    "actions/upload-artifact",
    "docker/login-action",
    "docker/setup-",
    "gradle/actions/setup-gradle",
    "stCarolas/setup-maven",
)
_HARMLESS = frozenset(
    "[ : cat date df dir echo env exit export false hostname id ls printenv printf ps pwd set sleep"
    " test true type umask uname ver where which whoami".split()
)
_GIT_READS = frozenset("describe diff log ls-remote rev-list rev-parse show status".split())
_VERSIONS = (("--version",), ("-version",), ("version",), ("-v",), ("-V",))
# The files of the runner, and those beside the workspace that secrets are written to.
_ASIDE = regex(
    r"&?\d?>>?\s*(?:&\d|/dev/null|\"?\$\{?(?:GITHUB_(?:ENV|OUTPUT|PATH|STEP_SUMMARY)|RUNNER_TEMP)\b.*)"
)


def check_out_once(workflow: Workflow) -> PassResult:
    """Drops a checkout that repeats an earlier one, and says how deep the others are."""
    notes: list[Note] = []
    jobs = []
    for job in workflow.jobs:
        steps = tuple(_without_repeats(job.steps, notes))
        jobs.append(replace(job, steps=tuple(_deepened(steps, notes))))
    notes += _fresh(jobs)
    return PassResult(replace(workflow, jobs=tuple(jobs)), tuple(notes))


def _fresh(jobs: Iterable[Job]) -> Iterator[Note]:
    """What the first checkout of a workflow does not bring."""
    found = [step for job in jobs for step in job.steps if step.uses == ACTION]
    if found:
        message = "a run starts without the files of earlier builds"
        if any(step.inputs.get("fetch-depth") != 0 for step in found):
            message = (
                "a run starts from one commit: no history, no tags, no files of earlier builds"
            )
        yield Note("checkout-fresh", found[0].origin, message)


def _without_repeats(steps: tuple[Step, ...], notes: list[Note]) -> Iterator[Step]:
    kept: list[Step] = []
    fresh: Step | None = None  # the last checkout, while the workspace is as it left it
    for step in steps:
        if fresh and _repeats(fresh, step):
            notes.append(_repeated(step))
            if kept[-1] is fresh:
                fresh = kept[-1] = replace(fresh, stage=fresh.stage or step.stage)
            continue
        kept.append(step)
        if step.uses == ACTION:
            fresh = step
        elif fresh and not _leaves_workspace(step):
            fresh = None
    return iter(kept)


def _repeats(first: Step, second: Step) -> bool:
    return (
        second.uses == ACTION
        and second.id is None
        and first.condition in (None, second.condition)
        and _source(first) == _source(second)
    )


def _source(step: Step) -> Mapping[str, Text | bool | int]:
    return {name: value for name, value in step.inputs.items() if name != "clean"}


def _repeated(step: Step) -> Note:
    message = "the job has checked this out already, and nothing has changed it since"
    return Note("checkout-again", step.origin, message, Certainty.EQUIVALENT)


def _leaves_workspace(step: Step) -> bool:
    if step.placeholder:
        return True
    if step.uses:
        return step.uses.startswith(_HARMLESS_ACTIONS)
    return all(map(_is_harmless, step_commands(step)))


def _is_harmless(command: Command) -> bool:
    """Whether a command leaves the files of the workspace as they are."""
    if not all(_ASIDE.fullmatch(one.text) for one in command.redirections):
        return False
    name, *rest = command.literals or ("true",)
    if name is None:
        return False
    if name == "git":
        return rest[:1] != [] and rest[0] in _GIT_READS
    return name.lower() in _HARMLESS or tuple(rest) in _VERSIONS


def _checks_out_with_git(step: Step) -> bool:
    """Whether a script is of a checkout itself: it has its own login and takes all of history."""
    return step.origin is not None and step.origin.rule in ("checkout-git", "checkout-readdressed")


def _deepened(steps: tuple[Step, ...], notes: list[Note]) -> Iterator[Step]:
    own = [step for step in steps if not _checks_out_with_git(step)]
    clones = cloned_folders(own)
    found = [(step, words) for step in own for words in invocations_here(step, MENTIONED, clones)]
    words = [words for _, words in found]
    asking = next((step for step, words in found if asks_branch(words)), None)
    if asking and any(step.uses == ACTION and "ref" in step.inputs for step in own):
        message = "a push has its branch checked out here, where Jenkins has a commit without one"
        notes.append(Note("branch-checked-out", asking.origin, message))
    deep = any(map(reads_history, words))
    pushing = any(map(pushes, words))
    needed = pushing or any(map(talks_to_remote, words))
    credentials = needed and not logs_in(own)
    for step in steps:
        if step.uses != ACTION:
            yield step
            continue
        inputs = dict(step.inputs)
        kept = credentials or inputs.pop("persist-credentials", False)
        if deep and "fetch-depth" not in inputs:
            inputs["fetch-depth"] = 0
            message = (
                "a script reads the history, so all of it is fetched, with every branch and tag"
            )
            notes.append(Note("checkout-full-history", step.origin, message))
        inputs["persist-credentials"] = kept
        if kept is True:
            message = (
                "a script fetches or pushes, so the checkout leaves its token in the workspace"
            )
            if pushing:
                message += "; what is pushed with it starts no workflow"
            notes.append(Note("checkout-credentials-kept", step.origin, message))
        yield replace(step, inputs=inputs)
