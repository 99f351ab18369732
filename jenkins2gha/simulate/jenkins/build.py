"""The state of a run: its result, its commands, its workspaces, and where the code that runs is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins import names
from jenkins2gha.simulate.jenkins.errors import Unknown, interruption, worst
from jenkins2gha.simulate.situation import Answer, Situation
from jenkins2gha.simulate.trace import BuildResult, Command, Pairs, Result
from jenkins2gha.source import Source


@dataclass(eq=False, slots=True)
class Stop:
    """Whether someone has stopped a branch that has not noticed yet.

    `token` is the `timeout` around all branches that did, None for another reason.
    """

    pending: bool = False
    token: object = None


@dataclass(eq=False, slots=True)
class Mark:
    """The worst warning in a stage."""

    result: BuildResult = "SUCCESS"


@dataclass(frozen=True, slots=True)
class Layer:
    """A variable that a block sets; `ambient` is what Jenkins itself sets there."""

    name: str
    value: str
    ambient: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the code that runs is: the blocks around it, as far as they matter.

    `node` numbers the allocation of an executor, 0 outside of all; `timeouts` are the `timeout`
    blocks around, the innermost last, `raced` the variables that branches at the same time set.
    """

    stop: Stop
    layers: tuple[Layer, ...] = ()
    node: int = 0
    label: str = ""
    workspace: str = ""
    directory: str = ""
    container: str = ""
    stage: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    post: str = ""
    strand: Pairs = ()
    raced: frozenset[str] = frozenset()
    timeouts: tuple[object, ...] = ()


_MOST: Final = 3000
_ENDS: Final[dict[str, Result]] = {"success": "success", "failure": "failure"}


