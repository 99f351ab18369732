"""`post { }` → steps behind the others, each block under its condition.

Jenkins tests the conditions in an order of its own, each just before its steps, against the result
of the whole build so far; a step that fails ends its own block only, and the conditions behind it
see that. https://www.jenkins.io/doc/book/pipeline/syntax/#post
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from jenkins2gha.actions.conditions import ALWAYS, SUCCESS, both
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Operation
from jenkins2gha.actions.expressions import Literal as Constant
from jenkins2gha.actions.walk import contexts
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Item, PostBlock, Step
from jenkins2gha.mapping.build_result import PREVIOUS, StageResults, post_condition, written
from jenkins2gha.mapping.chaining import begun, chained, stops_by_itself, watched
from jenkins2gha.mapping.never import never_runs
from jenkins2gha.mapping.not_yet import NotYet
from jenkins2gha.mapping.placeholder import notifies, placeholder
from jenkins2gha.mapping.translation import Context, Scope, Translation, binned
from jenkins2gha.record import dataclass, replace
from jenkins2gha.rules import diagnose

__all__ = ["ALWAYS", "ORDER", "SUCCESS", "Post", "map_post"]

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

_TITLES = {
    "always": "always",
    "changed": "when changed",
    "fixed": "when fixed",
    "regression": "on regression",
    "aborted": "when cancelled",
    "success": "on success",
    "unsuccessful": "unless successful",
    "unstable": "when unstable",
    "failure": "on failure",
    "notBuilt": "when not built",
    "cleanup": "clean-up",
}

Body = Callable[[tuple[Item, ...], Scope], Translation]


@dataclass(frozen=True, slots=True)
class Post:
    """Where the blocks stand. `prefix` starts the ids of their steps, `title` (of the
    stage, if it is one) their names.

    `guard` says that the stage was reached (None for the pipeline's own); `conditional` that it may
    not be although nothing failed.
    `results` are those worse than SUCCESS that the build can have by now although nothing failed,
    `stage` those that only the stage can. `open` says that something before is left to a person;
    `succeeded` what is not set although nothing failed.
    """

    prefix: str
    title: str
    guard: Expression | None = None
    conditional: bool = False
    results: frozenset[str] = frozenset()
    stage: StageResults = ()
    open: bool = False
    succeeded: NotYet = NotYet()


def map_post(
    blocks: Iterable[PostBlock], post: Post, scope: Scope, context: Context, body: Body
) -> Translation:
    """The steps of a `post` section in the order in which Jenkins runs them."""
    ordered = sorted(
        blocks, key=lambda one: ORDER.index(one.condition) if one.condition in ORDER else -1
    )
    result = Translation()
    for block in ordered:
        translated = _block(block, post, scope, context, body)
        result += translated
        post = replace(post, results=post.results | written(translated.steps))
    return result


def _block(block: PostBlock, post: Post, scope: Scope, context: Context, body: Body) -> Translation:
    results = post.results
    if post.open and block.condition == "unstable":
        results |= {"UNSTABLE"}
    condition = post_condition(block.condition, results, post.stage)
    if block.condition not in ORDER:
        return _left(block, post, scope, context, body)
    if condition is None:
        return _never(block)
    if post.guard and (not stops_by_itself(condition) or post.conditional):
        condition = both(condition, post.guard) or condition
    translated = _under(condition, block, post, scope, body)
    own = Translation(outcomes=binned(block.span, Certainty.EXACT)) + _compared(
        block, condition, results
    )
    return own + replace(translated, steps=_titled(translated.steps, _title(post, block)))


def _under(
    condition: Expression, block: PostBlock, post: Post, scope: Scope, body: Body
) -> Translation:
    """The steps of a block, each waiting for those before it where the job does not."""
    prefix = f"{post.prefix}-{block.condition.lower()}"
    inner = scope.changed(condition=condition, post=block.condition)
    if block.condition == "success":
        inner = inner.changed(not_yet=post.succeeded)
    whole = body(block.steps, inner)
    if not (_asks_result(condition) and written(whole.steps)):
        return replace(whole, steps=_linked(whole.steps, condition, prefix))
    # Jenkins tests the condition once, and the steps of this block change what it would say.
    for number in range(1, len(block.steps) + 1):
        head = body(block.steps[:number], inner)
        if any(step.condition == condition for step in head.steps):
            break
    steps, ran = begun(head.steps, condition, f"{prefix}-begun")
    chain = watched(steps, condition, prefix)
    stops = stops_by_itself(condition)
    again = both(None if stops else ALWAYS, ran if stops else chain.done or ran)
    rest = body(block.steps[number:], inner.changed(condition=again))
    tail = rest.steps if stops else chained(rest.steps, again, f"{prefix}-rest")
    return replace(head, steps=steps if stops else chain.steps) + replace(rest, steps=tail)


def _linked(
    steps: tuple[ActionStep, ...], condition: Expression, prefix: str
) -> tuple[ActionStep, ...]:
    return steps if stops_by_itself(condition) else chained(steps, condition, prefix)


def _asks_result(condition: Expression) -> bool:
    """Whether the steps under a condition can change what it says by worsening the build."""
    asked = set(contexts(condition))
    return bool(asked & {"env.BUILD_RESULT", "job.status"})


def _compared(block: PostBlock, condition: Expression, results: Collection[str]) -> Translation:
    """What is said of a condition that looks at the run before."""
    if str(PREVIOUS.path) not in contexts(condition):
        return Translation()
    message = f"`{block.condition}` compares with the run before on the same branch"
    if "UNSTABLE" in results and block.condition in ("changed", "regression"):
        message += ", of which an UNSTABLE one is not told from a FAILURE: both ended failed"
    said = diagnose("post-previous-run", block.span, message, construct=f"post {block.condition}")
    return Translation(
        diagnostics=(said,), outcomes=binned(block.span, said.certainty or Certainty.APPROXIMATE)
    )


def _never(block: PostBlock) -> Translation:
    """A block that no run of the workflow would enter."""
    message = f"nothing in this pipeline leads to the condition `{block.condition}` of `post`"
    said = diagnose("post-never", block.span, message, construct=f"post {block.condition}")
    own = Translation(diagnostics=(said,), outcomes=binned(block.span, Certainty.DROPPED))
    return own + never_runs(block.steps, "under a condition that never holds")


def _title(post: Post, block: PostBlock) -> str:
    title = _TITLES.get(block.condition, block.condition)
    return f"{post.title} › {title}" if post.title else title[:1].upper() + title[1:]


def _titled(steps: Iterable[ActionStep], title: str) -> tuple[ActionStep, ...]:
    """The steps of a block as what the report and the names call their stage."""
    return tuple(replace(step, stage=title) for step in steps)


def _left(block: PostBlock, post: Post, scope: Scope, context: Context, body: Body) -> Translation:
    """A condition that a person has to write: its steps wait for what the step in front says."""
    condition = both(ALWAYS, post.guard) or ALWAYS
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
    inner = both(ALWAYS, holds) or ALWAYS
    title = _title(post, block)
    own = replace(own, steps=_titled((replace(one, id=name) for one in own.steps), title))
    translated = body(block.steps, outer.changed(condition=inner))
    steps = _linked(translated.steps, inner, f"{name}-step")
    return own + replace(translated, steps=_titled(steps, title))


def _notifies(item: Item, context: Context) -> bool:
    return isinstance(item, Step) and notifies(item, context)
