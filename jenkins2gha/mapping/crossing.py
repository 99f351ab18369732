"""Where a tar file lies that goes from one job to another, for scripts and for actions."""

from __future__ import annotations

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.workflow import Text
from jenkins2gha.mapping.masks import joined
from jenkins2gha.mapping.translation import Context

UPLOAD, DOWNLOAD = "actions/upload-artifact", "actions/download-artifact"


def folder(context: Context) -> Text:
    """The folder; in a container, scripts and actions call only this one the same."""
    return Path("runner.temp") if context.runner.os == "windows" else "/tmp"  # noqa: S108


def file(name: str, context: Context) -> Text:
    """The tar file as an action is told of it."""
    return joined((folder(context), f"/{name}.tgz"), "")


def quoted(name: str, context: Context) -> str:
    """The tar file as a word of a script."""
    windows = context.runner.os == "windows"
    return f'"$RUNNER_TEMP/{name}.tgz"' if windows else f"/tmp/{name}.tgz"  # noqa: S108


def tar(context: Context) -> str:
    """The command: GNU tar takes `D:` for a host; that of macOS does not know the option."""
    return "tar --force-local" if context.runner.os == "windows" else "tar"
