"""`post { }`. Source: pipeline-model-definition, BuildCondition, runPostConditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.build import Mark
from jenkins2gha.simulate.jenkins.declarative.model import block, calls, refuse
from jenkins2gha.simulate.jenkins.errors import ORDER, Thrown, worst
from jenkins2gha.simulate.jenkins.groovy.values import Closure
from jenkins2gha.simulate.trace import BuildResult

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run

# In the order of their ordinals, not of the text.
_ORDER: Final = (
    "always changed fixed regression aborted success unsuccessful unstable failure notBuilt cleanup"
).split()
_RESULTS: Final[dict[str, BuildResult]] = {
    "aborted": "ABORTED",
    "success": "SUCCESS",
    "unstable": "UNSTABLE",
    "failure": "FAILURE",
    "notBuilt": "NOT_BUILT",
}


def combined(run: Run, error: Thrown | None, mark: Mark | None) -> BuildResult:
    """The worst of the build's result so far, the error, and the warnings of the stage."""
    own: BuildResult = mark.result if mark else "SUCCESS"
    if error is not None:
        own = error.value.result if error.value.interrupts else "FAILURE"
    return worst(run.build.execution, run.build.result, own)


def _holds(run: Run, condition: str, error: Thrown | None, mark: Mark | None) -> bool:
    previous = run.situation.previous
    match condition:
        case "always" | "cleanup":
            return True
        case "changed":
            return previous is None or combined(run, error, None) != previous
        case "fixed":
            good = combined(run, error, None) == "SUCCESS"
            return good and previous in ("FAILURE", "UNSTABLE")
        case "regression":
            now = ORDER.index(combined(run, error, None))
            return previous is not None and now > ORDER.index(previous)
        case "unsuccessful":
            return combined(run, error, mark) != "SUCCESS"
    return combined(run, error, mark) == _RESULTS[condition]


def _blocks(run: Run, call: ast.Call) -> dict[str, ast.Closure]:
    found = {}
    for one in calls(run, block(run, call)):
        if one.word not in _ORDER:
            raise refuse(run, one, f"the condition {one.word} in post")
        found[one.word] = block(run, one)
    return found


def satisfied(run: Run, call: ast.Call | None, error: Thrown | None, mark: Mark | None) -> bool:
    """Whether any condition holds; without one there is no post at all."""
    return call is not None and any(
        _holds(run, condition, error, mark) for condition in _blocks(run, call)
    )


def conditions(run: Run, call: ast.Call, error: Thrown | None, mark: Mark | None) -> Thrown | None:
    """Runs what holds, in its order; the error that there is in the end.

    An error in one block holds up no other, but the later ones see it.
    """
    blocks = _blocks(run, call)
    for condition in _ORDER:
        before = run.build.result
        logical = combined(run, error, mark)
        if condition in blocks and _holds(run, condition, error, mark):
            run.build.result = logical
            try:
                with run.build.within(post=condition):
                    run.interpreter.call(Closure(blocks[condition], run.interpreter.top))
            except Thrown as thrown:
                error = error or thrown
        if (run.build.result or "SUCCESS") == logical != before:
            run.build.result = before
    return error
