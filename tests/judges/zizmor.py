"""zizmor: faults of security in a workflow, of medium severity or more."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from judges import Finding, Unavailable, machine

VERSION = "1.32.0"

_COMMAND = (
    "--offline",
    "--no-config",
    "--no-ignores",  # a workflow cannot excuse itself by a comment
    "--no-exit-codes",
    "--no-progress",
    "--color=never",
    "--format=json-v1",
    "--min-severity=medium",
)
_WITHOUT = dict.fromkeys(("RUST_LOG", "GH_TOKEN", "GITHUB_TOKEN", "ZIZMOR_GITHUB_TOKEN"))
_IMAGE = re.compile(r"""\b(?:image|container):\s*(["']?)(?P<image>[^"'\s]+)\1\s*(?:#.*)?""")


def available() -> str | None:
    """Why zizmor is missing."""
    if not machine.python_program("zizmor").exists():
        return f"zizmor {VERSION} is not installed in this environment; run `make judges`"
    said = machine.run([machine.python_program("zizmor"), "--version"]).stdout.split()
    return None if said[-1:] == [VERSION] else f"zizmor is {' '.join(said[-1:])}, not {VERSION}"


def install() -> None:
    """It comes with the project's `dev` extra."""
    if reason := available():
        raise Unavailable(reason)


def findings(paths: Sequence[Path]) -> list[Finding]:
    """Everything but for the published exceptions; a file it cannot load is a finding."""
    found: list[Finding] = []
    for batch in machine.batches(paths):
        done = machine.run([machine.python_program("zizmor"), *_COMMAND, *batch], env=_WITHOUT)
        audited = set(re.findall(r"zizmor: \S+ completed (.+)$", done.stderr, re.MULTILINE))
        found += [
            Finding(path, 0, 0, "not-loaded", done.stderr.strip())
            for path in batch
            if str(path) not in audited
        ]
        if done.stdout.strip():
            found += [_finding(one) for one in json.loads(done.stdout) if not excepted(one)]
    return sorted(found)


def excepted(finding: dict[str, Any]) -> bool:
    """The published list of what zizmor says and the workflow keeps.

    `unpinned-images` where the image has no tag, or `latest`: so the pipeline wrote it, and which
    release it meant nobody but its author can say. `dangerous-triggers` for `workflow_run`: it is
    written only where the configuration names the jobs that a pipeline waits for.
    """
    if finding["ident"] == "dangerous-triggers":
        return "workflow_run" in _primary(finding)["symbolic"]["annotation"]
    if finding["ident"] != "unpinned-images":
        return False
    image = _IMAGE.search(_primary(finding)["concrete"]["feature"])
    if image is None or "${{" in image["image"]:
        return False
    name = image["image"].rpartition("/")[2]
    return ":" not in name.partition("@")[0] or name.endswith(":latest")


def _finding(finding: dict[str, Any]) -> Finding:
    primary = _primary(finding)
    start = primary["concrete"]["location"]["start_point"]
    level = finding["determinations"]["severity"]
    message = f"{finding['desc']}: {primary['symbolic']['annotation']} ({level})"
    path = Path(primary["symbolic"]["key"]["Local"]["verbatim_path"])
    return Finding(path, start["row"] + 1, start["column"] + 1, finding["ident"], message)


def _primary(finding: dict[str, Any]) -> dict[str, Any]:
    locations: list[dict[str, Any]] = finding["locations"]
    return next(one for one in locations if one["symbolic"]["kind"] == "Primary")
