"""What an artifact without files does to the build.

Jenkins minds only while the build is no worse than UNSTABLE: behind a failure there may be none.
`post` knows of that failure, as Jenkins sets the result first; a `finally` does not.
https://github.com/jenkinsci/jenkins/blob/master/core/src/main/java/hudson/tasks/ArtifactArchiver.java
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.actions.conditions import both, equal
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Function, Literal, Operation
from jenkins2gha.actions.walk import contexts
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.actions.workflow import Text
from jenkins2gha.mapping.build_result import SO_FAR, WORSE, written
from jenkins2gha.mapping.chaining import stops_by_itself
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.record import replace

INPUT = "if-no-files-found"
_FAILED = ("failure", "aborted", "notBuilt")
_GOOD = ("success", "fixed", "unstable")
_GOES_ON = equal(Path("job.status"), "success")


def if_missing(scope: Scope, context: Context) -> Text:
    """The input `if-no-files-found` of an artifact that is to have files.

    >>> from jenkins2gha.mapping.runners import ANY
    >>> if_missing(Scope(post="failure"), Context(ANY))
    'warn'
    """
    if scope.post in _FAILED:
        return "warn"
    good = None if scope.post in _GOOD else _is_good(scope, context)
    return "error" if good is None else Function("case", (good, Literal("error"), Literal("warn")))


def _is_good(scope: Scope, context: Context) -> Expression | None:
    """That the build is no worse than UNSTABLE so far; None where it cannot be."""
    worse = [Operation("!=", (SO_FAR, Literal(one))) for one in WORSE[1:] if one in context.results]
    # Outside of `post` a failed step is a result only to what has given the build one.
    asks = scope.post is not None or (worse and not stops_by_itself(scope.condition))
    return both(_GOES_ON if asks else None, *worse)


def plain_before_failures(
    steps: Iterable[ActionStep], inherited: frozenset[str]
) -> Iterator[ActionStep]:
    """The steps of a job, those in front of all that worsen its result without asking for it."""
    worse = bool(inherited)
    for step in steps:
        asked = step.inputs.get(INPUT)
        early = not worse and isinstance(asked, Function) and {*contexts(asked)} == {SO_FAR.path}
        yield replace(step, inputs={**step.inputs, INPUT: "error"}) if early else step
        worse = worse or bool(written((step,)))
