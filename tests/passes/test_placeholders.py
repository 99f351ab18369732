"""Neighbouring placeholders become one failing step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jenkins2gha.actions.expressions import Context, Function, Literal, Operation
from jenkins2gha.actions.workflow import Job, Origin, RunsOn, Step, Triggers, Workflow
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.passes.placeholders import merge_placeholders
from jenkins2gha.source import Source

SOURCE = Source("Jenkinsfile", "first()\nsecond()\n")
SAYS = 'echo "::error title=jenkins2gha::{0}"\nexit 1'
WARNS = 'echo "::warning title=jenkins2gha::{0}"'


def manual(word: str, run: str = SAYS, **fields: object) -> Step:
    at = SOURCE.text.find(word)
    origin = Origin((SOURCE.span(at, at + len(word)),), "step-unknown", Certainty.MANUAL)
    step = Step(run=run.format(word), comment=f"{word}()", placeholder=True, origin=origin)
    return replace(step, **fields)  # type: ignore[arg-type]


def merged(*steps: Step) -> tuple[Step, ...]:
    job = Job("a", RunsOn(("ubuntu-latest",)), steps)
    return merge_placeholders(Workflow("w", Triggers(), (job,))).workflow.jobs[0].steps


def test_two_neighbours_are_one_step() -> None:
    (step,) = merged(manual("first", stage="A"), manual("second", stage="B"))
    assert step.run == (
        'echo "::error title=jenkins2gha::first"\necho "::error title=jenkins2gha::second"\nexit 1'
    )
    assert step.comment == "first()\nsecond()"
    assert step.stage == "A, B"
    assert step.origin is not None
    assert [span.text for span in step.origin.spans] == ["first", "second"]


def test_a_warning_beside_a_failure_fails() -> None:
    (step,) = merged(manual("first", WARNS), manual("second"))
    assert str(step.run).splitlines()[-1] == "exit 1"
    assert str(step.run).count("exit 1") == 1


def test_only_warnings_stay_warnings() -> None:
    (step,) = merged(manual("first", WARNS), manual("second", WARNS))
    assert "exit 1" not in str(step.run)


def test_at_most_twenty_lines_of_comment() -> None:
    long = "\n".join(map(str, range(15)))
    (step,) = merged(manual("first", comment=long), manual("second", comment=long))
    assert len(str(step.comment).split("\n")) == 20
    assert str(step.comment).endswith("…")


def test_what_waits_for_the_one_before_is_part_of_it() -> None:
    always = Function("always")

    def after(identifier: str) -> Operation:
        outcome = Context(f"steps.{identifier}.outcome")
        return Operation("&&", (always, Operation("==", (outcome, Literal("success")))))

    first = manual("first", id="a", condition=always)
    second = manual("second", id="b", condition=after("a"))
    step, last = merged(first, second, Step(run="x", condition=after("b")))
    assert step.id == "a"
    assert step.condition == always
    assert last.condition == after("a")


def test_a_step_inside_of_another_is_not_shown_twice() -> None:
    whole = Origin((SOURCE.span(0, 7),), "groovy-left", Certainty.MANUAL)
    (step,) = merged(manual("first", comment="if (x) { first() }", origin=whole), manual("second"))
    assert step.comment == "if (x) { first() }\nsecond()"
    (step,) = merged(manual("first", comment="all", origin=whole), manual("first"))
    assert step.comment == "all"


def test_many_are_not_all_announced() -> None:
    steps = tuple(manual("first", run=SAYS.format(f"line {number}")) for number in range(5000))
    (step,) = merged(*steps)
    lines = str(step.run).splitlines()
    assert len(lines) == 21
    assert lines[19] == 'echo "::error title=jenkins2gha::and 4981 more that the report names"'
    assert lines[20] == "exit 1"
    assert step.origin is not None
    assert len(step.origin.spans) == 5000


@pytest.mark.parametrize(
    "steps",
    [
        (manual("first"),),
        (manual("first"), Step(run="make"), manual("second")),
        (manual("first"), manual("second", condition=Function("failure"))),
        (manual("first"), manual("second", id="second")),
        (Step(run="a"), Step(run="b")),
    ],
    ids=["one", "a step between", "another condition", "an id that may be read", "no placeholders"],
)
def test_these_stay_as_they_are(steps: tuple[Step, ...]) -> None:
    assert merged(*steps) == steps


def test_what_is_merged_is_told_in_the_order_of_the_source() -> None:
    (step,) = merged(manual("second"), manual("first"))
    assert step.comment == "first()\nsecond()"


def test_steps_in_a_statement_that_is_told_are_in_the_report_alone() -> None:
    whole = Origin((SOURCE.span(0, 7),), "groovy-statement", Certainty.MANUAL)
    inner = Origin((SOURCE.span(0, 5),), "step-in-groovy", Certainty.MANUAL)
    (step,) = merged(manual("all", origin=whole), manual("first", origin=inner, comment=None))
    assert step.run == SAYS.format("all")
    assert step.origin is not None
    assert len(step.origin.spans) == 2
