"""`post { }` → steps behind the others, each block under its condition.

Jenkins tests the conditions in an order of its own, each just before its steps; a step that fails
ends its own block only. https://www.jenkins.io/doc/book/pipeline/syntax/#post
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Function, Operation
from jenkins2gha.actions.expressions import Literal as Constant
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Item, PostBlock, Step
from jenkins2gha.mapping.credentials import REMOVED
from jenkins2gha.mapping.mappers.delete_dir import DELETION
from jenkins2gha.mapping.mappers.junit import ACTION as TEST_REPORT
from jenkins2gha.mapping.placeholder import notifies, placeholder
from jenkins2gha.mapping.translation import Context, Scope, Translation, binned
from jenkins2gha.record import dataclass, replace

ORDER = (
    "always",
    "changed",
    "fixed",
    "regression",
    "aborted",
    "success",
    "unsuccessful",
    "unstable",
    "failure",
    "notBuilt",
    "cleanup",
)
"""The order in which Jenkins tests the conditions, whatever the order in the source."""

ALWAYS, SUCCESS = Function("always"), Function("success")
_FAILURE, _CANCELLED = Function("failure"), Function("cancelled")
_CONDITIONS: dict[str, Expression] = {
    "always": ALWAYS,
    "aborted": _CANCELLED,
    "success": SUCCESS,
    "unsuccessful": Operation("||", (_FAILURE, _CANCELLED)),
    "failure": _FAILURE,
    "cleanup": ALWAYS,
}
_TITLES = {
    "always": "always",
    "aborted": "when cancelled",
    "success": "on success",
    "unsuccessful": "unless successful",
    "failure": "on failure",
    "cleanup": "clean-up",
}
_HARMLESS = ("echo", "sleep", "make-directory", REMOVED)

Body = Callable[[tuple[Item, ...], Scope], Translation]


@dataclass(frozen=True, slots=True)
class Post:
    """Where the blocks stand. `prefix` starts the ids of their steps, `title` (of the
    stage, if it is one) their names.

    `guard` says that the stage was reached (None for the pipeline's own). Without one, `reached`
    says how a stage that has no step to look at was: under `success`, or nobody can tell.
    """

    prefix: str
    title: str
    guard: Expression | None = None
    reached: Literal["guard", "success", "unknown"] = "guard"


def map_post(
    blocks: Iterable[PostBlock], post: Post, scope: Scope, context: Context, body: Body
) -> Translation:
    """The steps of a `post` section in the order in which Jenkins runs them."""
    ordered = sorted(
        blocks, key=lambda one: ORDER.index(one.condition) if one.condition in ORDER else -1
    )
    result = Translation()
    for block in ordered:
        result += _block(block, post, scope, context, body)
    return result


def _block(block: PostBlock, post: Post, scope: Scope, context: Context, body: Body) -> Translation:
    condition = _CONDITIONS.get(block.condition)
    if condition is None or post.reached == "unknown":
        return _left(block, post, scope, context, body)
    if post.reached == "success":
        if condition not in (ALWAYS, SUCCESS):
            return _left(block, post, scope, context, body)
        condition = SUCCESS
    elif condition != SUCCESS and post.guard is not None:
        condition = _both(condition, post.guard)
    inner = scope.changed(condition=condition, post=block.condition)
    own = Translation(outcomes=binned(block.span, Certainty.EXACT))
    translated = body(block.steps, inner)
    chained = _chained(translated.steps, condition, f"{post.prefix}-{block.condition.lower()}")
    return own + replace(translated, steps=_titled(chained, _title(post, block)))


def _title(post: Post, block: PostBlock) -> str:
    title = _TITLES.get(block.condition, block.condition)
    return f"{post.title} › {title}" if post.title else title[:1].upper() + title[1:]


def _titled(steps: Iterable[ActionStep], title: str) -> tuple[ActionStep, ...]:
    """The steps of a block as what the report and the names call their stage."""
    return tuple(replace(step, stage=title) for step in steps)


def _left(block: PostBlock, post: Post, scope: Scope, context: Context, body: Body) -> Translation:
    """A condition that a person has to write: its steps wait for what the step in front says."""
    condition = ALWAYS if post.guard is None else _both(ALWAYS, post.guard)
    name = f"{post.prefix}-{block.condition.lower()}"
    outer = scope.changed(condition=condition, post=block.condition)
    own = placeholder(
        block.span,
        "post-condition",
        f"the condition `{block.condition}` of `post` is not translated",
        scope=outer,
        context=context,
        construct=f"post {block.condition}",
        kind="expression",
        notifies=bool(block.steps) and all(_notifies(item, context) for item in block.steps),
    )
    holds: Expression = Operation("==", (Path(f"steps.{name}.outputs.holds"), Constant("true")))
    if not own.steps:
        holds = Constant(value=False)
    inner = outer.changed(condition=_both(ALWAYS, holds))
    title = _title(post, block)
    own = replace(own, steps=_titled((replace(one, id=name) for one in own.steps), title))
    translated = body(block.steps, inner)
    steps = _chained(translated.steps, _both(ALWAYS, holds), f"{name}-step")
    return own + replace(translated, steps=_titled(steps, title))


def _notifies(item: Item, context: Context) -> bool:
    return isinstance(item, Step) and notifies(item, context)


def _chained(
    steps: tuple[ActionStep, ...], condition: Expression, prefix: str
) -> tuple[ActionStep, ...]:
    """The steps of one block, each waiting for the one before it that can fail.

    Under `success()` they wait by themselves.
    """
    if condition == SUCCESS:
        return steps
    chained: list[ActionStep] = []
    last: int | None = None
    for one in steps:
        step = one
        if step.condition == condition and last is not None and not _cleans_up(step):
            before = chained[last]
            if before.id is None:
                before = replace(before, id=f"{prefix}-{last + 1}")
                chained[last] = before
            done = Operation("==", (Path(f"steps.{before.id}.outcome"), Constant("success")))
            step = replace(step, condition=_both(condition, done))
        chained.append(step)
        if _can_fail(step):
            last = len(chained) - 1
    return tuple(chained)


def _cleans_up(step: ActionStep) -> bool:
    """Whether a step removes the file of a credential, however the steps before it went."""
    return step.origin is not None and step.origin.rule == REMOVED


def _can_fail(step: ActionStep) -> bool:
    if step.continue_on_error:
        return False
    if step.placeholder:
        return "exit 1" in str(step.run)
    if step.uses == TEST_REPORT:
        # A failed test makes a Jenkins build unstable, and the steps behind the report still run.
        return False
    rule = step.origin.rule if step.origin else ""
    return rule not in (*_HARMLESS, DELETION)


def _both(first: Expression, second: Expression) -> Expression:
    operands: list[Expression] = []
    for one in (first, second):
        if isinstance(one, Operation) and one.operator == "&&":
            operands += one.operands
        else:
            operands.append(one)
    return Operation("&&", tuple(operands))
