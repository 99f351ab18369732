"""What a pass gives back: the changed workflow, and what is to be said of each change."""

from __future__ import annotations

from jenkins2gha.actions.workflow import Origin, Workflow
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.record import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """One change. It becomes a diagnostic at the first span of `origin`.

    `certainty` is the bin of this instance of the construct from here on, where it is worse than
    the one so far; None leaves the construct where it is. `manual` means that the step was made a
    failing one, and stands for the construct's one manual diagnostic.
    """

    rule: str
    origin: Origin | None
    message: str
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class PassResult:
    workflow: Workflow
    notes: tuple[Note, ...] = ()
