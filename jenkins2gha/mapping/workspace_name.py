"""The name of the workspace's folder: that of the job in Jenkins, of the repository on GitHub."""

from __future__ import annotations

from jenkins2gha.mapping.machine_scripts import MachineScript
from jenkins2gha.regex import regex
from jenkins2gha.shell.words import Command, commands

_FOLDER = regex(r"\$WORKSPACE|\$\{WORKSPACE\}")
_CURRENT = regex(r"\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`")
_CUT = regex(r"\$\{(?:WORKSPACE|PWD)##\*/\}")
_WHOLE = regex(r"-\w*[rRa]\w*|--recursive|--archive")


def reads_name(script: MachineScript) -> bool:
    """Whether a script asks for the name of its workspace's folder, or copies the folder by it."""
    if script.step.name != "sh":
        return False
    if _CUT.search(script.text):
        return True
    if "WORKSPACE" not in script.text and "pwd" not in script.text.lower():
        return False
    found = commands(script.text)
    moved = script.deeper or any(one.name in ("cd", "pushd") for one in found)
    return any(_takes_name(one, moved=moved) for one in found)


def _takes_name(command: Command, *, moved: bool) -> bool:
    words = [word.text.strip("\"'") for word in command.words]
    named = words[1:] if words[:1] == ["basename"] else []
    if words[:1] in (["cp"], ["scp"], ["rsync"]) and any(map(_WHOLE.fullmatch, words)):
        named = words[1:-1]
    asked = (_FOLDER,) if moved else (_FOLDER, _CURRENT)
    return any(one.fullmatch(word) for one in asked for word in named)
