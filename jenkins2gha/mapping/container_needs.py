"""What the arguments of a container name that is the agent's: folders, networks, variables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.jenkins.values import Value, text_of
from jenkins2gha.mapping.container_arguments import RunArguments, with_variables
from jenkins2gha.mapping.dependencies import private_hosts
from jenkins2gha.mapping.lower import remarks
from jenkins2gha.mapping.machine_scripts import uncommented
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span

_NETWORK = regex(r"(?:^|\s)--net(?:work)?[ =][\"']?([\w.-]+)[\"']?(?=\s|$)")
_OF_DOCKER = ("host", "none", "bridge", "default")
_MAKES = r"\bnetwork\s+create\b[^\n]*(?:\$|\b{}\b)|\bcompose\b|\.sh\b|\bansible"


def foreign_network(words: str, source: str) -> str | None:
    """The network of Docker that words of `docker run` name, unless the pipeline may make it.

    >>> foreign_network("run --network web demo", ""), foreign_network("run --net=host demo", "")
    ('web', None)
    """
    found = _NETWORK.search(words)
    if found is None or found[1] in _OF_DOCKER:
        return None
    made = re.search(_MAKES.format(re.escape(found[1])), uncommented(source))
    return None if made else found[1]


def said_of_arguments(
    value: Value | None,
    arguments: RunArguments,
    site: Span,
    construct: str,
    scope: Scope,
    context: Context,
) -> Iterator[Diagnostic]:
    """What is said of the arguments of a container beside the values that Groovy puts in."""
    text = text_of(value)
    if text is not None:
        yield from remarks(with_variables(text), site, construct, scope, context)
    for path in arguments.host:
        message = f"the folder {path} of the machine is mounted; a new runner has nothing there"
        yield diagnose("agent-dependency", site, message, construct=construct)
    yield from said_of_hosts(arguments.script.text, site, construct)
    network = foreign_network(arguments.script.text, site.source.text)
    if network:
        message = f"the network {network} is one of the machine's Docker; a new runner has none"
        yield diagnose("agent-dependency", site, message, construct=construct)


def said_of_hosts(words: str, site: Span, construct: str) -> Iterator[Diagnostic]:
    """What is said of the hosts of a private network that arguments of a container name."""
    for host in private_hosts(words):
        message = f"the container names {host}, which only the network of its agent knows"
        yield diagnose("agent-dependency", site, message, construct=construct)
