"""Reads the tables: from the file built of them where it is fresh, else from the YAML itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jenkins2gha.resources import folder

BUILT = "tables.json"


def table(name: str) -> dict[str, Any]:
    """The rows of one table by their key, e.g. `table("signatures")["sh"]`; do not change them."""
    rows: dict[str, Any] = _tables()[name]
    return rows


def write(path: Path) -> None:
    """Validates every table and writes them all into one file that loads fast."""
    from jenkins2gha.tables.validate import read_all

    built = {"sources": _digest(), "tables": read_all(_sources())}
    text = json.dumps(built, ensure_ascii=False, separators=(",", ":"))
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


@cache
def _tables() -> dict[str, Any]:
    file = folder("mappings") / BUILT
    if file.is_file():
        built = json.loads(file.read_text(encoding="utf-8"))
        if built["sources"] == _digest():
            tables: dict[str, Any] = built["tables"]
            return tables
    from jenkins2gha.tables.validate import read_all

    return read_all(_sources())


def _digest() -> str:
    """What the built file must have been made of: the rows, and the models that read them."""
    digest = hashlib.sha256(Path(__file__).with_name("rows.py").read_bytes())
    for name, file in _sources():
        digest.update(name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _sources(below: Path | None = None, prefix: str = "") -> Iterator[tuple[str, Path]]:
    """Every YAML file below `mappings/` with its path, sorted by it."""
    for entry in sorted((below or folder("mappings")).iterdir(), key=lambda file: file.name):
        if entry.is_dir():
            yield from _sources(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            yield prefix + entry.name, entry
