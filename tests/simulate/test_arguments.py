"""What steps that are no scripts are told and write is compared, to the letter where files are."""

from __future__ import annotations

import pytest

from jenkins2gha import convert
from jenkins2gha.record import replace
from jenkins2gha.verifier import verify_conversion

_PIPELINE = r"""
pipeline {
    agent any
    environment { OUT = 'dist' }
    stages {
        stage('Build') {
            steps {
                sh 'make'
                dir('web') {
                    junit "reports/${env.OUT}/*.xml"
                    archiveArtifacts artifacts: "${env.OUT}/*.jar, logs/"
                    writeFile file: 'conf/a.txt', text: "it's ${env.OUT}\n"
                }
                unstable "half done in ${env.OUT}"
            }
        }
    }
}
"""


def _status(before: str = "", after: str = "") -> str:
    conversion = convert(_PIPELINE, source="Jenkinsfile", name="demo")
    workflow = conversion.workflow or ""
    assert before in workflow
    changed = replace(conversion, workflow=workflow.replace(before, after))
    return verify_conversion(_PIPELINE, changed).status


def test_the_same_arguments_are_no_difference() -> None:
    assert _status() == "equal"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("web/reports/${{ env.OUT }}/", "web/reports/"),
        ("web/${{ env.OUT }}/*.jar", "${{ env.OUT }}/*.jar"),
        ("\n            web/logs/**", ""),
        ("half done in", "done in"),
        ("> conf/a.txt", "> a.txt"),
        ("it's ${OUT}", "its ${OUT}"),
        ("it's ${OUT}", "it's  ${OUT}"),
    ],
)
def test_another_argument_is_a_difference(before: str, after: str) -> None:
    assert _status(before, after) == "differs"
