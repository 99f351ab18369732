"""What holds for a whole file is said once, at the first place, with the lines of the others."""

from __future__ import annotations

from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.mapping.translation import Translation
from jenkins2gha.mapping.variables import place
from jenkins2gha.record import replace

_ONCE = "comparison-ignores-case"
_SAME = frozenset({"credential-file"})
"""Of what is said of one thing at each of its places, the first is kept."""


def said_once(translation: Translation) -> Translation:
    """The translation with one note on what GitHub's comparisons have in common."""
    translation = _without_same(translation)
    notes = [one for one in translation.diagnostics if one.rule == _ONCE]
    if len(notes) < 2:
        return translation
    first, *others = notes
    elsewhere = [one.span for one in others if one.span.line != first.span.line]
    also = f", also on {place(elsewhere)}" if elsewhere else ""
    whole = replace(first, message=first.message + also)

    def kept(one: Diagnostic) -> bool:
        return one.rule != _ONCE

    before = translation.diagnostics.index(first)
    diagnostics = translation.diagnostics
    return replace(
        translation,
        diagnostics=(
            *filter(kept, diagnostics[:before]),
            whole,
            *filter(kept, diagnostics[before:]),
        ),
    )


def _without_same(translation: Translation) -> Translation:
    told: set[str] = set()
    kept: list[Diagnostic] = []
    for one in translation.diagnostics:
        if one.rule not in _SAME or one.message not in told:
            kept.append(one)
        if one.rule in _SAME:
            told.add(one.message)
    return replace(translation, diagnostics=tuple(kept))
