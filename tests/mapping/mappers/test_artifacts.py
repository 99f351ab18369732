"""`archiveArtifacts`, `archive`, `junit`, `publishHTML`."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.expressions import Function
from jenkins2gha.actions.workflow import Step
from jenkins2gha.mapping.workflow import WorkflowTranslation
from translating import bins_of, of_steps, rules_of, steps_of, translated

LINE = 5
UPLOAD, REPORT = "actions/upload-artifact", "mikepenz/action-junit-report"


def only(translation: WorkflowTranslation, action: str) -> Step:
    (step,) = [one for one in steps_of(translation) if one.uses == action]
    return step


def in_post(condition: str, step: str) -> WorkflowTranslation:
    stage = "stages { stage('A') { steps { sh 'make' } } }"
    return translated(f"pipeline {{\nagent any\n{stage}\npost {{ {condition} {{\n{step}\n}} }}\n}}")


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (
            "archiveArtifacts 'target/*.jar'",
            {"name": "artifacts", "path": "target/*.jar", "if-no-files-found": "error"},
        ),
        (
            "archiveArtifacts artifacts: 'a, b', allowEmptyArchive: true",
            {"name": "artifacts", "path": "a\nb", "if-no-files-found": "ignore"},
        ),
        (
            "archiveArtifacts artifacts: 'a/*.x', excludes: 'a/b.x, a/c.x'",
            {
                "name": "artifacts",
                "path": "a/*.x\n!a/b.x\n!a/c.x",
                "if-no-files-found": "error",
            },
        ),
        (
            "archiveArtifacts 'docs/'",
            {
                "name": "artifacts",
                "path": "docs/**",
                "include-hidden-files": True,
                "if-no-files-found": "error",
            },
        ),
        (
            "archive 'a'",
            {"name": "artifacts", "path": "a", "if-no-files-found": "ignore"},
        ),
        (
            "dir('api') {\narchiveArtifacts 'a/*.jar'\n}",
            {"name": "artifacts", "path": "api/a/*.jar", "if-no-files-found": "error"},
        ),
    ],
)
def test_archive(step: str, expected: dict[str, object]) -> None:
    assert only(of_steps(step), UPLOAD).inputs == expected


def test_git_itself_is_no_artifact() -> None:
    path = only(of_steps("archiveArtifacts '**'"), UPLOAD).inputs["path"]
    assert path == "**\n!**/.git/**"


@pytest.mark.parametrize(
    ("pattern", "hidden"),
    [
        ("build/**/*.*", True),
        ("**/*.tfstate", True),
        ("target/*.jar", False),
        ("**/target/*.jar", False),
    ],
)
def test_hidden_files_are_kept_where_jenkins_finds_them(pattern: str, *, hidden: bool) -> None:
    inputs = only(of_steps(f"archiveArtifacts '{pattern}'"), UPLOAD).inputs
    assert inputs.get("include-hidden-files", False) is hidden


@pytest.mark.parametrize(
    ("patterns", "folder"),
    [
        ("out/${day}/*.jar", "out/…"),
        ("out/${day}/a.jar, out/${day}/b.jar", "out/…"),
        ("out/${day}/a.jar, out/${env.BUILD_TAG}/b.jar", "out"),
        ("out/lib/*.jar", "out/lib"),
    ],
)
def test_the_folder_that_paths_lack_is_shown(patterns: str, folder: str) -> None:
    day = "def day = sh(script: 'date +%F', returnStdout: true).trim()"
    translation = of_steps(f'script {{\n{day}\narchiveArtifacts "{patterns}"\n}}')
    said = translation.translation.diagnostics
    (message,) = (one.message for one in said if one.rule == "artifacts-kept")
    assert message.endswith(f", by their paths below `{folder}/`")


def test_each_artifact_has_its_own_name() -> None:
    steps = steps_of(of_steps("archiveArtifacts 'a'\narchiveArtifacts 'b'\narchive 'c'"))
    assert [s.inputs["name"] for s in steps] == ["artifacts", "artifacts-2", "artifacts-3"]


def test_only_if_successful() -> None:
    step = "archiveArtifacts artifacts: 'a', onlyIfSuccessful: true"
    assert only(in_post("always", step), UPLOAD).condition == Function("success")
    assert only(in_post("always", "archiveArtifacts 'a'"), UPLOAD).condition == Function("always")
    assert only(of_steps(step), UPLOAD).condition is None


def test_fingerprint_is_dropped() -> None:
    translation = of_steps("archiveArtifacts artifacts: 'a', fingerprint: true")
    assert "argument-dropped" in rules_of(translation)


def test_artifacts_of_groovy() -> None:
    translation = of_steps("archiveArtifacts artifacts: foo()")
    assert "artifacts-unknown" in rules_of(translation)
    assert bins_of(translation, LINE) == {"manual"}


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (
            "junit '**/target/*.xml'",
            {"report_paths": "**/target/*.xml", "require_tests": True},
        ),
        (
            "junit testResults: 'a.xml, b.xml', allowEmptyResults: true",
            {"report_paths": "a.xml\nb.xml"},
        ),
        (
            "junit testResults: 'a.xml', skipMarkingBuildUnstable: true",
            {"report_paths": "a.xml", "require_tests": True},
        ),
        (
            "dir('api') {\njunit 'a.xml'\n}",
            {"report_paths": "api/a.xml", "require_tests": True},
        ),
    ],
)
def test_junit(step: str, expected: dict[str, object]) -> None:
    found = only(of_steps(step), REPORT).inputs
    assert found == {**expected, "annotate_only": True}


def test_junit_is_approximate_unless_it_tolerates() -> None:
    assert bins_of(of_steps("junit 'a.xml'"), LINE) == {"approximate"}
    tolerant = of_steps("junit testResults: 'a.xml', skipMarkingBuildUnstable: true")
    assert bins_of(tolerant, LINE) == {"equivalent"}


def test_junit_runs_when_tests_failed() -> None:
    assert only(in_post("always", "junit 'a.xml'"), REPORT).condition == Function("always")


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (
            "publishHTML(target: [reportDir: 'site', reportFiles: 'i.html', reportName: 'Docs'])",
            {"name": "Docs", "path": "site", "if-no-files-found": "error"},
        ),
        (
            "publishHTML([reportDir: 'site/', reportName: 'A: B/C', allowMissing: true])",
            {"name": "A- B-C", "path": "site", "if-no-files-found": "ignore"},
        ),
        (
            "publishHTML target: [reportDir: '', reportName: 'Docs']",
            {"name": "Docs", "path": ".", "if-no-files-found": "error"},
        ),
        (
            "dir('api') {\npublishHTML target: [reportDir: 'site', reportName: 'Docs']\n}",
            {"name": "Docs", "path": "api/site", "if-no-files-found": "error"},
        ),
    ],
)
def test_publish_html(step: str, expected: dict[str, object]) -> None:
    translation = of_steps(step)
    assert only(translation, UPLOAD).inputs == expected
    assert "html-artifact" in rules_of(translation)
