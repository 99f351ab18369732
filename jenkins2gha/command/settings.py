"""The configuration of a call: its files, and its words over them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from jenkins2gha.command.usage import UsageError
from jenkins2gha.configuration import Configuration

REPOSITORY_FILE = ".github/jenkins2gha.yaml"
_WORDS = {
    "job-kind": "job_kind",
    "pins": "pin",
    "target": "target",
    "on-manual": "on_manual",
    "jobs-per": "jobs",
    "parallel": "parallel",
}
"""Keys of the configuration, and the words of the command line that set them."""


def configuration(arguments: argparse.Namespace, repository: Path | None) -> Configuration:
    """Merges the files that `--config` names, the repository's own, and the command line.

    Raises UsageError for a file that cannot be read or says what no setting allows.
    """
    layers = [(path, _read(path)) for path in arguments.config]
    if repository:
        own = repository / REPOSITORY_FILE
        if own.is_file():
            layers.append((str(own), _read(str(own))))
    words = {
        key: getattr(arguments, word) for key, word in _WORDS.items() if getattr(arguments, word)
    }
    if words:
        layers.append(("the command line", json.dumps(words)))
    return _merged(layers)


def _merged(layers: list[tuple[str, str]]) -> Configuration:
    if not layers:
        return Configuration()
    from jenkins2gha.configure import ConfigurationError, merge

    try:
        return merge(layers)
    except ConfigurationError as error:
        raise UsageError(str(error)) from error


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
