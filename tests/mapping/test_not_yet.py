"""What `env.X = …` has not set yet, and how a text and a condition read it."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.texts import render
from jenkins2gha.mapping.not_yet import NotYet, always_set
from mapped import conditions, items, texts
from translating import rules_of, translated

SET = "script { env.X = 'v' }"


def scripts(steps: str, *, agent: str = "any", post: str = "") -> list[str]:
    return staged(f"stage('S') {{ steps {{\n{steps}\n}}\n{post} }}", agent=agent)


def staged(stages: str, *, agent: str = "any") -> list[str]:
    """The scripts that read X."""
    found = translated(f"pipeline {{\nagent {agent}\nstages {{\n{stages}\n}}\n}}")
    steps = (step for job in found.workflow.jobs for step in job.steps)
    return [str(step.run) for step in steps if str(step.run).startswith("use ")]


@pytest.mark.parametrize(
    ("before", "script"),
    [
        (SET, "use ${X}"),
        ("", "use null"),
        ("script { if (env.BRANCH_NAME == 'a') { env.X = 'v' } }", "use ${X-null}"),
        (f"catchError {{ {SET} }}", "use ${X-null}"),
        (f"timeout(5) {{ {SET} }}", "use ${X}"),
        (f"script {{ try {{ sh 'a'; {SET} }} catch (e) {{ sh 'b' }} }}", "use ${X-null}"),
        (f"script {{ try {{ sh 'a'; {SET} }} catch (e) {{ throw e }} }}", "use ${X}"),
        (f"script {{ try {{ sh 'a' }} finally {{ {SET} }} }}", "use ${X}"),
        (f"script {{ parallel a: {{ sh 'a' }}, b: {{ {SET} }} }}", "use ${X}"),
    ],
)
def test_a_text_reads_what_is_not_set_as_null(before: str, script: str) -> None:
    assert scripts(f"{before}\nsh \"use ${{env.X}}\"\nscript {{ env.X = 'w' }}") == [script]


@pytest.mark.parametrize(
    ("script", "written"),
    [
        ("sh \"use '${env.X}' a\"", "use 'null' a"),
        ('sh "use \\"${env.X}-1\\""', 'use "null-1"'),
        ('sh "use ${env.X}${env.X}"', "use nullnull"),
    ],
)
def test_null_stands_as_it_is_in_any_quotes(script: str, written: str) -> None:
    assert scripts(f"{script}\n{SET}") == [written]


def test_what_is_tried_again_may_be_set_by_the_try_before() -> None:
    (retry,) = items(f'retry(2) {{ sh "use ${{env.X}}"\n{SET} }}')
    start = NotYet(frozenset("XY"))
    assert start.inside(retry) == NotYet(frozenset("Y"), frozenset("X"))
    assert start.behind(retry) == NotYet(frozenset("Y"))


def test_a_way_that_ends_with_an_error_sets_nothing_behind_it() -> None:
    choice = items(f"script {{ if (env.BRANCH_NAME == 'a') {{ {SET} }} else {{ error 'no' }} }}")
    assert always_set(choice) == {"X"}


@pytest.mark.parametrize(
    ("condition", "script"),
    [("success", "use ${X}"), ("always", "use ${X-null}"), ("failure", "use ${X-null}")],
)
def test_a_post_knows_only_after_a_success_that_it_is_set(condition: str, script: str) -> None:
    post = f'post {{ {condition} {{ sh "use ${{env.X}}" }} }}'
    assert scripts(f"sh 'a'\n{SET}", post=post) == [script]


def test_a_stage_under_the_same_condition_finds_it_set() -> None:
    inner = (
        f"stage('B') {{ steps {{ {SET} }} }}\nstage('C') {{ steps {{ sh \"use ${{env.X}}\" }} }}"
    )
    outer = f"stage('A') {{ when {{ branch 'a' }}\nstages {{ {inner} }} }}"
    last = "stage('D') { steps { sh \"use ${env.X} again\" } }"
    assert staged(f"{outer}\n{last}") == ["use ${X}", "use ${X-null} again"]


def test_what_another_job_may_have_set_comes_as_an_empty_text() -> None:
    first = f"stage('A') {{ when {{ branch 'a' }}\nsteps {{ {SET} }} }}"
    second = "stage('B') { agent { label 'b' }\nsteps { sh \"use ${env.X}\" } }"
    assert staged(f"{first}\n{second}") == ["use ${X:-null}"]


def test_on_windows_an_expression_says_it() -> None:
    steps = "script { if (env.BRANCH_NAME == 'a') { env.X = 'v' } }\nbat \"use ${env.X}\""
    stage = f"stage('S') {{ steps {{ {steps} }} }}"
    found = translated(f"pipeline {{\nagent {{ label 'windows' }}\nstages {{ {stage} }}\n}}")
    step = found.workflow.jobs[0].steps[-1]
    assert (step.run, texts(step.env)) == ("use %X_2%", {"X_2": "${{ env.X || 'null' }}"})


def test_a_variable_that_is_unset_on_purpose_is_null() -> None:
    (script,) = scripts('withEnv([\'X=\']) { sh "echo ${env.X}" }\nsh "use ${env.X}"\n' + SET)
    assert script == "use null"


def test_a_name_of_jenkins_keeps_its_value_until_it_is_set() -> None:
    stages = (
        "stage('A') { when { branch 'a' }\nsteps { script { env.BUILD_NUMBER = '7' } } }\n"
        "stage('B') { agent { label 'b' }\nsteps { sh \"use ${env.BUILD_NUMBER}\" } }"
    )
    found = translated(f"pipeline {{\nagent any\nstages {{\n{stages}\n}}\n}}")
    step = found.workflow.jobs[-1].steps[-1]
    assert texts(step.env) == {"BUILD_NUMBER": "${{ env.BUILD_NUMBER || github.run_number }}"}


def test_a_parameter_keeps_its_value_until_it_is_set() -> None:
    stages = (
        "stage('A') { when { branch 'a' }\nsteps { script { env.LEVEL = 'high' } } }\n"
        "stage('B') { agent { label 'b' }\nsteps { sh 'use' } }"
    )
    given = "parameters { string(name: 'LEVEL', defaultValue: 'low') }"
    found = translated(f"pipeline {{\nagent any\n{given}\nstages {{\n{stages}\n}}\n}}")
    assert render(found.workflow.jobs[-1].env["LEVEL"]) == (
        "${{ needs.a.outputs.LEVEL || case(github.event_name == 'workflow_dispatch', inputs.LEVEL, "
        "'low') }}"
    )


def test_it_is_said_that_a_text_reads_too_early() -> None:
    steps = f'sh "use ${{env.X}}"\n{SET}'
    found = translated(
        f"pipeline {{\nagent any\nstages {{ stage('S') {{ steps {{ {steps} }} }} }}\n}}"
    )
    assert "environment-not-yet" in rules_of(found)


# --- conditions in front of blocks that set a name for themselves --------------------------------


IN_ITS_STAGE = """
stage('S') {
    when { environment name: 'X', value: 'a' }
    environment { X = 'b' }
    steps { sh 'a' }
}
"""
AROUND_ITS_STAGE = """
stage('O') {
    environment { X = 'b' }
    stages {
        stage('S') {
            when { environment name: 'X', value: 'b' }
            steps { sh 'a' }
        }
    }
}
"""


def condition_of(stage: str) -> list[str]:
    found = translated(
        f"pipeline {{\nagent any\nenvironment {{ X = 'a' }}\nstages {{\n{stage}\n}}\n}}"
    )
    (job,) = found.workflow.jobs
    return [one for one in conditions(job.steps) if one]


@pytest.mark.parametrize(
    "stage",
    [
        IN_ITS_STAGE,
        "stage('S') { steps { script { if (env.X == 'a') { withEnv(['X=b']) { sh 'a' } } } } }",
        AROUND_ITS_STAGE,
    ],
)
def test_a_condition_does_not_read_what_its_steps_set(stage: str) -> None:
    assert condition_of(stage) == []


def test_one_that_reads_what_a_step_sets_is_decided_in_front() -> None:
    body = "env.Y = 'c'\nif (env.Y == 'c') { withEnv(['Y=d']) { sh 'a' } }"
    assert condition_of(f"stage('S') {{ steps {{ script {{ {body} }} }} }}") == [
        "steps.s-if.outputs.holds == 'true'"
    ]


def test_a_condition_on_another_name_is_asked_by_the_step() -> None:
    body = "if (env.X == 'a') { withEnv(['Y=d']) { sh 'a' } }"
    assert condition_of(f"stage('S') {{ steps {{ script {{ {body} }} }} }}") == ["env.X == 'a'"]
