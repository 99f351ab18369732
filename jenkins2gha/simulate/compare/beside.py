"""What runs at the same time as what on Jenkins."""

from __future__ import annotations

from collections.abc import Sequence

from jenkins2gha.simulate.trace import Command


def apart(one: Command, other: Command) -> bool:
    """Whether two commands may run at the same time on Jenkins."""
    for (parallel, branch), (other_parallel, other_branch) in zip(
        one.strand, other.strand, strict=False
    ):
        if parallel != other_parallel:
            return False
        if branch != other_branch:
            return True
    return False


def unpacked_beside(earlier: Command, command: Command, commands: Sequence[Command]) -> bool:
    """Whether a branch at the same time unpacks the files of an earlier command into the workspace
    of another: nobody knows whether that finds them."""
    names = {
        _stash(one)
        for one in commands
        if one.text == "unstash" and one.workspace == command.workspace and apart(one, command)
    }
    return any(
        one.text == "stash" and _stash(one) in names and earlier.index in one.seen
        for one in commands
    )


def _stash(command: Command) -> str:
    return dict(command.inputs).get("name", "")
