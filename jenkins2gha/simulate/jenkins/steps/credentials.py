"""Credentials as variables. Source: credentials-binding-plugin, impl/*Binding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from jenkins2gha.simulate.jenkins.build import Layer
from jenkins2gha.simulate.jenkins.errors import Unknown
from jenkins2gha.simulate.jenkins.groovy.values import Symbol, Value, to_text
from jenkins2gha.simulate.jenkins.invocation import Invocation

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run

# Which variable holds which part: by the binding, the argument that names the variable → the part.
_PARTS: Final[dict[str, dict[str, str]]] = {
    "string": {"variable": ""},
    "file": {"variable": ""},
    "zip": {"variable": ""},
    "dockerCert": {"variable": ""},
    "kubeconfigFile": {"variable": ""},
    "kubeconfigContent": {"variable": ""},
    "vaultString": {"variable": ""},
    "usernamePassword": {"usernameVariable": ".username", "passwordVariable": ".password"},
    "usernameColonPassword": {"variable": "login"},
    "sshUserPrivateKey": {
        "keyFileVariable": "",
        "usernameVariable": ".username",
        "passphraseVariable": ".passphrase",
    },
    "certificate": {
        "keystoreVariable": "",
        "passwordVariable": ".password",
        "aliasVariable": ".alias",
    },
    "azureServicePrincipal": {
        "subscriptionIdVariable": ".subscriptionId",
        "clientIdVariable": ".clientId",
        "clientSecretVariable": ".clientSecret",
        "tenantIdVariable": ".tenantId",
    },
    "aws": {"accessKeyVariable": ".accessKey", "secretKeyVariable": ".secretKey"},
}
_CLASSES: Final = {
    "StringBinding": "string",
    "UsernamePasswordMultiBinding": "usernamePassword",
    "UsernamePasswordBinding": "usernameColonPassword",
    "FileBinding": "file",
    "ZipFileBinding": "zip",
    "SSHUserPrivateKeyBinding": "sshUserPrivateKey",
    "CertificateMultiBinding": "certificate",
    "DockerServerCredentialsBinding": "dockerCert",
    "AmazonWebServicesCredentialsBinding": "aws",
    "AzureCredentialsBinding": "azureServicePrincipal",
}
_DEFAULTS: Final = {
    ("azureServicePrincipal", "subscriptionIdVariable"): "AZURE_SUBSCRIPTION_ID",
    ("azureServicePrincipal", "clientIdVariable"): "AZURE_CLIENT_ID",
    ("azureServicePrincipal", "clientSecretVariable"): "AZURE_CLIENT_SECRET",
    ("azureServicePrincipal", "tenantIdVariable"): "AZURE_TENANT_ID",
    ("aws", "accessKeyVariable"): "AWS_ACCESS_KEY_ID",
    ("aws", "secretKeyVariable"): "AWS_SECRET_ACCESS_KEY",
}


def login(id_: str) -> str:
    """`user:password` of a login."""
    return f"secret:{id_}.username:secret:{id_}.password"


def _layers(binding: Value) -> list[Layer]:
    if isinstance(binding, Symbol):
        kind, given = binding.name, dict(binding.named)
    elif isinstance(binding, dict):
        kind = to_text(binding.get("$class", "")).rpartition(".")[2]
        given = {to_text(key): value for key, value in binding.items()}
    else:
        raise Unknown("a binding of credentials of this form")
    kind = _CLASSES.get(kind, kind)
    id_ = to_text(given.get("credentialsId", ""))
    if isinstance(binding, Symbol) and not id_ and binding.positional:
        id_ = to_text(binding.positional[0])
    if kind == "gitUsernamePassword":
        return [
            Layer("GIT_USERNAME", f"secret:{id_}.username"),
            Layer("GIT_PASSWORD", f"secret:{id_}.password"),
        ]
    if kind not in _PARTS:
        raise Unknown(f"the binding {kind} of credentials")
    return list(_bound(kind, given, id_))


def _bound(kind: str, given: Mapping[str, Value], id_: str) -> list[Layer]:
    found = []
    for argument, part in _PARTS[kind].items():
        name = given.get(argument) or _DEFAULTS.get((kind, argument))
        if name is not None:
            value = login(id_) if part == "login" else f"secret:{id_}{part}"
            found.append(Layer(to_text(name), value))
    return found


def _with_credentials(run: Run, called: Invocation) -> Value:
    bindings = called.get("bindings")
    if not isinstance(bindings, list):
        raise Unknown("withCredentials of what is no list")
    layers = [layer for one in bindings for layer in _layers(one)]
    with run.build.variables(layers):
        return run.body(called)


def _config_files(run: Run, called: Invocation) -> Value:
    """A file that Jenkins keeps stands for its text, which is a secret of the same name."""
    files = called.get("managedFiles")
    layers = [
        Layer(to_text(given["variable"]), f"secret:{to_text(given.get('fileId', ''))}")
        for one in (files if isinstance(files, list) else [files])
        if isinstance(one, Symbol) and "variable" in (given := dict(one.named))
    ]
    with run.build.variables(layers):
        return run.body(called)


STEPS: Final[dict[str, Callable[[Run, Invocation], Value]]] = {
    "withCredentials": _with_credentials,
    "configFileProvider": _config_files,
}
