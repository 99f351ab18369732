"""What a stop is tried on, and what it does on both sides."""

from __future__ import annotations

import pytest

from jenkins2gha.compiler import convert
from jenkins2gha.groovy import parse
from jenkins2gha.simulate.jenkins import simulate
from jenkins2gha.simulate.scenarios import stopping
from jenkins2gha.simulate.situation import Situation
from jenkins2gha.source import Source
from jenkins2gha.verifier import verify


def stage(name: str, inside: str) -> str:
    return f"stage('{name}') {{ {inside} }}\n"


def pipeline(*stages: str, behind: str = "") -> str:
    return f"pipeline {{\nagent any\nstages {{\n{''.join(stages)}}}\n{behind}\n}}\n"


def stopped(text: str) -> list[str]:
    """The commands during which a stop ends the run at once."""
    source = Source("Jenkinsfile", text)
    stops = stopping(parse(source), source)
    return [one.text for one in simulate(text, Situation()).commands if stops(one)][1:]


MAKE = "steps { sh 'make' }"
AXES = "axes { axis { name 'A'; values 'x', 'y' } }"
CELLS = f"matrix {{\n{AXES}\nstages {{ {stage('I', MAKE)} }}\n}}"
BRANCHES = f"parallel {{ {stage('I', MAKE)}{stage('J', MAKE)} }}"


@pytest.mark.parametrize("beside", [CELLS, BRANCHES])
def test_nobody_stops_a_run_while_something_else_runs(beside: str) -> None:
    text = pipeline(stage("A", beside), stage("B", "steps { sh 'test' }"))
    assert stopped(text) == ["test"]


def test_nobody_stops_what_a_catch_or_a_post_is_about() -> None:
    caught = stage("A", "steps { catchError { sh 'make' } }")
    assert stopped(pipeline(caught)) == []
    post = "post { always { sh 'tidy' } }"
    assert stopped(pipeline(stage("A", MAKE), behind=post)) == ["make"]


def test_what_was_printed_before_a_stop_is_printed() -> None:
    inner = "retry(2) { echo 'one'\nsh 'make' }"
    found = verify(pipeline(stage("A", f"steps {{ retry(2) {{ {inner} }} }}")))
    assert [one for one in found.outcomes if one.scenario.stopped_at]
    assert found.status == "equal"


TIDY = f"{MAKE}\npost {{ always {{ sh 'tidy' }} }}"
FAST = stage("A", f"failFast true\nmatrix {{\n{AXES}\nstages {{ {stage('I', TIDY)} }}\n}}")


def test_a_cell_that_another_stops_comes_to_its_post() -> None:
    assert verify(pipeline(FAST)).status == "equal"


def test_a_cell_that_another_stops_and_that_has_lost_its_post_differs() -> None:
    workflow = convert(pipeline(FAST)).workflow or ""
    lost = workflow.replace("if: always()", "if: (success() || failure())")
    assert lost != workflow
    found = verify(pipeline(FAST), workflow=lost)
    assert "`tidy` does not run" in {
        one.what for outcome in found.outcomes for one in outcome.differences
    }
