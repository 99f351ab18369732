"""What a script of the workflow meets outside of itself: the pipeline's commands, and tools."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from jenkins2gha.simulate.compare import tools
from jenkins2gha.simulate.compare.acts import Act
from jenkins2gha.simulate.compare.docker import read_call
from jenkins2gha.simulate.compare.known import Known
from jenkins2gha.simulate.compare.machine import TEMP, Container, Machine
from jenkins2gha.simulate.shell import Killed, Shell, Streams
from jenkins2gha.simulate.shell.state import Input
from jenkins2gha.simulate.shell.texts import content
from jenkins2gha.simulate.situation import Answer

_SHELLS = frozenset("sh bash /bin/sh /bin/bash dash /usr/bin/bash /busybox/sh ash".split())
_INTERPRETERS = frozenset("python python3 node ruby perl php Rscript groovy".split())
_AROUND = frozenset(("env", "exec", "sudo", "nohup", "time", "stdbuf", "xargs", "nice"))
_LONGEST_AROUND = ("timeout", "flock")
_OF_STASH = re.compile(r"stash-(.+)\.tgz$")


@dataclass(slots=True)
class Facts:
    """What the world outside tells: answers by the key of a command, files, and other facts.

    `begun` says that the legs of a matrix which another one cancels have come to their first
    command of the pipeline.
    """

    answer: Callable[[str], Answer]
    files: dict[str, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    previous: str = ""
    begun: bool = False


class StepOutside:
    """The world of one step's script; its acts are put down in `acts`."""

    def __init__(
        self, acts: list[Act], around: Act, machine: Machine, known: Known, facts: Facts
    ) -> None:
        self._acts, self._around, self._machine = acts, around, machine
        self._known, self._facts = known, facts
        self.container = ""
        self.asks = False
        self.ends: list[str] = []
        self.answered: set[str] = set()
        self._packed: set[str] = set()

    def exists(self, path: str) -> bool:
        return path in self._facts.files or path in self._machine.packed

    def content(self, path: str) -> str | None:
        return self._facts.files.get(path)

    def source(self, text: str, shell: Shell) -> str | None:
        return self._known.script(text, shell.environment())

    def run(self, key: str, text: str, shell: Shell) -> tuple[int, str]:
        """A command of the pipeline: it sees the workspace as it is now, then leaves its work."""
        act = self._begin("source", text, shell, key)
        answer = self._facts.answer(key)
        self.ends.append(answer.end)
        failed = answer.end != "success"
        self._acts[act.number] = act.after(said=answer.stdout, failed=failed)
        self._machine.seen |= {act.number}
        if answer.end == "abort":
            raise Killed
        if failed:
            self._packed.clear()
        return (answer.status or 1) if failed else 0, answer.stdout

    def tool(self, words: list[str], shell: Shell, streams: Streams) -> int:
        """Any other command: a shell inside, a known tool, a question to GitHub, or an unknown."""
        inner = self._inner(words)
        if inner is not None:
            shell.invoke(inner)
            return shell.status
        if words[0] in _SHELLS:
            return self._shell(words, shell, streams)
        status = self._docker(words, shell, streams) if words[0] == "docker" else None
        if status is not None:
            return status
        file = 1 if words[0].rpartition("/")[2] in _INTERPRETERS and len(words) > 1 else 0
        script = content(shell, words[file])
        if script is not None:
            arguments = tuple(words[file + 1 :])
            return self._script(script, shell, streams, arguments, errexit=False)
        said = self._asked(words)
        if said is not None:
            self.asks = True
            streams.said.append(said)
            return 0
        act = self._begin("tool", " ".join(words), shell, "")
        stash = self._stash(words) if words[0] == "tar" else None
        if stash is not None and self._facts.answer(stash).end != "success":
            self._packed.clear()
            return self._failed(act, self._facts.answer(stash).end)
        if not tools.is_preparing(words, shell) and self.rewritten():
            self._acts[act.number] = replace(act, failed=True)
            return 1
        preparing = tools.is_preparing(words, shell)
        if preparing:
            self._acts[act.number] = replace(act, placeholder=True)
        known = tools.TOOLS.get(words[0])
        status = known(words, shell, streams, self._machine) if known else 0
        self._machine.seen |= {act.number}
        if status:
            self._acts[act.number] = replace(self._acts[act.number], failed=True)
        return status

    def _failed(self, act: Act, end: str) -> int:
        self._acts[act.number] = replace(act, failed=True)
        self._machine.seen |= {act.number}
        self.ends.append(end)
        if end == "abort":
            raise Killed
        return 1

    def _stash(self, words: list[str]) -> str | None:
        """The step of the pipeline whose files a `tar` packs or unpacks; it is answered here.

        Of several for one stash each is one of their order, in each round of a loop from the first,
        which a failure ends.
        """
        names = [found[1] for word in words if (found := _OF_STASH.search(word))]
        verb = "unstash@" if words[1].startswith("-x") else "stash@"
        starts = {extent.start for extent in self._around.origins}
        keys = [
            key
            for key in self._known.stashing(starts)
            if key.startswith(verb) and _bare(self._known.stashes[key]) in map(_bare, names)
        ]
        if self._packed.issuperset(keys):
            self._packed.difference_update(keys)
        own = next((key for key in keys if key not in self._packed), None)
        if own is not None:
            self._packed.add(own)
            self.answered.add(own)
        return own

    def rewritten(self) -> bool:
        """Whether the command of the pipeline that stands where this step comes from fails: this
        is that command in other words, if it is nobody else; `ends` tells how."""
        starts = (extent.start for extent in self._around.origins)
        keys = [key for start in starts for key in self._known.scripts.get(start, ())]
        ends = [self._facts.answer(key).end for key in keys]
        self.ends += ends
        return any(end != "success" for end in ends)

    def _begin(self, kind: str, text: str, shell: Shell, key: str) -> Act:
        environment = shell.environment()
        act = Act(
            kind="source" if kind == "source" else "tool",
            number=len(self._acts),
            step=self._around.number,
            command=self._around.command,
            text=text,
            key=key,
            environment={name: self._real(value) for name, value in environment.items()},
            path=(*_before(environment.get("PATH", ""), "$PATH"), *self._around.command.path),
            directory=shell.directory,
            container=self.container,
            seen=self._machine.seen,
            origins=self._around.origins,
        )
        self._acts.append(act)
        return act

    def _real(self, value: str) -> str:
        """A path of a file that holds a secret stands for the secret."""
        path = value.replace("\\", "/").replace("D:/a/_temp", TEMP)
        held = self._machine.files.get(path, "").strip() if value else ""
        return held if held.startswith("secret:") else value

    def _inner(self, words: list[str]) -> list[str] | None:
        """The command inside one that only changes how it is run."""
        name, rest = words[0], list(words[1:])
        if name in _LONGEST_AROUND:
            while rest and rest[0].startswith("-"):
                rest = rest[2 if rest[0] in ("-k", "-s") else 1 :]
            return rest[1:]
        if name not in _AROUND:
            return None
        while rest and (rest[0].startswith("-") or "=" in rest[0].split("/")[0]):
            rest = rest[1:]
        return rest

    def _shell(self, words: list[str], shell: Shell, streams: Streams) -> int:
        """`bash -e FILE`, `bash -ec TEXT`, or a script that is piped in."""
        errexit = "pipefail" in words
        place = 1
        while place < len(words) and words[place][:1] in ("-", "+"):
            word = words[place]
            short = not word.startswith("--")
            errexit = errexit or (short and "e" in word)
            if short and word.endswith("c"):
                return self._script(words[place + 1], shell, streams, (), errexit=errexit)
            place += 2 if word in ("-o", "+o") else 1
        if place < len(words) and words[place] != "-":
            text = content(shell, words[place])
            if text is None:
                act = self._begin("tool", " ".join(words), shell, "")
                self._acts[act.number] = replace(act, failed=True)
                return 127
            return self._script(text, shell, streams, tuple(words[place + 1 :]), errexit=errexit)
        text = streams.given.rest() if streams.given else ""
        return self._script(text, shell, streams, (), errexit=errexit)

    def _script(
        self,
        text: str,
        shell: Shell,
        streams: Streams,
        arguments: tuple[str, ...],
        *,
        errexit: bool,
    ) -> int:
        child = shell.child(subshell=False, errexit=errexit)
        child.arguments = list(arguments)
        key = self.source(text, child)
        if key is not None:
            status, said = self.run(key, text, child)
            streams.said.append(said)
            return status
        try:
            child.whole(text)
        finally:
            streams.said += child.streams.said  # also what it had printed when it was killed
        return child.status

    def _docker(self, words: list[str], shell: Shell, streams: Streams) -> int | None:
        """`docker run` and `docker exec` with a command: it sees what is passed, where it is told.

        None for any other use of docker, also for a container that is only started.
        """
        call = read_call(words)
        if call is None:
            return None
        given = self._machine.containers.get(call.target) if words[1] == "exec" else None
        passed, directory = call.passed(shell)
        variables = {**(given.variables if given else {}), **passed}
        if call.detached:
            place = directory if directory is not None else ""
            self._machine.containers[call.name] = Container(variables, place)
            return None
        if not call.command:
            return None
        if directory is None:
            directory = given.directory if given else ""
        child = shell.child(subshell=False)
        child.variables, child.exported, child.directory = variables, set(variables), directory
        child.streams.given = Input(streams.given.rest()) if streams.given else None
        before, self.container = self.container, call.target
        try:
            child.invoke(list(call.command))
        finally:
            self.container = before
            streams.said += child.streams.said
        return child.status

    def _asked(self, words: list[str]) -> str | None:
        """What a question to git or GitHub is answered."""
        if words[0] == "git" and "diff" in words and "--name-only" in words:
            return "".join(f"{name}\n" for name in self._facts.changed)
        if words[0] == "git" and "log" in words:
            return "".join(f"{text}\n" for text in self._facts.messages)
        if words[0] == "gh" and words[1:2] in (["api"], ["run"]):
            if "/environments/" in " ".join(words):
                return "required_reviewers\n"
            return f"{_prefix(words)}{self._facts.previous}\n"
        return None


def _prefix(words: list[str]) -> str:
    """The text that a filter of jq puts before what it finds."""
    given = words[words.index("--jq") + 1 :][:1] if "--jq" in words else []
    found = re.match(r'"([^"]*)" \+', given[0]) if given else None
    return found[1] if found else ""


def _bare(name: str) -> str:
    return re.sub(r"\W|_", "", name).lower()


def _before(text: str, end: str) -> tuple[str, ...]:
    front, found, _ = text.rpartition(end)
    return tuple(folder for folder in front.split(":") if folder) if found else ()
