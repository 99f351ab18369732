"""Ids and names that GitHub accepts.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_id
https://docs.github.com/en/actions/concepts/security/secrets
"""

from __future__ import annotations

import re
from collections.abc import Container

from jenkins2gha.regex import regex
from jenkins2gha.slug import slug

_ID = regex(r"(?!__)[A-Za-z_][A-Za-z0-9_-]{0,98}\Z")
_SECRET = regex(r"(?!GITHUB_)[A-Z_][A-Z0-9_]*\Z", re.IGNORECASE)
_LONGEST = 80


def is_id(text: str) -> bool:
    """Whether a job or a step may be called so."""
    return _ID.match(text) is not None


def make_id(text: str, taken: Container[str], otherwise: str = "job") -> str:
    """The id of what a person called `text`, with `-2`, `-3`, … where it is taken already.

    >>> make_id("Build & Test", {"build-test"})
    'build-test-2'
    """
    words = slug(text)[:_LONGEST].strip("-") or otherwise
    return unique(words if words[0].isalpha() else f"{otherwise}-{words}", taken)


def unique(name: str, taken: Container[str]) -> str:
    """The name, or the first numbered form of it that is not taken."""
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    return candidate


def is_secret_name(text: str) -> bool:
    """Whether a secret or a variable may be called so."""
    return _SECRET.match(text) is not None


def make_secret_name(text: str) -> str:
    """The secret that stands for what a person called `text`.

    >>> make_secret_name("docker-hub.login"), make_secret_name("2nd"), make_secret_name("github_x")
    ('DOCKER_HUB_LOGIN', '_2ND', '_GITHUB_X')
    """
    name = slug(text).replace("-", "_").upper()
    return name if is_secret_name(name) else f"_{name}"
