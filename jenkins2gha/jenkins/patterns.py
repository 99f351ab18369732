"""Java's regular expressions: on known texts, and as tests of what a run knows."""

from __future__ import annotations

import re

from jenkins2gha.jenkins.conditions import as_expr
from jenkins2gha.jenkins.values import Known, Residual, Symbolic, TextTest, Value
from jenkins2gha.regex import regex
from jenkins2gha.source import Span

_JAVA_ONLY = regex(r"\\[pPQEGhHRvVXzZk]|\(\?<[a-zA-Z]|[*+?}]\+|&&|\[[^\]]*\[")
"""What Python's expressions do not have, or have with another meaning."""


def matched(operator: str, left: Value, right: Value, span: Span) -> Value:
    """`text =~ pattern` as a condition, `text ==~ pattern`."""
    test = "matches" if operator == "==~" else "finds"
    if isinstance(left, Known) and isinstance(right, Known):
        found = match(str(left.value), str(right.value), whole=test == "matches")
        if left.value is not None and found is not None:
            return Known(found, span)
    text, pattern = as_expr(left), as_expr(right)
    if text is None or pattern is None or isinstance(left, Known):
        return Residual(span, "it matches what only a run knows")
    return Symbolic(TextTest("matches" if test == "matches" else "finds", text, pattern), span)


def compiled(pattern: str) -> re.Pattern[str] | None:
    """A Java pattern for Python; None for one that Python reads otherwise, or not at all."""
    if _JAVA_ONLY.search(pattern):
        return None
    try:
        return re.compile(pattern, re.ASCII)
    except re.error:
        return None


def match(text: str, pattern: str, *, whole: bool) -> bool | None:
    """Whether a text (or a part of it) matches a Java pattern; None where that is not known."""
    expression = compiled(pattern)
    if expression is None:
        return None
    return bool(expression.fullmatch(text) if whole else expression.search(text))


def replaced(text: str, pattern: str, new: str, *, first: bool) -> str | None:
    """`replaceAll`, `replaceFirst`; None for a replacement with groups."""
    expression = compiled(pattern)
    if expression is None or "$" in new or "\\" in new:
        return None
    return expression.sub(new.replace("\\", r"\\"), text, count=1 if first else 0)
