"""Where a tar file lies that goes from one job to another, for scripts and for actions."""

from __future__ import annotations

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.workflow import Text
from jenkins2gha.mapping.masks import joined
from jenkins2gha.mapping.translation import Context

_OF_CONTAINER = "/tmp"  # noqa: S108
"""The container's own; `runner.temp` is a folder of its machine, which has another name inside."""
UPLOAD, DOWNLOAD = "actions/upload-artifact", "actions/download-artifact"


def folder(context: Context) -> Text:
    """The folder, which no other job on the machine uses."""
    return _OF_CONTAINER if context.container else Path("runner.temp")


def file(name: str, context: Context) -> Text:
    """The tar file as an action is told of it."""
    return joined((folder(context), f"/{name}.tgz"), "")


def quoted(name: str, context: Context) -> str:
    """The tar file as a word of a script."""
    return f"{_OF_CONTAINER}/{name}.tgz" if context.container else f'"$RUNNER_TEMP/{name}.tgz"'


def tar(context: Context) -> str:
    """The command: GNU tar takes `D:` for a host; that of macOS does not know the option."""
    return "tar --force-local" if context.runner.os == "windows" else "tar"
