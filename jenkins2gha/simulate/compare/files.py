"""The files that steps write: their names and their texts."""

from __future__ import annotations

import base64
import posixpath

from jenkins2gha.simulate.compare.acts import Act
from jenkins2gha.simulate.compare.texts import canonical
from jenkins2gha.simulate.trace import Command, Pairs

_WORKSPACE = "$WORKSPACE"


def written_by(command: Command) -> tuple[str, str] | None:
    """The file that a step on Jenkins writes, and its text; None for one that writes none."""
    given = dict(command.inputs)
    if command.text != "writeFile" or command.result != "success" or "file" not in given:
        return None
    text = given.get("text", "")
    if given.get("encoding", "").lower() == "base64":
        text = base64.b64decode(text).decode(errors="replace")
    return place_of(given["file"], command.directory), canonical(text) or ""


def files_of(act: Act) -> Pairs:
    """The files of the workspace that a script wrote, as they were after each writing."""
    return tuple((place_of(path), canonical(text) or "") for path, text in act.written)


def place_of(path: str, directory: str = "") -> str:
    """A path as it is told from the workspace.

    >>> place_of("$GITHUB_WORKSPACE/conf/../a.txt"), place_of("./a.txt", "web")
    ('a.txt', 'web/a.txt')
    """
    whole = (canonical(path) or "").replace("\\", "/")
    if whole.startswith(f"{_WORKSPACE}/"):
        return posixpath.normpath(whole.removeprefix(f"{_WORKSPACE}/"))
    return posixpath.normpath(posixpath.join(directory, whole))
