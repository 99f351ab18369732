"""A whole pipeline as a workflow."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.workflow import Job, RunsOn, Step
from jenkins2gha.mapping.artifact_names import number_artifacts, without_clean
from translating import bins_of, rules_of, steps_of, translated, with_sections


def job(*steps: Step) -> Job:
    return Job("a", RunsOn(("ubuntu-latest",)), steps)


def test_name_permissions_and_runner() -> None:
    translation = with_sections("", name="folder/app")
    workflow = translation.workflow
    assert (workflow.name, workflow.permissions) == ("folder/app", {"contents": "read"})
    assert [one.runs_on for one in translation.runners] == [RunsOn(("ubuntu-latest",))]


def test_checkout_comes_before_tools_and_stages() -> None:
    translation = with_sections("tools { jdk 'Java 17' }")
    steps = steps_of(translation)
    assert [step.uses or step.run for step in steps] == [
        "actions/checkout",
        "actions/setup-java",
        "make",
    ]


def test_what_is_left_to_a_person_fails_first() -> None:
    translation = with_sections("triggers { upstream 'other' }\noptions { throttle(['x']) }")
    first, second, third, *_ = translation.workflow.jobs[0].steps
    assert (first.placeholder, second.placeholder, third.uses) == (True, True, "actions/checkout")


def test_every_manual_site_has_one_diagnostic() -> None:
    text = (
        "triggers { upstream 'other' }\noptions { throttle(['x']) }\nparameters { run(name: 'R') }"
    )
    said = with_sections(text).translation
    sites = {one.site.start for one in said.outcomes if one.certainty == "manual"}
    spoken = [one.span.start for one in said.diagnostics if one.certainty == "manual"]
    assert sorted(spoken) == sorted(sites)
    assert len(sites) == 3
    assert len(said.holes) == 3


def test_a_library_is_not_loaded() -> None:
    stage = "stages { stage('A') { steps { sh 'make' } } }"
    translation = translated(f"@Library('shared@1') _\npipeline {{\nagent any\n{stage}\n}}")
    assert bins_of(translation, 1) == {"dropped"}
    assert "library-declared" in rules_of(translation)


def test_an_agent_of_the_only_stage() -> None:
    stage = "stage('A') { agent { label 'windows' }\nsteps { bat 'make' } }"
    translation = translated(f"pipeline {{\nagent none\nstages {{ {stage} }}\n}}")
    assert translation.workflow.jobs[0].runs_on.labels == ("windows-latest",)
    assert bins_of(translation, 2) == {"exact"}


def test_what_a_script_takes_from_its_agent() -> None:
    translation = with_sections("", "sh 'cp app.war /opt/tomcat/webapps/'")
    (said,) = [d for d in translation.translation.diagnostics if d.rule == "agent-dependency"]
    assert "/opt/tomcat/webapps/" in said.message
    assert "approximate" in bins_of(translation, said.span.line)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ('PATH = "/opt/tools/bin:${env.PATH}"', True),
        ("JAVA_HOME = '/opt/jdk-17'", True),
        ("TARGET = '/opt/app'", True),
        ("TARGET = 'opt/app'", False),
        ("GREETING_HOME = 'here'", False),
    ],
)
def test_programs_in_folders_of_the_agent(environment: str, said: bool) -> None:
    translation = with_sections(f"environment {{ {environment} }}")
    assert ("agent-dependency" in rules_of(translation)) == said


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("PATH+X=/opt/x/bin", True),
        ("ANT_HOME=/opt/ant", True),
        ("TARGET=/opt/app", True),
        ("TARGET=/usr/lib", False),
    ],
)
def test_programs_in_folders_of_the_agent_for_a_block(setting: str, said: bool) -> None:
    steps = f"withEnv(['{setting}']) {{ sh 'make' }}"
    stage = f"stage('A') {{ steps {{ {steps} }} }}"
    translation = translated(f"pipeline {{ agent any; stages {{ {stage} }} }}")
    assert ("agent-dependency" in rules_of(translation)) == said


def test_a_container_has_its_own_paths() -> None:
    stage = "stages { stage('A') { steps { sh 'ls /opt/tool/bin' } } }"
    translation = translated(f"pipeline {{\nagent {{ docker 'x:1' }}\n{stage}\n}}")
    assert "agent-dependency" not in rules_of(translation)


def test_names_of_artifacts_count_over_all_jobs() -> None:
    step = Step(uses="actions/upload-artifact", inputs={"name": "x", "path": "a"})
    other = Step(uses="actions/upload-artifact", inputs={"name": "x", "path": "b"})
    first, second = number_artifacts((job(step, other), job(step)))
    assert [s.inputs["name"] for s in (*first.steps, *second.steps)] == ["x", "x-2", "x-3"]


def test_the_same_files_once_more_replace_those_of_before() -> None:
    step = Step(uses="actions/upload-artifact", inputs={"name": "x", "path": "a"})
    (done,) = number_artifacts((job(step, step),))
    assert [one.inputs.get("overwrite") for one in done.steps] == [None, True]
    assert [one.inputs["name"] for one in done.steps] == ["x", "x"]


def test_clean_is_for_workspaces_that_hold_something() -> None:
    checkout = Step(uses="actions/checkout", inputs={"clean": False})
    done = without_clean(job(checkout, Step(run="make"), checkout))
    assert [step.inputs for step in done.steps] == [{}, {}, {"clean": False}]


ALWAYS_ASKED = """pipeline {
    agent none
    stages {
        stage('Release') {
            agent any
            when { anyOf {
                branch 'main'
                not { branch 'main' }
                expression { sh(script: './changed.sh', returnStatus: true) == 0 }
            } }
            stages {
                stage('Deploy') {
                    agent { label 'deploy' }
                    steps { sh './deploy.sh' }
                }
            }
        }
    }
}"""


def test_what_a_step_that_never_runs_gives_is_no_output() -> None:
    asking, deploying = translated(ALWAYS_ASKED).workflow.jobs
    assert (asking.outputs, deploying.condition) == ({}, None)
