"""The result of the build as conditions read it, in a job and over jobs."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.expressions import write
from jenkins2gha.jenkins.values import BuildFact, Comparison, Constant, Expr, Truth
from jenkins2gha.mapping.build_result import WORSE, inherited, post_condition, whole
from jenkins2gha.mapping.conditions import ORDER
from jenkins2gha.mapping.decisions.decide import decide
from jenkins2gha.mapping.translation import Scope
from jenkins2gha.record import replace
from jenkins2gha.simulate.actions import places
from jenkins2gha.simulate.actions.scope import status_functions
from jenkins2gha.simulate.expressions import evaluate, truthy, value_of
from jenkins2gha.source import Source
from mapped import LINUX

SITE = Source("test", "x").span(0, 1)
RESULT, CURRENT = BuildFact("result"), BuildFact("currentResult")


def decided(expr: Expr, results: str = "", post: str | None = None) -> str:
    context = replace(LINUX, results=frozenset(results.split()))
    decision = decide(expr, SITE, "x", Scope(post=post), context, construct="x")
    assert decision.condition is not None, decision.reason
    return write(decision.condition)


@pytest.mark.parametrize(
    ("expr", "results", "post", "expected"),
    [
        (Comparison("==", RESULT, Constant("FAILURE")), "", None, "false"),
        (
            Comparison("==", RESULT, Constant("FAILURE")),
            "FAILURE",
            None,
            "env.BUILD_RESULT == 'FAILURE'",
        ),
        (Comparison("==", RESULT, Constant(None)), "FAILURE", None, "env.BUILD_RESULT == ''"),
        (Truth(RESULT), "UNSTABLE", None, "env.BUILD_RESULT != ''"),
        (Comparison("==", CURRENT, Constant("SUCCESS")), "", None, "true"),
        (Comparison("==", RESULT, Constant("FAILURE")), "", "always", "job.status == 'failure'"),
        (Comparison("==", RESULT, Constant(None)), "", "always", "false"),
        (Comparison("==", CURRENT, Constant("FAILURE")), "", "failure", "true"),
        (Comparison("==", CURRENT, Constant("SUCCESS")), "UNSTABLE", "unstable", "false"),
        (
            Comparison("==", CURRENT, Constant("SUCCESS")),
            "",
            "cleanup",
            "job.status != 'failure' && job.status != 'cancelled'",
        ),
        (
            Comparison("==", BuildFact("previousResult"), Constant("FAILURE")),
            "",
            None,
            "steps.previous-run.outputs.conclusion == 'failure'",
        ),
    ],
)
def test_what_a_script_asks_of_the_result(
    expr: Expr, results: str, post: str | None, expected: str
) -> None:
    assert decided(expr, results, post) == expected


STATUSES = ("success", "failure", "cancelled")
OWN = {"success": "SUCCESS", "failure": "FAILURE", "cancelled": "ABORTED"}
ORDERED = ("SUCCESS", *WORSE)


def holds(text: str, status: str, result: str, before: str) -> bool:
    """Whether a step with this `if` runs in a job of that status."""
    values = {
        "env": value_of({"BUILD_RESULT": result}),
        "job": value_of({"status": status}),
        "steps": value_of({"previous-run": {"outputs": {"conclusion": before}}}),
    }
    tree = places.condition(text, places.STEP_IF)
    return truthy(evaluate(tree, values, status_functions(status)))


@pytest.mark.parametrize("name", ORDER)
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("result", ["", *WORSE])
def test_a_condition_of_post_is_jenkins(name: str, status: str, result: str) -> None:
    """Against the table of `facts`: C is the worst of the result so far and of the run's end."""
    combined = max((result or "SUCCESS", OWN[status]), key=ORDERED.index)
    condition = post_condition(name, WORSE)
    assert condition is not None
    for before in ("", *STATUSES):
        if combined == "NOT_BUILT" and name in ("changed", "regression"):
            continue  # GitHub has no such end of a run
        expected = wanted(name, combined, before)
        assert holds(write(condition), status, result, before) == expected, (
            before,
            write(condition),
        )


def wanted(name: str, combined: str, before: str) -> bool:
    # UNSTABLE cannot be told from FAILURE in the run before.
    own = "FAILURE" if combined == "UNSTABLE" else combined
    previous = OWN.get(before)
    match name:
        case "always" | "cleanup":
            return True
        case "success":
            return combined == "SUCCESS"
        case "unsuccessful":
            return combined != "SUCCESS"
        case "unstable" | "failure" | "aborted":
            return combined == name.upper()
        case "notBuilt":
            return combined == "NOT_BUILT"
        case "changed":
            return previous is None or previous != own
        case "fixed":
            return combined == "SUCCESS" and previous == "FAILURE"
        case _:
            return previous is not None and ORDERED.index(own) > ORDERED.index(previous)


def test_over_jobs() -> None:
    assert write(inherited(["a"], ["UNSTABLE"])) == "needs.a.outputs.result"
    assert write(inherited(["a", "b"], ["UNSTABLE"])) == (
        "case(contains(needs.*.outputs.result, 'UNSTABLE'), 'UNSTABLE', '')"
    )
    assert write(whole(["UNSTABLE"])) == (
        "case(contains(needs.*.result, 'cancelled'), 'ABORTED', "
        "contains(needs.*.result, 'failure'), 'FAILURE', "
        "contains(needs.*.outputs.result, 'UNSTABLE'), 'UNSTABLE', '')"
    )
