"""The parts of a script that run elsewhere: on another host, in a container."""

from __future__ import annotations

import re

from jenkins2gha.regex import regex

_QUOTED = r"(?:'[^']*'|\"(?:[^\"\\]|\\.)*\")"
_HOST = r"\bssh\s[^\n;|&<]*?"
# A command in quotes, behind the host's name, or behind a shell that the host is told to run.
_ON_HOST = regex(
    rf"({_HOST}@[\w.${{}}%-]+[\"']?\s+(?:(?:sudo\s+)?(?:ba|z)?sh\s+-\w*c\s+)?){_QUOTED}", re.DOTALL
)
_BY_HEREDOC = regex(
    rf"({_HOST}<<-?\s*(?P<quote>[\"'\\]?)(?P<end>\w+)[\"']?[^\n]*\n).*?^[ \t]*(?P=end)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_IN_CONTAINER = regex(
    rf"(\bdocker\s+(?:container\s+)?(?:exec|run)\s[^\n;|&]*?(?:ba|z|da)?sh\s+-\w*c\s+){_QUOTED}",
    re.DOTALL,
)


def on_this_machine(script: str) -> str:
    """A script without the texts that another host runs.

    >>> on_this_machine("ssh ci@web 'systemctl restart nginx'; make")
    'ssh ci@web ; make'
    """
    return _BY_HEREDOC.sub(r"\1", _ON_HOST.sub(r"\1", script))


def outside_containers(script: str) -> str:
    """A script without the texts that a shell in a container runs."""
    return _IN_CONTAINER.sub(r"\1", script)
