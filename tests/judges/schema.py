"""The JSON schema of workflows in the SchemaStore, as check-jsonschema carries it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from judges import Finding, Unavailable, machine

VERSION = "0.39.0"


def available() -> str | None:
    """Why check-jsonschema is missing."""
    try:
        found = metadata.version("check-jsonschema")
    except metadata.PackageNotFoundError:
        return f"check-jsonschema {VERSION} is not installed in this environment; run `make judges`"
    return None if found == VERSION else f"check-jsonschema is {found}, not {VERSION}"


def install() -> None:
    """It comes with the project's `dev` extra."""
    if reason := available():
        raise Unavailable(reason)


def findings(paths: Sequence[Path]) -> list[Finding]:
    """Every place where a file leaves the schema, and every file that is no YAML."""
    found: list[Finding] = []
    for batch in machine.batches(paths):
        command = [sys.executable, "-m", "check_jsonschema", "--output-format=json"]
        done = machine.run([*command, "--builtin-schema=vendor.github-workflows", *batch])
        if done.returncode not in (0, 1):
            raise RuntimeError(f"check-jsonschema failed: {done.stderr}")
        said = json.loads(done.stdout)
        for error in said.get("errors", []):
            best = error.get("best_deep_match", error)
            found.append(Finding(Path(error["filename"]), 0, 0, best["path"], best["message"]))
        found += [
            Finding(Path(error["filename"]), 0, 0, "yaml", error["message"])
            for error in said.get("parse_errors", [])
        ]
    return sorted(found)
