"""What is a difference between two runs, and what only looks like one."""

from __future__ import annotations

from jenkins2gha import convert
from jenkins2gha.record import replace
from jenkins2gha.verifier import verify_conversion

RACED = """pipeline {
    agent any
    stages {
        stage('A') { steps { script { env.V = 'old' } } }
        stage('B') {
            parallel {
                stage('C') {
                    steps {
                        script { env.V = sh(script: 'version', returnStdout: true).trim() }
                    }
                }
                stage('D') {
                    steps {
                        archiveArtifacts 'in.txt'
                        sh "make ${env.V}"
                        echo "made ${env.V}"
                    }
                }
            }
        }
    }
}
"""
CELLS = """pipeline {
    agent any
    stages {
        stage('A') {
            environment { V = sh(script: 'version', returnStdout: true).trim() }
            matrix {
                agent { label "${SYSTEM}" }
                axes { axis { name 'SYSTEM'; values 'linux', 'macos' } }
                stages { stage('B') { steps { sh 'make' } } }
            }
        }
        stage('C') { steps { sh 'tidy' } }
    }
}
"""


def kinds(text: str, before: str = "", after: str = "") -> set[str]:
    """The kinds of difference that nothing states, after a change of the workflow."""
    conversion = convert(text, source="Jenkinsfile")
    workflow = conversion.workflow or ""
    assert before in workflow
    changed = replace(conversion, workflow=workflow.replace(before, after))
    found = verify_conversion(text, changed if before else conversion)
    return {one.kind for outcome in found.outcomes for one in outcome.differences}


def test_a_value_that_a_branch_beside_sets_may_be_either() -> None:
    assert kinds(RACED) == set()
    assert kinds(RACED, "make ${V}", "make other") != set()
    assert kinds(RACED, 'made ${V}"', 'made other"') == {"environment"}


def test_each_machine_may_have_its_own_checkout_of_the_same() -> None:
    assert kinds(CELLS) == set()
    assert "workspace" in kinds(CELLS, "uses: actions/checkout@", "uses: actions/other@")
