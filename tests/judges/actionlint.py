"""actionlint: the structure, expressions and known actions of a workflow."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from judges import Finding, machine

VERSION = "1.7.12"
_NAME = "actionlint"

ALLOWED = (
    # `concurrency.queue` (May 2026) is younger than the release.
    re.compile(
        r'unexpected key "queue" for "concurrency" section\. '
        r'expected one of "cancel-in-progress", "group"'
    ),
    # A label is the name of a machine that only its owner knows.
    re.compile(r'label "[^"]+" is unknown\. available labels are .*', re.DOTALL),
)
"""What is not held against a workflow, by the exact text of the message. `schedule.timezone` and
`case()` need no entry: the release knows them."""

PARALLEL = 'step must run script with "run" section or run action with "uses" section'
"""What the release says of a `parallel:` group (June 2026), allowed on the line of one and nowhere
else. The steps of the group, which the release then skips, are judged as ordinary steps."""

_GROUP = re.compile(r"( *)- parallel: *")


def available() -> str | None:
    """Why actionlint is missing."""
    return machine.go_available(_NAME, VERSION)


def install() -> None:
    """Builds it from source."""
    machine.go_install(_NAME, "github.com/rhysd/actionlint/cmd/actionlint", VERSION)


def findings(paths: Sequence[Path]) -> list[Finding]:
    """Everything it holds against the files, but for what `ALLOWED` and `PARALLEL` name."""
    found: set[Finding] = set()
    with tempfile.TemporaryDirectory() as folder:
        for batch in machine.batches(paths):
            flat = dict(_flattened(batch, Path(folder).resolve()))
            for error in _run([*batch, *flat]):
                path = Path(folder, error["filepath"]).resolve()
                if not _allowed(error, path):
                    found.add(_finding(error, flat.get(path, path)))
    return sorted(found)


def _run(paths: Sequence[Path]) -> list[dict[str, Any]]:
    options = ("-shellcheck=", "-pyflakes=", "-format", "{{json .}}")
    command: list[str | Path] = [machine.go_program(_NAME, VERSION), *options, *paths]
    done = machine.run(command, cwd=paths[0].parent)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"actionlint failed: {done.stderr}")
    errors: list[dict[str, Any]] = json.loads(done.stdout)
    return [{**error, "filepath": str(paths[0].parent / error["filepath"])} for error in errors]


def _finding(error: dict[str, Any], path: Path) -> Finding:
    return Finding(path, error["line"], error["column"], error["kind"], error["message"])


def _allowed(error: dict[str, Any], path: Path) -> bool:
    message = error["message"]
    if message == PARALLEL:
        lines = path.read_text(encoding="utf-8").splitlines()
        return _GROUP.fullmatch(lines[error["line"] - 1]) is not None
    return any(pattern.fullmatch(message) for pattern in ALLOWED)


def _flattened(paths: Sequence[Path], folder: Path) -> Iterator[tuple[Path, Path]]:
    """A copy of each file with a `parallel:` group, its steps ordinary ones, and what it copies."""
    for number, path in enumerate(paths):
        text = path.read_text(encoding="utf-8", errors="replace")
        flat = flatten(text)
        if flat != text:
            copy = folder / f"{number}.yml"
            copy.write_text(flat, encoding="utf-8")
            yield copy, path


def flatten(text: str) -> str:
    """The workflow with the steps of every `parallel:` group as steps of the job, line by line.

    >>> print(flatten("- run: a\\n- parallel:\\n    - run: b\\n    - run: c\\n- run: d"))
    - run: a
    <BLANKLINE>
    - run: b
    - run: c
    - run: d
    """
    flat: list[str] = []
    group: int | None = None
    shift = 0
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if group is not None and line.strip() and indent <= group:
            group = None
        opening = _GROUP.fullmatch(line)
        if opening and group is None:
            group, shift = len(opening[1]), 0
            flat.append("")
        elif group is None:
            flat.append(line)
        else:
            shift = shift or (indent - group if line.strip() else 0)
            flat.append(line[min(shift, indent) :])
    return "\n".join(flat)
