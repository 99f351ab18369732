"""`if` and `switch` on what a run decides: the steps of each branch under its condition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.actions.conditions import FALSE, TRUE, both, equal
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression
from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.jenkins.pipeline import (
    Assignment,
    Branch,
    BuildProperty,
    Choice,
    Groovy,
    Item,
    Step,
    inner_items,
)
from jenkins2gha.mapping.decisions.decide import Decision, decide
from jenkins2gha.mapping.decisions.logic import all_of, opposite
from jenkins2gha.mapping.identifiers import provisional
from jenkins2gha.mapping.never import never_runs
from jenkins2gha.mapping.own_names import set_by_blocks
from jenkins2gha.mapping.placeholder import placeholder
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, together
from jenkins2gha.record import replace
from jenkins2gha.source import Span


def choice(item: Choice, scope: Scope, context: Context, translate: Translate) -> Translation:
    """The steps of each branch, where its condition is the first that holds.

    What a step of a branch may change is looked at once, in front of all of them.
    """
    changing = frozenset(_changed(item)) if _is_long(item) else frozenset[str]()
    decisions = [
        _decision(branch, number, item, scope, context, changing)
        for number, branch in enumerate(item.branches)
    ]
    said = Translation(outcomes=tuple(_known(item.steps)))
    if any(one.condition is None for one in decisions):
        return said + _left(item, decisions, scope, context, translate)
    parts = [said, *(one.before for one in decisions)]
    earlier: list[Expression] = []
    for branch, decision in zip(item.branches, decisions, strict=True):
        assert decision.condition is not None
        parts.append(_under(all_of([*earlier, decision.condition]), branch.items, scope, translate))
        earlier.append(opposite(decision.condition))
    parts.append(_under(all_of(earlier), item.otherwise, scope, translate))
    return together(parts)


def _decision(
    branch: Branch,
    number: int,
    item: Choice,
    scope: Scope,
    context: Context,
    changing: frozenset[str],
) -> Decision:
    name = provisional(f"{scope.stage or 'choice'}-if", f"{item.span.start}-{number}")
    return decide(
        branch.condition,
        item.span,
        name,
        scope,
        context,
        construct="if",
        changing=changing,
        hiding=frozenset(set_by_blocks((item,))),
    )


def _under(
    condition: Expression, items: tuple[Item, ...], scope: Scope, translate: Translate
) -> Translation:
    """The items where the condition holds; none of them are left of what never runs."""
    if condition == FALSE:
        return never_runs(items, "in a branch that is never taken here")
    if condition == TRUE or not items:
        return translate(items, scope)
    return translate(items, scope.changed(condition=both(scope.condition, condition)))


def _left(
    item: Choice,
    decisions: Iterable[Decision],
    scope: Scope,
    context: Context,
    translate: Translate,
) -> Translation:
    """A choice that a person has to make: its branches wait for what the step in front says."""
    reason = next((one.reason for one in decisions if one.condition is None), "")
    name = provisional(f"{scope.stage or 'choice'}-if", item.span.start)
    first = item.branches[0].items or item.otherwise
    shown = Span(item.span.source, item.span.start, min(_start(first, item.span), item.span.end))
    own = placeholder(
        item.span,
        "condition-unknown",
        f"this condition is not translated: {reason}",
        scope=scope,
        context=context,
        construct="groovy",
        groovy=True,
        kind="expression",
        shown=shown,
    )
    own = replace(own, steps=tuple(replace(one, id=name) for one in own.steps))
    parts = [own]
    for number, items in enumerate((*(one.items for one in item.branches), item.otherwise)):
        taken = equal(Path(f"steps.{name}.outputs.branch"), str(number + 1))
        if items:
            parts.append(_under(taken if own.steps else FALSE, items, scope, translate))
    return together(parts)


def _start(items: tuple[Item, ...], whole: Span) -> int:
    return items[0].span.start if items else whole.end


def _known(steps: Iterable[Step]) -> Iterator[Outcome]:
    """The step calls in conditions whose results are known: nothing is left of them."""
    for step in steps:
        yield Outcome(step.span, Certainty.EXACT)


def _is_long(item: Choice) -> bool:
    """Whether a condition is looked at again behind a step that it guards."""
    branches = [one.items for one in item.branches] + [item.otherwise]
    return sum(len(items) for items in branches) > 1 or any(
        inner_items(one) for items in branches for one in items
    )


def _changed(item: Item) -> Iterator[str]:
    """The variables that items set, and the keys of the results that they give."""
    for one in inner_items(item):
        if isinstance(one, Assignment):
            yield one.name
        elif isinstance(one, BuildProperty) and one.name == "result":
            yield ""
        elif isinstance(one, Step) and one.captured:
            yield one.captured.key
        if not isinstance(one, Groovy):
            yield from _changed(one)
