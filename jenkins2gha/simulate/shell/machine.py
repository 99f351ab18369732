"""Runs a shell script without running anything: commands that are no builtin are asked for outside.

Source: POSIX, Shell Command Language, 2.8 (exit status and errors), 2.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from jenkins2gha.simulate.shell import expansion, patterns
from jenkins2gha.simulate.shell.names import Names
from jenkins2gha.simulate.shell.parser import parse
from jenkins2gha.simulate.shell.state import Endless, Input, Left, Streams
from jenkins2gha.simulate.shell.syntax import (
    Case,
    Chain,
    Command,
    For,
    Function,
    Group,
    If,
    List,
    Pipeline,
    Redirection,
    Simple,
    Test,
    While,
)

_MOST_ROUNDS = 64
_SUBSTITUTION = re.compile(r"\$\((?!\()|`")


class Outside(Protocol):
    """All that a script does not say itself."""

    def source(self, text: str, shell: Shell) -> str | None:
        """The key of the source's command that a text is; None where it is none."""

    def run(self, key: str, text: str, shell: Shell) -> tuple[int, str]:
        """Runs a command of the source: its status and what it prints."""

    def tool(self, words: list[str], shell: Shell, streams: Streams) -> int:
        """Runs any other command; gives its status."""


class Shell(Names):
    """A shell; `files` are shared with all shells of the machine."""

    def __init__(
        self,
        outside: Outside,
        variables: Mapping[str, str],
        *,
        files: dict[str, str],
        directory: str = "",
        errexit: bool = True,
        arguments: tuple[str, ...] = (),
    ) -> None:
        super().__init__(variables, files, directory, arguments)
        self.outside = outside
        self.functions: dict[str, tuple[Command, str]] = {}
        self.errexit, self.pipefail = errexit, False
        self.traps: list[str] = []

    def output(self, script: str) -> str:
        """What a substituted command prints; its status is that of the assignment around it."""
        if script.strip().startswith("<"):
            return self.files.get(
                self.path(expansion.text_of(script.strip()[1:].strip(), self)), ""
            )
        inner = self.child(subshell=True)
        said = inner.whole(script)
        self.status = inner.status
        return said

    # --- running ---

    def child(self, *, subshell: bool, errexit: bool = True) -> Shell:
        """A subshell, which has all of this one, or a new shell, which has what is exported."""
        variables = self.variables if subshell else self.environment()
        found = Shell(
            self.outside,
            variables,
            files=self.files,
            directory=self.directory,
            errexit=self.errexit if subshell else errexit,
        )
        found.process = self.process if subshell else self.process + 1
        found.exported = set(self.exported)
        found.removed = set(self.removed)
        found.missed, found.written = self.missed, self.written
        if subshell:
            found.functions, found.arguments = dict(self.functions), list(self.arguments)
            found.status, found.pipefail = self.status, self.pipefail
        found.streams.given = self.streams.given
        return found

    def whole(self, script: str, *, checked: bool = False) -> str:
        """Runs a script to its end; gives what it prints, its status is in `status`."""
        try:
            self.list_(parse(script), script, checked=checked)
        except Left as left:
            self.status = left.status if left.kind == "exit" else self.status
        for action in self.traps:
            status = self.status
            self.traps = []
            self.whole(action)
            self.status = status
        return "".join(self.streams.said)

    def list_(self, chains: List, text: str, *, checked: bool) -> None:
        """Runs commands; a failure ends the script, unless it is `checked` by what is around."""
        place = 0
        while place < len(chains):
            taken = self._source(chains, place, text, checked=checked)
            if not taken:
                self._chain(chains[place], text, checked=checked)
            place += taken or 1

    def _source(self, chains: List, place: int, text: str, *, checked: bool) -> int:
        """Runs the longest part from here on that is a command of the source; its length."""
        for stop in range(len(chains), place, -1):
            part = text[chains[place].start : chains[stop - 1].end]
            key = self.outside.source(part, self)
            if key is not None:
                self._run_source(key, part)
                self._may_end(checked=checked)
                return stop - place
        return 0

    def _run_source(self, key: str, text: str) -> None:
        self.status, said = self.outside.run(key, text, self)
        self.streams.said.append(said)

    def _may_end(self, *, checked: bool) -> None:
        if self.status and self.errexit and not checked:
            raise Left("exit", self.status)

    def _chain(self, chain: Chain, text: str, *, checked: bool) -> None:
        last = len(chain.links) - 1
        for place, (operator, pipeline) in enumerate(chain.links):
            wanted = {"&&": self.status == 0, "||": self.status != 0}.get(operator, True)
            if not wanted:
                continue
            inner = checked or place < last or pipeline.negated
            self._pipeline(pipeline, text, checked=inner)
            if place == last and not pipeline.negated:
                self._may_end(checked=checked)

    def _pipeline(self, pipeline: Pipeline, text: str, *, checked: bool) -> None:
        part = text[pipeline.commands[0].start : pipeline.end]
        key = self.outside.source(part, self) if len(pipeline.commands) > 1 else None
        if key is not None:
            self._run_source(key, part)
        elif len(pipeline.commands) == 1:
            self.command(pipeline.commands[0], text, checked=checked)
        else:
            self._piped(pipeline, text, checked=checked)
        if pipeline.negated:
            self.status = int(self.status == 0)

    def _piped(self, pipeline: Pipeline, text: str, *, checked: bool) -> None:
        given, statuses = self.streams.given, []
        for command in pipeline.commands:
            shell = self.child(subshell=True)
            shell.streams = Streams(given)
            try:
                shell.command(command, text, checked=checked)
            except Left as left:
                shell.status = left.status
            given = Input("".join(shell.streams.said))
            statuses.append(shell.status)
        self.streams.said.append(given.rest() if given else "")
        failed = [status for status in statuses if status]
        self.status = failed[-1] if self.pipefail and failed else statuses[-1]

    def command(self, command: Command, text: str, *, checked: bool) -> None:
        part = text[command.start : command.end]
        key = self.outside.source(part, self)
        if key is not None:
            self._run_source(key, part)
            return
        match command:
            case Simple():
                self._simple(command, checked=checked)
            case Test():
                from jenkins2gha.simulate.shell.conditions import double_bracket

                self.status = int(not double_bracket(command.words, self))
            case Function():
                self.functions[command.name] = command.body, text
                self.status = 0
            case _:
                with self._redirected(command.redirections):
                    self._compound(command, text, checked=checked)

    def _compound(self, command: Command, text: str, *, checked: bool) -> None:
        match command:
            case Group(body, subshell=False):
                self.list_(body, text, checked=checked)
            case Group(body):
                self._subshell(body, text, checked=checked)
            case If():
                self._if(command, text, checked=checked)
            case For():
                self._for(command, text, checked=checked)
            case While():
                self._while(command, text, checked=checked)
            case Case():
                self._case(command, text, checked=checked)

    def _subshell(self, body: List, text: str, *, checked: bool) -> None:
        shell = self.child(subshell=True)
        shell.streams = self.streams
        try:
            shell.list_(body, text, checked=checked)
        except Left as left:
            shell.status = left.status if left.kind == "exit" else shell.status
        self.status = shell.status

    def _if(self, command: If, text: str, *, checked: bool) -> None:
        for condition, body in command.branches:
            self.list_(condition, text, checked=True)
            if not condition or self.status == 0:
                self.status = 0
                self.list_(body, text, checked=checked)
                return
        self.status = 0

    def _for(self, command: For, text: str, *, checked: bool) -> None:
        values = self.fields()
        if command.words is not None:
            values = [one for word in command.words for one in expansion.fields_of(word.text, self)]
        self.status = 0
        for value in values:
            self.set(command.name, value)
            if not self._round(command.body, text, checked=checked):
                return

    def _while(self, command: While, text: str, *, checked: bool) -> None:
        status = 0
        for _ in range(_MOST_ROUNDS):
            self.list_(command.condition, text, checked=True)
            if (self.status == 0) is command.until:
                self.status = status
                return
            if not self._round(command.body, text, checked=checked):
                return
            status = self.status
        raise Endless("a loop does not end")

    def _round(self, body: List, text: str, *, checked: bool) -> bool:
        """One round of a loop; whether it goes on."""
        try:
            self.list_(body, text, checked=checked)
        except Left as left:
            if left.kind not in ("break", "continue"):
                raise
            self.status = 0
            return left.kind == "continue"
        return True

    def _case(self, command: Case, text: str, *, checked: bool) -> None:
        value = expansion.text_of(command.word.text, self)
        self.status = 0
        for options, body in command.items:
            for option in options:
                if patterns.matches(expansion.pattern_of(option.text, self), value):
                    self.list_(body, text, checked=checked)
                    return

    def _simple(self, command: Simple, *, checked: bool) -> None:
        words = [one for word in command.words for one in expansion.fields_of(word.text, self)]
        assigned: dict[str, str] = {}
        substituted = 0
        for word in command.assignments:
            name, _, value = word.text.partition("=")
            new = expansion.text_of(value, self)
            substituted = self.status if _SUBSTITUTION.search(value) else substituted
            assigned[name.rstrip("+")] = (
                self.variables.get(name[:-1], "") + new if name.endswith("+") else new
            )
        with self._redirected(command.redirections):
            if not words:
                self.variables.update(assigned)
                self.status = substituted
            else:
                self._with(assigned, words, checked=checked)

    def _with(self, assigned: dict[str, str], words: list[str], *, checked: bool) -> None:
        """Runs a command whose environment some assignments are laid over."""
        before, exported = dict(self.variables), set(self.exported)
        self.variables.update(assigned)
        self.exported.update(assigned)
        try:
            self.invoke(words, checked=checked)
        finally:
            if assigned:
                for name in assigned:
                    self.variables.pop(name, None)
                    if name in before:
                        self.variables[name] = before[name]
                self.exported -= set(assigned) - exported

    def invoke(self, words: list[str], *, checked: bool = False) -> None:
        """Runs a function, a builtin or a command by its words."""
        from jenkins2gha.simulate.shell.builtins import BUILTINS

        name = words[0] if words else ":"
        if name in self.functions:
            self._call(name, words[1:], checked=checked)
        elif name in BUILTINS:
            self.status = BUILTINS[name](self, words[1:], self.streams)
        else:
            self.status = self.outside.tool(words, self, self.streams)

    def _call(self, name: str, arguments: list[str], *, checked: bool) -> None:
        before, self.arguments = self.arguments, arguments
        try:
            self.command(*self.functions[name], checked=checked)
        except Left as left:
            if left.kind != "return":
                raise
            self.status = left.status
        finally:
            self.arguments = before

    @contextmanager
    def _redirected(self, redirections: tuple[Redirection, ...]) -> Iterator[None]:
        if not redirections:
            yield
            return
        outer = self.streams
        self.streams = Streams(outer.given)
        target: tuple[str, bool] | None = None
        for one in redirections:
            if one.operator in ("<<", "<<-", "<<<", "<"):
                self.streams.given = Input(_given(one, self))
            elif one.descriptor in ("", "1") and one.operator in (">", ">>", ">|", "&>", "&>>"):
                target = self.path(expansion.text_of(one.target.text, self)), ">>" in one.operator
        try:
            yield
        finally:
            inner, self.streams = self.streams, outer
            said = "".join(inner.said)
            if target is None:
                outer.said.append(said)
            else:
                self.write(target[0], said, add=target[1])


def _given(one: Redirection, shell: Shell) -> str:
    if one.document is not None:
        if one.document.quoted:
            return one.document.body
        body = one.document.body
        return "".join(piece.text for piece in expansion.pieces(body, shell, quoted=True))
    text = expansion.text_of(one.target.text, shell)
    return f"{text}\n" if one.operator == "<<<" else shell.files.get(shell.path(text), "")
