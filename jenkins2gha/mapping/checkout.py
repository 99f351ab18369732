"""A checkout of the pipeline's own or of another repository.

https://github.com/actions/checkout
https://plugins.jenkins.io/git/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.mapping.interpolation import Script
from jenkins2gha.mapping.masks import joined, mask
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.quoting import shell_word
from jenkins2gha.mapping.remotes import Refused, Revision, is_ssh, on_github, place
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.mapping.uses import Inputs, in_directory, uses
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.source import Span

ACTION = "actions/checkout"
GIT = "checkout-git"
"""The rule in the origin of a step that checks out with git itself."""
HEAD = Path("github.event.pull_request.head.sha")
"""What Jenkins builds of a pull request; the action's own default is the merge commit."""


@dataclass(frozen=True, slots=True)
class Login:
    """The secrets that a checkout logs in with: a key, or a user and a password (or token)."""

    key: str | None = None
    user: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Remote:
    """`url` is None for the repository that the workflow stands in."""

    url: Text | None = None
    revision: Revision = field(default_factory=lambda: Revision(None))
    login: Login = field(default_factory=Login)


@dataclass(frozen=True, slots=True)
class Manner:
    """How the files are laid out: the folder below the current one, and inputs of the action.

    `submodules_log_in` says that submodules get the login of their parent.
    """

    directory: str = ""
    inputs: Mapping[str, Text | bool | int] = field(default_factory=dict)
    clean: bool = False
    submodules_log_in: bool = False


def implied(site: Span, scope: Scope, context: Context) -> ActionStep:
    """The checkout that a declarative agent does by itself."""
    inputs: dict[str, Text | bool | int | None] = {
        "ref": HEAD if context.pull_request else None,
        "path": in_directory("", scope) or None,
        "persist-credentials": False,
    }
    return uses(ACTION, inputs, scope, Origin((site,), "checkout-own", Certainty.EXACT))


def check_out(
    remote: Remote, manner: Manner, site: Span, scope: Scope, context: Context
) -> ActionStep:
    """The step that a checkout becomes: the action, or git itself for other hosts.

    The action refuses a folder outside the workspace, git does not. Raises Refused.
    """
    outside = any(map(is_outside, (manner.directory, in_directory(manner.directory, scope))))
    if remote.url is None and outside:
        raise Refused("actions/checkout does not write outside the workspace")
    if remote.url is None:
        head = HEAD if context.pull_request else None
        own = {"ref": remote.revision.ref or head}
        return _action(own, remote, manner, site, scope)
    repository = on_github(remote.url)
    if repository is not None and not outside:
        other = {"repository": repository, "ref": remote.revision.ref}
        return _called(repository, _action(other, remote, manner, site, scope))
    return _called(place(remote.url), _git(remote, manner, site, scope, context))


def _called(repository: Text | None, step: ActionStep) -> ActionStep:
    """The step with the repository in its name, where that is a constant."""
    name = f"Check out {repository}" if isinstance(repository, str) else "Check out"
    return replace(step, name=name)


def is_outside(path: Text) -> bool:
    """Whether a folder, as it is written, does not lie in the workspace."""
    return re.match(r"/|\.\.(?:/|\Z)|~|[A-Za-z]:", mask(path).text) is not None


def _action(where: Inputs, remote: Remote, manner: Manner, site: Span, scope: Scope) -> ActionStep:
    login = remote.login
    certainty = Certainty.EXACT if remote.url is None else Certainty.EQUIVALENT
    rule = "checkout-own" if remote.url is None else "checkout-other"
    inputs: dict[str, Text | bool | int | None] = {
        **where,
        "token": Path(f"secrets.{login.password}") if login.password else None,
        "ssh-key": Path(f"secrets.{login.key}") if login.key else None,
        "path": in_directory(manner.directory, scope) or None,
        # What earlier steps left in the workspace stays there, unless Jenkins was told to clean.
        "clean": None if manner.clean else False,
        **manner.inputs,
        "persist-credentials": False,
    }
    return uses(ACTION, inputs, scope, Origin((site,), rule, certainty))


