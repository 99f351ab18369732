"""`withCredentials([string(…)]) { }`: secrets on the shell steps inside, and on no other.

https://www.jenkins.io/doc/pipeline/steps/credentials-binding/
"""

from __future__ import annotations

from collections.abc import Mapping

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Described, ListOf, Value, text_of
from jenkins2gha.mapping.credentials import Binding, Bound, Part, bind
from jenkins2gha.mapping.rows import manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.mapping.variables import with_left
from jenkins2gha.record import replace

_LONG_FORMS = {
    "StringBinding": "string",
    "UsernamePasswordMultiBinding": "usernamePassword",
    "UsernamePasswordBinding": "usernameColonPassword",
    "FileBinding": "file",
    "SSHUserPrivateKeyBinding": "sshUserPrivateKey",
    "AmazonWebServicesCredentialsBinding": "aws",
    "AzureCredentialsBinding": "azureServicePrincipal",
    "kubeconfigFile": "file",
    "kubeconfigContent": "string",
    "vaultString": "string",
    "vaultUsernamePassword": "usernamePassword",
    "vaultFile": "file",
    "gitUsernamePassword": "usernamePassword",
    "conjurSecretCredential": "string",
}
_PARTS: Mapping[str, Mapping[str, Part]] = {
    "string": {"variable": "value"},
    "usernamePassword": {"usernameVariable": "username", "passwordVariable": "password"},
    "usernameColonPassword": {"variable": "colon"},
    "file": {"variable": "value"},
    "sshUserPrivateKey": {
        "keyFileVariable": "value",
        "usernameVariable": "username",
        "passphraseVariable": "passphrase",
    },
    "aws": {"accessKeyVariable": "access", "secretKeyVariable": "secret"},
    "azureServicePrincipal": {
        "subscriptionIdVariable": "subscription",
        "clientIdVariable": "client",
        "clientSecretVariable": "client_secret",
        "tenantIdVariable": "tenant",
    },
}
_DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "aws": {
        "accessKeyVariable": "AWS_ACCESS_KEY_ID",
        "secretKeyVariable": "AWS_SECRET_ACCESS_KEY",
    },
    "azureServicePrincipal": {
        "subscriptionIdVariable": "AZURE_SUBSCRIPTION_ID",
        "clientIdVariable": "AZURE_CLIENT_ID",
        "clientSecretVariable": "AZURE_CLIENT_SECRET",
        "tenantIdVariable": "AZURE_TENANT_ID",
    },
    "vaultUsernamePassword": {"usernameVariable": "USERNAME", "passwordVariable": "PASSWORD"},
    "gitUsernamePassword": {
        "usernameVariable": "GIT_USERNAME",
        "passwordVariable": "GIT_PASSWORD",
    },
}
"""Variables that a binding sets without being told their names.

https://plugins.jenkins.io/aws-credentials/, https://plugins.jenkins.io/azure-credentials/
"""
_REFUSED = ("roleArn",)
"""Arguments that ask for a session of their own."""
_REQUIRED = {
    "string": ("variable",),
    "usernamePassword": ("usernameVariable", "passwordVariable"),
    "usernameColonPassword": ("variable",),
    "file": ("variable",),
    "sshUserPrivateKey": ("keyFileVariable",),
}


def with_credentials(
    step: Step, scope: Scope, context: Context, translate: Translate
) -> Translation:
    """`string(credentialsId: 'x', variable: 'X')` → `X: ${{ secrets.X }}` on the steps inside."""
    values = step.arguments.get("bindings")
    bound = Bound(scope)
    problems: list[str] = []
    for value in values.items if isinstance(values, ListOf) else (values,):
        binding = binding_of(value)
        if isinstance(binding, str):
            problems.append(binding)
            bound = replace(bound, scope=_left(value, bound.scope, step))
            continue
        added = bind(binding, bound.scope, context, step.span)
        bound = Bound(added.scope, bound.before + added.before, added.after + bound.after)
    inner = bound.before + translate(step.body or (), bound.scope) + bound.after
    if problems:
        return manual(step, "credential-kind", problems[0], scope, context) + inner
    return Translation(outcomes=binned(step.span, Certainty.EQUIVALENT)) + inner


def _left(value: Value | None, scope: Scope, step: Step) -> Scope:
    """The scope with the variables that a binding names, which is left to a person."""
    for argument, given in value.arguments.items() if isinstance(value, Described) else ():
        name = text_of(given)
        if name and argument.lower().endswith("variable"):
            scope = with_left(scope, name, step.span)
    return scope


def binding_of(value: Value | None) -> Binding | str:
    """A binding, or in words why it is none that can be translated."""
    if not isinstance(value, Described):
        return "the credentials are computed by Groovy"
    kind = _LONG_FORMS.get(value.symbol, value.symbol)
    if kind not in _PARTS or any(name in value.arguments for name in _REFUSED):
        return f"credentials of the kind `{value.symbol}` are not translated"
    credential = text_of(value.arguments.get("credentialsId"))
    if not credential:
        return "the id of a credential is only known to a run"
    variables: dict[Part, str] = {}
    for argument, part in _PARTS[kind].items():
        name = text_of(value.arguments.get(argument))
        name = _default(value, kind, argument) if name is None else name
        if name:
            variables[part] = name
        elif (name is None and argument in value.arguments) or argument in _REQUIRED.get(kind, ()):
            return f"`{argument}` of the credential '{credential}' is computed by Groovy"
    return Binding(kind, credential, variables, git=value.symbol == "gitUsernamePassword")


def _default(value: Described, kind: str, argument: str) -> str | None:
    """The variable that a binding sets where the source names none."""
    if argument in value.arguments:
        return None
    defaults = _DEFAULTS.get(value.symbol) or _DEFAULTS.get(kind, {})
    return defaults.get(argument)
