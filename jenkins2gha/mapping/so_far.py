"""What a job can have made of the build at a place, although none of its steps failed."""

from __future__ import annotations

from jenkins2gha.actions.expressions import Expression
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.mapping.build_result import written
from jenkins2gha.mapping.translation import Translation
from jenkins2gha.source import Span


class SoFar:
    """Gathers what the stages of a job come to, in their order.

    `results` are those worse than SUCCESS that the build can have; `open` says that something was
    left to a person, who may give it another.
    """

    def __init__(self, results: frozenset[str]) -> None:
        self.results = results
        self.open = False
        self._of_stages: list[tuple[Span, tuple[tuple[str, Expression], ...]]] = []

    def add(self, translation: Translation, site: Span) -> None:
        """What stands at a place came to this."""
        self.results |= written(translation.steps)
        self.open |= any(one.certainty is Certainty.MANUAL for one in translation.outcomes)
        if translation.stage_results:
            self._of_stages.append((site, translation.stage_results))

    def of_stage(self, site: Span) -> tuple[tuple[str, Expression], ...]:
        """The results that only a stage has: those of all stages inside it."""
        return tuple(
            one
            for place, results in self._of_stages
            if site.start <= place.start and place.end <= site.end
            for one in results
        )
