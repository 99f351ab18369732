"""Where the data folders are."""

from __future__ import annotations

from pathlib import Path


def folder(name: str) -> Path:
    """The data folder `name`: inside the installed package, else beside it in a checkout."""
    inside = Path(__file__).with_name(name)
    return inside if inside.is_dir() else Path(__file__).parents[1] / name
