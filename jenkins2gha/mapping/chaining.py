"""Blocks that end at their first failure although the job goes on: each step waits for the last.

A job stops at a failure by itself, so that only two kinds of steps need this: those that run after
a failure (`always()`, `failure()`), and those whose failure is caught.
https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#steps-context
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jenkins2gha.actions.conditions import SUCCESS, both, either, tests_status
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Literal, Operation
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.mapping.build_result import TEST_REPORT
from jenkins2gha.record import dataclass, replace

_REMOVED = "credential-file-removed"
_HARMLESS = (
    "echo",
    "sleep",
    "make-directory",
    "delete-directory",
    "build-result",
    "begun",
    _REMOVED,
)
"""Rules in the origins of steps that cannot fail, or whose failure is none of the source's."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps of a block. Where the block was begun, `done` says that it is through, `failed`
    that one of its steps failed, and `failed_in` says so where it may not have been begun; they are
    None where none can fail."""

    steps: tuple[ActionStep, ...]
    done: Expression | None = None
    failed: Expression | None = None
    failed_in: Expression | None = None


def outcome(identifier: str, operator: str, result: str) -> Expression:
    """`steps.build.outcome == 'success'`."""
    return Operation(operator, (Path(f"steps.{identifier}.outcome"), Literal(result)))


def stops_by_itself(condition: Expression | None) -> bool:
    """Whether a step under this condition is skipped once a step of its job has failed."""
    return condition is None or not tests_status(condition) or condition == SUCCESS


def chained(
    steps: Iterable[ActionStep], condition: Expression | None, prefix: str
) -> tuple[ActionStep, ...]:
    """The steps of a block under a condition, each waiting for those before it that can fail.

    `prefix` starts the ids that are given.
    """
    links = _Links(condition, prefix, caught=False)
    for step in steps:
        links.add(step)
    return links.steps


def watched(
    steps: Iterable[ActionStep], condition: Expression | None, prefix: str, *, caught: bool = False
) -> Chain:
    """The same, with what came of the block; with `caught` a failure is not the job's."""
    links = _Links(condition, prefix, caught=caught)
    for step in steps:
        links.add(step)
    return links.chain()


def begun(
    steps: Sequence[ActionStep], condition: Expression | None, identifier: str
) -> tuple[tuple[ActionStep, ...], Expression | None]:
    """The steps of a block with ids on those that tell whether it was reached, and what they tell.

    Those are the first step under no more than the condition of the block and all before it, but
    for those that run in any case.
    """
    first = next((n for n, step in enumerate(steps) if step.condition == condition), None)
    if first is None:
        return tuple(steps), None
    watched = list(steps)
    telling = [n for n, step in enumerate(steps[: first + 1]) if not _cleans_up(step)]
    for number in telling:
        if watched[number].id is None:
            own = identifier if number == first else f"{identifier}-{number + 1}"
            watched[number] = replace(watched[number], id=own)
    ran = (outcome(str(watched[number].id), "!=", "skipped") for number in telling)
    return tuple(watched), either(*ran)


def failing(
    steps: Sequence[ActionStep], identifier: str
) -> tuple[tuple[ActionStep, ...], Expression | None]:
    """The steps with ids on those that can fail, and that one of them failed or was stopped; None
    where none can."""
    watched = list(steps)
    able = [number for number, step in enumerate(steps) if can_fail(step)]
    for number in able:
        if watched[number].id is None:
            watched[number] = replace(watched[number], id=f"{identifier}-{number + 1}")
    failed = [
        outcome(str(watched[number].id), "==", end)
        for number in able
        for end in ("failure", "cancelled")
    ]
    return tuple(watched), either(*failed) if failed else None


