"""The documents say what the tool does."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from jenkins2gha.command.arguments import parser
from jenkins2gha.tables import table

ROOT = Path(__file__).parents[1]
PAGES: dict[str, str] = runpy.run_path(str(ROOT / "docs" / "write.py"))["pages"]()
SOURCES = [path.read_text() for path in sorted((ROOT / "jenkins2gha").rglob("*.py"))]
TABLES = [path.read_text() for path in sorted((ROOT / "mappings").rglob("*.yaml"))]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_as_its_tables(page: str) -> None:
    assert (ROOT / "docs" / page).read_text() == PAGES[page], "run `make docs`"


@pytest.mark.parametrize("rule", table("rules"))
def test_a_rule_is_used(rule: str) -> None:
    quoted = f'"{rule}"'
    assert any(quoted in text for text in SOURCES) or any(f": {rule}\n" in text for text in TABLES)


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    commands = re.search(r"\{([a-z,]+)\}", parser().format_usage())
    names = commands[1].split(",") if commands else ["convert", "analyze", "ast", "explain"]
    assert [name for name in names if f"jenkins2gha {name}" not in readme] == []
