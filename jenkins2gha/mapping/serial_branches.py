"""Branches of `parallel` whose steps stand one after the other, each as if beside the others.

A job goes on behind a failed step only with steps that ask for it: so those of the later branches
wait for their own branch alone, and what they ask of the job (`success()`, `failure()`) they ask of
their branch.
https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#steps-context
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from jenkins2gha.actions.conditions import (
    CANCELLED,
    FAILURE,
    FALSE,
    SUCCESS,
    both,
    either,
    equal,
    negated,
    tests_status,
)
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Function, Literal, Operation
from jenkins2gha.actions.rewrite import rewrite
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.mapping.chaining import can_fail
from jenkins2gha.mapping.identifiers import provisional
from jenkins2gha.mapping.results import begin
from jenkins2gha.mapping.translation import Context, Scope, Translation
from jenkins2gha.plan.jobs import FailFast
from jenkins2gha.record import dataclass, replace
from jenkins2gha.source import Span

_SKIPPED = Literal("skipped")
_STATUS = Path("job.status")


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch by its name, and what its steps became."""

    name: str
    translation: Translation


@dataclass(frozen=True, slots=True)
class Site:
    """The `parallel` that the branches belong to: its place, and the id of the group."""

    span: Span
    name: str
    fail_fast: FailFast | None = None
    in_order: bool = False


def in_order(branches: Sequence[Branch], site: Site, context: Context) -> Iterator[ActionStep]:
    """Every branch, whatever came of those before it; a failed one fails the job in the end."""
    reached: Expression | None = None
    for branch in branches:
        steps = branch.translation.steps
        if reached is not None:
            yield from _Independent(branch.name, reached, chained=site.in_order).steps(steps)
            continue
        first = next((one for one in steps if not _asks(one)), None)
        if first is None:
            yield from steps
            continue
        own = first.id or _id(branch.name, first, 1)
        if first.parallel or not _all_under(first.condition, branches):
            own = _id(branch.name, first, 0)
            start = replace(first, id=own, condition=None)
            yield begin_of(branch.name, start, site.span, context)
            yield from steps
            reached = Operation("!=", (Path(f"steps.{own}.outcome"), _SKIPPED))
            continue
        reached = Operation("!=", (Path(f"steps.{own}.outcome"), _SKIPPED))
        for one in steps:
            yield replace(one, id=own) if one is first else one


def _all_under(condition: Expression | None, branches: Sequence[Branch]) -> bool:
    """Whether all steps that do not ask for the status stand under a condition."""
    steps = (one for branch in branches for one in branch.translation.steps if not _asks(one))
    return condition is None or all(
        both(one.condition, condition) == one.condition for one in steps
    )


def begin_of(branch: str, head: ActionStep, site: Span, context: Context) -> ActionStep:
    """A step in front of a branch that tells that it was reached."""
    scope = Scope(stage=head.stage or branch, condition=head.condition)
    return begin(head.id or _id(branch, head, 0), site, scope, context)


class _Independent:
    """The steps of a branch, which wait for each other, but for nothing that stands before them.

    `chained` are those of a block that lets steps wait for each other and asks for the job's status
    by itself, such as `post`.
    """

    def __init__(self, name: str, reached: Expression, *, chained: bool) -> None:
        self._name, self._chained = name, chained
        self._runs = both(negated(CANCELLED), reached)
        self._waits: list[Expression] = []

    def steps(self, steps: Sequence[ActionStep]) -> Iterator[ActionStep]:
        """Those of a group inside wait for what stands before the group, not for each other."""
        numbered = enumerate(steps, start=1)
        for _, members in groupby(numbered, key=lambda pair: pair[1].parallel or pair[0]):
            before, done, tolerant = tuple(self._waits), list[Expression](), list[Expression]()
            for number, step in members:
                asks = _asks(step)
                if asks and self._chained:
                    yield replace(step, parallel=None)
                    continue
                own = step.id or _id(self._name, step, number)
                condition = (
                    self._of_its_own(step.condition, before)
                    if asks
                    else both(self._runs, *before, step.condition)
                )
                yield replace(step, id=own, condition=condition, parallel=None)
                if step.continue_on_error is True or (step.condition and not can_fail(step)):
                    continue
                outcome = Path(f"steps.{own}.outcome")
                if step.condition is None:
                    done.append(equal(outcome, "success"))
                else:
                    tolerant.append(negated(equal(outcome, "failure")))
            self._waits = [*(done or before), *tolerant]

    def _of_its_own(
        self, condition: Expression | None, before: Sequence[Expression]
    ) -> Expression | None:
        """A condition that asks of the branch what it asked of the job."""
        passed = both(self._runs, *before)
        failed = both(negated(CANCELLED), either(*map(negated, before))) or FALSE
        return None if condition is None else rewrite(condition, _asking(passed, failed))


def _asking(passed: Expression | None, failed: Expression) -> Callable[[Expression], Expression]:
    status = Function(
        "case",
        (CANCELLED, Literal("cancelled"), failed, Literal("failure"), Literal("success")),
    )
    own = {SUCCESS: passed or SUCCESS, FAILURE: failed, _STATUS: status}

    def change(node: Expression) -> Expression:
        match node:
            case Operation("&&", operands):
                return both(*operands) or node
            case Operation("||", operands):
                return either(*operands)
        return own.get(node, node)

    return change


def _asks(step: ActionStep) -> bool:
    """Whether a step looks at the status of the job by itself, as those of `post` do."""
    return step.condition is not None and tests_status(step.condition)


def _id(branch: str, step: ActionStep, number: int) -> str:
    place = step.origin.spans[0].start if step.origin else 0
    return provisional(branch, f"{place}-{number}")
