"""The scenarios in which each part of each condition decides."""

from __future__ import annotations

import pytest

from jenkins2gha.groovy import parse
from jenkins2gha.simulate.scenarios import Scenario, situations
from jenkins2gha.source import Source

WHEN = """pipeline {
    agent any
    parameters { string(name: 'TEXT', defaultValue: 'hello') }
    stages {
        stage('A') {
            when { CONDITION }
            steps { sh 'make' }
        }
    }
}
"""


def scenarios(condition: str) -> list[Scenario]:
    source = Source("Jenkinsfile", WHEN.replace("CONDITION", condition))
    return list(situations(parse(source), source, ("LEVEL",)))


def test_a_variable_from_outside_has_the_value_that_it_is_compared_with() -> None:
    found = scenarios("environment name: 'LEVEL', value: 'one'")
    assert "one" in {one.situation.variables.get("LEVEL") for one in found}


def test_each_part_decides_where_the_others_let_it() -> None:
    found = scenarios("branch 'release/*'; expression { params.TEXT == 'bye' }")
    both = [
        one
        for one in found
        if one.situation.branch.startswith("release/")
        and one.situation.parameters.get("TEXT") == "bye"
    ]
    assert [one.situation.kind for one in both] == ["dispatch"]


def test_parts_of_any_of_are_tried_one_at_a_time() -> None:
    found = scenarios("anyOf { branch 'main'; environment name: 'LEVEL', value: 'one' }")
    alone = [
        one
        for one in found
        if one.situation.branch != "main" and one.situation.variables.get("LEVEL") == "one"
    ]
    assert alone


@pytest.mark.parametrize("condition", ["branch 'main'; branch 'topic/x'", "expression { odd() }"])
def test_what_cannot_be_decided_adds_nothing(condition: str) -> None:
    assert len(scenarios(condition)) == len(scenarios("branch 'main'"))
