"""Where the data folders are."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def folder(name: str) -> Traversable:
    """The data folder `name`: inside the installed package, else beside it in a checkout."""
    inside = files("jenkins2gha") / name
    return inside if inside.is_dir() else Path(__file__).parents[1] / name