def _git(remote: Remote, manner: Manner, site: Span, scope: Scope, context: Context) -> ActionStep:
    """Git's own commands, for a host or a folder that the action does not know."""
    unknown = [name for name in manner.inputs if name not in ("fetch-depth", "submodules")]
    if unknown:
        raise Refused(f"`{unknown[0]}` is not translated outside of actions/checkout")
    env: dict[str, Text] = {}
    url = _word(remote.url or "", "GIT_REMOTE", env)
    login = _login(remote)
    heads = "'+refs/heads/*:refs/remotes/origin/*'"
    default = " HEAD" if remote.revision.ref is None else ""
    lines = [
        "git init --quiet",
        f"git remote add origin {url} || git remote set-url origin {url}",
        *login.before,
        f"git {login.options}fetch --tags --force origin{default} {heads}",
    ]
    switch = f"git checkout --force {_target(remote.revision, env)}"
    modules = manner.inputs.get("submodules")
    if modules:
        deep = " --recursive" if modules == "recursive" else ""
        update = f"submodule update --init{deep}"
        if manner.submodules_log_in:
            lines += [switch, f"git {login.options}{update}", *login.after]
        else:
            lines += [*login.after, switch, f"git {update}"]
    else:
        lines += [*login.after, switch]
    if manner.clean:
        lines.append("git clean -ffdx")
    if context.container:
        # The workspace there belongs to the machine's user; git trusts no other's folder.
        lines.insert(0, 'git config --global --add safe.directory "$PWD"')
    script = Script("\n".join(lines), env, dict(login.secrets))
    step = shell_step(
        script,
        site,
        GIT,
        scope=_below(manner.directory, scope),
        context=context,
        certainty=Certainty.EQUIVALENT,
        here=True,
    )
    return replace(step, script_kind="sh")


def _below(folder: str, scope: Scope) -> Scope:
    if not folder:
        return scope
    if scope.dynamic is not None:
        return scope.changed(dynamic=joined((scope.dynamic, folder), "/"))
    return scope.changed(directory=posixpath.join(scope.directory, folder))


def _word(text: Text, name: str, env: dict[str, Text]) -> str:
    """A text as one word of a shell; what is not literal goes through the environment."""
    if isinstance(text, str):
        return shell_word(text)
    env[name] = text
    return f'"${name}"'


def _target(revision: Revision, env: dict[str, Text]) -> str:
    if revision.ref is None:
        return "FETCH_HEAD"
    if isinstance(revision.branch, str):
        branch = revision.branch
        return f"-B {shell_word(branch)} {shell_word(f'origin/{branch}')}"
    word = _word(revision.ref, "GIT_REVISION", env)
    if mask(revision.ref).text.startswith("refs/") or isinstance(revision.ref, str):
        return word
    # The name may be that of a branch which another checkout has left here, at its own commit.
    return f'-B {word} "origin/$GIT_REVISION" || git checkout --force {word}'


@dataclass(frozen=True, slots=True)
class _GitLogin:
    """git's options for a login, its secrets, and the commands around the fetch."""

    options: str = ""
    secrets: Mapping[str, Text] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def _login(remote: Remote) -> _GitLogin:
    login = remote.login
    if login.key:
        key = '"$RUNNER_TEMP/git-key"'
        return _GitLogin(
            f"-c core.sshCommand='ssh -i {key} -o StrictHostKeyChecking=accept-new' ",
            {"GIT_KEY": Path(f"secrets.{login.key}")},
            (f"( umask 077; printf '%s\\n' \"$GIT_KEY\" > {key} )",),
            (f"rm -f {key}",),
        )
    if login.password and not is_ssh(remote.url or ""):
        helper = '!f() { echo "username=$GIT_USER"; echo "password=$GIT_PASSWORD"; }; f'
        secrets: dict[str, Text] = {
            "GIT_USER": Path(f"secrets.{login.user}") if login.user else "git",
            "GIT_PASSWORD": Path(f"secrets.{login.password}"),
        }
        return _GitLogin(f"-c credential.helper='{helper}' ", secrets)
    return _GitLogin()
