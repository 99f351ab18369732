"""The forms in which the texts of two commands are held against each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_NAMES = re.compile(
    r"\$\{env:(?P<braced>\w+)\}|\$env:(?P<power>\w+)|\$\{(?P<shell>\w+)\}|\$(?P<plain>[A-Za-z_]\w*)"
    r"|%(?P<cmd>\w+)%",
    re.IGNORECASE,
)
_DEFAULTS = re.compile(r"\$\{(?P<name>\w+)(?P<colon>:?)-(?P<word>\w*)\}")
"""A name with what a POSIX shell puts in its place where it is unset, with a colon if empty too."""

_STRICT = "$ErrorActionPreference = 'Continue'; trap { break }"


@lru_cache(maxsize=1 << 14)
def plain(text: str) -> str:
    r"""A script without quotes, with its blanks joined and its names written in one way.

    >>> plain("make  \"${TARGET}\"")
    'make $TARGET'
    """
    text = text.strip().removeprefix(_STRICT)
    if text.startswith("#!"):
        text = text.partition("\n")[2]
    text = text.replace("\\\r\n", " ").replace("\\\n", " ")
    text = _NAMES.sub(_named, text)
    text = re.sub(r"[\"'`\\]", "", text)
    return " ".join(text.split())


def _named(found: re.Match[str]) -> str:
    name = next(group for group in found.groups() if group)
    return f"%{name}%" if found["cmd"] else f"${name}"


def filled(text: str, environment: Mapping[str, str]) -> str:
    """A script in which the names that an environment has are replaced by their values."""

    def value(found: re.Match[str]) -> str:
        name = next(group for group in found.groups() if group)
        return canonical(environment.get(name, found[0])) or ""

    def default(found: re.Match[str]) -> str:
        given = environment.get(found["name"])
        unset = not given if found["colon"] else given is None
        return found["word"] if unset else canonical(given) or ""

    return plain(_NAMES.sub(value, _DEFAULTS.sub(default, text)))


_WORKSPACES = re.compile(
    r"/home/runner/work/repo/repo|/__w/repo/repo|D:\\a[\\/]repo[\\/]repo|\$GITHUB_WORKSPACE"
)


def canonical(value: str | None) -> str | None:
    """A value in which the workspace has the name that it has on Jenkins."""
    return None if value is None else _WORKSPACES.sub("$WORKSPACE", value)


def names(text: str) -> frozenset[str]:
    """The variables that a script names."""
    return frozenset(
        next(group for group in found.groups() if group) for found in _NAMES.finditer(text)
    )
