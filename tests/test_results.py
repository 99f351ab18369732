"""What a workflow does when steps fail, tests fail, or a person stops it: run by the simulator."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from jenkins2gha import convert
from jenkins2gha.simulate.actions import Answer, Run, World, push, simulate
from jenkins2gha.simulate.trace import Command
from test_convert import FIXTURES

TESTS = "mikepenz/action-junit-report"


def ran(
    text: str,
    *fails: str,
    tests: int = 0,
    stopped: str = "",
    before: str = "success",
    missing: bool = False,
    branch: str = "main",
) -> tuple[list[str], str]:
    """The commands of the source that ran, in order, and how the run ended.

    The scripts named in `fails` fail, `tests` tests do; a person stops the run in `stopped`.
    """

    def answer(command: Command) -> Answer:
        if TESTS in command.text:
            return Answer(end="failure" if missing else "success", outputs={"failed": str(tests)})
        if "gh run list" in command.text:
            return Answer(outputs={"conclusion": before})
        if stopped and command.text == stopped:
            return Answer(end="cancel")
        failed = command.text in fails or command.text.rstrip().endswith("\nexit 1")
        return Answer(end="failure" if failed else "success")

    converted = convert(text)
    assert converted.status == "converted", [one.message for one in converted.diagnostics]
    run = simulate(converted.workflow or "", push(branch), World(oracle=answer))
    assert not run.invalid, run.not_started
    return commands(run), run.conclusion


def commands(run: Run) -> list[str]:
    """The one-line scripts, which are the source's."""
    return [
        one.text
        for one in run.commands
        if one.kind == "run" and "\n" not in one.text and "BUILD_RESULT" not in one.text
    ]


def fixture(case: str) -> str:
    return (FIXTURES / case / "Jenkinsfile").read_text()


def steps(body: str, post: str = "") -> str:
    section = f"post {{\n{post}\n}}" if post else ""
    stage = f"stage('S') {{\nsteps {{\n{body}\n}}\n}}"
    return f"pipeline {{\nagent any\nstages {{\n{stage}\n}}\n{section}\n}}"


ALL = "\n".join(
    f"{name} {{ sh '{name}' }}"
    for name in "always aborted success unsuccessful unstable failure cleanup".split()
)


@pytest.mark.parametrize(
    ("world", "expected", "end"),
    [
        ({}, ["always", "success", "cleanup"], "success"),
        ({"tests": 2}, ["always", "unsuccessful", "unstable", "cleanup"], "failure"),
        ({"missing": True}, ["always", "unsuccessful", "failure", "cleanup"], "failure"),
        ({"stopped": "make"}, ["always", "aborted", "unsuccessful", "cleanup"], "cancelled"),
    ],
)
def test_every_condition_of_post(
    world: Mapping[str, object], expected: list[str], end: str
) -> None:
    text = steps("sh 'make'\njunit 'a.xml'", ALL)
    assert ran(text, **world) == (["make", *expected], end)  # type: ignore[arg-type]


def test_post_without_anything_that_worsens_the_build() -> None:
    text = steps("sh 'make'", ALL)
    assert ran(text) == (["make", "always", "success", "cleanup"], "success")
    assert ran(text, "make")[0] == ["make", "always", "unsuccessful", "failure", "cleanup"]


@pytest.mark.parametrize(
    ("post", "fails", "expected"),
    [
        ("always { sh 'a' }\nsuccess { sh 's' }\nfailure { sh 'f' }", "a", ["a", "f"]),
        ("success { sh 's'\nsh 't' }\nfailure { sh 'f' }", "s", ["s", "f"]),
        ("success { sh 's' }\ncleanup { sh 'c'\nsh 'd' }", "c", ["s", "c"]),
        ("unstable { sh 'u' }\nfailure { sh 'f' }\nalways { unstable 'x' }", "u", ["u", "f"]),
    ],
)
def test_a_block_of_post_that_fails(post: str, fails: str, expected: list[str]) -> None:
    """Jenkins: an error in a block becomes that of the pipeline, and later conditions see it."""
    assert ran(steps("sh 'make'", post), fails) == (["make", *expected], "failure")


