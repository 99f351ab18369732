"""The result of the build so far, where it is worse than SUCCESS although nothing failed.

Jenkins keeps one for the whole build: `unstable`, `junit`, `catchError` and `currentBuild.result`
worsen it, and the build goes on. Here it is the variable `BUILD_RESULT`, unset for SUCCESS, which
steps write to `$GITHUB_ENV`. A failed step stands for FAILURE by itself, a cancelled run for
ABORTED.

Over several jobs it travels: each job that can worsen it gives `RESULT_OUTPUT` as its output
`result`, and a job behind others starts with `env: {BUILD_RESULT: inherited(…)}`; a job that holds
the `post` of jobs in front of it with `whole(…)`, which counts their failures too. Both then read
one variable, so that the conditions of `post` are the same in a job and over jobs; what the
variable can hold at the start of a job is `Context.inherited`.
https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeAlias

from jenkins2gha.actions.conditions import (
    ALWAYS,
    CANCELLED,
    FAILURE,
    SUCCESS,
    both,
    either,
    equal,
    negated,
)
from jenkins2gha.actions.expressions import Context, Expression, Function, Literal, Not, Operation
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.jenkins.pipeline import (
    BuildProperty,
    Groovy,
    Item,
    Step,
    inner_items,
)
from jenkins2gha.jenkins.values import (
    flag_of,
    text_of,
)
from jenkins2gha.mapping.test_counts import counting
from jenkins2gha.plan.jobs import Gap
from jenkins2gha.regex import regex

RESULT = "BUILD_RESULT"
SO_FAR = Context(f"env.{RESULT}")
GIVEN = "BUILD_RESULT_GIVEN"
"""The variable that says that a script gave the build the result SUCCESS."""
RESULT_OUTPUT: Expression = SO_FAR
"""What a job gives as its output `result`."""
BEGUN_OUTPUT = "begun"
"""The output in which a job behind an approval tells that it was given."""

PREVIOUS = Context("steps.previous-run.outputs.conclusion")
"""How the run before this one ended: `success`, `failure`, `cancelled`, '' where there is none."""

TEST_REPORT = "mikepenz/action-junit-report"

WORSE = ("UNSTABLE", "FAILURE", "NOT_BUILT", "ABORTED")
"""The results that are worse than SUCCESS, the worst last."""

FACTS = ("result", "currentResult")
_STATUS = Context("job.status")
_WON = (equal(PREVIOUS, "success"), Literal("SUCCESS"))
_WRITES = regex(rf"(?<!\w){RESULT}=(?:\$\{{{RESULT}:-)?([A-Z_]+)")
_IN_BLOCK = {"success": "SUCCESS", "fixed": "SUCCESS", "unstable": "UNSTABLE"}
_IN_BLOCK |= {"failure": "FAILURE", "aborted": "ABORTED", "notBuilt": "NOT_BUILT"}
_STATUSES = {"SUCCESS": "Successful", "UNSTABLE": "Unstable", "FAILURE": "Failure"}
_STATUSES |= {"NOT_BUILT": "Not Built", "ABORTED": "Aborted"}


def possible(items: Iterable[Item | Gap]) -> frozenset[str]:
    """The results that items can give the build without failing.

    >>> possible(())
    frozenset()
    """
    return frozenset(_possible(items))


def _possible(items: Iterable[Item | Gap]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Step):
            yield from _of_step(item)
        elif isinstance(item, BuildProperty) and item.name == "result":
            yield from {named(text_of(item.value) or "SUCCESS")}.intersection(WORSE)
        if not isinstance(item, Gap | Groovy):
            yield from _possible(inner_items(item))


def _of_step(step: Step) -> Iterator[str]:
    if step.name in ("unstable", "warnError") or (step.name == "junit" and marks_unstable(step)):
        yield "UNSTABLE"
    elif how := counting(step):
        yield from how.results
    elif step.name == "catchError":
        yield from {caught_result(step, "buildResult", "FAILURE")}.intersection(WORSE)


def named(word: str) -> str:
    """The result that a word stands for: Jenkins takes any other word for FAILURE.

    >>> named("Failed")
    'FAILURE'
    """
    return word.upper() if word.upper() in ("SUCCESS", *WORSE) else "FAILURE"


def marks_unstable(step: Step) -> bool:
    """Whether a `junit` makes the build UNSTABLE when tests fail."""
    names = ("skipMarkingBuildUnstable", "skipMarkingStageUnstable")
    return not any(flag_of(step.arguments.get(name)) for name in names)


def caught_result(step: Step, argument: str, default: str) -> str:
    """The result that a `catchError` names; `null` is SUCCESS, '' what is not known."""
    value = step.arguments.get(argument)
    if value is None:
        return default
    if getattr(value, "value", "") is None:
        return "SUCCESS"
    return (text_of(value) or "").upper()


def written(steps: Iterable[ActionStep]) -> frozenset[str]:
    """The results that steps of a workflow write."""
    scripts = (step.run for step in steps if isinstance(step.run, str) and RESULT in step.run)
    return frozenset(found for script in scripts for found in _WRITES.findall(script))


# --- conditions ----------------------------------------------------------------------------------

StageResults: TypeAlias = tuple[tuple[str, Expression], ...]
"""Results that only the stage has (`stageResult`), each with what it depends on."""


def post_condition(
    name: str, results: Collection[str], stage: StageResults = ()
) -> Expression | None:
    """The condition of a block of `post`; None for one that never holds.

    `results` are those that the build can have so far without a failure; `stage` counts in the
    `post` of a stage only. https://www.jenkins.io/doc/book/pipeline/syntax/#post
    """
    match name:
        case "always" | "cleanup":
            return ALWAYS
        case "success":
            return _is_success(results, stage)
        case "unsuccessful":
            return either(FAILURE, CANCELLED, *_marked(results, stage))
        case "unstable" | "notBuilt":
            return _is(name.replace("B", "_b").upper(), results, stage)
        case "failure":
            return _is_failure(results, stage)
        case "aborted":
            return either(CANCELLED, *_holds("ABORTED", results, stage))
        case "changed":
            return both(ALWAYS, Operation("!=", (PREVIOUS, conclusion(results))))
        case "fixed":
            return both(_is_success(results, stage), equal(PREVIOUS, "failure"))
        case "regression":
            return _is_regression(results, stage)
    return None


def _marked(results: Collection[str], stage: StageResults) -> Iterator[Expression]:
    """What says, each for itself, that the result so far is worse than SUCCESS."""
    if results:
        yield Operation("!=", (SO_FAR, Literal("")))
    yield from (condition for _, condition in stage)


def _holds(result: str, results: Collection[str], stage: StageResults) -> Iterator[Expression]:
    if result in results:
        yield equal(SO_FAR, result)
    yield from (condition for own, condition in stage if own == result)


def _worse(result: str, results: Collection[str], stage: StageResults) -> Iterator[Expression]:
    """That no result is there which is worse."""
    for worse in WORSE[WORSE.index(result) + 1 :]:
        if worse in results and any(own == result for own, _ in stage):
            yield Operation("!=", (SO_FAR, Literal(worse)))
        yield from (negated(condition) for own, condition in stage if own == worse)


def _is_success(results: Collection[str], stage: StageResults) -> Expression:
    clean = [equal(SO_FAR, "")] if results else []
    return both(SUCCESS, *clean, *(negated(one) for _, one in stage)) or SUCCESS


def _is(result: str, results: Collection[str], stage: StageResults) -> Expression | None:
    holds = list(_holds(result, results, stage))
    if not holds:
        return None
    # A failure of the job is better than NOT_BUILT, and worse than UNSTABLE.
    going_on = SUCCESS if result == "UNSTABLE" else Not(CANCELLED)
    return both(going_on, either(*holds), *_worse(result, results, stage))


def _is_failure(results: Collection[str], stage: StageResults) -> Expression:
    holds = list(_holds("FAILURE", results, stage))
    others = [Operation("!=", (SO_FAR, Literal(worse))) for worse in WORSE[2:] if worse in results]
    if not holds:
        return both(FAILURE, *others) or FAILURE
    return both(Not(CANCELLED), either(FAILURE, *holds), *others) or FAILURE


def _is_regression(results: Collection[str], stage: StageResults) -> Expression:
    worse = either(FAILURE, CANCELLED, *_marked(results, stage))
    cancelled = either(CANCELLED, *_holds("ABORTED", results, stage))
    return either(
        both(equal(PREVIOUS, "success"), worse) or worse,
        both(equal(PREVIOUS, "failure"), cancelled) or cancelled,
    )


def conclusion(results: Collection[str]) -> Expression:
    """The result so far in GitHub's words: `success`, `failure` or `cancelled`."""
    if not results:
        return _STATUS
    going_on = equal(_STATUS, "success")
    arguments: list[Expression] = []
    if "ABORTED" in results:
        arguments += (equal(SO_FAR, "ABORTED"), Literal("cancelled"))
    if set(results) - {"ABORTED"}:
        marked = Operation("!=", (SO_FAR, Literal("")))
        arguments += (both(going_on, marked) or going_on, Literal("failure"))
    return Function("case", (*arguments, _STATUS))