class _Links:
    def __init__(self, condition: Expression | None, prefix: str, *, caught: bool) -> None:
        self._condition, self._prefix, self._caught = condition, prefix, caught
        self._steps: list[ActionStep] = []
        self._last: int | None = None
        self._aside: list[int] = []
        self._failing: list[int] = []
        self._plain_first = False
        self._known: set[str] = set()

    def add(self, step: ActionStep) -> None:
        """The next step of the block."""
        if _cleans_up(step):
            self._steps.append(step)
            return
        plain, done = step.condition == self._condition, self._done()
        follows = plain or step.condition == both(self._condition, done)
        if done and (plain or not self._is_implied(step.condition)):
            step = replace(step, condition=both(step.condition, done))
        fails = can_fail(step)
        if fails and self._caught and not step.placeholder:
            step = replace(step, continue_on_error=True)
        self._steps.append(step)
        if step.id:
            self._known.add(step.id)
        if fails:
            self._plain_first = follows if not self._failing else self._plain_first
            self._failing.append(len(self._steps) - 1)
        if fails and follows:
            self._last, self._aside = len(self._steps) - 1, []
        elif fails:
            self._aside.append(len(self._steps) - 1)

    @property
    def steps(self) -> tuple[ActionStep, ...]:
        return tuple(self._steps)

    def chain(self) -> Chain:
        """The whole block."""
        failed = None
        if self._last is not None:
            failed = outcome(self._id(self._last), "!=", "success")
        aside = [outcome(self._id(number), "==", "failure") for number in self._aside]
        if aside:
            failed = either(*([failed] if failed else []), *aside)
        inside = self._failed_in(failed)
        done = self._done()
        return Chain(self.steps, done, failed, inside)

    def _failed_in(self, failed: Expression | None) -> Expression | None:
        if failed is not None and self._plain_first and len(self._failing) > 1:
            return both(outcome(self._id(self._failing[0]), "!=", "skipped"), failed)
        each = [outcome(self._id(number), "==", "failure") for number in self._failing]
        return either(*each) if each else None

    def _done(self) -> Expression | None:
        """That what can fail so far has not; None where nothing can."""
        last = () if self._last is None else (outcome(self._id(self._last), "==", "success"),)
        aside = (outcome(self._id(number), "!=", "failure") for number in self._aside)
        return both(*last, *aside)

    def _id(self, number: int) -> str:
        step = self._steps[number]
        if step.id is None:
            step = self._steps[number] = replace(step, id=f"{self._prefix}-{number + 1}")
        identifier = str(step.id)
        self._known.add(identifier)
        return identifier

    def _is_implied(self, condition: Expression | None) -> bool:
        """Whether a step runs only if another step of the block did: that one waits already."""
        found = (set(_run(one)) for one in _conjuncts(condition))
        return any(one and one <= self._known for one in found)


def _conjuncts(condition: Expression | None) -> tuple[Expression, ...]:
    if isinstance(condition, Operation) and condition.operator == "&&":
        return condition.operands
    return () if condition is None else (condition,)


def _run(condition: Expression) -> Iterator[str]:
    """The steps of which one ran where a condition holds."""
    match condition:
        case Operation("||", operands) if all(any(_run(one)) for one in operands):
            for one in operands:
                yield from _run(one)
        case Operation("==", (Path(path), Literal("success" | "failure"))):
            yield from _identifier(path)
        case Operation("!=", (Path(path), Literal("skipped"))):
            yield from _identifier(path)
        case Operation(">", (Path(path), _)):
            yield from _identifier(path)


def _identifier(path: str) -> Iterator[str]:
    """The step whose outcome, or of which an output, is asked."""
    root, _, rest = path.partition(".")
    identifier, _, field = rest.partition(".")
    if root == "steps" and (field == "outcome" or field.startswith("outputs.")):
        yield identifier


def _cleans_up(step: ActionStep) -> bool:
    """Whether a step removes the file of a credential, however the steps before it went."""
    return step.origin is not None and step.origin.rule == _REMOVED


def can_fail(step: ActionStep) -> bool:
    """Whether the failure of a step is one of its job."""
    if step.continue_on_error:
        return False
    if step.placeholder:
        return "exit 1" in str(step.run)
    if step.uses == TEST_REPORT and "require_tests" not in step.inputs:
        return False
    return step.origin is None or step.origin.rule not in _HARMLESS
