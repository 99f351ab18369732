"""What a run is told of the world outside: how its commands end and what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from jenkins2gha.simulate.actions.events import Repository
from jenkins2gha.simulate.trace import Command

End: TypeAlias = Literal["success", "failure", "timeout", "cancel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a command ends.

    `timeout` is that of its step, where it has one, else that of the job; `cancel` is the
    cancellation of the whole run while the command runs. `outputs`, `environment` and `path` come
    on top of what the script's text says; `status` is that of every ordinary command in it, and
    `said` the output of a `$(command)`, without which the text itself stands for it. With `whole`
    they are all that the command wrote: its text is not read for more.
    """

    end: End = "success"
    outputs: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    status: int = 0
    said: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False


Oracle: TypeAlias = Callable[[Command], Answer]


def succeeds(_: Command) -> Answer:
    """Every command succeeds."""
    return Answer()


def failing(fails: Callable[[Command], bool]) -> Oracle:
    """The commands that a test picks fail, the others succeed.

    >>> failing(lambda command: command.id == "build")
    """
    return lambda command: Answer(end="failure" if fails(command) else "success")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that a run does not find in its workflow and its event.

    `stops` picks the command at which a leg is cancelled that runs beside one which fails; without
    it such legs have not begun yet.
    """

    oracle: Oracle = succeeds
    secrets: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    repository: Repository = field(default_factory=Repository)
    stops: Callable[[Command], bool] | None = None
    hash_files: Callable[[tuple[str, ...]], str] = lambda patterns: f"hash:{','.join(patterns)}"

    def secret_values(self) -> dict[str, Any]:
        """The `secrets` context."""
        return {"GITHUB_TOKEN": "***", **self.secrets}
