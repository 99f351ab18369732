"""Texts that fit a pattern."""

from __future__ import annotations

import re


def concrete(pattern: str) -> str:
    """A name that an Ant pattern fits."""
    return re.sub(r"\?", "a", re.sub(r"\*+", "a", pattern.partition(",")[0].strip()))


_SAMPLES = (
    (r"\(\?i\)|[\^$]", ""),
    (r"\\d(?:\{(\d+)\}|[+*])?", lambda found: "1" * int(found[1] or 1)),
    (r"\\w(?:\{\d+\}|[+*])?", "a"),
    (r"\[0-9\](?:\{\d+\}|[+*])?", "1"),
    (r"\[[^]]*\](?:\{\d+\}|[+*])?", "a"),
    (r"(?<!\\)\.[+*]", "a"),
    (r"\\([-./])", r"\1"),
)


def example(pattern: str) -> str:
    """A text that a simple regular expression fits, '' where none is found."""
    text = re.sub(r"\(\?:", "(", pattern)
    text = re.sub(r"\(([^()|]*)(?:\|[^()]*)?\)[?*+]?", r"\1", text).split("|")[0]
    for regex, new in _SAMPLES:
        text = re.sub(regex, new, text)
    try:
        return text if re.fullmatch(pattern, text) else ""
    except re.error:
        return ""
