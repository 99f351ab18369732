"""What a run did, in the form in which a run on Jenkins and one on GitHub are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Result: TypeAlias = Literal["success", "failure", "cancelled", "skipped"]
Pairs: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that a run did on a machine: ran a script, or used an action.

    `job` is what holds one workspace, `leg` tells apart the legs of a matrix. `index` is the place
    in the job from 0 on, where each command of a group counts; commands of one `group` run at the
    same time. `text` is the script, or the action's name; `inputs` are those of the action.
    `directory` is relative to the workspace, '' the workspace itself; `environment` is what the
    definition sets, by name, `path` the folders put before PATH, the first found first. `result` is
    what came of it, `conclusion` what the job makes of that. `line` is in the definition.
    """

    kind: Literal["run", "uses"]
    job: str
    leg: str = ""
    index: int = 0
    group: str = ""
    id: str = ""
    name: str = ""
    text: str = ""
    inputs: Pairs = ()
    shell: str = ""
    directory: str = ""
    environment: Pairs = ()
    path: tuple[str, ...] = ()
    result: Result = "success"
    conclusion: Result = "success"
    line: int = 0

    def variable(self, name: str) -> str | None:
        """What the definition sets a variable of the environment to."""
        return dict(self.environment).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What came of a job, or of one leg of its matrix."""

    id: str
    leg: str = ""
    result: Result
    outputs: Pairs = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A whole run: its commands in the order they began, and what came of its jobs and of it all.

    Jobs that may run at the same time stand one after the other, as the definition names them.
    """

    commands: tuple[Command, ...] = ()
    jobs: tuple[Job, ...] = ()
    result: Result = "success"