@dataclass(eq=False, slots=True)
class Build:
    """One run."""

    source: Source
    situation: Situation
    parameters: dict[str, str | bool] = field(default_factory=dict)
    result: BuildResult | None = None
    execution: BuildResult = "SUCCESS"
    assigned: MutableMapping[str, str] = field(default_factory=dict)
    unsettled: set[str] = field(default_factory=set)
    commands: list[Command] = field(default_factory=list)
    stashes: dict[str, frozenset[int]] = field(default_factory=dict)
    written: dict[tuple[str, str], str] = field(default_factory=dict)
    seen: dict[str, frozenset[int]] = field(default_factory=dict)
    place: Place = field(default_factory=lambda: Place(stop=Stop()))
    display_name: str = ""
    description: str | None = None
    nodes: int = 0
    parallels: int = 0
    aborts: int = 0
    names: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = names.of_build(self.situation)

    @contextmanager
    def within(self, **changes: Any) -> Iterator[None]:
        """Runs a block at a changed place."""
        before = self.place
        self.place = replace(before, **changes)
        try:
            yield
        finally:
            self.place = before

    @contextmanager
    def variables(self, layers: Iterable[Layer]) -> Iterator[None]:
        """Runs a block with more variables in its environment."""
        with self.within(layers=(*self.place.layers, *layers)):
            yield

    def worsen(self, result: BuildResult) -> None:
        """The result of a build only becomes worse."""
        self.result = worst(self.result, result)

    def warn(self, result: BuildResult) -> None:
        """Leaves a warning on the stages around."""
        for mark in self.place.marks:
            mark.result = worst(mark.result, result)

    # --- environment ---

    def environment(self) -> dict[str, str]:
        """All variables that a script finds here, as far as Jenkins sets them.

        Source: workflow-step-api-plugin, EnvironmentExpander.getEffectiveEnvironment; hudson
        EnvVars.override: an empty value of a block takes a variable away.
        """
        place = self.place
        found = dict(self.situation.variables)
        found.update(names.of_node(place.label) if place.node else {})
        found.update(self.names)
        found.update(self._parameters())
        found.update(self.assigned)
        for layer in place.layers:
            _override(found, layer)
        return found

    def variable(self, name: str) -> str | None:
        """What Groovy finds under a name, whatever its case.

        Source: hudson EnvVars, a TreeMap with CaseInsensitiveComparator.
        """
        found = self.environment()
        same = (value for known, value in found.items() if known.lower() == name.lower())
        return found.get(name, next(same, None))

    def _parameters(self) -> dict[str, str]:
        return {
            name: ("true" if value else "false") if isinstance(value, bool) else value
            for name, value in self.parameters.items()
        }

    def _said(self, text: str) -> tuple[Pairs, tuple[str, ...]]:
        """What of the environment a command is told of: what the definition sets, and the names
        that Jenkins sets if the text speaks of them; and the folders before PATH."""
        found = self.environment()
        own = {*self.parameters, *self.assigned}
        path: list[str] = []
        whole = ""
        for layer in self.place.layers:
            name = layer.name.partition("+")[0]
            if layer.name.startswith("PATH+"):
                path.insert(0, layer.value)
            elif name == "PATH":
                path.clear()
                whole = layer.value
            if layer.ambient:
                own.discard(name)
            else:
                own.add(name)
        words = set(re.findall(r"\w+", text))
        told = {key: value for key, value in found.items() if key in own or key in words}
        told.pop("PATH", None)
        if whole:
            told["PATH"] = whole
        return tuple(sorted(told.items())), tuple(path)

    # --- commands ---

    def checkpoint(self) -> None:
        """Notices that someone has stopped this branch."""
        if self.place.stop.pending:
            self.place.stop.pending = False
            error = interruption("ABORTED")
            error.value.token = self.place.stop.token
            raise error

    def command(
        self,
        node: ast.Node,
        text: str,
        inputs: Pairs = (),
        *,
        kind: Literal["run", "step"] = "step",
        shell: str = "",
    ) -> Answer:
        """Does something on a machine, or for the build; what came of it.

        Raises the interruption of one that is stopped; a failure is the step's own business.
        """
        self.checkpoint()
        if len(self.commands) >= _MOST:
            raise Unknown(f"it does not end within {_MOST} commands")
        line, column = self.source.position(node.start)
        environment, path = self._said(text if kind == "run" else "")
        place = self.place
        seen = self.seen.get(place.workspace, frozenset()) if place.workspace else frozenset()
        asked = Command(
            kind=kind,
            job=place.workspace,
            index=len(self.commands),
            name=text if kind == "step" else "",
            text=text,
            inputs=inputs,
            shell=shell,
            directory=place.directory,
            environment=environment,
            path=path,
            line=line,
            column=column,
            workspace=place.workspace,
            seen=seen,
            strand=place.strand,
            stage=place.stage,
            post=place.post,
            node=place.label,
            container=place.container,
            raced=place.raced | self.unsettled,
        )
        self.commands.append(asked)
        answer = self.situation.world(asked)
        if answer.end == "timeout" and not place.timeouts:
            answer = replace(answer, end="success")
        result = _ENDS.get(answer.end, "cancelled")
        self.commands[asked.index] = replace(asked, result=result, conclusion=result)
        if place.workspace:
            self.seen[place.workspace] = seen | {asked.index}
        self._interrupt(answer, rejects=text == "input")
        return answer

    def _interrupt(self, answer: Answer, *, rejects: bool) -> None:
        if answer.end == "timeout":
            error = interruption("ABORTED")
            error.value.token = self.place.timeouts[-1]
            raise error
        if answer.end == "abort":
            if not rejects:
                self.execution = "ABORTED"
                self.aborts += 1
            raise interruption("ABORTED")

    def mark(self, result: Result) -> None:
        """Says what came of the last command, where its answer did not."""
        self.commands[-1] = replace(self.commands[-1], result=result, conclusion=result)

    # --- files ---

    def at(self, path: str) -> str:
        """A path in the workspace, '' for the workspace itself."""
        whole = re.match(r"\$WORKSPACE(/|$)", path)
        before = "" if whole else self.place.directory
        joined = posixpath.normpath(posixpath.join(before, path[whole.end() :] if whole else path))
        return "" if joined == "." else joined

    def deleted(self) -> None:
        """The folder is emptied: of a whole workspace nothing is left."""
        if not self.place.directory:
            self.seen[self.place.workspace] = frozenset()


def _override(found: dict[str, str], layer: Layer) -> None:
    name, plus, _ = layer.name.partition("+")
    if plus:
        before = found.get(name)
        found[name] = layer.value if before is None else f"{layer.value}:{before}"
    elif layer.value == "":
        found.pop(name, None)
    else:
        found[name] = layer.value
