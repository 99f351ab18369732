"""The report as data, in the form that `docs/report.schema.json` publishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from jenkins2gha.conversion import Conversion
from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.record import asdict


def report(
    conversions: Sequence[Conversion],
    tool: str,
    paths: Sequence[Sequence[str]],
    elapsed_ms: Sequence[float] | None = None,
) -> dict[str, Any]:
    """The report on several conversions; `paths` are the files written for each."""
    sources = [_source(one, written) for one, written in zip(conversions, paths, strict=True)]
    if elapsed_ms is not None:
        for source, elapsed in zip(sources, elapsed_ms, strict=True):
            source["elapsed_ms"] = round(elapsed, 3)
    return {"schema": 1, "tool": tool, "totals": totals(conversions), "sources": sources}


def totals(conversions: Sequence[Conversion]) -> dict[str, Any]:
    """Sources by status and constructs by bin, over all conversions."""
    status = Counter(conversion.status for conversion in conversions)
    constructs: Counter[str] = Counter()
    for conversion in conversions:
        constructs.update(asdict(conversion.constructs))
    names = ("total", "exact", "equivalent", "approximate", "dropped", "manual", "llm")
    return {
        "sources": len(conversions),
        **{name: status[name] for name in ("converted", "partial", "failed")},
        "constructs": {name: constructs[name] for name in names},
        "groovy_manual": sum(conversion.groovy_manual for conversion in conversions),
        "blocked_by_library": sum(conversion.blocked_by_library for conversion in conversions),
    }


def _source(conversion: Conversion, paths: Sequence[str]) -> dict[str, Any]:
    return {
        "source": conversion.source,
        "kind": conversion.kind,
        "status": conversion.status,
        "workflows": list(paths),
        "constructs": asdict(conversion.constructs),
        "groovy_manual": conversion.groovy_manual,
        "blocked_by_library": conversion.blocked_by_library,
        "jobs": [
            {
                "id": job.id,
                "stages": list(job.stages),
                "runner": list(job.runner),
                "needs": list(job.needs),
            }
            for job in conversion.jobs
        ],
        "environment": list(conversion.environment),
        "triggers": list(conversion.triggers),
        "tools": list(conversion.tools),
        "diagnostics": [diagnostic(one) for one in conversion.diagnostics],
        "secrets": [
            {"name": secret.name, "jenkins_id": secret.jenkins_id, "kind": secret.kind}
            for secret in conversion.secrets
        ],
        "runners": list(conversion.runners),
        "holes": [asdict(hole) for hole in conversion.holes],
        "tasks": list(conversion.tasks),
    }


def diagnostic(one: Diagnostic) -> Mapping[str, Any]:
    """One diagnostic as plain data; lines and columns count from 1, the end is exclusive.

    `source` stands in it where the place is in another file than the source itself.
    """
    span = one.span
    elsewhere = {"source": span.file.name} if span.file.name != span.source.name else {}
    return {
        "rule": one.rule,
        "severity": one.severity.value,
        "certainty": one.certainty.value if one.certainty else None,
        "message": one.message,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "construct": one.construct,
        "hint": one.hint,
        **elsewhere,
    }