# --- reading -------------------------------------------------------------------------------------


def build_fact(
    name: str,
    results: Collection[str] = WORSE,
    post: str | None = None,
    *,
    given: bool = False,
) -> Expression | None:
    """`currentBuild.result` and `.currentResult`, and `previousBuild.result` as `previousResult`.

    `results` are those that the build can have; `post` is the condition of the block of `post` that
    reads it, as in `Scope.post`: there both are the result of the build with its failures.
    Elsewhere `result` is '' (null) until something sets it, to SUCCESS too where that is `given`.
    None for what is no result.
    """
    if name == "previousResult":
        return _in_words(PREVIOUS, Function("case", (*_WON, Literal(""))))
    if name not in FACTS:
        return None
    if post in _IN_BLOCK:
        return Literal(_IN_BLOCK[post or ""])
    own: Expression = SO_FAR if results else Literal("")
    if given:
        success = Context(f"env.{GIVEN}")
        own = Operation("||", (SO_FAR, success)) if results else success
    if name == "currentResult" or post is not None:
        own = Operation("||", (SO_FAR, Literal("SUCCESS"))) if results else Literal("SUCCESS")
    return own if post is None else _in_words(_STATUS, own)


def build_status(results: Collection[str], post: str | None = None) -> Expression:
    """`$BUILD_STATUS` of email-ext, but for what it says of the run before: "Fixed" is known in
    `fixed` alone. Outside of `post` it says SUCCESS until something sets a result.

    https://github.com/jenkinsci/token-macro-plugin/blob/master/src/main/java/org/jenkinsci/plugins/tokenmacro/impl/BuildStatusMacro.java
    """
    if post in _IN_BLOCK:
        return Literal("Fixed" if post == "fixed" else _STATUSES[_IN_BLOCK[post or ""]])
    arguments: list[Expression] = []
    if post is not None:
        for status, result in (("failure", "FAILURE"), ("cancelled", "ABORTED")):
            arguments += (equal(_STATUS, status), Literal(_STATUSES[result]))
    for result in WORSE:
        if result in results:
            arguments += (equal(SO_FAR, result), Literal(_STATUSES[result]))
    good = Literal("SUCCESS" if post is None else _STATUSES["SUCCESS"])
    return Function("case", (*arguments, good)) if arguments else good


