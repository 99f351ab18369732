"""Commands in scripts of a workflow that are not the pipeline's own, as far as they are known.

What is known here only prepares, packs, hands over or asks; all other commands count as added.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from string import ascii_lowercase, ascii_uppercase

from jenkins2gha.simulate.compare.machine import TEMP, Machine
from jenkins2gha.simulate.shell import Shell, Streams
from jenkins2gha.simulate.shell.texts import SOME_FILE

_OF_CONTAINERS = "/tmp/"  # noqa: S108 - a path in a simulated container

Tool = Callable[[list[str], Shell, Streams, Machine], int]


def _quiet(_: list[str], __: Shell, ___: Streams, ____: Machine) -> int:
    return 0


def _operands(words: list[str]) -> list[str]:
    return [word for word in words[1:] if not word.startswith("-")]


def _remove(words: list[str], shell: Shell, _: Streams, machine: Machine) -> int:
    for word in _operands(words):
        path = shell.path(word)
        machine.remove(path)
        if path in ("", ".", "*", "./*") and not shell.directory:
            machine.seen = frozenset()
    return 0


def _copy(words: list[str], shell: Shell, _: Streams, machine: Machine) -> int:
    *sources, target = [shell.path(word) for word in _operands(words)] or [""]
    for source in sources:
        place = f"{target}/{source.rpartition('/')[2]}" if target.endswith("/") else target
        if source in machine.files:
            machine.files[place] = machine.files[source]
        if source in machine.packed:
            machine.packed[place] = machine.packed[source]
        if words[0] == "mv":
            machine.remove(source)
    return 0


def _touch(words: list[str], shell: Shell, _: Streams, machine: Machine) -> int:
    for word in _operands(words):
        machine.files.setdefault(shell.path(word), "")
    return 0


def _tar(words: list[str], shell: Shell, streams: Streams, machine: Machine) -> int:
    """Packing keeps what the workspace holds; unpacking brings it, or fails without the archive."""
    mode = next(
        (word for word in words[1:] if re.fullmatch(r"-?[a-zA-Z]*[cxt][a-zA-Z]*", word)), ""
    )
    long = [word.partition("=")[2] for word in words if word.startswith("--file=")]
    short = next((words[n + 1] for n, w in enumerate(words[:-1]) if _takes_file(w)), "")
    archive = shell.path(long[0] if long else short)
    if "c" in mode or "--create" in words:
        machine.packed[archive] = machine.seen
        machine.files.setdefault(archive, "")
        return 0
    if archive not in machine.packed:
        return 2
    if "x" in mode or "--extract" in words:
        machine.seen |= machine.packed[archive]
    else:
        streams.said.append("file\n")
    return 0


def _takes_file(word: str) -> bool:
    return re.fullmatch(r"-?[a-zA-Z]*f", word) is not None and not word.startswith("--")


def _find(words: list[str], shell: Shell, streams: Streams, machine: Machine) -> int:
    """Finds something wherever there is any work; `-delete` of all takes it away."""
    if "-delete" in words or "rm" in words:
        if not shell.directory and words[1:2] == ["."]:
            machine.seen = frozenset()
    elif machine.seen:
        streams.said.append(f"{SOME_FILE}\n")
    return 0


def _make_temporary(words: list[str], _: Shell, streams: Streams, machine: Machine) -> int:
    name = f"{TEMP}/made.{len(machine.files)}"
    if not any(word.startswith("-d") for word in words):
        machine.files[name] = ""
    streams.said.append(f"{name}\n")
    return 0


def _number(text: str) -> Tool:
    def say(_: list[str], __: Shell, streams: Streams, ___: Machine) -> int:
        streams.said.append(f"{text}\n")
        return 0

    return say


_CLASSES = {"[:lower:]": ascii_lowercase, "a-z": ascii_lowercase, "[:upper:]": ascii_uppercase,
            "A-Z": ascii_uppercase}  # fmt: skip


def _translate(words: list[str], _: Shell, streams: Streams, __: Machine) -> int:
    """`tr` between sets of letters of the same size, or with `-d`."""
    given = streams.given.rest() if streams.given else ""
    first, second = (*(_CLASSES.get(word, word) for word in _operands(words)), "", "")[:2]
    if "-d" in words:
        streams.said.append(given.translate(str.maketrans("", "", first)))
    elif len(first) == len(second):
        streams.said.append(given.translate(str.maketrans(first, second)))
    return 0


TOOLS: dict[str, Tool] = {
    **dict.fromkeys(("mkdir", "chmod", "sleep", "kill", "sync", "ls", "stat", "du"), _quiet),
    "rm": _remove,
    "cp": _copy,
    "mv": _copy,
    "touch": _touch,
    "tar": _tar,
    "find": _find,
    "mktemp": _make_temporary,
    "tr": _translate,
    "id": _number("1001"),
    "uname": _number("Linux"),
    "date": _number("1700000000"),
}


def is_preparing(words: list[str], shell: Shell) -> bool:
    """Whether a known tool touches nothing that the pipeline's own commands see but folders,
    archives and what lies in the runner's temporary folder."""
    if words[0] == "docker":
        return words[1:2] != [] and words[1] in _DOCKER
    if words[0] == "git":
        return words[1:2] == ["config"] or words[1:2] in (["diff"], ["log"], ["rev-parse"])
    if words[0] == "gh":
        return words[1:2] in (["api"], ["run"])
    if words[0] not in TOOLS:
        return False
    if words[0] in ("rm", "cp", "mv", "chmod", "touch"):
        return all(
            shell.path(word).startswith((TEMP, _OF_CONTAINERS)) for word in _operands(words)[-1:]
        )
    return not (words[0] == "find" and "-delete" in words) and words[0] != "sleep"


_DOCKER = frozenset(
    "login logout pull create start stop rm exec run build cp inspect image network volume".split()
)
