"""`docker.withRegistry`, `withDockerRegistry`: a login, and the registry in front of the images.

https://www.jenkins.io/doc/book/pipeline/docker/#custom-registry
"""

from __future__ import annotations

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Constant, Expr, Known, Value, text_of
from jenkins2gha.mapping.credentials import secret_name
from jenkins2gha.mapping.git_login import registry_login
from jenkins2gha.mapping.images import LOGIN, registry_of
from jenkins2gha.mapping.lower import certainties, expression_of, lower, remarks
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.settled import with_constants
from jenkins2gha.mapping.translation import (
    Context,
    Scope,
    Secret,
    Translate,
    Translation,
    binned,
)


class _Unknown(Exception):
    """Why a login is left to a person."""


def with_registry(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`docker.withRegistry('https://r', 'id') { }` → docker/login-action, and `r/` in front."""
    url = step.arguments.get("url")
    try:
        registry = _registry(url, scope, context)
        login, secrets = _login(step, registry, scope, context)
    except _Unknown as error:
        own = manual(step, "registry-login", str(error), scope, context)
        return own + translate(step.body or (), scope)
    prefixed = registry if step.name.startswith("docker.") else scope.registry
    said = remarks(url, step.span, construct(step), scope, context)
    bins = [Certainty.EQUIVALENT, *certainties(url, scope, context)]
    bins += [one.certainty for one in said if one.certainty]
    own = Translation(login, said, binned(step.span, worst(bins)), secrets=secrets)
    return own + translate(step.body or (), scope.changed(registry=prefixed))


def _registry(url: Value | None, scope: Scope, context: Context) -> Expr | None:
    expression = expression_of(url) if url is not None else Constant("")
    if expression is None:
        raise _Unknown("the address of the registry is computed by Groovy")
    try:
        return registry_of(with_constants(expression, scope, context))
    except ValueError:
        raise _Unknown("the address of the registry is only known to a run") from None


def _login(
    step: Step, registry: Expr | None, scope: Scope, context: Context
) -> tuple[tuple[ActionStep, ...], tuple[Secret, ...]]:
    credential = step.arguments.get("credentialsId")
    if credential is not None and not isinstance(credential, Known):
        raise _Unknown("which credentials the registry takes is only known to a run")
    if not text_of(credential):
        return (), ()
    inputs, secrets = _inputs(credential, context)
    host = None if registry is None else lower(registry, scope, context)
    if registry is not None and host is None:
        raise _Unknown("the address of the registry is only known to a script")
    if host is not None:
        inputs = {"registry": host, **inputs}
    origin = Origin((step.span,), "registry-login", Certainty.EQUIVALENT)
    return (ActionStep(uses=LOGIN, inputs=inputs, origin=origin),), secrets


def _inputs(
    credential: Value | None, context: Context
) -> tuple[dict[str, Text], tuple[Secret, ...]]:
    """User and password; of a plugin's credential for a cloud, what that cloud takes for them."""
    id_ = text_of(credential) or ""
    kind, _, rest = id_.partition(":")
    if kind == "gcr" and rest:
        key = secret_name(rest, "value", context)
        inputs: dict[str, Text] = {"username": "_json_key", "password": Path(f"secrets.{key}")}
        return inputs, (Secret(key, rest, "file", "key of the service account (JSON)"),)
    if kind == "ecr" and rest:
        own = rest.rpartition(":")[2]
        user, password = (secret_name(own, part, context) for part in ("access", "secret"))
        inputs = {"username": Path(f"secrets.{user}"), "password": Path(f"secrets.{password}")}
        return inputs, (
            Secret(user, own, "aws", "access key id"),
            Secret(password, own, "aws", "secret access key"),
        )
    return registry_login(credential, context)
