"""Names of images as Jenkins' global `docker` makes them.

https://github.com/jenkinsci/docker-workflow-plugin
"""

from __future__ import annotations

from collections.abc import Sequence

from jenkins2gha.jenkins.values import Concat, Constant, Expr, Value
from jenkins2gha.mapping.interpolation import Refusal, Script, flat, word
from jenkins2gha.mapping.lower import expression_of
from jenkins2gha.mapping.translation import Context, Scope

LOGIN = "docker/login-action"
DOCKER_HUB = ("index.docker.io", "docker.io")
"""The hosts that docker itself takes out of a name."""


def host_of(url: str) -> str:
    """The host that stands in front of the images of a registry, '' for Docker Hub.

    >>> host_of("https://registry.example.org:5000/v2/"), host_of("https://index.docker.io/v1/")
    ('registry.example.org:5000', '')
    >>> host_of("https://registry.hub.docker.com")
    'registry.hub.docker.com'
    """
    host = url.removeprefix("https://").removeprefix("http://").split("/")[0]
    return "" if host in DOCKER_HUB else host


def image_word(value: Value | None, scope: Scope, context: Context) -> Script | str:
    """The name of an image with its registry as a word of a script, or why there is none."""
    expression = expression_of(value) if value is not None else None
    if expression is None:
        return "the name of the image is computed by Groovy"
    return as_word(qualified(expression, scope), scope, context)


def as_word(expression: Expr, scope: Scope, context: Context) -> Script | str:
    """A name as a word of a script, or why there is none."""
    script = word(expression, scope, context)
    return script.reason if isinstance(script, Refusal) else script


def qualified(image: Expr, scope: Scope, shape: Sequence[object] = ()) -> Expr:
    """The name with the registry of the scope in front, as `withRegistry` writes it.

    `shape` is the name as far as it is known, where it stands in a variable.
    """
    if scope.registry is None:
        return image
    around, own = flat(scope.registry), shape or flat(image)
    last = f"{around[-1]}/" if isinstance(around[-1], str) else "/"
    if len(around) == 1 and own and isinstance(own[0], str) and own[0].startswith(last):
        return image
    return Concat((scope.registry, Constant("/"), image))


def registry_of(url: Expr) -> Expr | None:
    """The host of a registry's address; None for Docker Hub.

    Raises ValueError where only a run knows whether the address has more than the host.
    """
    parts = flat(url)
    if len(parts) == 1 and isinstance(parts[0], str):
        host = host_of(parts[0])
        return Constant(host) if host else None
    if not isinstance(parts[0], str) or not parts[0].startswith(("https://", "http://")):
        raise ValueError
    rest: list[Expr] = [Constant(host_of(parts[0]) if "/" in parts[0][8:] else parts[0][8:])]
    if parts[0].startswith("http://"):
        rest = [Constant(parts[0][7:])]
    for part in parts[1:]:
        if isinstance(part, str) and "/" in part:
            rest.append(Constant(part.split("/")[0]))
            break
        rest.append(Constant(part) if isinstance(part, str) else part)
    return Concat(tuple(rest))
