"""What is printed stands in one step with what is run next, and only where that changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jenkins2gha.actions.expressions import Context, Expression, Literal, Operation
from jenkins2gha.actions.workflow import Job, Origin, RunsOn, Step, Triggers, Workflow
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.passes.printing import join_printing
from jenkins2gha.source import Source

SPAN = Source("Jenkinsfile", "echo 'x'\n").span(0, 8)
ECHO = Origin((SPAN,), "echo", Certainty.EXACT)
SH = Origin((SPAN,), "sh", Certainty.EXACT)
PRINTED = Step(run="echo 'x'", origin=ECHO, stage="A")
RUN = Step(run="make", origin=SH, stage="A", script_kind="sh")


def joined(*steps: Step) -> tuple[Step, ...]:
    job = Job("a", RunsOn(("ubuntu-latest",)), steps)
    return join_printing(Workflow("w", Triggers(), (job,))).workflow.jobs[0].steps


def asked(operator: str, value: str) -> Expression:
    return Operation(operator, (Context("steps.one.outcome"), Literal(value)))


def test_it_stands_in_front_of_what_is_run() -> None:
    (step,) = joined(PRINTED, replace(PRINTED, run="echo 'y'"), replace(RUN, id="make"))
    assert (step.run, step.id, step.script_kind) == ("echo 'x'\necho 'y'\nmake", "make", "sh")


def test_what_is_run_stays_apart_from_what_follows_it() -> None:
    assert joined(RUN, PRINTED) == (RUN, PRINTED)
    assert joined(RUN, RUN) == (RUN, RUN)


@pytest.mark.parametrize(
    "later",
    [
        replace(RUN, stage="B"),
        replace(RUN, condition=Context("inputs.deploy")),
        replace(RUN, shell="cmd"),
        replace(RUN, timeout_minutes=5),
        replace(RUN, parallel="branches"),
        replace(RUN, placeholder=True),
        replace(RUN, run="#!/usr/bin/env python3\nprint()"),
        Step(uses="actions/checkout", origin=SH, stage="A"),
    ],
)
def test_other_steps_stay_apart(later: Step) -> None:
    assert joined(PRINTED, later) == (PRINTED, later)


def test_each_script_finds_the_variables_it_found() -> None:
    printed = replace(PRINTED, run='echo "$NAME"', env={"NAME": "a"})
    again = replace(PRINTED, run='echo "$NAME"')
    assert len(joined(printed, replace(printed, run='echo "$NAME!"'))) == 1
    assert len(joined(printed, replace(printed, env={"NAME": "b"}))) == 2
    assert len(joined(printed, again)) == 2
    assert len(joined(again, printed)) == 2
    assert len(joined(printed, RUN)) == 2
    assert len(joined(PRINTED, replace(RUN, secrets={"TOKEN": "t"}))) == 1


def test_its_id_goes_on_where_only_its_start_is_asked() -> None:
    printed = replace(PRINTED, id="one")
    begun = replace(RUN, condition=asked("!=", "skipped"))
    ended = replace(RUN, condition=asked("==", "success"))
    assert [step.id for step in joined(printed, RUN, begun)] == ["one", None]
    assert len(joined(printed, RUN, ended)) == 3
    assert len(joined(printed, PRINTED, ended)) == 2
