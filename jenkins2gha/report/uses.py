"""What a pipeline uses, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jenkins2gha.jenkins.analysis import Analysis, StageUse
from jenkins2gha.record import fields, is_dataclass


def text(analysis: Analysis) -> str:
    """One section for each kind of thing that the pipeline uses."""
    lines = [f"{analysis.kind} pipeline"]
    for field in fields(analysis):
        value = getattr(analysis, field.name)
        if field.name != "kind" and value:
            lines += [f"{field.name.replace('_', ' ')}:", *_section(value)]
    return "\n".join(lines)


def _section(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (f"  {name} ({count})" for name, count in value.items())
        return
    for one in value:
        yield from _stage(one, "  ") if isinstance(one, StageUse) else [f"  {_line(one)}"]


def _stage(stage: StageUse, indent: str) -> Iterator[str]:
    yield f"{indent}{stage.name or '(no name)'} ({stage.body}, line {stage.line})"
    for inner in stage.stages:
        yield from _stage(inner, indent + "  ")


def _line(one: Any) -> str:
    assert is_dataclass(one)
    given = {field.name: getattr(one, field.name) for field in fields(one)}
    line = given.pop("line")
    parts = [_shown(value) for value in given.values() if value not in (None, "", {})]
    return f"{', '.join(parts)} (line {line})"


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {text}" for key, text in value.items())
    return str(value)
