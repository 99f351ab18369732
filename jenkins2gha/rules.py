"""Makes diagnostics from the rules of `mappings/rules/`."""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty, Diagnostic, Severity
from jenkins2gha.source import Span
from jenkins2gha.tables import table


def diagnose(
    rule: str,
    span: Span,
    message: str,
    *,
    construct: str | None = None,
    hint: str | None = None,
    certainty: Certainty | None = None,
) -> Diagnostic:
    """A diagnostic with the severity, the certainty and (unless given) the hint of its rule.

    Raises KeyError for a rule that no row defines: that is a bug of ours.
    """
    row = table("rules")[rule]
    own = row.get("certainty")
    return Diagnostic(
        rule=rule,
        severity=Severity(row["severity"]),
        certainty=certainty or (Certainty(own) if own else None),
        message=message,
        span=span,
        construct=construct,
        hint=hint or row.get("do") or None,
    )
