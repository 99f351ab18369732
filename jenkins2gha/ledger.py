"""Holds what was translated against what the source holds: every construct ends in one bin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from jenkins2gha.conversion import Counts
from jenkins2gha.diagnostics import Certainty, Diagnostic, Outcome, worst
from jenkins2gha.jenkins.constructs import Construct
from jenkins2gha.record import dataclass, replace
from jenkins2gha.rules import diagnose
from jenkins2gha.secrets import conceal

_LIBRARY_RULE = "library-missing"


@dataclass(frozen=True, slots=True)
class Balance:
    """The bins, what is to be said, and which constructs nothing had been said of before."""

    counts: Counts
    groovy_manual: int
    blocked_by_library: int
    diagnostics: tuple[Diagnostic, ...]
    unreached: tuple[Construct, ...]


def settle(
    constructs: Sequence[Construct],
    outcomes: Iterable[Outcome],
    diagnostics: Iterable[Diagnostic],
) -> Balance:
    """Puts each construct into the worst bin that any of its instances ended in.

    A construct of which nothing was said is `manual`, and that is said now. Of several manual
    diagnostics about one site the first stands for it; the others keep their words only.
    """
    bins, groovy = _bins(outcomes)
    _settle_parts(constructs, bins)
    unreached = tuple(one for one in constructs if one.span.start not in bins)
    said = [*diagnostics, *map(_not_reached, unreached)]
    for one in unreached:
        bins[one.span.start] = [Certainty.MANUAL]
    counted = Counter(worst(bins[one.span.start]).value for one in constructs)
    ordered = tuple(_once(sorted(said, key=lambda one: (one.span.start, one.rule))))
    return Balance(
        counts=Counts(total=len(constructs), **counted),
        groovy_manual=len(groovy),
        blocked_by_library=sum(
            one.rule == _LIBRARY_RULE and one.certainty is Certainty.MANUAL for one in ordered
        ),
        diagnostics=ordered,
        unreached=unreached,
    )


def _bins(outcomes: Iterable[Outcome]) -> tuple[dict[int, list[Certainty]], set[int]]:
    bins: dict[int, list[Certainty]] = defaultdict(list)
    groovy: set[int] = set()
    for outcome in outcomes:
        if not outcome.groovy:
            bins[outcome.site.start].append(outcome.certainty)
        elif outcome.certainty is Certainty.MANUAL:
            groovy.add(outcome.site.start)
    return bins, groovy


def _settle_parts(constructs: Sequence[Construct], bins: dict[int, list[Certainty]]) -> None:
    """A part of a construct that is left to a person leaves the construct to them."""
    known = {one.span.start for one in constructs}
    for at in [at for at, bins_ in bins.items() if Certainty.MANUAL in bins_ and at not in known]:
        around = [one.span for one in constructs if one.span.start <= at < one.span.end]
        if around:
            bins[max(span.start for span in around)].append(Certainty.MANUAL)


def _not_reached(construct: Construct) -> Diagnostic:
    what = f"{construct.kind} {construct.name}".rstrip()
    message = f"`{construct.name or construct.kind}` is not translated"
    return diagnose("construct-not-reached", construct.span, message, construct=what)


def _once(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Each statement once; one manual diagnostic for a site, and one for the Groovy around it."""
    seen: set[tuple[object, ...]] = set()
    for one in (replace(each, message=conceal(each.message)) for each in diagnostics):
        key: tuple[object, ...] = (one.rule, one.span.start, one.message)
        if key in seen:
            continue
        seen.add(key)
        if one.certainty is Certainty.MANUAL:
            site = ("manual", one.span.start, one.construct == "groovy")
            yield replace(one, certainty=None) if site in seen else one
            seen.add(site)
        else:
            yield one
