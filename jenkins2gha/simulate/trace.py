"""What a run did, in the form in which a run on Jenkins and one on GitHub are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Result: TypeAlias = Literal["success", "failure", "cancelled", "skipped"]
BuildResult: TypeAlias = Literal["SUCCESS", "UNSTABLE", "FAILURE", "NOT_BUILT", "ABORTED"]
Pairs: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that a run did on a machine: ran a script, or used an action.

    `job` is what holds one workspace, `leg` tells apart the legs of a matrix. `index` is the place
    in the job from 0 on, where each command of a group counts; commands of one `group` run at the
    same time. `text` is the script, or the action's name; `inputs` are those of the action.
    `directory` is relative to the workspace, '' the workspace itself; `environment` is what the
    definition sets, by name, `path` the folders put before PATH, the first found first. `result` is
    what came of it, `conclusion` what the job makes of that. `line` and `column` are in the
    definition.

    On Jenkins a `step` is any step but a shell: `text` is its name, `inputs` are its arguments.
    There `index` is the place in the whole trace; `workspace` names the folder of one allocation
    ('' outside of all), `seen` are the commands, by their index, whose files are in it: those
    before it there, and those that an `unstash` brings. `strand` holds the branches that it runs
    in, outermost first, each as (the parallel's id, the branch): two commands may run at the same
    time if they first differ in the branch of one parallel. `stage` are the names of the stages
    around it, `post` is the condition of the post block that it stands in; `node` is the label
    that was asked for, `container` the image or the container's name, '' for none. `raced` are
    variables that another branch sets at the same time: nobody knows what it finds in them.
    """

    kind: Literal["run", "uses", "step"]
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
    column: int = 0
    workspace: str = ""
    seen: frozenset[int] = frozenset()
    strand: Pairs = ()
    stage: tuple[str, ...] = ()
    post: str = ""
    node: str = ""
    container: str = ""
    raced: frozenset[str] = frozenset()

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
    `result` is GitHub's name for it, an unstable build being a success there; `build_result` is the
    one of a run on Jenkins, `reason` the exception that ended it, '' for none.
    """

    commands: tuple[Command, ...] = ()
    jobs: tuple[Job, ...] = ()
    result: Result = "success"
    build_result: BuildResult | None = None
    reason: str = ""
