"""Who translates a step, and what is said where nobody does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jenkins2gha.configuration import Configuration
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.engine import translate
from jenkins2gha.mapping.mappers import MAPPERS
from jenkins2gha.mapping.placeholder import gap
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.plan.jobs import Gap
from jenkins2gha.source import Source
from jenkins2gha.tables import table
from mapped import LINUX, bins, items, only_step, rules, runs, texts, translated


def with_row(name: str, **row: Any) -> Context:
    return replace(LINUX, configuration=Configuration(rows={"steps": {name: row}}))


def test_every_row_names_a_mapper_that_exists() -> None:
    named = {row["mapper"] for row in table("steps").values() if "mapper" in row}
    assert named <= MAPPERS.keys()


def test_every_mapper_is_named_by_a_row() -> None:
    assert MAPPERS.keys() <= {row.get("mapper") for row in table("steps").values()}


def test_a_step_that_nobody_knows() -> None:
    translation = translated("frobnicate()")
    assert (rules(translation), bins(translation)) == (["step-unknown"], ["manual"])


def test_a_known_step_without_a_row() -> None:
    (step,) = items("frobnicate()")
    assert isinstance(step, Step)
    translation = translate([replace(step, known=True)], Scope(), LINUX)
    assert (rules(translation), bins(translation)) == (["step-unmapped"], ["manual"])


def test_a_step_of_a_library() -> None:
    translation = translated("deployAll()", replace(LINUX, libraries=("shared",)))
    assert rules(translation) == ["library-missing"]
    assert "shared" in translation.diagnostics[0].message


def test_the_body_of_an_unknown_block_follows_its_placeholder() -> None:
    translation = translated("frobnicate { sh 'make' }")
    assert [step.placeholder for step in translation.steps] == [True, False]
    assert runs(translation)[1] == "make"
    assert bins(translation) == ["manual", "exact"]
    assert translation.steps[0].comment == "frobnicate { sh 'make' }"


def test_groovy_and_each_step_in_it() -> None:
    translation = translated("script {\n  while (env.X) {\n    sh 'a'\n    echo 'b'\n  }\n}")
    assert rules(translation) == ["groovy-statement", "step-in-groovy", "step-in-groovy"]
    assert [one.span.line for one in translation.diagnostics] == [5, 6, 7]
    assert [one.groovy for one in translation.outcomes] == [False, True, False, False]
    assert all(step.placeholder for step in translation.steps)


def test_gap() -> None:
    span = Source("x", "when { }").span(0, 8)
    item = Gap("expression", "when-condition", "not translated", span, "when")
    translation = gap(item, Scope(), LINUX)
    assert bins(translation) == ["manual"]
    assert translation.holes[0].kind == "expression"


@pytest.mark.parametrize(
    ("row", "steps", "run"),
    [
        ({"run": "deploy {to} {from}"}, "ship to: 'a b', from: 'c'", "deploy 'a b' c"),
        ({"run": "deploy {to}"}, 'ship to: "x-${env.BUILD_ID}"', 'deploy "x-${BUILD_ID}"'),
        ({"run": "deploy"}, "ship()", "deploy"),
        ({"run": "ship {missing} ${HOME}"}, "ship()", "ship '' ${HOME}"),
    ],
)
def test_a_row_with_a_script(row: dict[str, str], steps: str, run: str) -> None:
    assert only_step(steps, with_row("ship", **row)).run == run


def test_a_row_with_an_action() -> None:
    row = {"uses": "acme/ship", "with": {"to": "{to}", "note": "for {who}", "fixed": "1"}}
    step = only_step("ship to: params.X, who: 'me'", with_row("ship", **row))
    assert step.uses == "acme/ship"
    assert texts({k: v for k, v in step.inputs.items() if not isinstance(v, bool | int)}) == {
        "to": "${{ vars.X }}",
        "note": "for me",
        "fixed": "1",
    }


@pytest.mark.parametrize(
    ("row", "steps", "expected"),
    [
        ({"run": "x"}, "ship to: 'a'", ["argument-ignored"]),
        ({"run": "x", "arguments": ["to"]}, "ship to: 'a'", []),
        ({"run": "x", "ignores": {"to": "is old"}}, "ship to: 'a'", ["argument-dropped"]),
        ({"run": "x {to}"}, "ship to: someCall().y", ["argument-unknown"]),
        ({"run": "x", "certainty": "approximate", "note": "is slow"}, "ship()", ["step-differs"]),
        ({"drop": "nothing to do"}, "ship to: 'a'", ["step-dropped"]),
        ({"manual": "do it"}, "ship to: 'a'", ["step-manual"]),
    ],
)
def test_what_is_said_of_a_row(row: dict[str, Any], steps: str, expected: list[str]) -> None:
    assert [r for r in rules(translated(steps, with_row("ship", **row))) if "groovy" not in r] == (
        expected
    )


def test_a_dropped_block_keeps_its_body() -> None:
    translation = translated("ship { sh 'make' }", with_row("ship", drop="why"))
    assert runs(translation) == ["make"]
    assert bins(translation) == ["dropped", "exact"]


def test_a_row_of_the_user_comes_first() -> None:
    assert only_step("sh 'make'", with_row("sh", run="echo {script}")).run == "echo make"


def test_an_action_in_a_directory_that_only_a_run_knows() -> None:
    context = with_row("ship", uses="acme/ship")
    translation = translated('dir("x-${env.BUILD_ID}") { ship() }', context)
    assert rules(translation) == ["directory-unknown"]
    assert Certainty.MANUAL in {one.certainty for one in translation.outcomes}