def test_a_block_of_post_asks_its_condition_once() -> None:
    post = "success {\njunit 'a.xml'\nsh 's'\n}\nunstable { sh 'u' }"
    assert ran(steps("sh 'make'", post), tests=1) == (["make", "s", "u"], "failure")
    assert ran(steps("sh 'make'", post)) == (["make", "s"], "success")
    post = "changed {\nsh 'c'\nunstable 'x'\nsh 'd'\n}"
    assert ran(steps("sh 'make'", post), before="failure") == (["make", "c", "d"], "failure")
    assert ran(steps("sh 'make'", post), "c", before="failure") == (["make", "c"], "failure")
    assert ran(steps("sh 'make'", post)) == (["make"], "success")


@pytest.mark.parametrize(
    ("world", "expected"),
    [
        ({}, ["make"]),
        ({"before": ""}, ["make", "changed"]),
        ({"before": "failure"}, ["make", "changed", "fixed"]),
        ({"before": "cancelled"}, ["make", "changed"]),
        ({"tests": 1}, ["make", "changed", "regression"]),
        ({"tests": 1, "before": "failure"}, ["make"]),
        ({"tests": 1, "before": ""}, ["make", "changed"]),
        ({"stopped": "make", "before": "failure"}, ["make", "changed", "regression"]),
        ({"stopped": "make", "before": "cancelled"}, ["make"]),
    ],
)
def test_the_run_before(world: Mapping[str, object], expected: list[str]) -> None:
    post = "\n".join(f"{name} {{ sh '{name}' }}" for name in ("changed", "fixed", "regression"))
    text = steps("sh 'make'\njunit 'a.xml'", post)
    assert ran(text, **world)[0] == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fails", "tests", "expected"),
    [
        (
            (),
            0,
            ["make test", "./publish-coverage.sh", "make scan", "make package", "./release.sh"],
        ),
        (("make test",), 0, ["make test", "./keep-logs.sh", "./call-for-help.sh"]),
        (
            (),
            3,
            [
                "make test",
                "./keep-logs.sh",
                "./list-failed-tests.sh",
                "make scan",
                "make package",
                "./ask-for-a-look.sh",
            ],
        ),
        (
            ("make scan",),
            3,
            [
                "make test",
                "./keep-logs.sh",
                "./list-failed-tests.sh",
                "make scan",
                "./send-scan.sh",
                "make package",
                "./call-for-help.sh",
            ],
        ),
    ],
)
def test_the_result_of_the_build(fails: tuple[str, ...], tests: int, expected: list[str]) -> None:
    found, end = ran(fixture("post-result-of-the-build"), *fails, tests=tests)
    assert found == expected
    assert end == ("failure" if fails or tests else "success")


PREPARED, FETCHED = "./prepare-bench.sh", ["./fetch-baseline.sh", "./compare-baseline.sh"]
LAST = ["make check", "./stop-database.sh", "./remove-database.sh", "./free-ports.sh"]
SAID = "echo '::warning::no benchmark this time'"


@pytest.mark.parametrize(
    ("fails", "expected", "end"),
    [
        ((), [PREPARED, *FETCHED, "./bench.sh", SAID, *LAST], "success"),
        ((PREPARED,), [PREPARED, SAID, *LAST], "success"),
        (FETCHED[:1], [PREPARED, *FETCHED[:1], "./bench.sh", SAID, *LAST], "failure"),
        (FETCHED[1:], [PREPARED, *FETCHED, "./bench.sh", SAID, *LAST], "failure"),
        (("./bench.sh",), [PREPARED, *FETCHED, "./bench.sh", SAID, *LAST], "success"),
        (
            ("make check", "./stop-database.sh"),
            [PREPARED, *FETCHED, "./bench.sh", SAID, *LAST[:2], LAST[3]],
            "failure",
        ),
    ],
)
def test_caught_errors_inside_each_other(
    fails: tuple[str, ...], expected: list[str], end: str
) -> None:
    assert ran(fixture("caught-errors-nested"), *fails) == (expected, end)


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        ((), "clean"),
        (("make style",), "not in style"),
        (("make lint",), "lint is broken"),
        (("make lint", "make style"), "lint is broken"),
    ],
)
def test_a_result_of_the_stage_alone(fails: tuple[str, ...], said: str) -> None:
    found, end = ran(fixture("caught-errors-stage-result"), *fails)
    assert (found[2:], end) == ([f"echo '{said}'", "echo 'all is well'"], "success")


