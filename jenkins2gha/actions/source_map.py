"""The source map: which piece of a workflow comes from where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jenkins2gha.actions.workflow import Origin
from jenkins2gha.source import Span


def source_map(locations: Mapping[str, Origin]) -> dict[str, Any]:
    """JSON pointer into the workflow → spans, inline stack, rule and certainty as plain data."""
    return {pointer: _entry(origin) for pointer, origin in locations.items()}


def _entry(origin: Origin) -> dict[str, Any]:
    return {
        "spans": [_place(span) for span in origin.spans],
        "stack": [_place(span) for span in origin.stack],
        "rule": origin.rule,
        "certainty": origin.certainty.value,
    }


def _place(span: Span) -> dict[str, Any]:
    return {
        "source": span.file.name,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
