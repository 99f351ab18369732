"""Finds the secrets that stand in a source, before any other stage sees its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from jenkins2gha.record import dataclass
from jenkins2gha.secrets.assignments import Assignments
from jenkins2gha.secrets.formats import Hit, formats
from jenkins2gha.secrets.naming import secret_name, taken
from jenkins2gha.secrets.plausibility import is_plausible, looks_random, name_strength
from jenkins2gha.source import Source, Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One secret by its place. It holds neither the value nor the text that has it.

    Places where the same value stands share `secret_name` and `number`, which counts the names from
    0. `construct` says what it stands in: `comment`, the `settings` of a job, or
    else `source`.
    """

    start: int
    end: int
    line: int
    kind: str
    secret_name: str
    number: int
    construct: Literal["source", "comment", "settings"] = "source"

    def span(self, source: Source) -> Span:
        """Its place in the redacted source."""
        return source.span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Named:
    """A value in a source by its place, and its name; `secret` says that it is one for sure."""

    name: str
    start: int
    end: int
    secret: bool = False


def find(
    source: Source, *, code: int | None = None, named: Iterable[Named] = ()
) -> tuple[Finding, ...]:
    """The secrets in the text of a source, in the order of their places.

    It works on the text, strings and comments alike, so that it needs no valid Groovy: the message
    about a syntax error shows a line of the source too. Only the first `code` characters (all, if
    it is None) are surely Groovy: in the others, where no quotes tell code from strings, all that
    could be a secret is taken for one. `named` are values in them whose names stand elsewhere. A
    text without a telling word costs a few searches for substrings.
    """
    text = source.text
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(map(_lower, text))
    assignments = Assignments(text, lowered, len(text) if code is None else code)
    told = [hit for hit in (_told(text, one) for one in named) if hit]
    hits = _apart([*formats(text, lowered), *assignments.hits(), *told])
    if not hits:
        return ()
    starts = {hit.start for hit in told}
    return _findings(source, _apart([*hits, *_again(text, hits)]), assignments, starts)


def _told(text: str, value: Named) -> Hit | None:
    """The secret that a value is by its name, or because Jenkins takes it for one."""
    strength = 2 if value.secret else name_strength(value.name)
    plausible = value.secret or is_plausible(
        text[value.start : value.end], value.name, strong=strength > 1
    )
    if not strength or not plausible or value.start == value.end:
        return None
    return Hit(value.start, value.end, "password" if strength > 1 else "token", value.name)


def _lower(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


def _again(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The other places of values that cannot be a plain word."""
    for value, hit in {text[hit.start : hit.end]: hit for hit in hits}.items():
        if not looks_random(value):
            continue
        at = text.find(value)
        while at >= 0:
            yield Hit(at, at + len(value), hit.kind, hit.name)
            at = text.find(value, at + len(value))


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """Hits that overlap as one, with the kind of a format and the name of a variable."""
    found: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        last = found[-1] if found else None
        if last is None or hit.start >= last.end:
            found.append(hit)
            continue
        kind = last.kind if last.name is None else hit.kind if hit.name is None else last.kind
        found[-1] = Hit(last.start, max(last.end, hit.end), kind, last.name or hit.name)
    return found


def _findings(
    source: Source, hits: list[Hit], assignments: Assignments, told: set[int]
) -> tuple[Finding, ...]:
    used = taken(source.text)
    numbers: dict[str, tuple[int, str]] = {}
    findings = []
    for hit in hits:
        value = source.text[hit.start : hit.end]
        if value not in numbers:
            numbers[value] = len(numbers), secret_name(hit.kind, hit.name, used)
        number, name = numbers[value]
        findings.append(
            Finding(
                hit.start,
                hit.end,
                source.position(hit.start)[0],
                hit.kind,
                name,
                number,
                "source" if hit.start in told else _construct(hit.start, assignments),
            )
        )
    return tuple(findings)


def _construct(at: int, assignments: Assignments) -> Literal["source", "comment", "settings"]:
    if at >= assignments.code:
        return "settings"
    region = assignments.region(at)
    return "comment" if region and assignments.text[region[0]] == "/" else "source"
