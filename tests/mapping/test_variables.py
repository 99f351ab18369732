"""Variables that something sets which is left to a person."""

from __future__ import annotations

import pytest

from jenkins2gha.actions import expressions as gha
from jenkins2gha.mapping.variables import place
from jenkins2gha.source import Source
from mapped import texts
from translating import of_steps, rules_of, steps_of, with_sections

_CERTIFICATE = "certificate(credentialsId: 'c', keystoreVariable: 'A')"
_SET = "script { env.VERSION = foo() }\n"


def test_a_variable_that_groovy_sets_is_read_as_it_stands() -> None:
    translation = of_steps(_SET + 'sh "echo ${env.VERSION}"')
    (step,) = steps_of(translation)
    assert step.run == "echo ${VERSION}"
    assert texts(step.env) == {}
    assert "environment-unset" not in rules_of(translation)
    (said,) = [d for d in translation.translation.diagnostics if d.rule == "variable-left"]
    assert said.message == "`VERSION` comes from line 5, which is left to a person"


def test_outside_scripts_it_is_read_from_the_environment_of_the_run() -> None:
    (step,) = steps_of(of_steps(_SET + "archiveArtifacts artifacts: env.VERSION"))
    assert step.inputs["path"] == gha.Context("env.VERSION")


def test_a_variable_of_jenkins_holds_until_groovy_sets_it() -> None:
    steps = "script { env.BUILD_NUMBER = foo() }\nsh 'echo $BUILD_NUMBER'"
    (step,) = steps_of(of_steps(steps))
    assert texts(step.env) == {"BUILD_NUMBER": "${{ env.BUILD_NUMBER || github.run_number }}"}


def test_a_variable_of_the_machine_keeps_its_value() -> None:
    steps = 'script { env.PATH = foo() }\nsh "echo ${env.PATH}"'
    (step,) = steps_of(of_steps(steps))
    assert (step.run, dict(step.env)) == ("echo ${PATH}", {})


@pytest.mark.parametrize(
    ("sections", "steps"),
    [
        ("environment { A = foo() }", 'sh "echo $A"'),
        ('environment { A = "${Nobody.NAME}" }', 'sh "echo $A"'),
        ("", 'withEnv(["A=${foo()}"]) { sh "echo $A" }'),
        ("", f'withCredentials([{_CERTIFICATE}]) {{ sh "echo $A" }}'),
        ("parameters { string(name: 'A', defaultValue: foo()) }", 'sh "echo $A"'),
        ("parameters { string(name: 'A', defaultValue: foo()) }", 'sh "echo ${params.A}"'),
    ],
)
def test_what_a_manual_place_sets_is_no_variable_of_the_repository(
    sections: str, steps: str
) -> None:
    translation = with_sections(sections, steps)
    step = steps_of(translation)[-1]
    assert (step.run, dict(step.env)) == ("echo ${A}", {})
    assert "A" not in translation.workflow.jobs[0].env
    assert "variable-left" in rules_of(translation)
    assert not rules_of(translation) & {"environment-unset", "parameter-undeclared"}


def test_the_other_variables_of_a_manual_block_stay() -> None:
    steps = 'withEnv(["A=${foo()}", \'B=2\']) { sh "echo $A $B" }'
    assert texts(steps_of(of_steps(steps))[-1].env) == {"B": "2"}


def test_a_block_within_hides_what_is_left_to_a_person() -> None:
    steps = _SET + "withEnv(['VERSION=1']) { sh \"echo ${env.VERSION}\" }"
    translation = of_steps(steps)
    assert texts(steps_of(translation)[-1].env) == {"VERSION": "1"}
    assert "variable-left" not in rules_of(translation)


def test_a_variable_that_nothing_sets_is_one_of_the_repository() -> None:
    translation = of_steps(_SET + 'sh "echo ${env.OTHER}"')
    assert texts(steps_of(translation)[-1].env) == {"OTHER": "${{ vars.OTHER }}"}
    assert "environment-unset" in rules_of(translation)


@pytest.mark.parametrize(
    ("count", "words"), [(1, "line 1"), (2, "lines 1 and 2"), (3, "lines 1, 2 and 3")]
)
def test_places_in_words(count: int, words: str) -> None:
    source = Source("x", "a\nb\nc\n")
    assert place([source.span(2 * n, 2 * n + 1) for n in range(count)]) == words
