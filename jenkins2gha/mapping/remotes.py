"""Where a repository is, and which revision of it is meant, as the Git plugin writes it."""

from __future__ import annotations

import re

from jenkins2gha.actions.workflow import Text
from jenkins2gha.mapping.masks import is_masked, mask
from jenkins2gha.record import dataclass
from jenkins2gha.regex import regex

_GITHUB = regex(
    r"(?:https?://(?:[^@/]+@)?|git://|ssh://git@|git@)(?:www\.)?github\.com[/:]"
    r"(?P<path>[^/\s]+/[^/\s]+?)(?:\.git)?/?"
)
_PLACE = regex(
    r"(?:\w+://)?(?:[^@/\s]+@)?(?P<host>[\w.-]+)(?::\d+/|[:/])(?P<path>[\w./~-]+?)(?:\.git)?/?"
)
_PREFIX = regex(r"^(?:\*/|refs/remotes/origin/|remotes/origin/|origin/)")


class Refused(Exception):
    """Why a repository cannot be checked out by rules: what Jenkins alone can do or knows."""


@dataclass(frozen=True, slots=True)
class Revision:
    """`ref` is what the checkout takes, None for the default branch; `branch` its name if it is a
    branch; `known` is False for a pattern that only Jenkins can resolve."""

    ref: Text | None
    branch: Text | None = None
    known: bool = True


def on_github(url: Text) -> Text | None:
    """`owner/name` of a repository on github.com; None for any other place.

    >>> on_github("git@github.com:octo/demo.git")
    'octo/demo'
    """
    masked = mask(url)
    found = _GITHUB.fullmatch(masked.text.strip())
    return masked.restore(found["path"]) if found else None


def place(url: Text) -> str | None:
    """Host and path of a constant URL, without login and `.git`; None for any other.

    >>> place("git@git.example.com:team/app.git"), place("https://x:y@example.com/app")
    ('git.example.com/team/app', 'example.com/app')
    """
    if not isinstance(url, str):
        return None
    found = _PLACE.fullmatch(url.strip())
    return f"{found['host']}/{found['path']}" if found else None


def has_host(url: Text) -> bool:
    """Whether the source itself says on which machine a repository is."""
    text = mask(url).text
    own = text.partition("://")[2] or text
    return not any(is_masked(character) for character in own.rpartition("@")[2][:1])


def is_ssh(url: Text) -> bool:
    """Whether git logs in to this URL with a key."""
    text = mask(url).text
    return text.startswith("ssh://") or re.match(r"[\w.-]+@[\w.-]+:", text) is not None


def revision(specifier: Text) -> Revision:
    """What a branch specifier of the Git plugin means.

    >>> revision("*/main").ref, revision("refs/tags/v1").ref, revision("**").ref
    ('main', 'refs/tags/v1', None)

    https://plugins.jenkins.io/git/#plugin-content-branches
    """
    masked = mask(specifier)
    text = masked.text.strip()
    if text in ("", "*", "**", "*/*", "origin/**", "refs/heads/**"):
        return Revision(None)
    short = _PREFIX.sub("", text)
    if short.startswith(":") or "*" in short or "?" in short:
        return Revision(None, known=False)
    named = short.removeprefix("refs/heads/")
    if short.startswith("refs/tags/") or re.fullmatch(r"[0-9a-f]{40}", short):
        return Revision(masked.restore(short))
    # One expression may be a branch, a tag or a commit; the checkout finds out.
    if any(is_masked(character) for character in named):
        return Revision(masked.restore(named))
    return Revision(named, branch=named)
