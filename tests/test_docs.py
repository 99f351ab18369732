"""The documents say what the tool does."""

from __future__ import annotations

import ast
import re
import runpy
from pathlib import Path

import pytest

from jenkins2gha.command.arguments import parser
from jenkins2gha.tables import table

ROOT = Path(__file__).parents[1]
PAGES: dict[str, str] = runpy.run_path(str(ROOT / "docs" / "write.py"))["pages"]()
TABLES = [path.read_text() for path in sorted((ROOT / "mappings").rglob("*.yaml"))]


def spoken() -> list[re.Pattern[str]]:
    """A pattern for each string of the package that could be a rule's id: `f"{kind}-unknown"`."""
    patterns: set[str] = set()
    for path in sorted((ROOT / "jenkins2gha").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    part.value if isinstance(part, ast.Constant) else None for part in node.values
                ]
                if any(isinstance(part, str) and "-" in part for part in parts):
                    patterns.add("".join(_pattern(part) for part in parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                patterns.add(re.escape(node.value))
    return [re.compile(pattern) for pattern in sorted(patterns) if len(pattern) < 80]


def _pattern(part: object) -> str:
    return re.escape(part) if isinstance(part, str) else "[a-z]+"


SPOKEN = spoken()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_as_its_tables(page: str) -> None:
    assert (ROOT / "docs" / page).read_text() == PAGES[page], "run `make docs`"


@pytest.mark.parametrize("rule", table("rules"))
def test_a_rule_is_used(rule: str) -> None:
    named = any(f": {rule}\n" in text for text in TABLES)
    assert named or any(pattern.fullmatch(rule) for pattern in SPOKEN)


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    commands = re.search(r"\{([a-z,]+)\}", parser().format_usage())
    names = commands[1].split(",") if commands else ["convert", "analyze", "ast", "explain"]
    assert [name for name in names if f"jenkins2gha {name}" not in readme] == []
