"""Blocks that give scripts the address and the login of a service, in their environment.

https://docs.sonarsource.com/sonarqube-server/latest/analyzing-source-code/ci-integration/jenkins-integration/
https://plugins.jenkins.io/pipeline-aws/
https://plugins.jenkins.io/kubernetes-cli/
https://plugins.jenkins.io/config-file-provider/
"""

from __future__ import annotations

from jenkins2gha.actions import expressions as gha
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Described, ListOf, MapOf, Value, text_of
from jenkins2gha.mapping.credentials import Binding, Bound, bind, secret_name
from jenkins2gha.mapping.lower import lower
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.stated import stated
from jenkins2gha.mapping.translation import (
    Context,
    Scope,
    Secret,
    Translate,
    Translation,
    binned,
)
from jenkins2gha.mapping.variables import with_text
from jenkins2gha.rules import diagnose

_SONAR_TOKEN = "SONAR_TOKEN"  # noqa: S105
_TOKEN = ("service", "token of SonarQube")
_KUBERNETES = ("serverUrl", "clusterName", "contextName", "namespace", "caCertificate")


def with_sonar(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`withSonarQubeEnv('sonar') { sh 'mvn sonar:sonar' }` → the server's address and token.

    `SONAR_HOST_URL` and `SONAR_TOKEN` are the names that Sonar's scanners read; the plugin's own
    `SONAR_AUTH_TOKEN` and `SONAR_MAVEN_GOAL` are there where the block names them.
    """
    given = step.arguments.get("credentialsId")
    identity = text_of(given)
    if given is not None and identity is None:
        message = "which token `withSonarQubeEnv` uses is only known to a run"
        own = manual(step, "argument-unknown", message, scope, context)
        return own + translate(step.body or (), scope)
    name = secret_name(identity, "value", context) if identity else _SONAR_TOKEN
    token = gha.Context(f"secrets.{name}")
    inner = with_text(scope, "SONAR_HOST_URL", gha.Context("vars.SONAR_HOST_URL"))
    inner = with_text(inner, "SONAR_TOKEN", token)
    if "SONAR_AUTH_TOKEN" in step.span.text:
        inner = with_text(inner, "SONAR_AUTH_TOKEN", token)
    if "SONAR_MAVEN_GOAL" in step.span.text:
        inner = with_text(inner, "SONAR_MAVEN_GOAL", "sonar:sonar")
    secret = Secret(name, identity or None, *_TOKEN)
    message = f"the server's address is the variable SONAR_HOST_URL, its token the secret {name}"
    own = stated(step, ("sonar-server", message), scope, context, secrets=(secret,))
    return own + translate(step.body or (), inner)


def with_aws(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`withAWS(credentials: 'id', region: 'eu-west-1') { }` → keys and region on the steps inside.

    A role is left to a person: its session needs a login of its own.
    """
    refused = [
        name
        for name in step.arguments
        if name not in ("credentials", "region") and _is_set(step, name)
    ]
    region = step.arguments.get("region")
    place = None if region is None else lower(region, scope, context)
    given = step.arguments.get("credentials")
    identity = text_of(given)
    if refused or (region is not None and place is None) or (given is not None and not identity):
        what = f"`{refused[0]}`" if refused else "an argument that Groovy computes"
        message = f"`withAWS` is given {what}"
        own = manual(step, "aws-login", message, scope, context)
        return own + translate(step.body or (), scope)
    inner = scope
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION") if place else ():
        inner = with_text(inner, name, place or "")
    bound = Bound(inner)
    if identity:
        parts: dict[str, str] = {
            "access": "AWS_ACCESS_KEY_ID",
            "secret": "AWS_SECRET_ACCESS_KEY",
        }
        bound = bind(Binding("aws", identity, parts), inner, context, step.span)  # type: ignore[arg-type]
    own = Translation(outcomes=binned(step.span, Certainty.EQUIVALENT))
    return own + bound.before + translate(step.body or (), bound.scope) + bound.after


def _is_set(step: Step, name: str) -> bool:
    return text_of(step.arguments[name]) != ""


def with_kubernetes(
    step: Step, scope: Scope, context: Context, translate: Translate
) -> Translation:
    """`withKubeConfig([credentialsId: 'k8s']) { sh 'kubectl …' }` → a file for KUBECONFIG."""
    given = _fields(step)
    identity = text_of(given.get("credentialsId"))
    if not identity:
        message = "the credential of the cluster is only known to a run, or is the agent's own"
        own = manual(step, "cluster-unknown", message, scope, context)
        return own + translate(step.body or (), scope)
    binding = Binding("file", identity, {"value": "KUBECONFIG"}, writable=True)
    bound = bind(binding, scope, context, step.span)
    name = secret_name(identity, "value", context)
    wanted = [
        f"{key} {text_of(given[key]) or 'as in the source'}"
        for key in _KUBERNETES
        if given.get(key)
    ]
    message = f"the secret {name} has to hold a whole kubeconfig file"
    message += f", its current context with {', '.join(wanted)}" if wanted else ""
    own = stated(step, ("kubeconfig-secret", message), scope, context)
    return own + bound.before + translate(step.body or (), bound.scope) + bound.after


def _fields(step: Step) -> dict[str, Value]:
    """The arguments, which are also written as one map, or as a list with one map in it."""
    found = dict(step.arguments)
    for value in (*step.arguments.values(), *step.positional):
        items = value.items if isinstance(value, ListOf) else (value,)
        for item in items:
            if isinstance(item, MapOf):
                found |= dict(item.entries)
            elif isinstance(item, Described):
                found |= item.arguments
    return found


def config_files(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`configFileProvider([configFile(fileId: 'x', variable: 'X')]) { }` → a secret in a file."""
    files = step.arguments.get("managedFiles") or (step.positional[0] if step.positional else None)
    bound = Bound(scope)
    names: list[str] = []
    for value in files.items if isinstance(files, ListOf) else (files,):
        fields = value.arguments if isinstance(value, Described) else {}
        identity, variable = text_of(fields.get("fileId")), text_of(fields.get("variable"))
        others = {"targetLocation", "replaceTokens"} & fields.keys()
        others -= {name for name in others if text_of(fields[name]) in ("", "false")}
        if not identity or not variable or others:
            message = "a configuration file has no variable, or goes to a place of its own"
            own = manual(step, "config-file-unknown", message, scope, context)
            return own + translate(step.body or (), scope)
        binding = Binding("file", identity, {"value": variable})
        added = bind(binding, bound.scope, context, step.span)
        bound = Bound(added.scope, bound.before + added.before, added.after + bound.after)
        names.append(secret_name(identity, "value", context))
    message = f"the text of the file has to be in the secret {' and '.join(names)}"
    said = diagnose("config-file-secret", step.span, message, construct=construct(step))
    own = Translation(
        diagnostics=(said,), outcomes=binned(step.span, said.certainty or Certainty.APPROXIMATE)
    )
    return own + bound.before + translate(step.body or (), bound.scope) + bound.after
