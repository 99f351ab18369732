"""Which files a call names, and what is in them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from jenkins2gha.command.usage import UsageError
from jenkins2gha.configuration import Files, no_files
from jenkins2gha.jenkins.config.unit import ROOTS
from jenkins2gha.record import dataclass
from jenkins2gha.regex import regex

STDIN = "-"
_NAMES = regex(r"jenkinsfile([._-].*)?$|.*[._-]jenkinsfile$|.*\.jenkins$", re.IGNORECASE)
_JOB_NAME = "config.xml"
_JOB = re.compile(
    rb"\s*(?:<\?xml\b[^>]*\?>)?\s*(?:<!--[\s\S]*?-->\s*)*<("
    + b"|".join(re.escape(root.encode()) for root in ROOTS)
    + rb")[\s/>]"
)
_HEAD = 4096
_GROOVY_PIPELINE = re.compile(rb"^\s*(?:pipeline\s*\{|node\s*[({])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Input:
    """One source of a call: its name in messages, and its path (None for standard input)."""

    name: str
    path: Path | None

    def read(self) -> bytes:
        """The bytes of the source. Raises OSError."""
        return self.path.read_bytes() if self.path else sys.stdin.buffer.read()


def inputs(names: Sequence[str]) -> list[Input]:
    """The sources that the call's words name, a folder's files sorted by path.

    Raises UsageError for what does not exist and for a folder without pipelines.
    """
    found: list[Input] = []
    for name in names:
        path = Path(name)
        if name == STDIN:
            found.append(Input(STDIN, None))
        elif path.is_dir():
            inside = [Input(str(file), file) for file in pipelines_below(path)]
            if not inside:
                what = "no Jenkinsfile in this folder, and no config.xml of a job"
                raise UsageError(f"{name}: {what}; name the files instead")
            found += inside
        elif path.exists():
            found.append(Input(name, path))
        else:
            raise UsageError(f"{name}: no such file or folder")
    return found


def pipelines_below(folder: Path) -> Iterator[Path]:
    """The pipelines in a folder and below: by name (`Jenkinsfile`, `Jenkinsfile.x`,
    `x.jenkinsfile`, `x.jenkins`), `.groovy` files in which a `pipeline` or `node` block starts a
    line, and `config.xml` files of jobs. Hidden folders are left out."""
    found: list[Path] = []
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(root, name) for name in files if _is_pipeline(Path(root, name))]
    return iter(sorted(found))


def _is_pipeline(path: Path) -> bool:
    if not path.is_file():
        return False
    if path.suffix.lower() == ".groovy":
        return bool(_GROOVY_PIPELINE.search(path.read_bytes()))
    if path.name == _JOB_NAME:
        with path.open("rb") as file:
            return bool(_JOB.match(file.read(_HEAD).removeprefix(b"\xef\xbb\xbf")))
    return bool(_NAMES.match(path.name))


def repository_of(path: Path | None, given: str | None) -> Path | None:
    """The repository that a source belongs to: the given one, else the nearest folder above it
    with a `.git`."""
    if given is not None:
        return Path(given)
    if path is None:
        return None
    return next((one for one in path.resolve().parents if (one / ".git").exists()), None)


def files_of(repository: Path | None) -> Files:
    """Reads files of a repository, and nothing outside of it: `..`, absolute paths and links that
    lead out give None."""
    if repository is None:
        return no_files
    root = repository.resolve()

    def read(path: str) -> str | None:
        if path.startswith("/") or ".." in path.split("/"):
            return None
        file = (root / path).resolve()
        if not file.is_relative_to(root) or not file.is_file():
            return None
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    return read
