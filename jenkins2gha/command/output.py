"""Writes files whole or not at all, and never over what a person edited."""

from __future__ import annotations

import os
from pathlib import Path

from jenkins2gha.actions.header import edited
from jenkins2gha.command.usage import UsageError


def write_whole(path: Path, text: str) -> None:
    """Writes a text beside its place and moves it there, so that nobody sees half a file."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    written = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        written.chmod(0o666 & ~_umask())
        written.replace(path)
    except BaseException:
        written.unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def refuse_edited(path: Path, *, force: bool) -> None:
    """Raises UsageError where `path` holds a workflow that is not as jenkins2gha left it."""
    if force or not path.exists():
        return
    state = edited(path.read_text(encoding="utf-8", errors="replace"))
    if state is None:
        raise UsageError(f"{path} was not written by jenkins2gha; --force overwrites it")
    if state:
        raise UsageError(f"{path} was edited by hand since; --force overwrites it")
