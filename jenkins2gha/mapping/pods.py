"""The pod of a Kubernetes agent, as its description tells it.

https://plugins.jenkins.io/kubernetes/#pod-template
https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jenkins2gha.configuration import Files
from jenkins2gha.jenkins.pipeline import Agent
from jenkins2gha.jenkins.values import Concat, Constant, Expr, Hole, MapOf, text_of
from jenkins2gha.mapping.interpolation import flat
from jenkins2gha.mapping.lower import expression_of
from jenkins2gha.mapping.pod_parts import FromSecret, PodContainer, Unreadable
from jenkins2gha.mapping.pod_templates import containers_of, is_template, volumes_of
from jenkins2gha.record import dataclass
from jenkins2gha.regex import regex

AGENT = "jnlp"
"""The container that Jenkins adds to every pod for itself, and in which it checks out."""

_MARK = regex(r"jenkins2ghaValue(\d+)End")
_OWN_IMAGE = regex(r"(?:^|/)(?:inbound-agent|jnlp-slave|jnlp-agent\S*)(?::|$)")
_SETTINGS = {
    "serviceAccountName": "its service account",
    "serviceAccount": "its service account",
    "nodeSelector": "the choice of its nodes",
    "affinity": "the choice of its nodes",
    "imagePullSecrets": "the logins of its registries",
    "hostNetwork": "the network of its node",
    "hostAliases": "the names of its hosts",
    "runtimeClassName": "its runtime",
}
_FIELDS = {
    "inheritFrom": "the template that it inherits from",
    "serviceAccount": "its service account",
    "nodeSelector": "the choice of its nodes",
}


@dataclass(frozen=True, slots=True)
class Pod:
    """The containers but Jenkins' own; `volumes` have their kind (`emptyDir`, `secret`, …) or the
    path of the node that they stand for; `settings` are what the cluster does for the pod."""

    containers: tuple[PodContainer, ...]
    volumes: Mapping[str, str]
    settings: tuple[str, ...] = ()

    def get(self, name: str) -> PodContainer | None:
        return next((one for one in self.containers if one.name == name), None)


def read_pod(agent: Agent, files: Files) -> Pod:
    """The pod of an agent; raises Unreadable where what describes it is not known here."""
    parts = _description(agent, files)
    marked = "".join(
        part if isinstance(part, str) else f"jenkins2ghaValue{number}End"
        for number, part in enumerate(parts)
    )
    spec = _spec(marked)
    if spec.get("initContainers"):
        raise Unreadable("it has containers that prepare it (`initContainers`)")
    found = [_container(one, spec, parts) for one in _maps(spec.get("containers"))]
    found += containers_of(agent)
    settings = [words for key, words in _SETTINGS.items() if spec.get(key)]
    template = agent.arguments.get("containerTemplate")
    given = dict(template.entries) if isinstance(template, MapOf) else {}
    given |= agent.arguments
    settings += [words for key, words in _FIELDS.items() if text_of(given.get(key))]
    return Pod(
        tuple(one for one in found if one.name != AGENT or not _is_own(one)),
        {str(one.get("name")): _volume(one) for one in _maps(spec.get("volumes"))}
        | volumes_of(agent),
        tuple(dict.fromkeys(settings)),
    )


def _description(agent: Agent, files: Files) -> list[str | Hole]:
    given, path = agent.arguments.get("yaml"), agent.arguments.get("yamlFile")
    if path is not None:
        name = text_of(path)
        text = None if name is None else files(name)
        if text is None:
            raise Unreadable(f"its description (`{name or path.span.text}`) is not given")
        return [text]
    if given is None:
        if is_template(agent):
            return [""]
        raise Unreadable("it is described in Jenkins' own settings")
    expression = expression_of(given)
    if expression is None:
        raise Unreadable("its description is computed by Groovy")
    return flat(expression)


def _spec(text: str) -> dict[str, Any]:
    # Only here, as most pipelines have no pod and a start without it is faster.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        loaded = YAML(typ="safe").load(text.replace("\t", "  ")) or {}
    except (YAMLError, ValueError) as error:
        raise Unreadable("its description is no YAML") from error
    spec = loaded.get("spec", {}) if isinstance(loaded, dict) else None
    if not isinstance(spec, dict):
        raise Unreadable("its description has no `spec`")
    return spec


def _maps(value: object) -> Iterator[dict[str, Any]]:
    return (one for one in (value if isinstance(value, list) else ()) if isinstance(one, dict))


def _container(one: dict[str, Any], spec: dict[str, Any], parts: list[str | Hole]) -> PodContainer:
    security = {**_map(spec.get("securityContext")), **_map(one.get("securityContext"))}
    user = security.get("runAsUser")
    ports = [given.get("containerPort") for given in _maps(one.get("ports"))]
    return PodContainer(
        name=str(one.get("name", "")),
        image=_text(one.get("image", ""), parts),
        command=_words(one.get("command")),
        args=_words(one.get("args")),
        env=tuple(_env(one, parts)),
        mounts=tuple(
            (str(mount.get("name")), str(mount.get("mountPath")))
            for mount in _maps(one.get("volumeMounts"))
        ),
        ports=tuple(port for port in ports if isinstance(port, int)),
        user=None if user is None else str(user),
        privileged=security.get("privileged") is True,
        terminal=one.get("tty") is True,
        limits=tuple(_limits(one)),
    )


def _limits(one: dict[str, Any]) -> Iterator[str]:
    """What a container may take of its node: `memory 2Gi`."""
    for name, amount in _map(_map(one.get("resources")).get("limits")).items():
        yield f"{name} {_plain(amount)}"


def _map(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _words(value: object) -> tuple[str, ...]:
    found = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(_plain(one) for one in found)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _env(one: dict[str, Any], parts: list[str | Hole]) -> Iterator[tuple[str, Expr | FromSecret]]:
    if one.get("envFrom"):
        raise Unreadable(f"the container '{one.get('name')}' takes variables from the cluster")
    for entry in _maps(one.get("env")):
        name, source = str(entry.get("name")), _map(entry.get("valueFrom"))
        reference = _map(source.get("secretKeyRef"))
        if reference:
            yield name, FromSecret(str(reference.get("name")), str(reference.get("key")))
        elif source:
            raise Unreadable(f"the variable `{name}` of a container comes from the cluster")
        else:
            yield name, _text(entry.get("value"), parts)


def _text(value: object, parts: list[str | Hole]) -> Expr:
    """A text of the description, with the values of the pipeline in it."""
    found: list[Expr] = []
    for number, piece in enumerate(_MARK.split(_plain(value))):
        part = parts[int(piece)] if number % 2 else piece
        found.append(Constant(part) if isinstance(part, str) else part)
    return Concat(tuple(found))


def _volume(one: dict[str, Any]) -> str:
    path = _map(one.get("hostPath")).get("path")
    if path:
        return str(path)
    return next((key for key in one if key != "name"), "emptyDir")


def _is_own(one: PodContainer) -> bool:
    image = "".join(part for part in flat(one.image) if isinstance(part, str))
    return not image or _OWN_IMAGE.search(image) is not None