def _in_words(status: Expression, otherwise: Expression) -> Expression:
    """A conclusion that is no success in Jenkins' words."""
    failed, cancelled = equal(status, "failure"), equal(status, "cancelled")
    return Function("case", (failed, Literal("FAILURE"), cancelled, Literal("ABORTED"), otherwise))


# --- over jobs -----------------------------------------------------------------------------------


def inherited(needs: Sequence[str], results: Collection[str]) -> Expression:
    """The result of the build in front of a job, from the outputs of the jobs that it needs.

    >>> from jenkins2gha.actions.expressions import write
    >>> write(inherited(["build"], ["UNSTABLE"]))
    'needs.build.outputs.result'
    """
    if len(needs) == 1:
        return Context(f"needs.{needs[0]}.outputs.result")
    return _worst(results, lambda result: [_contains("needs.*.outputs.result", result)])


def whole(results: Collection[str], gated: Sequence[str] = ()) -> Expression:
    """The result of all jobs that a job needs, their failures and cancellations included.

    Of those `gated` by an approval that was refused GitHub says that they failed: they never began.
    """
    counted = set(results) | {"FAILURE", "ABORTED"}
    return _worst(counted, lambda result: list(_of_jobs(result, results, gated)))


def _of_jobs(result: str, results: Collection[str], gated: Sequence[str]) -> Iterator[Expression]:
    status = {"FAILURE": "failure", "ABORTED": "cancelled"}.get(result)
    if status:
        yield _contains("needs.*.result", status)
    if result == "ABORTED":
        yield from map(_refused, gated)
    if result in results:
        yield _contains("needs.*.outputs.result", result)


def _refused(job: str) -> Expression:
    failed = equal(Context(f"needs.{job}.result"), "failure")
    not_begun = Operation("!=", (Context(f"needs.{job}.outputs.{BEGUN_OUTPUT}"), Literal("true")))
    return Operation("&&", (failed, not_begun))


def _worst(results: Collection[str], holds: Callable[[str], list[Expression]]) -> Expression:
    arguments: list[Expression] = []
    for result in reversed(WORSE):
        if result in results:
            arguments += (either(*holds(result)), Literal(result))
    return Function("case", (*arguments, Literal(""))) if arguments else Literal("")


def _contains(path: str, word: str) -> Expression:
    return Function("contains", (Context(path), Literal(word)))