def test_a_result_is_never_improved() -> None:
    body = "catchError { sh 'a' }\nunstable 'x'\nwarnError('y') { sh 'b' }"
    text = steps(body, "unstable { sh 'u' }\nfailure { sh 'f' }")
    assert ran(text) == (["a", "b", "u"], "failure")
    assert ran(text, "a", "b") == (["a", "b", "f"], "failure")
    assert ran(text, "b") == (["a", "b", "u"], "failure")


def test_a_block_of_uses_and_files_of_credentials_that_is_caught() -> None:
    body = (
        "catchError {\nwithCredentials([file(credentialsId: 'k', variable: 'K')]) {\n"
        "sh 'use $K'\nsh 'b'\n}\narchiveArtifacts 'x'\n}\nsh 'c'"
    )
    found, end = ran(steps(body), "use $K")
    assert found == ["use $K", 'rm -f "$RUNNER_TEMP/k"', "c"]
    assert end == "failure"


INNER = """
stage('P') {
    when { branch 'main' }
    stages {
        stage('A') {
            when { branch 'never' }
            steps { sh 'a' }
        }
        stage('B') { steps { sh 'b' } }
    }
    post {
        success { sh 'good' }
        failure { sh 'bad' }
        always { sh 'so' }
    }
}
"""


@pytest.mark.parametrize(
    ("branch", "fails", "expected"),
    [
        ("main", "", ["x", "b", "so", "good", "y"]),
        ("main", "b", ["x", "b", "so", "bad"]),
        ("main", "x", ["x"]),
        ("other", "", ["x", "y"]),
    ],
)
def test_post_of_a_stage_whose_first_stage_is_skipped(
    branch: str, fails: str, expected: list[str]
) -> None:
    stages = f"stage('X') {{ steps {{ sh 'x' }} }}\n{INNER}\nstage('Y') {{ steps {{ sh 'y' }} }}"
    text = f"pipeline {{\nagent any\nstages {{\n{stages}\n}}\n}}"
    found, _ = ran(text, fails, branch=branch)
    assert [one for one in found if one != "true"] == expected


@pytest.mark.parametrize(
    ("fails", "tests", "expected"),
    [
        ("", 0, ["make test", "make coverage", "make lint", "make docs", "./keep-docs.sh"]),
        (
            "make lint",
            0,
            [
                "make test",
                "make coverage",
                "make lint",
                "make docs",
                "./keep-docs.sh",
                "./show-lint.sh",
                "./say-unstable.sh",
            ],
        ),
        ("", 1, ["make test", "make coverage", "./say-unstable.sh"]),
    ],
)
def test_stages_are_skipped_once_the_build_is_unstable(
    fails: str, tests: int, expected: list[str]
) -> None:
    found, end = ran(fixture("options-skip-after-unstable"), fails, tests=tests)
    assert [one for one in found if one not in ("true", "make deploy")] == expected
    assert ("make deploy" in found, end) == (
        (False, "failure") if tests or fails else (True, "success")
    )


def test_files_that_only_a_build_without_failures_keeps() -> None:
    body = "catchError { sh 'a' }\narchiveArtifacts artifacts: 'x', onlyIfSuccessful: true\nsh 'b'"
    workflow = convert(steps(body)).workflow or ""
    assert "if: env.BUILD_RESULT != 'FAILURE'" in workflow
    assert ran(steps(body), "a") == (["a", "b"], "failure")
