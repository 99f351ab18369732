"""What a job can have made of the build at a place, although none of its steps failed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.mapping.build_result import StageResults, written
from jenkins2gha.mapping.translation import Translation
from jenkins2gha.source import Span

OfStages: TypeAlias = Iterable[tuple[Span, StageResults]]
"""The results that only stages have, by the place of each stage."""


def of_stage(found: OfStages, site: Span) -> StageResults:
    """The results that only one stage has: those of all stages inside it."""
    return tuple(
        one
        for place, results in found
        if site.start <= place.start and place.end <= site.end
        for one in results
    )


class SoFar:
    """Gathers what the stages of a job come to, in their order.

    `results` are those worse than SUCCESS that the build can have; `open` says that something was
    left to a person, who may give it another; `of_stages` are the results that only stages have.
    """

    def __init__(self, results: frozenset[str], of_stages: OfStages = ()) -> None:
        self.results = results
        self.open = False
        self.of_stages = list(of_stages)

    def add(self, translation: Translation, site: Span) -> None:
        """What stands at a place came to this."""
        self.results |= written(translation.steps)
        self.open |= any(one.certainty is Certainty.MANUAL for one in translation.outcomes)
        if translation.stage_results:
            self.of_stages.append((site, translation.stage_results))

    def of_stage(self, site: Span) -> StageResults:
        """The results that only a stage has: those of all stages inside it."""
        return of_stage(self.of_stages, site)
