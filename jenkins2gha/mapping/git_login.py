"""The credentials of a checkout or a registry as the secrets that it logs in with."""

from __future__ import annotations

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.workflow import Text
from jenkins2gha.jenkins.values import Known, Value, text_of
from jenkins2gha.mapping.checkout import Login
from jenkins2gha.mapping.credentials import secret_name
from jenkins2gha.mapping.remotes import Refused, is_ssh, on_github
from jenkins2gha.mapping.translation import Context, Secret


def login(
    credential: Value | None, url: Text, context: Context
) -> tuple[Login, tuple[Secret, ...]]:
    """How a checkout from `url` logs in: with a key for ssh, else with user and password.

    Raises Refused for credentials that only a run knows.
    """
    id_ = text_of(credential)
    if (credential is not None and not isinstance(credential, Known)) or "${" in (id_ or ""):
        raise Refused("which credentials it logs in with is only known to a run")
    if not id_:
        return Login(), ()
    setting = context.configuration.credentials.get(id_)
    kind = (setting.kind if setting else None) or context.credential_kinds.get(id_)
    if is_ssh(url) and kind in (None, "sshUserPrivateKey"):
        key = secret_name(id_, "value", context)
        return Login(key=key), (Secret(key, id_, "sshUserPrivateKey", "SSH key"),)
    if kind == "string":
        token = secret_name(id_, "value", context)
        return Login(password=token), (Secret(token, id_, "string", "secret text"),)
    user, password = (secret_name(id_, part, context) for part in ("username", "password"))
    if on_github(url) is not None:
        return Login(password=password), _login(None, password, id_)
    secrets = _login(user, password, id_)
    return Login(user=user, password=password), secrets


def registry_login(
    credential: Value | None, context: Context
) -> tuple[dict[str, Text], tuple[Secret, ...]]:
    """The `credentials:` of a container, and the secrets in them."""
    id_ = text_of(credential)
    if not id_:
        return {}, ()
    user, password = (secret_name(id_, part, context) for part in ("username", "password"))
    secrets = _login(user, password, id_)
    return {"username": Path(f"secrets.{user}"), "password": Path(f"secrets.{password}")}, secrets


def _login(user: str | None, password: str, id_: str) -> tuple[Secret, ...]:
    kind = "usernamePassword"
    own = (Secret(user, id_, kind, "user name"),) if user else ()
    return (*own, Secret(password, id_, kind, "password"))
