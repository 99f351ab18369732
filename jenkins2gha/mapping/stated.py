"""The translation of a step whose differences one rule states: its words, its names, its bin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypedDict, Unpack

from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.actions.workflow import Text
from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.lower import certainties, lower, remarks
from jenkins2gha.mapping.rows import construct
from jenkins2gha.mapping.translation import Context, Scope, Secret, Translation, binned
from jenkins2gha.rules import diagnose

NOTIFIES: Mapping[str, object] = {"notifies": True}
"""The row of a step that only tells people of a result: in `post` its placeholder warns."""


class _Made(TypedDict, total=False):
    steps: Iterable[ActionStep]
    secrets: Iterable[Secret]


def stated(
    step: Step, said: tuple[str, str], scope: Scope, context: Context, **made: Unpack[_Made]
) -> Translation:
    """Steps for a construct, with what a rule says of it and what the names in it need said.

    `said` is the rule and its words. The bin is the worst of the rule's own and of those of the
    names that the arguments read.
    """
    rule, message = said
    told = [diagnose(rule, step.span, message, construct=construct(step))]
    bins: list[Certainty] = [told[0].certainty or Certainty.EQUIVALENT]
    for value in (*step.arguments.values(), *step.positional):
        more = remarks(value, step.span, construct(step), scope, context)
        told += more
        bins += certainties(value, scope, context)
        bins += [one.certainty for one in more if one.certainty]
    return Translation(
        steps=tuple(made.get("steps", ())),
        diagnostics=tuple(told),
        outcomes=binned(step.span, worst(bins)),
        secrets=tuple(made.get("secrets", ())),
    )


def argument(step: Step, name: str, scope: Scope, context: Context) -> Text | None:
    """The text of an argument, `''` where it is not given; None where only Groovy computes it."""
    value = step.arguments.get(name)
    return "" if value is None else lower(value, scope, context)
