"""What is left to a person excuses what stands there, and nothing around it."""

from __future__ import annotations

import pytest

from jenkins2gha import convert
from jenkins2gha.record import replace
from jenkins2gha.verifier import verify_conversion

_PIPELINE = """
pipeline {
    agent any
    stages {
        stage('Build') {
            steps {
                sh 'make'
                orderCake flavour: 'lemon'
                sh 'make more'
            }
        }
        stage('Test') {
            parallel {
                stage('Unit') {
                    agent { label 'linux' }
                    steps { sh 'make unit' }
                }
                stage('Whole') {
                    agent { label 'linux' }
                    steps { sh 'make whole' }
                }
            }
        }
    }
    post {
        always { sh 'make tidy' }
        failure { sh 'make noise' }
    }
}
"""


def _status(before: str = "", after: str = "") -> str:
    conversion = convert(_PIPELINE, source="Jenkinsfile", name="demo")
    assert conversion.status == "partial"
    workflow = conversion.workflow or ""
    assert before in workflow
    changed = replace(conversion, workflow=workflow.replace(before, after))
    return verify_conversion(_PIPELINE, changed).status


def test_the_step_of_a_person_counts_as_done() -> None:
    assert _status() == "equal"


@pytest.mark.parametrize("script", ["make", "make more", "make unit", "make whole", "make tidy"])
def test_nothing_around_it_may_be_missing(script: str) -> None:
    assert _status(f"run: {script}\n", "run: 'true'\n") == "differs"


def test_nothing_around_it_may_run_at_another_time() -> None:
    assert _status("(failure() || env.BUILD_RESULT == 'FAILURE')", "always()") == "differs"
    assert _status("run: make more\n", "run: make more && make cake\n") == "differs"
