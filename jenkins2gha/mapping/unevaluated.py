"""Steps in Groovy that was not evaluated and stands nowhere among the steps of a job."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.jenkins.pipeline import Groovy, Pipeline, Step
from jenkins2gha.jenkins.sites import loose_steps, steps_of
from jenkins2gha.mapping.rows import construct
from jenkins2gha.mapping.translation import Hole, Translation
from jenkins2gha.rules import diagnose


def unevaluated(pipeline: Pipeline, said: Iterable[Outcome]) -> Translation:
    """The steps inside methods, conditions and arguments, of which nothing was said yet.

    They need no placeholder of their own: the call of the method, the condition or the argument
    that they belong to has one.
    """
    known = {outcome.site.start for outcome in said if not outcome.groovy}
    result = _never(pipeline, known)
    for where, step in _hidden(pipeline):
        if step.span.start in known:
            continue
        known.add(step.span.start)
        message = f"`{step.name}` stands in {where}, which is not evaluated"
        name = construct(step)
        result += Translation(
            diagnostics=(diagnose("step-in-groovy", step.span, message, construct=name),),
            outcomes=(Outcome(step.span, Certainty.MANUAL),),
            holes=(Hole("steps", step.span, name),),
        )
    return result


def _never(pipeline: Pipeline, known: set[int]) -> Translation:
    """What stands on ways that no run takes; `known` are the sites of which something was said."""
    result = Translation()
    for one in pipeline.never:
        if one.span.start in known:
            continue
        known.add(one.span.start)
        what = "this statement" if isinstance(one, Groovy) else f"`{one.name}`"
        message = f"{what} never runs: what it stands under is known not to happen"
        name = "groovy" if isinstance(one, Groovy) else construct(one)
        result += Translation(
            diagnostics=(diagnose("never-runs", one.span, message, construct=name),),
            outcomes=(Outcome(one.span, Certainty.DROPPED, groovy=isinstance(one, Groovy)),),
        )
    return result


def _hidden(pipeline: Pipeline) -> Iterator[tuple[str, Step]]:
    yield from (("a method", step) for step in steps_of(pipeline.methods))
    yield from (("an argument", step) for step in loose_steps(pipeline))
