"""Credentials of Jenkins as secrets of GitHub.

A secret is named after the credential's id in upper case, every other character as `_`, with a
suffix for its part: `deploy-key` → `DEPLOY_KEY`, its user name `DEPLOY_KEY_USR`, its password or
passphrase `DEPLOY_KEY_PSW`; the keys of an AWS account end in `_ACCESS_KEY_ID` and
`_SECRET_ACCESS_KEY`, the parts of a service principal in `_CLIENT_ID`, `_CLIENT_SECRET`,
`_TENANT_ID` and `_SUBSCRIPTION_ID`. A name that GitHub refuses gets `JENKINS_` in front; of two ids
with the same name the second in the alphabet gets `_2`. The configuration can name any secret.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, TypeAlias

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.actions.workflow import Template, Text
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.mapping.interpolation import Script
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.translation import (
    NOTHING,
    Context,
    CredentialFile,
    Scope,
    Secret,
    Translation,
)
from jenkins2gha.mapping.variables import with_text
from jenkins2gha.record import dataclass, replace
from jenkins2gha.rules import diagnose
from jenkins2gha.slug import slug
from jenkins2gha.source import Span

Part: TypeAlias = Literal[
    "value",
    "username",
    "password",
    "passphrase",
    "colon",
    "access",
    "secret",
    "subscription",
    "client",
    "client_secret",
    "tenant",
]

KINDS = ("string", "usernamePassword", "usernameColonPassword", "file", "sshUserPrivateKey")
"""The kinds that are translated."""

WRITTEN, REMOVED = "credential-file", "credential-file-removed"
"""The rules in the origins of the steps around a block that write and remove a file."""

_SUFFIX = {
    "value": "",
    "username": "_USR",
    "password": "_PSW",
    "passphrase": "_PSW",
    "access": "_ACCESS_KEY_ID",
    "secret": "_SECRET_ACCESS_KEY",
    "subscription": "_SUBSCRIPTION_ID",
    "client": "_CLIENT_ID",
    "client_secret": "_CLIENT_SECRET",
    "tenant": "_TENANT_ID",
}
_WORDS = {
    "username": "user name",
    "password": "password",
    "passphrase": "passphrase",
    "string": "secret text",
    "file": "file",
    "sshUserPrivateKey": "SSH key",
    "access": "access key id",
    "secret": "secret access key",
    "subscription": "subscription id",
    "client": "client id",
    "client_secret": "client secret",
    "tenant": "tenant id",
}


@dataclass(frozen=True, slots=True)
class Binding:
    """A credential, and the variable that each part of it goes into; `colon` is `user:password`,
    and with `git` git itself logs in with it. A `writable` file is one that commands may change, as
    `kubectl config` does that of a cluster's login."""

    kind: str
    id: str
    variables: Mapping[Part, str]
    git: bool = False
    writable: bool = False


_OF_GIT = {
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "credential.helper",
    "GIT_CONFIG_VALUE_0": (
        '!printf "username=%s\\npassword=%s\\n" "$GIT_USERNAME" "$GIT_PASSWORD" #'
    ),
}
"""What makes git log in with the variables of `gitUsernamePassword`. Git puts the word for what it
wants behind the command, which is why that ends with a `#`.
https://git-scm.com/docs/gitcredentials#_custom_helpers
"""


@dataclass(frozen=True, slots=True)
class Bound:
    """The scope that sees a credential, and what stands before and behind the steps that do."""

    scope: Scope
    before: Translation = NOTHING
    after: Translation = NOTHING


def secret_name(credential: str, part: Part, context: Context) -> str:
    """The secret of one part of a credential."""
    setting = context.configuration.credentials.get(credential)
    if setting and part in setting.secrets:
        return setting.secrets[part]
    own = _word(credential)
    same = {credential, *_by_word(tuple(context.credential_kinds)).get(own, ())}
    number = sorted(same).index(credential) + 1
    return own + (f"_{number}" if number > 1 else "") + _SUFFIX[part]


