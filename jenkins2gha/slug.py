"""Names as they stand in file names and ids."""

from __future__ import annotations

from jenkins2gha.regex import regex

_OTHER = regex(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Lower case, every run of other characters one `-`; '' where nothing is left.

    >>> slug("Build & Test")
    'build-test'
    """
    return _OTHER.sub("-", text.lower()).strip("-")
