"""Which commands of a script run outside the checkout of the job, by the folders it goes to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from jenkins2gha.actions.texts import render
from jenkins2gha.actions.workflow import Step
from jenkins2gha.regex import regex
from jenkins2gha.shell.words import Command, Word

_OUTSIDE = regex(r"/(?!github/|home/runner/work/|__w/)|~")
_BACK = regex(r"\.\.(?:/|$)|-?$|/|\$\{?(?:GITHUB_)?WORKSPACE\b")
"""Where a `cd` may lead into the checkout again."""


def plain(word: Word) -> str:
    """A word without its quotes, its variables as they are written."""
    return word.literal or word.text.strip("\"'")


def folder_of(step: Step, name: str) -> str:
    """A folder that a script names, from the workspace on.

    >>> folder_of(Step(run="cd ./site/", working_directory="out"), "./site/")
    'out/site'
    """
    return posixpath.normpath(posixpath.join(render(step.working_directory or ""), name))


def in_checkout(
    found: Iterable[Command], step: Step, elsewhere: frozenset[str]
) -> Iterator[Command]:
    """The commands of a step but for those behind `cd /srv/app`, or behind a `cd` into one of the
    folders `elsewhere`, up to the way back or the end of its brackets."""
    if _is_in(folder_of(step, ""), elsewhere):
        return
    outside: int | None = None
    last = ""
    for command in found:
        script = command.words[0].script if command.words else last
        if script != last or (outside is not None and command.depth < outside):
            outside = None
        last = script
        words = [plain(word) for word in command.words]
        target = words[1] if len(words) > 1 else ""
        if command.name in ("cd", "pushd", "popd"):
            if _OUTSIDE.match(target) or _is_in(folder_of(step, target), elsewhere):
                outside = command.depth if outside is None else outside
            elif command.name == "popd" or _BACK.match(target):
                outside = None
        named = words[2] if words[:2] == ["git", "-C"] and len(words) > 2 else ""
        if outside is None and not (named and _is_in(folder_of(step, named), elsewhere)):
            yield command


def _is_in(folder: str, others: frozenset[str]) -> bool:
    return any(folder == one or folder.startswith(f"{one}/") for one in others)
