"""Single-quoted PowerShell strings around a value, written as double-quoted ones.

Only those have their variables replaced.
https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_quoting_rules
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from jenkins2gha.jenkins.values import Hole
from jenkins2gha.regex import regex
from jenkins2gha.shell.quotes import QuoteState

_Part: TypeAlias = str | Hole
_SPECIAL = regex(r'[`$"\u201c-\u201e]')
_QUOTES = "'\u2018\u2019\u201a\u201b"


def in_double_quoted_strings(
    parts: Sequence[_Part], states: Sequence[QuoteState]
) -> tuple[list[_Part], list[QuoteState]]:
    """The parts of a script and the states of its holes, no hole left in a single-quoted string.

    A string with quotes inside stays as it is.

    >>> parts = ["$v = '$1-", EnvironmentRef("X"), "'"]
    >>> in_double_quoted_strings(parts, [QuoteState.SINGLE])
    (['$v = "`$1-', EnvironmentRef(name='X'), '"'], [<QuoteState.DOUBLE: 'double'>])
    """
    texts, changed = list(parts), list(states)
    holes = [number for number, part in enumerate(parts) if not isinstance(part, str)]
    for at, (number, state) in enumerate(zip(holes, states, strict=False)):
        if state is not QuoteState.SINGLE or changed[at] is not QuoteState.SINGLE:
            continue
        end = next((n for n in range(number, len(texts)) if _closed(texts[n])), None)
        if end is None or not _rewritten(texts, number, end):
            continue
        inside = [n for n, hole in enumerate(holes) if number <= hole < end]
        for n in inside:
            changed[n] = QuoteState.DOUBLE
    return texts, changed


def _closed(part: object) -> bool:
    return isinstance(part, str) and any(quote in part for quote in _QUOTES)


def _rewritten(texts: list[_Part], hole: int, end: int) -> bool:
    """Rewrites the string from the part in front of a hole to the part that closes it."""
    before, behind = texts[hole - 1] if hole else "", texts[end]
    assert isinstance(behind, str)
    if not isinstance(before, str) or "'" not in before:
        return False
    start, _, first = before.rpartition("'")
    last, _, rest = behind.partition("'")
    if start.endswith("'") or rest.startswith("'") or _closed(first) or _closed(last):
        return False
    texts[hole - 1] = f'{start}"{_escaped(first)}'
    texts[end] = f'{_escaped(last)}"{rest}'
    for number in range(hole, end):
        part = texts[number]
        if isinstance(part, str):
            texts[number] = _escaped(part)
    return True


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"`{match[0]}", text)
