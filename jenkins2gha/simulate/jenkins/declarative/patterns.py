"""Comparators of `when`: Ant patterns, regular expressions, equality.

Source: pipeline-model-definition, when/utils/Comparator.java; Ant's SelectorUtils.matchPath.
"""

from __future__ import annotations

import re

from jenkins2gha.simulate.jenkins.groovy.regexes import compiled


def matches(
    pattern: str,
    actual: str | None,
    comparator: str,
    *,
    default: str = "GLOB",
    case_sensitive: bool = False,
) -> bool:
    """Whether a value fits a pattern; a comparator that is not known is the default one."""
    kind = comparator.upper() if comparator.upper() in ("GLOB", "REGEXP", "EQUALS") else default
    value = actual if actual and actual.strip() else ""
    if kind == "REGEXP":
        return compiled(pattern).fullmatch(value) is not None
    if kind == "EQUALS":
        return value == pattern
    return match_path(pattern, value, case_sensitive=case_sensitive)


def match_path(pattern: str, path: str, *, case_sensitive: bool) -> bool:
    """Ant's match of a path: `**` spans folders, `*` and `?` stay within one."""
    if pattern.endswith("/"):
        pattern += "**"
    if pattern.startswith("/") != path.startswith("/"):
        return False
    wanted = [one for one in pattern.split("/") if one]
    given = [one for one in path.split("/") if one]
    return _match(wanted, given, 0 if case_sensitive else re.IGNORECASE)


def _match(wanted: list[str], given: list[str], flags: int) -> bool:
    if not wanted:
        return not given
    if wanted[0] == "**":
        return any(_match(wanted[1:], given[at:], flags) for at in range(len(given) + 1))
    if not given:
        return False
    return _segment(wanted[0], given[0], flags) and _match(wanted[1:], given[1:], flags)


def _segment(pattern: str, text: str, flags: int) -> bool:
    source = "".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in pattern)
    return re.fullmatch(source, text, flags | re.DOTALL) is not None
