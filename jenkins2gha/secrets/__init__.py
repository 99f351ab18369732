"""Secrets in a source: found in its text, kept out of everything else, read from GitHub instead.

    findings = find(source)
    source = redact(source, findings)       # what every later stage sees
    result = reference(workflow, findings)  # the last pass before the workflow is written
    report(findings, source)                # the diagnostics

A message or a source line that is shown goes through `conceal` or `mask` first.
"""

from jenkins2gha.secrets.find import Finding, Named, find
from jenkins2gha.secrets.redaction import redact, report, safe, safe_text
from jenkins2gha.secrets.references import reference
from jenkins2gha.secrets.tokens import conceal, mask

__all__ = [
    "Finding",
    "Named",
    "conceal",
    "find",
    "mask",
    "redact",
    "reference",
    "report",
    "safe",
    "safe_text",
]
