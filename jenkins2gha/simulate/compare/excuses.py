"""Which differences the diagnostics of a conversion state: each at its own site only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from jenkins2gha.diagnostics import Certainty, Diagnostic
from jenkins2gha.groovy import ast
from jenkins2gha.regex import regex
from jenkins2gha.simulate.compare.acts import Place
from jenkins2gha.simulate.compare.differences import OF_JENKINS, Difference
from jenkins2gha.simulate.compare.sites import Site, Sites
from jenkins2gha.source import Source
from jenkins2gha.tables import table

BUILD: Place = (0, 0)
"""Where what happens to the build as a whole stands among the events."""

KINDS = frozenset("missing added order directory environment workspace result condition".split())
_VALUE = "groovy-value"
_FORGOTTEN = "construct-not-reached"
"""What the compiler says of what it lost by a fault of its own: that states no difference."""

_OF_PERSONS = frozenset(("directory", "environment", "workspace"))
_OF_MACHINES = _OF_PERSONS | {"result"}
_NAMES = regex(r"\w+")
_CONSEQUENCES = frozenset(("missing", "added", "result", "workspace", "environment"))


@dataclass(frozen=True, slots=True)
class Excuse:
    """What a rule states at a site: the kinds of difference, the `event` at the site without which
    there is none ('' for always, `any` for whichever), the names in what is said, and whether what
    depends on an event at the site may differ too (`conditional`)."""

    rule: str
    kinds: frozenset[str]
    site: Site
    manual: bool
    event: str
    about: frozenset[str]
    conditional: bool

    def covers(self, difference: Difference) -> bool:
        """Whether it is of a kind that is stated; of a machine only what it gives by itself."""
        if not any(self._states(kind) for kind in (difference.kind, difference.also)):
            return False
        name = difference.variable
        stated = name in self.about and name not in OF_JENKINS
        if difference.strange and not (stated or self.manual or self._states(difference.also)):
            return False
        if difference.kind != "environment" or self.manual or not (name or self.site.wide):
            return True
        return name in OF_JENKINS or name in self.about

    def _states(self, kind: str | None) -> bool:
        if self.site.wide and kind not in (_OF_PERSONS if self.manual else _OF_MACHINES):
            return False
        also = "condition" in self.kinds and kind in ("missing", "added")
        return kind in self.kinds or also

    def happens(self, events: Mapping[Place, str]) -> bool:
        """Whether the event at the site, or of the whole build, is one in which it may differ."""
        if not self.event or self.event == events.get(BUILD):
            return True
        where = self.site.events or self.site.extent
        return any(
            self.event in (event, "any") and where.holds(place) for place, event in events.items()
        )


def excuses(
    diagnostics: Iterable[Diagnostic], module: ast.Module, source: Source
) -> tuple[Excuse, ...]:
    """The excuses of a conversion, whose text had this syntax tree."""
    sites = Sites(module, source)
    found = []
    for one in diagnostics:
        if one.rule == _FORGOTTEN:
            continue
        row = table("rules")[one.rule]
        manual = (one.certainty or row.get("certainty")) == Certainty.MANUAL
        named = frozenset(row.get("differs", ()))
        kinds = KINDS if manual else named
        about = frozenset(_NAMES.findall(one.message)) if kinds else frozenset()
        ends = one.span.start, one.span.end
        reached = sites.of(*ends, value=one.rule == _VALUE) if kinds else ()
        found += [
            Excuse(
                one.rule, kinds, site, manual, row.get("event") or "", about, "condition" in named
            )
            for site in islice(reached, 1 if row.get("alone") else None)
        ]
    return tuple(found)


def unexcused(
    differences: Iterable[Difference],
    stated: Sequence[Excuse],
    ran: Sequence[Place],
    events: Mapping[Place, str],
) -> list[Difference]:
    """The differences that nothing excuses.

    `ran` are the places of the commands of the Jenkins run in their order, `events` what happened
    at which: `failure`, `unstable`, … Where a rule states that a condition differs, all that
    depends on it may differ behind an event at its site.
    """
    active = [excuse for excuse in stated if excuse.happens(events)]
    numbers = _consequences(active, ran, events)
    left = []
    for one in differences:
        if not any(excuse.covers(one) and _at(excuse, one, ran) for excuse in active):
            left.append(one)
        elif one.kind == "missing" and one.command and _places(one)[0] in events:
            numbers.append(one.command.index)  # what does not run cannot fail
    first = min(numbers, default=None)
    return [one for one in left if not (one.kind in _CONSEQUENCES and _behind(one, first))]


def _at(excuse: Excuse, difference: Difference, ran: Sequence[Place]) -> bool:
    places = ran if difference.kind == "result" else _places(difference)
    return any(excuse.site.extent.holds(place) for place in places)


def _places(difference: Difference) -> list[Place]:
    """Where a difference is; that of lost files where they were written."""
    own = None if difference.lost else difference.command
    commands = [one for one in (own, difference.earlier) if one]
    if commands:
        return [(one.line, one.column) for one in commands]
    origins = difference.act.origins if difference.act else ()
    return [extent.start for extent in origins]


def _consequences(
    stated: Sequence[Excuse], ran: Sequence[Place], events: Mapping[Place, str]
) -> list[int]:
    """The numbers of commands behind which what depends on a condition may differ.

    What is left to a person has none, unless its rule says so: its placeholder counts as done, as
    it is once a person has filled it in, and everything around it runs as on Jenkins.
    """
    found: list[int] = []
    for excuse in stated:
        if not excuse.conditional or (excuse.site.wide and not excuse.manual):
            continue
        found += [
            number
            for number, place in enumerate(ran)
            if excuse.site.extent.holds(place) and place in events
        ][:1]
    return found


def _behind(difference: Difference, number: int | None) -> bool:
    if number is None:
        return False
    return difference.command is None or difference.command.index > number
