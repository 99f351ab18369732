"""What a row of each table may say. `ROWS` names the tables."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Bin = Literal["exact", "equivalent", "dropped", "approximate", "manual", "llm"]
Differs = Literal[
    "missing", "added", "order", "directory", "environment", "workspace", "result", "condition"
]
"""What may differ between a run on Jenkins and one on GitHub: a command is missing or added there,
runs without waiting, in another folder, with other variables or on other files, the run ends
otherwise, or a command is missing or added in some situation only."""

Event = Literal[
    "failure", "unstable", "missing", "timeout", "abort", "outside", "other-failure", "any"
]


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Rule(Row):
    """`rules/*.yaml`: one statement that the compiler can make about a place.

    `differs` names the differences between the runs that it may cause, which the proof excuses at
    its site only; where it names an `event`, only when that happens at the site. `outside` is one
    that no scenario of the proof has, such as a value in other letters or an agent that is lost;
    `other-failure` is a build that ends UNSTABLE behind one that ended FAILURE, or the reverse.
    `alone` says that what is said of a directive is not about the rest of its stage.
    """

    title: str
    severity: Literal["error", "warning", "note"]
    certainty: Bin | None = None
    why: str
    do: str = ""
    differs: tuple[Differs, ...] = ()
    event: Event | None = None
    alone: bool = False
    docs: str | None = None


class Signature(Row):
    """`signatures/*.yaml`: a step as Jenkins defines it; nothing of GitHub.

    `parameters` maps names to a type (`text`, `flag`, `number`, `list`, `map`, `object`, `any`),
    `positional` says what arguments without a name are bound to, in order. `block` says whether it
    takes a closure. `effects`: `reads`, `writes` (the workspace), `reports`, `checkout`, `shell`,
    `environment`, `result`, `machine`. `kind` tells a step from an object that only stands in
    arguments (`symbol`) or does both. `alias` names the signature that it is another spelling of.
    `required` lists the parameters that Jenkins insists on; `closed` says that `parameters` is the
    whole list in every release, so that another name is an error. `unwrap` is the parameter whose
    object may be given with its own fields in its place (`publishHTML([reportDir: …])`). `tells`
    are the parameters that people read and nothing else does.
    """

    parameters: dict[str, str] = Field(default_factory=dict)
    positional: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    closed: bool = False
    unwrap: str | None = None
    tells: tuple[str, ...] = ()
    block: bool = False
    effects: tuple[str, ...] = ()
    returns: str | None = None
    kind: Literal["step", "symbol", "both"] = "step"
    alias: str | None = None
    docs: str | None = None


class Target(Row):
    """`steps/*.yaml`, `options.yaml`, …: what a construct becomes, where a row can say it.

    One of `run` (a script; `{name}` is replaced by an argument's shell word), `uses` with `with`
    (`{name}` by an argument's text), `drop` (why), `manual` (what to do), `mapper` (its code).
    `arguments` lists those that the row honours beyond the ones it names; a given argument that is
    in neither is reported.
    """

    run: str | None = None
    uses: str | None = None
    with_: dict[str, str] = Field(default_factory=dict, alias="with")
    drop: str | None = None
    manual: str | None = None
    mapper: str | None = None
    certainty: Bin | None = None
    note: str | None = None
    ignores: dict[str, str] = Field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    notifies: bool = False
    docs: str | None = None


class Action(Row):
    """`actions.yaml`: an action's newest release when the table was made, and its inputs."""

    version: str
    sha: str
    inputs: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    date: str = ""


class RunnerRow(Row):
    """`runners.yaml`: a word of a label expression → labels of `runs-on` and the system there.

    `versions` are regular expressions of what may follow the word.
    """

    labels: tuple[str, ...]
    os: Literal["linux", "windows", "macos"]
    versions: tuple[str, ...] = ()


class ImageRow(Row):
    """`images.yaml`: a name of an image → regular expressions of the tags that are too old."""

    tags: tuple[str, ...]


class ProgramRow(Row):
    """`programs.yaml`: a program that GitHub's machines do not have, but for those in `has`.

    `get` is how a workflow gets it, `by` the installer that may bring it without naming it;
    `systems` are those whose machines all lack it.
    """

    get: str
    systems: tuple[Literal["linux", "macos", "windows"], ...] = ("linux",)
    by: Literal["pip", "npm", "gem"] | None = None
    has: tuple[str, ...] = ()


class ToolRow(Row):
    """`tools.yaml`: a tool type → its setup action; `version` is the input for the version.

    `pattern` finds the version in a tool's name (its first group), `compact` the parts of one
    that is written without separators (its groups), `versions` completes a release
    line for actions that want a whole version, `files` names the input for each file of a
    repository that tells the version. `cache` maps a build tool to the value of `cache:`.
    `java` is the last release that runs on a line of Java, where the newest does not.
    `named` finds the type in the name of an installation, `home` a script that prints its folder,
    `install` a script that downloads it. `alias` names the type that it is another spelling of.
    """

    uses: str | None = None
    version: str | None = None
    with_: dict[str, str] = Field(default_factory=dict, alias="with")
    default: str | None = None
    pattern: str | None = None
    compact: str | None = None
    versions: dict[str, str] = Field(default_factory=dict)
    files: dict[str, str] = Field(default_factory=dict)
    java: dict[str, str] = Field(default_factory=dict)
    alias: str | None = None
    run: str | None = None
    drop: str | None = None
    manual: str | None = None
    cache: dict[str, str] = Field(default_factory=dict)
    named: str | None = None
    home: str | None = None
    install: str | None = None
    docs: str | None = None


class VariableRow(Row):
    """`variables.yaml`: an environment name that Jenkins defines → what it is on Actions.

    `value` is an expression, `template` a text with `${{ }}` in it; `plain` is the template where
    the job is no multibranch one. `shell` is the variable of a process in a container, where the
    expression is a path of the host. `manual` says why there is nothing, and what to do.
    """

    value: str | None = None
    plain: str | None = None
    template: str | None = None
    shell: str | None = None
    manual: str | None = None
    certainty: Bin = "exact"
    note: str | None = None
    docs: str | None = None


class SetElsewhereRow(Row):
    """`set_elsewhere.yaml`: who sets names that scripts read without the pipeline setting them."""

    names: tuple[str, ...]
    docs: str | None = None


ROWS: dict[str, type[BaseModel]] = {
    "rules": Rule,
    "signatures": Signature,
    "steps": Target,
    "options": Target,
    "triggers": Target,
    "parameters": Target,
    "actions": Action,
    "runners": RunnerRow,
    "images": ImageRow,
    "programs": ProgramRow,
    "tools": ToolRow,
    "variables": VariableRow,
    "set_elsewhere": SetElsewhereRow,
}
