"""What the compiler says about a source: rule, place, certainty, words."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from jenkins2gha.record import dataclass
from jenkins2gha.source import Span


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Certainty(StrEnum):
    """The six bins in which a construct can end, from best to worst."""

    EXACT = "exact"
    EQUIVALENT = "equivalent"
    DROPPED = "dropped"
    APPROXIMATE = "approximate"
    LLM = "llm"
    MANUAL = "manual"


_ORDER = {certainty: rank for rank, certainty in enumerate(Certainty)}


def worst(certainties: Iterable[Certainty]) -> Certainty:
    """The worst of some bins, `exact` for none.

    >>> worst([Certainty.EXACT, Certainty.DROPPED]).value
    'dropped'
    """
    return max(certainties, key=_ORDER.__getitem__, default=Certainty.EXACT)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One statement about one place of a source.

    `rule` is the id of a row of `mappings/rules.yaml`. `certainty` is the bin that this puts its
    construct into, or None where it says nothing of a construct. `construct` names the construct
    in the field's words (`step sh`, `option timeout`, `groovy`). `hint` is what to write instead.
    """

    rule: str
    severity: Severity
    certainty: Certainty | None
    message: str
    span: Span
    construct: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The bin in which one instance of the construct that starts at `site` ended.

    `groovy` marks a Groovy statement, which is no construct and is counted only if it is manual.
    """

    site: Span
    certainty: Certainty
    groovy: bool = False
