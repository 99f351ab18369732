"""Data flows one way: no stage of the compiler imports a later one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "jenkins2gha"
LEAVES = {
    "source",
    "diagnostics",
    "rules",
    "tables",
    "configuration",
    "resources",
    "record",
    "regex",
    "slug",
    "shell",
}
MAY_IMPORT: dict[str, set[str]] = {
    **dict.fromkeys(LEAVES, LEAVES),
    "groovy": LEAVES,
    "jenkins": LEAVES | {"groovy"},
    "plan": LEAVES | {"jenkins"},
    "actions": LEAVES,
    "mapping": LEAVES | {"jenkins", "plan", "actions"},
    "passes": LEAVES | {"actions"},
    "secrets": LEAVES | {"actions", "passes"},
    "configure": LEAVES,
    "conversion": LEAVES,
    "version": LEAVES,
    "ledger": LEAVES | {"conversion", "jenkins", "secrets"},
    "report": LEAVES | {"conversion", "jenkins", "secrets", "simulate", "verifier"},
    "simulate": LEAVES | {"groovy"},
}
COMPOSERS = {"__init__", "__main__", "compiler", "analyzer", "summary", "verifier", "command"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    """The stage that a module belongs to: its folder, or its own name at the top."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The parts of our own package that a module imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jenkins2gha"):
            below = (node.module or "").split(".")[1:2]
            names.update(below or {alias.name for alias in node.names})
        elif isinstance(node, ast.Import):
            names.update(
                a.name.split(".")[1] for a in node.names if a.name.startswith("jenkins2gha.")
            )
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_stage_imports_no_later_one(path: Path) -> None:
    own = part(path)
    if own not in COMPOSERS:
        assert imported(path) - {own} <= MAY_IMPORT[own]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_is_no_longer_than_a_reader_bears(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    long = [
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or 0) - node.lineno + 1 > 80
    ]
    assert long == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_is_named_for_nothing(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "manager", "common", "base", "misc"}
