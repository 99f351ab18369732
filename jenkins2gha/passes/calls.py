"""A command of a script reduced to what its twin on another system has in common with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jenkins2gha.record import dataclass
from jenkins2gha.regex import regex
from jenkins2gha.shell.bat import bat_commands
from jenkins2gha.shell.powershell import powershell_commands
from jenkins2gha.shell.words import Command, Word, commands

_VARIABLE = regex(r"%(\w+)%|!(\w+)!|\$\{(?:env:)?(\w+)\}|\$(?:env:)?(\w+)")
_WINDOWS = regex(r"(.+)\.(?:cmd|bat|exe)\Z", re.IGNORECASE)
_POWERSHELL = regex(r"(.+)\.ps1\Z", re.IGNORECASE)
_UNIX = regex(r"(.+)\.sh\Z")
_WRAPPERS = {
    "call": (),
    "&": (),
    "cmd": ("/c", "//c"),
    "cmd.exe": ("/c", "//c"),
    "powershell": ("-file",),
    "powershell.exe": ("-file",),
}
_READERS = {"sh": commands, "bat": bat_commands, "powershell": powershell_commands}


@dataclass(frozen=True, slots=True)
class Call:
    """`program` is the path without `./` and with `/`; `stem` that without the extension.

    `arguments` are normalised: the same for twins. `head` ranges from the first word to the
    program, wrappers such as `call` or `cmd /c` included.
    """

    command: Command
    program: str
    stem: str
    arguments: tuple[str, ...]
    head: tuple[int, int]
    windows: bool
    unix: bool

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        return self.stem, self.arguments


def calls(script: str, kind: str) -> tuple[Call, ...]:
    """The commands of a script of kind `sh`, `bat` or `powershell`; none for another kind.

    >>> [(call.stem, call.windows) for call in calls("./mvnw test; call mvnw.cmd test", "sh")]
    [('mvnw', False), ('mvnw', True)]
    """
    reader = _READERS.get(kind)
    found = reader(script) if reader else ()
    return tuple(call for command in found if (call := _call(command, kind)))


def _call(command: Command, kind: str) -> Call | None:
    at = _program(command.words)
    if at is None:
        return None
    word = command.words[at]
    path = _normal(word.text)
    wrapped = at > 0 and command.words[0].text.lower() not in ("sh", "bash", "&")
    windows = _WINDOWS.match(path) or (_POWERSHELL.match(path) if wrapped else None)
    unix = _UNIX.match(path)
    match = windows or unix
    return Call(
        command=command,
        program=path.removeprefix("./"),
        stem=(match[1] if match else path).removeprefix("./"),
        arguments=tuple(_normal(each.text) for each in command.words[at + 1 :]),
        head=(command.words[0].start, word.end),
        windows=bool(windows) or wrapped or kind == "bat",
        unix=not windows and (word.text.startswith("./") or (kind == "sh" and bool(unix))),
    )


def _program(words: Sequence[Word]) -> int | None:
    """The index of the word that names what runs, behind `call`, `cmd /c`, `bash x.sh`."""
    if not words:
        return None
    first = words[0].text.lower()
    if first in ("sh", "bash") and len(words) > 1 and _UNIX.match(words[1].text):
        return 1
    flags = _WRAPPERS.get(first)
    if flags is None:
        return 0
    if not flags:
        return 1 if len(words) > 1 else None
    for index, word in enumerate(words[1:-1], start=1):
        if word.text.lower() in flags:
            return index + 1
    return 0


def _normal(text: str) -> str:
    text = _VARIABLE.sub(lambda match: "$" + next(filter(None, match.groups())), text)
    return text.replace("\\", "/").replace('"', "").replace("'", "")
