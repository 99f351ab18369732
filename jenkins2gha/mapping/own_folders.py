"""Folders at the top of a machine that no system has: somebody made them on the agent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jenkins2gha.mapping.machine_scripts import MachineScript
from jenkins2gha.regex import regex
from jenkins2gha.shell.words import Command, commands

_WORKS_ON_FILES = frozenset("cat cd chmod chown cp find ls mv pushd rm rsync source tar .".split())
_OF_SYSTEMS = frozenset(
    "bin boot dev etc github home lib lib64 media mnt opt proc root run sbin snap srv sys tmp usr"
    " var Applications Library System Users Volumes private cygdrive __w __e _work".split()
)
_PATH = regex(r"/([A-Za-z_][\w.-]+)(?:/[\w./*-]*)?")
_MAKES = (
    r"\b(?:mkdir|clone|ln|mount|install|virtualenv|venv|unzip)\b[^\n;&|]*\s[\"']?/{0}(?![\w-])"
    r"|(?:-v|--volume)[ =]?[\"']?/{0}(?![\w-])|\s-[Cd]\s*[\"']?/{0}(?![\w-])"
)


def own_folders(script: MachineScript, earlier: Sequence[MachineScript]) -> Iterator[str]:
    """The paths in such folders that the commands of a script work on, and that nothing made.

    Only commands are asked whose words are files: elsewhere a text with slashes may be anything.
    """
    if script.boxed or script.step.name != "sh" or "/" not in script.text:
        return
    for command in commands(script.text):
        for path, top in _named(command):
            before = (*(one.text for one in earlier), script.text[: command.start])
            made = re.compile(_MAKES.format(re.escape(top)))
            if not any(map(made.search, before)):
                yield path


def _named(command: Command) -> Iterator[tuple[str, str]]:
    words = [word.text.strip("\"'") for word in command.words]
    words = words[1:] if words[:1] == ["sudo"] else words
    if command.depth or not words or words[0] not in _WORKS_ON_FILES:
        return
    if words[0] == "rm" and any(one.startswith("-") and "f" in one for one in words):
        return
    named = words[1:2] if words[0] == "find" else words[1:]
    for word in named:
        match = _PATH.fullmatch(word)
        if match and match[1] not in _OF_SYSTEMS:
            yield word, match[1]
