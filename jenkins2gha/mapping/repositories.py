"""What a job as a whole says of its checkouts: which repository stands where when the next comes.

Where no `.git` stands, the Git plugin deletes what is there before it clones, and so does
actions/checkout. Where one of another repository stands, Jenkins only writes the new address into
it and keeps files that git does not know; the action would delete them, unless the address is its.
https://github.com/actions/checkout/blob/main/src/git-directory-helper.ts
https://github.com/jenkinsci/git-client-plugin (CliGitAPIImpl, `clone_`)
"""

from __future__ import annotations

import re

from jenkins2gha.actions.expressions import Expression, Function
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.actions.workflow import Text
from jenkins2gha.diagnostics import Certainty, Diagnostic, Outcome
from jenkins2gha.mapping.checkout import ACTION, GIT
from jenkins2gha.mapping.interpolation import Script
from jenkins2gha.mapping.mappers.delete_dir import DELETION, EMPTY_HERE
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.quoting import shell_word
from jenkins2gha.mapping.translation import Context, Scope, Translation
from jenkins2gha.mapping.without_files import makes_no_files
from jenkins2gha.record import dataclass, replace
from jenkins2gha.rules import diagnose
from jenkins2gha.shell.words import commands
from jenkins2gha.source import Span

READDRESSED = "checkout-readdressed"
"""The rule in the origin of a step that writes another address into a `.git`."""
REPLACED = "checkout-replaced"
_OWN = '"$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"'
_LEAVES_FILES = (
    *("actions/setup-", "actions/upload-artifact", "docker/login-action", "gradle/actions/"),
    "stCarolas/",
)
_SAYS = frozenset("echo printf hostname whoami pwd id date uname env ls true".split())
"""Commands that write no file."""
_WRITES_NOTHING = (
    "echo",
    "error",
    "sleep",
    "credential-file",
    "credential-file-removed",
    "environment-step",
    "make-directory",
    "directory-found",
)


@dataclass(frozen=True, slots=True)
class _Tree:
    """A checkout in a folder; `settled` is the condition under which it is there, None for always;
    `used` says that something ran since that may have left files."""

    checkout: ActionStep
    settled: Expression | None
    used: bool = False


def with_addresses(translation: Translation, context: Context) -> Translation:
    """The translation with a new address for each `.git` that a checkout is to keep files in."""
    trees: dict[str, _Tree] = {}
    steps: list[ActionStep] = []
    said: list[Diagnostic] = []
    for step in translation.steps:
        if not _checks_out(step):
            trees = {path: tree for path, tree in trees.items() if not _deletes(step, path)}
            if _may_write(step):
                trees = {path: replace(tree, used=True) for path, tree in trees.items()}
            steps.append(step)
            continue
        path = _path(step)
        before = trees.get(path)
        if before and _repository(before.checkout) != _repository(step):
            if not before.used and _is_implied(before.checkout) and _takes_one_branch(step):
                said.append(_diagnosed(step, REPLACED, _one_branch(step)))
            if before.used and step.uses and step.inputs.get("clean") is False:
                steps.append(_readdressed(step, before, context))
                message = "the `.git` of another repository stays, and what earlier steps left"
                said.append(_diagnosed(step, READDRESSED, message))
        steps.append(step)
        trees[path] = _Tree(step, _settled(step, before))
    outcomes = tuple(Outcome(one.span, one.certainty) for one in said if one.certainty is not None)
    return replace(
        translation,
        steps=tuple(steps),
        diagnostics=(*translation.diagnostics, *said),
        outcomes=(*translation.outcomes, *outcomes),
    )


def _checks_out(step: ActionStep) -> bool:
    return step.uses == ACTION or _rule(step) == GIT


def _rule(step: ActionStep) -> str:
    return step.origin.rule if step.origin else ""


def _deletes(step: ActionStep, path: str) -> bool:
    """Whether a step leaves nothing of a folder."""
    own = _rule(step) == DELETION and step.run == EMPTY_HERE and step.condition is None
    return own and (_path(step) in ("", path) or path.startswith(f"{_path(step)}/"))


