"""Pods that a pipeline describes by templates: `podTemplate(containers: […])`, `containerTemplate`.

https://www.jenkins.io/doc/pipeline/steps/kubernetes/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jenkins2gha.jenkins.pipeline import Agent
from jenkins2gha.jenkins.values import Described, Expr, ListOf, MapOf, Value, text_of
from jenkins2gha.mapping.lower import expression_of
from jenkins2gha.mapping.pod_parts import FromSecret, PodContainer, Unreadable

_LIMITS = (("cpu", "resourceLimitCpu"), ("memory", "resourceLimitMemory"))
_KINDS = {
    "emptyDirVolume": "emptyDir",
    "secretVolume": "secret",
    "configMapVolume": "configMap",
    "nfsVolume": "nfs",
    "persistentVolumeClaim": "persistentVolumeClaim",
}


def is_template(agent: Agent) -> bool:
    """Whether an agent is told by templates, be it besides a description in YAML."""
    given = agent.arguments
    own = agent.name == "podTemplate" and text_of(given.get("inheritFrom")) in (None, "")
    return own or isinstance(given.get("containerTemplate"), MapOf) or "containers" in given


def containers_of(agent: Agent) -> Iterator[PodContainer]:
    """The containers that templates tell of; raises Unreadable where one is not known."""
    mounts = tuple((name, path) for name, _, path in _volumes(agent))
    shared = tuple(_variables(agent.arguments.get("envVars")))
    single = agent.arguments.get("containerTemplate")
    if isinstance(single, MapOf):
        yield _container(dict(single.entries), shared, mounts)
    for one in _objects(agent.arguments.get("containers")):
        yield _container(one.arguments, shared, mounts)


def volumes_of(agent: Agent) -> dict[str, str]:
    """The volumes of the templates: their kind, or the path of the node that they stand for."""
    return {name: kind for name, kind, _ in _volumes(agent)}


def _container(
    fields: Mapping[str, Value],
    shared: tuple[tuple[str, Expr | FromSecret], ...],
    mounts: tuple[tuple[str, str], ...],
) -> PodContainer:
    image = expression_of(fields["image"]) if "image" in fields else None
    if image is None:
        raise Unreadable("the image of its container is computed by Groovy")
    return PodContainer(
        name=text_of(fields.get("name")) or "",
        image=image,
        command=tuple((text_of(fields.get("command")) or "").split()),
        args=tuple((text_of(fields.get("args")) or "").split()),
        env=(*shared, *_variables(fields.get("envVars"))),
        mounts=mounts,
        user=text_of(fields.get("runAsUser")),
        privileged=text_of(fields.get("privileged")) == "true",
        terminal=text_of(fields.get("ttyEnabled")) == "true",
        limits=tuple(
            f"{name} {text_of(fields[field])}" for name, field in _LIMITS if field in fields
        ),
    )


def _objects(value: Value | None) -> Iterator[Described]:
    for one in value.items if isinstance(value, ListOf) else () if value is None else (value,):
        if not isinstance(one, Described):
            raise Unreadable("what it holds is computed by Groovy")
        yield one


def _variables(value: Value | None) -> Iterator[tuple[str, Expr | FromSecret]]:
    for one in _objects(value):
        name = text_of(one.arguments.get("key"))
        given = one.arguments.get("value")
        secret = text_of(one.arguments.get("secretName"))
        text = expression_of(given) if given is not None else None
        if name is None or (text is None and secret is None):
            raise Unreadable("a variable of it is computed by Groovy")
        if text is not None:
            yield name, text
        else:
            yield name, FromSecret(secret or "", text_of(one.arguments.get("secretKey")) or "")


def _volumes(agent: Agent) -> Iterator[tuple[str, str, str]]:
    """Name, kind or path of the node, and where it stands in every container."""
    for number, one in enumerate(_objects(agent.arguments.get("volumes")), 1):
        path = text_of(one.arguments.get("mountPath"))
        kind = text_of(one.arguments.get("hostPath")) or _KINDS.get(one.symbol)
        if path is None or kind is None:
            raise Unreadable("a volume of it is not known")
        yield f"volume-{number}", kind, path
