"""What counts as a difference between two runs, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jenkins2gha import convert
from jenkins2gha.verifier import verify_conversion


def _pipeline(stages: str) -> str:
    return f"pipeline {{\n    agent any\n    stages {{\n{stages}\n    }}\n}}\n"


_BRANCHES = """\
stage('Both') {
    failFast true
    parallel {
        stage('First') { steps { %s } }
        stage('Second') { steps { %s } }
    }
}"""

SAME = {
    "a folder that mkdir makes for another in it": _BRANCHES
    % (
        "archiveArtifacts 'out/**'\nsh 'first'",
        "dir('web') { dir('app') { sh 'inner' }\nsh 'outer' }",
    ),
    "a step that fails by itself stops the other branches": _BRANCHES
    % ("archiveArtifacts 'out/**'\nunstash 'nothing'", "sh 'second'"),
    "what a branch finds of a variable that another sets": _BRANCHES
    % (
        "script { env.LATER = 'first!' }\narchiveArtifacts 'out/**'",
        "withEnv(['PATH+X=/opt/x']) { sh \"second ${env.LATER}\" }\narchiveArtifacts 'out/**'",
    ),
    "files that another branch unpacks": """\
stage('Build') {
    agent { label 'linux' }
    steps {
        sh 'build'
        stash name: 'built', includes: 'out/**'
    }
}
"""
    + _BRANCHES % ("unstash 'built'\narchiveArtifacts 'out/**'", "sh 'lint'"),
    "a folder that is made for a step that fails": """\
stage('Unpack') {
    steps { dir('web') { unstash 'nothing' } }
    post { always { sh 'tidy' } }
}""",
    "a stage that is tried again as its post fails": """\
stage('Deploy') {
    options { retry(2) }
    steps {
        sh 'deploy'
        sh 'look'
    }
    post { always { sh 'tidy' } }
}""",
    "what a branch may have set when it was stopped": "stage('All') { stages { "
    + _BRANCHES
    % (
        "script { env.LATER = 'first' }\nsh 'first'",
        "sh 'second'\nscript { env.LATER = 'second' }\nsh 'third'",
    )
    + " }\npost { always { sh 'tidy' } } }",
    "what is printed in the script of a step before it": """\
stage('One') {
    options { retry(2) }
    steps { script {
        unstable 'meh'
        echo 'said'
    }
    sh 'make' }
    post { success { sh 'done' } }
}""",
    "what marks the build in each round of a loop": """\
stage('One') {
    steps {
        warnError('off') {
            retry(2) {
                unstable 'shaky'
                sh 'make'
            }
        }
        unstable 'in the end'
    }
}""",
    "what is packed in a loop beside what marks the build": """\
stage('One') {
    options { retry(2) }
    steps {
        unstable 'shaky'
        stash name: 'built', includes: 'out/**', allowEmpty: true
    }
}""",
    "files that a loop unpacks at two places": """\
stage('One') {
    steps {
        stash name: 'built', includes: 'out/**', allowEmpty: true
        retry(2) {
            dir('first') { unstash 'built' }
            dir('second') { unstash 'built' }
            sh 'make'
        }
    }
}""",
    "a folder that is made in front of a group for a step in it that fails": """\
stage('Pack') { steps { stash name: 'built', includes: 'out/**', allowEmpty: true } }
"""
    + _BRANCHES.replace("failFast true", "") % ("sh 'first'", "dir('web') { unstash 'built' }"),
    "files that are handed over again where a person is to try it": """\
stage('Pack') {
    options { retry(2) }
    steps {
        stash name: 'built', includes: 'out/**', allowEmpty: true
        sh 'make'
    }
}
stage('Behind') {
    agent { label 'linux' }
    steps { unstash 'built' }
}""",
    "files that a cell of a matrix hands over, whichever did so last": """\
stage('Cells') {
    matrix {
        agent { label "${SYSTEM}" }
        axes { axis { name 'SYSTEM'; values 'linux', 'macos' } }
        stages { stage('Build') { steps {
            stash name: 'built', includes: 'out/**', allowEmpty: true
        } } }
    }
}
stage('Behind') { steps {
    unstash 'built'
    sh 'look'
} }""",
}


@pytest.mark.parametrize("stages", SAME.values(), ids=SAME)
def test_it_is_no_difference(stages: str) -> None:
    text = _pipeline(stages)
    conversion = convert(text, source="Jenkinsfile", name="demo")
    assert conversion.workflow
    found = verify_conversion(text, conversion)
    assert [one for outcome in found.outcomes for one in outcome.differences] == []


DIFFERENT = {
    "a folder that nothing makes": (
        SAME["a folder that mkdir makes for another in it"],
        ("mkdir -p web/app", "true"),
        "there is no folder web",
    ),
    "another text around a variable that a branch sets": (
        SAME["what a branch finds of a variable that another sets"],
        ("second ${LATER-null}", "third ${LATER-null}"),
        "instead of `second",
    ),
    "what is not printed": (
        SAME["what is printed in the script of a step before it"],
        ("echo 'said'", "echo 'silent'"),
        "prints",
    ),
    "what marks the build with another message": (
        SAME["what marks the build in each round of a loop"],
        ("::warning::shaky", "::warning::firm"),
        "instead of `shaky`",
    ),
}


@pytest.mark.parametrize("case", DIFFERENT.values(), ids=DIFFERENT)
def test_it_is_a_difference(case: tuple[str, tuple[str, str], str]) -> None:
    stages, (right, wrong), said = case
    text = _pipeline(stages)
    conversion = convert(text, source="Jenkinsfile", name="demo")
    assert conversion.workflow
    assert right in conversion.workflow
    broken = replace(conversion, workflow=conversion.workflow.replace(right, wrong))
    found = verify_conversion(text, broken)
    assert any(said in one.what for outcome in found.outcomes for one in outcome.differences)
