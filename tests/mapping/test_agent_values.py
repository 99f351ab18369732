"""Arguments of a container that read what a step of its job has yet to set."""

from __future__ import annotations

import pytest

from translating import rules_of, translated

HOME_OF_CACHE = 'CACHE = "${env.HOME}/.m2"'


def started(argument: str, environment: str) -> str:
    """The command that starts the container of a job."""
    docker = f"docker {{ image 'maven:3'\nargs {argument} }}"
    around = f"pipeline {{\nagent {{ {docker} }}\nenvironment {{ {environment} }}\n"
    translation = translated(f"{around}stages {{ stage('A') {{ steps {{ sh 'mvn' }} }} }} }}")
    (job,) = translation.workflow.jobs
    (script,) = (str(s.run) for s in job.steps if str(s.run).startswith("docker run"))
    return script.replace(" \\\n  ", " ")


@pytest.mark.parametrize("argument", ['"-v ${CACHE}:/m2"', '"-v ${env.CACHE}:/m2"'])
def test_what_a_variable_is_made_of_stands_in_its_place(argument: str) -> None:
    assert " -v ${HOME}/.m2:/m2 " in started(argument, HOME_OF_CACHE)


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ('BASE = "${env.HOME}/a"\nCACHE = "${env.BASE}/.m2"', "${HOME}/a/.m2"),
        ('CACHE = "${env.CACHE}${env.HOME}/.m2"', "${CACHE}${HOME}/.m2"),
    ],
)
def test_variables_made_of_variables(environment: str, folder: str) -> None:
    assert f" -v {folder}:/m2 " in started('"-v ${env.CACHE}:/m2"', environment)


def test_what_only_a_step_computes_is_not_taken_for_a_setting_in_silence() -> None:
    computed = "V = sh(script: 'cat v', returnStdout: true)\nTAG = \"v-${V}\""
    docker = 'docker { image "maven:${env.TAG}" }'
    around = f"pipeline {{\nagent {{ {docker} }}\nenvironment {{ {computed} }}\n"
    translation = translated(f"{around}stages {{ stage('A') {{ steps {{ sh 'mvn' }} }} }} }}")
    assert "environment-unset" in rules_of(translation)
