"""Which images can be the container of a job, in which GitHub's own actions run too.

https://github.com/actions/checkout/issues/1590
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from jenkins2gha.actions.workflow import Text
from jenkins2gha.mapping.scripts import script_of, steps_of_job
from jenkins2gha.plan.jobs import PlannedJob
from jenkins2gha.regex import regex
from jenkins2gha.tables import table

_REGISTRY = regex(r"^(?:[^/]*[.:][^/]*|localhost)/")
_ALPINE = regex(r"alpine(?::|-?v?)(\d+)\.(\d+)")
_OLDEST_ALPINE = (3, 16)
_INSTALLS_GIT = regex(r"\b(?:install|add)\b[^\n;&|]*\sgit\b(?![.:/-])")


def suits(image: Text, job: PlannedJob) -> bool:
    """Whether an image can be the container of a job: checkout and artifacts work in it.

    Without git actions/checkout downloads the files alone, which scripts that install git to use
    it do not expect. Of an image that only a run knows nothing is said.
    """
    if isinstance(image, str) and is_old(image):
        return False
    return job.checkout is None or not any(
        _INSTALLS_GIT.search(script_of(step) or "") for step in steps_of_job(job)
    )


def _is_old_alpine(name: str, tag: str) -> bool:
    """Node 24 starts on Alpine from 3.16 on; of an image made on it the table says which are."""
    release = _ALPINE.search(f"{name}:{tag}")
    if release:
        return (int(release[1]), int(release[2])) < _OLDEST_ALPINE
    patterns = table("images").get(f"{name} on alpine", {}).get("tags", ())
    return any(re.fullmatch(one, tag) for one in patterns)


def is_old(image: str) -> bool:
    """Whether the node of GitHub's runner cannot start in an image.

    >>> is_old("centos:7"), is_old("node:8-alpine"), is_old("ubuntu:22.04")
    (True, True, False)
    >>> is_old("alpine:3.9"), is_old("node:22-alpine"), is_old("python:3.8-alpine3.12")
    (True, False, True)
    """
    name, _, tag = _REGISTRY.sub("", image).partition("@")[0].lower().partition(":")
    last = name.rpartition("/")[2]
    if "alpine" in f"{last}:{tag}":
        return _is_old_alpine(last, tag)
    return any(
        any(re.fullmatch(one, tag or "latest") for one in row["tags"])
        for pattern, row in table("images").items()
        if fnmatchcase(name, pattern) or fnmatchcase(last, pattern)
    )
