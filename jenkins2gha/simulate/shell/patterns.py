"""Patterns of the shell, and regular expressions of its tools, as Python's."""

from __future__ import annotations

import re
from functools import lru_cache

_CLASSES = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "space": r"\s",
    "blank": r" \t",
    "punct": r"!-/:-@\[-`{-~",
}


@lru_cache(maxsize=4096)
def glob(pattern: str, *, shortest: bool = False) -> str:
    """The regular expression of a pattern; a backslash takes away the meaning of what follows."""
    found, place = "", 0
    while place < len(pattern):
        char = pattern[place]
        place += 1
        if char == "*":
            found += ".*?" if shortest else ".*"
        elif char == "?":
            found += "."
        elif char == "\\" and place < len(pattern):
            found += re.escape(pattern[place])
            place += 1
        elif char == "[" and (end := _bracket_end(pattern, place)) > 0:
            found += _bracket(pattern[place:end])
            place = end + 1
        else:
            found += re.escape(char)
    return found


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern fits the whole of a text."""
    return re.fullmatch(glob(pattern), text, re.DOTALL) is not None


def _bracket_end(pattern: str, place: int) -> int:
    start = place + (pattern[place : place + 1] in ("!", "^"))
    start += pattern[start : start + 1] == "]"
    while start < len(pattern):
        if pattern.startswith("[:", start):
            start = pattern.find(":]", start) + 2
        elif pattern[start] == "]":
            return start
        else:
            start += 1
    return -1


def _bracket(inside: str) -> str:
    negated = "^" if inside[:1] in ("!", "^") else ""
    body = inside[len(negated) :]
    body = re.sub(r"\[:(\w+):\]", lambda found: _CLASSES.get(found[1], ""), body)
    body = body.replace("\\", "\\\\") if "\\" in body and "\\s" not in body else body
    return f"[{negated}{body.replace('[', chr(92) + '[')}]" if body else "(?!)"


@lru_cache(maxsize=4096)
def regular(pattern: str, *, extended: bool) -> str:
    """A POSIX regular expression as Python's; basic ones escape what extended ones mean."""
    if not extended:
        swapped = re.sub(
            r"\\([(){}|+?])|([(){}|+?])",
            lambda found: found[1] or f"\\{found[2]}",
            pattern,
        )
        pattern = swapped
    return re.sub(r"\[\[?:?[^]]*\]?\]", _classes, pattern)


def _classes(found: re.Match[str]) -> str:
    return re.sub(r"\[:(\w+):\]", lambda one: _CLASSES.get(one[1], one[0]), found[0])
