"""Directories of the workspace that are there, or gone, once a script is through.

Only what a shell runs in any case counts: a command in brackets, in a branch or behind `||` does
not, nor one in the middle of `a && b`, whose failure stops no script.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from jenkins2gha.actions.workflow import Step
from jenkins2gha.shell.words import Command, commands

_NEXT = ("\n", ";", "&", "")
_MOVES = ("cd", "pushd")
_REMOVES = ("rm", "rmdir", "mv")


def visited_by(step: Step) -> Iterator[str]:
    """The directories that a step has been in, or has put something into."""
    here: str | None = _start(step)
    if here is None or step.shell or step.continue_on_error or step.parallel:
        return
    for command in _sure(str(step.run)):
        if here is None:
            return
        path = _directory(command)
        whole = posixpath.normpath(posixpath.join(here, path)) if path else ""
        if whole and whole != "." and not whole.startswith(("..", "/", "~")):
            yield whole
        if command.name in _MOVES:
            here = whole or None


def removed_by(step: Step) -> Iterator[str]:
    """The paths that a step may have removed."""
    here = _start(step)
    if here is None:
        return
    for command in commands(str(step.run)):
        if command.name in _REMOVES:
            for word in command.literals[1:]:
                if word and not word.startswith("-"):
                    yield posixpath.normpath(posixpath.join(here, word))


def _start(step: Step) -> str | None:
    """Where a shell script starts, below the workspace; None where that is not known."""
    if step.script_kind != "sh" or not isinstance(step.run, str) or step.inner:
        return None
    place = step.working_directory
    return "" if place is None else place if isinstance(place, str) else None


def _sure(script: str) -> Iterator[Command]:
    """The commands that have all gone well once the script has."""
    chain: list[Command] = []
    for command in commands(script):
        if command.depth or not command.words:
            continue
        chain.append(command)
        if command.after not in _NEXT:
            continue
        linked = all(one.after == "&&" for one in chain[:-1])
        if (
            linked
            and command.after != "&"
            and (len(chain) == 1 or not script[command.end :].strip())
        ):
            yield from chain
        chain = []


def _directory(command: Command) -> str | None:
    """The directory that must be there for a command to go well, or that it makes."""
    words = command.literals
    name, last = words[0], words[-1]
    if len(words) < 2 or last is None or last.startswith("-"):
        return None
    if name in _MOVES and len(words) == 2:
        return last
    if name == "mkdir" or (name in ("cp", "mv") and last.endswith("/")):
        return last
    if words[:2] == ("git", "clone") and len(words) == 3:
        return posixpath.basename(last.rstrip("/")).removesuffix(".git")
    return None