def _may_write(step: ActionStep) -> bool:
    if step.uses:
        return not step.uses.startswith(_LEAVES_FILES)
    quiet = _rule(step) in _WRITES_NOTHING or makes_no_files(step) or _only_says(step)
    return not quiet


def _only_says(step: ActionStep) -> bool:
    """Whether a script only prints."""
    script = str(step.run)
    if step.script_kind == "bat":
        lines = [line.lstrip("@ ").lower().split() for line in script.splitlines()]
        return all(line[0] in _SAYS for line in lines if line) and not set(script) & set("<>&|")
    if step.script_kind != "sh" or step.inner:
        return False
    return all(
        one.name in _SAYS and not any(">" in into.text for into in one.redirections)
        for one in commands(script)
    )


def _path(step: ActionStep) -> str:
    path = step.inputs.get("path", "") if step.uses else step.working_directory or ""
    return str(path).rstrip("/")


def _repository(step: ActionStep) -> object:
    """What tells the addresses of two checkouts apart."""
    if step.uses:
        return (step.inputs.get("repository"), "ssh-key" in step.inputs)
    return (step.run, tuple(step.env.items()))


def _settled(step: ActionStep, before: _Tree | None) -> Expression | None:
    """The condition under which some `.git` stands in the folder from here on."""
    if step.condition in (None, Function("success")) or (before and before.settled is None):
        return None
    return step.condition


def _is_implied(step: ActionStep) -> bool:
    """Whether a checkout is the one of the agent, which no step asks for."""
    return _rule(step) == "checkout-own" and "clean" not in step.inputs


def _takes_one_branch(step: ActionStep) -> bool:
    if not step.uses:
        return "GIT_REVISION" not in step.env
    return _rule(step) == "checkout-other" and isinstance(step.inputs.get("ref", ""), str)


def _one_branch(step: ActionStep) -> str:
    branch = step.inputs.get("ref")
    named = f"the branch `{branch}`" if branch else "the default branch, where Jenkins took any"
    return (
        f"this replaces the checkout before it, so every push and pull request builds {named}; "
        "if it is your own repository, and each is to build its own code, delete this step"
    )


def _diagnosed(step: ActionStep, rule: str, message: str) -> Diagnostic:
    site = _site(step)
    name = re.match(r"\w*", site.text)
    construct = f"step {name[0] if name else ''}".rstrip()
    return diagnose(rule, site, message, construct=construct)


def _site(step: ActionStep) -> Span:
    assert step.origin
    return step.origin.spans[0]


def _readdressed(step: ActionStep, before: _Tree, context: Context) -> ActionStep:
    env: dict[str, Text] = {}
    command = f"git config --file .git/config remote.origin.url {_address(step, env)}"
    if before.settled is not None and before.settled != step.condition:
        command = f"[ ! -d .git ] || {command}"
    scope = Scope(directory=_path(step), stage=step.stage or "", condition=step.condition)
    own = shell_step(
        Script(command, env),
        _site(step),
        READDRESSED,
        scope=scope,
        context=context,
        certainty=Certainty.EQUIVALENT,
        here=True,
    )
    return replace(own, name="Keep the files of earlier steps")


def _address(step: ActionStep, env: dict[str, Text]) -> str:
    """The address that the action will look for, as a word of a shell."""
    repository = step.inputs.get("repository")
    key = "ssh-key" in step.inputs
    if repository is None or isinstance(repository, bool | int):
        return '"git@${GITHUB_SERVER_URL#*://}:$GITHUB_REPOSITORY.git"' if key else _OWN
    if isinstance(repository, str):
        whole = f"git@github.com:{repository}.git" if key else f"https://github.com/{repository}"
        return shell_word(whole)
    env["GIT_REPOSITORY"] = repository
    return '"git@github.com:$GIT_REPOSITORY.git"' if key else '"https://github.com/$GIT_REPOSITORY"'