@lru_cache(maxsize=4)
def _by_word(credentials: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in credentials:
        found.setdefault(_word(one), []).append(one)
    return found


def _word(credential: str) -> str:
    word = re.sub(r"[^A-Z0-9]+", "_", credential.upper()).strip("_")
    # `GITHUB` alone is allowed, but its parts are `GITHUB_USR` and `GITHUB_PSW`.
    return word if re.match(r"(?!GITHUB(?:_|\Z))[A-Z]", word) else f"JENKINS_{word}"


def in_environment(kind: str, variable: str, credential: str) -> Binding:
    """`VARIABLE = credentials('id')` for a credential of a kind."""
    parts: dict[Part, str] = {"value": variable}
    if kind in ("usernamePassword", "usernameColonPassword"):
        kind = "usernamePassword"
        parts = {
            "colon": variable,
            "username": f"{variable}_USR",
            "password": f"{variable}_PSW",
        }
    elif kind == "sshUserPrivateKey":
        parts |= {"username": f"{variable}_USR", "passphrase": f"{variable}_PSW"}
    return Binding(kind, credential, parts)


def bind(binding: Binding, scope: Scope, context: Context, site: Span) -> Bound:
    """Gives a credential to the shell steps of a scope."""
    secrets = tuple(dict.fromkeys(_secrets(binding, context)))
    bound = Bound(scope, Translation(secrets=secrets))
    for part, variable in binding.variables.items():
        if part == "value" and binding.kind in ("file", "sshUserPrivateKey"):
            bound = _with_file(bound, binding, variable, context, site)
        else:
            text = _text(binding, part, context)
            bound = Bound(with_text(bound.scope, variable, text), bound.before, bound.after)
    for name, text in _OF_GIT.items() if binding.git else ():
        bound = replace(bound, scope=with_text(bound.scope, name, text))
    return bound


def _secrets(binding: Binding, context: Context) -> list[Secret]:
    found = []
    for part in binding.variables:
        pieces: tuple[Part, ...] = ("username", "password") if part == "colon" else (part,)
        for piece in pieces:
            what = _WORDS[binding.kind if piece == "value" else piece]
            name = secret_name(binding.id, piece, context)
            found.append(Secret(name, binding.id, binding.kind, what))
    return found


def _text(binding: Binding, part: Part, context: Context) -> Text:
    if part == "colon":
        user = _reference(binding, "username", context)
        return Template((user, ":", _reference(binding, "password", context)))
    return _reference(binding, part, context)


def _reference(binding: Binding, part: Part, context: Context) -> gha.Context:
    return gha.Context(f"secrets.{secret_name(binding.id, part, context)}")


def _with_file(
    bound: Bound, binding: Binding, variable: str, context: Context, site: Span
) -> Bound:
    """A file of mode 400 that lives as long as the block."""
    scope, secret = bound.scope, secret_name(binding.id, "value", context)
    name = slug(secret) + (".key" if binding.kind == "sshUserPrivateKey" else "")
    separator = "\\" if context.runner.os == "windows" else "/"
    path: Text = Template((gha.Context("runner.temp"), separator + name))
    if context.container:
        path = f"/tmp/{name}"  # noqa: S108
    inner = with_text(scope, variable, path)
    file = CredentialFile(variable, secret, name)
    if any(one.path == name for one in scope.files):
        return Bound(inner, bound.before, bound.after)
    place = f"/tmp/{name}" if context.container else f'"$RUNNER_TEMP/{name}"'  # noqa: S108
    mode = "077" if binding.writable else "377"
    script = f"rm -f {place}\n(umask {mode} && printf '%s\\n' \"${variable}\" > {place})"
    write = shell_step(
        Script(script, secrets={variable: gha.Context(f"secrets.{secret}")}),
        site,
        WRITTEN,
        scope=Scope(stage=scope.stage, condition=scope.condition, post=scope.post),
        context=context,
        certainty=Certainty.EQUIVALENT,
    )
    remove = _removal(place, scope, context, site)
    message = f"the file of `{binding.id}` is called `{name}`, not as it was uploaded to Jenkins"
    said = (diagnose("credential-file", site, message),) if binding.kind == "file" else ()
    return Bound(
        inner.changed(files=(*scope.files, file)),
        bound.before + Translation((_named(write, f"Write {name}"),), said),
        Translation(steps=(_named(remove, f"Remove {name}"),)) + bound.after,
    )


def _removal(place: str, scope: Scope, context: Context, site: Span) -> ActionStep:
    return shell_step(
        Script(f"rm -f {place}"),
        site,
        REMOVED,
        scope=Scope(stage=scope.stage, condition=gha.Function("always"), post=scope.post),
        context=context,
        certainty=Certainty.EQUIVALENT,
    )


def _named(step: ActionStep, name: str) -> ActionStep:
    return replace(step, name=name)
