"""Every `uses` is held against the inputs that the action really has."""

from __future__ import annotations

from pathlib import Path

import pytest

from jenkins2gha.mapping.action_inputs import check_uses, wrong_inputs
from jenkins2gha.tables import table
from translating import steps_of, translated

MAPPINGS = Path(__file__).parents[2] / "mappings"


def sources() -> list[tuple[str, str]]:
    files = sorted(MAPPINGS.rglob("*.yaml"))
    return [(file.relative_to(MAPPINGS).as_posix(), file.read_text("utf-8")) for file in files]


def test_the_tables_use_real_inputs() -> None:
    found = sources()
    assert any("uses:" in text for path, text in found if path == "tools.yaml")
    assert check_uses(found) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("{uses: actions/checkout, with: {branch: x}}", "actions/checkout has no input `branch`"),
        ("{uses: octo/nothing}", "`actions.yaml` has no row for octo/nothing"),
        ("{uses: actions/upload-artifact}", "actions/upload-artifact needs the input `path`"),
    ],
)
def test_a_fault_has_file_and_line(row: str, fault: str) -> None:
    text = f"# a comment\nother: {{drop: x}}\nmine: {row}\n"
    assert check_uses([("steps/mine.yaml", text)]) == [f"steps/mine.yaml:3: mine: {fault}"]


def test_other_tables_are_not_read() -> None:
    assert check_uses([("rules/x.yaml", "a: {uses: octo/nothing}")]) == []


EVERY_ACTION = """
pipeline {
    agent any
    tools { jdk 'Java 17'
        maven 'M3'
        nodejs 'node 20'
        gradle 'g 8'
        go 'go1.22'
        terraform 't 1.5.7'
        dotnetsdk '8' }
    stages { stage('A') { steps {
        checkout([$class: 'GitSCM', branches: [[name: '*/main']], extensions: [
            [$class: 'CloneOption', shallow: true, depth: 5], [$class: 'SubmoduleOption'],
            [$class: 'SparseCheckoutPaths', sparseCheckoutPaths: [[path: 'a']]],
            [$class: 'RelativeTargetDirectory', relativeTargetDir: 'x'], [$class: 'GitLFSPull']],
            userRemoteConfigs: [[url: 'https://github.com/octo/demo', credentialsId: 'c']]])
        git url: 'git@github.com:octo/demo.git', credentialsId: 'd'
        archiveArtifacts artifacts: '**', excludes: 'a'
        junit testResults: 'r.xml', allowEmptyResults: true
        publishHTML(target: [reportDir: 'site', reportName: 'Site', allowMissing: true])
    } } }
}
"""


def test_the_mappers_use_real_inputs() -> None:
    steps = [step for step in steps_of(translated(EVERY_ACTION)) if step.uses]
    assert {step.uses for step in steps} >= {
        "actions/checkout",
        "actions/upload-artifact",
        "mikepenz/action-junit-report",
    }
    faults = [fault for step in steps for fault in wrong_inputs(str(step.uses), step.inputs)]
    assert faults == []


@pytest.mark.parametrize("action", table("actions"))
def test_every_action_can_be_pinned(action: str) -> None:
    row = table("actions")[action]
    assert len(row["sha"]) == 40
    assert row["version"]
    assert set(row.get("required", ())) <= set(row["inputs"])
