"""Writes the pages that are made from the tables: `docs/rules.md` and `docs/mapping.md`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jenkins2gha.tables import table

FOLDER = Path(__file__).parent
_RULES = """# Rules

What a diagnostic can say. `jenkins2gha explain RULE` prints the same. Written by `make docs` from \
`mappings/rules/`.
"""
_MAPPING = """# What becomes what

Written by `make docs` from the tables in `mappings/`. A *mapper* is code where a row cannot say \
it: `jenkins2gha/mapping/mappers/`.
"""
_CONSTRUCTS = {
    "steps": "Steps",
    "options": "Options",
    "triggers": "Triggers",
    "parameters": "Parameters",
}


def pages() -> dict[str, str]:
    """Every page that is made from tables, by its path below `docs/`."""
    return {"rules.md": rules(), "mapping.md": mapping()}


def rules() -> str:
    """One section a rule, by its id."""
    parts = [_RULES]
    for name, row in sorted(table("rules").items()):
        bin_ = (
            f", puts its construct into the bin *{row['certainty']}*"
            if row.get("certainty")
            else ""
        )
        parts.append(
            f"## {name}\n\n{row['title']} ({row['severity']}{bin_}).\n\n{_flat(row['why'])}\n"
        )
        if row.get("do"):
            parts.append(f"**What to do:** {_flat(row['do'])}\n")
        if row.get("docs"):
            parts.append(f"See <{row['docs']}>.\n")
    return "\n".join(parts)


def mapping() -> str:
    """One table a kind of construct: what each becomes."""
    parts = [_MAPPING]
    for name, title in _CONSTRUCTS.items():
        rows = "\n".join(_row(key, row) for key, row in sorted(table(name).items()))
        parts.append(f"## {title}\n\n| Jenkins | GitHub Actions | bin |\n|---|---|---|\n{rows}\n")
    parts.append(
        "## Tools\n\n| Jenkins | GitHub Actions |\n|---|---|\n" + "\n".join(_tools()) + "\n"
    )
    parts.append(
        "## Environment names\n\n| Jenkins | GitHub Actions | bin |\n|---|---|---|\n"
        + "\n".join(_variables())
        + "\n"
    )
    return "\n".join(parts)


def _row(key: str, row: dict[str, Any]) -> str:
    certainty = row.get("certainty")
    if "drop" in row:
        return f"| `{key}` | dropped: {_cell(row['drop'])} | {certainty or 'dropped'} |"
    if "manual" in row:
        return f"| `{key}` | left to a person: {_cell(row['manual'])} | {certainty or 'manual'} |"
    target = next(
        (f"`{_cell(row[name])}`" for name in ("uses", "run") if name in row), "by a mapper"
    )
    note = f" {_cell(row['note'])}" if row.get("note") else ""
    return f"| `{key}` | {target}{note} | {certainty or 'see its diagnostics'} |"


def _tools() -> Iterator[str]:
    for key, row in sorted(table("tools").items()):
        what = row.get("uses") or row.get("run") or row.get("drop") or row.get("manual") or ""
        yield f"| `{key}` | {_cell(what)} |"


def _variables() -> Iterator[str]:
    for key, row in sorted(table("variables").items()):
        what = next(
            (row[name] for name in ("value", "template", "shell", "manual") if name in row), ""
        )
        yield f"| `{key}` | `{_cell(what)}` | {row.get('certainty', 'exact')} |"


def _cell(text: str) -> str:
    return _flat(text).replace("|", "\\|")


def _flat(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    for path, text in pages().items():
        (FOLDER / path).write_text(text, encoding="utf-8")
