"""`echo`, `sleep`, `error`, `timeout`, `retry`, `script`, `stage`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Known
from jenkins2gha.mapping.engine import translate
from jenkins2gha.mapping.translation import Scope
from jenkins2gha.source import Source
from mapped import (
    IN_CONTAINER,
    LINUX,
    MACOS,
    WINDOWS,
    bins,
    executed,
    only_step,
    parameters,
    rules,
    runs,
    texts,
    translated,
)

SPAN = Source("test", "echo").span(0, 4)


@pytest.mark.parametrize(
    ("steps", "run"),
    [
        ("echo 'hi'", "echo 'hi'"),
        ("echo 'it\\'s'", "echo 'it'\"'\"'s'"),
        ("echo '-n'", "printf '%s\\n' '-n'"),
        ("echo 'a\\\\b'", "printf '%s\\n' 'a\\b'"),
        ('echo "x ${env.BUILD_ID}"', 'echo "x ${BUILD_ID}"'),
        ("echo ''", "echo ''"),
        ("println 'hi'", "echo 'hi'"),
        (
            "echo '::warning::x'",
            "echo '::stop-commands::jenkins-echo'\necho '::warning::x'\necho '::jenkins-echo::'",
        ),
    ],
)
def test_echo(steps: str, run: str) -> None:
    assert only_step(f"script {{ {steps} }}").run == run


def test_echo_has_no_secrets_and_no_limit() -> None:
    step = only_step("timeout(3) { withEnv(['A=b']) { echo 'x' } }")
    assert (dict(step.env), step.timeout_minutes) == ({}, None)
    assert texts(only_step("withEnv(['A=b']) { echo \"${A}\" }").env) == {"A": "b"}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(exclude_characters="\0", codec="utf-8")))
def test_echo_prints_its_text(text: str, tmp_path: Path) -> None:
    step = Step("echo", {"message": Known(text, SPAN)}, SPAN, SPAN)
    (action,) = translate([step], Scope(), LINUX).steps
    status, output = executed(str(action.run), tmp_path)
    lines = output.split("\n")
    if lines[0] == "::stop-commands::jenkins-echo":
        assert lines[-2:] == ["::jenkins-echo::", ""]
        output = "\n".join(lines[1:-2]) + "\n"
    assert (status, output) == (0, f"{text}\n")


@pytest.mark.parametrize(
    ("steps", "run"),
    [
        ("sleep 5", "sleep 5"),
        ("sleep time: 2, unit: 'MINUTES'", "sleep 120"),
        ("sleep(time: 500, unit: 'MILLISECONDS')", "sleep 0.5"),
        ('sleep "${params.X}"', 'sleep "${X}s"'),
    ],
)
def test_sleep(steps: str, run: str) -> None:
    assert only_step(steps, replace(LINUX, parameters=parameters(X="3"))).run == run


@pytest.mark.parametrize("steps", ["sleep time: 1, unit: 'WEEKS'", "sleep time: -1"])
def test_sleep_that_is_not_known(steps: str) -> None:
    assert rules(translated(steps)) == ["sleep-unknown"]


@pytest.mark.parametrize(
    ("steps", "run"),
    [
        ("error 'no'", "echo '::error::no'\nexit 1"),
        ("error '50%\\nno'", "echo '::error::50%25%0Ano'\nexit 1"),
        ('error "no ${env.BUILD_ID}"', 'echo "::error::no ${BUILD_ID}"\nexit 1'),
    ],
)
def test_error(steps: str, run: str) -> None:
    assert only_step(steps).run == run


@pytest.mark.parametrize(
    ("steps", "minutes"),
    [
        ("timeout(5) { sh 'x' }", 5),
        ("timeout(time: 90, unit: 'SECONDS') { sh 'x' }", 2),
        ("timeout(time: 1, unit: 'HOURS') { sh 'x' }", 60),
        ("timeout(time: 10, unit: 'HOURS') { sh 'x' }", 360),
        ("timeout(5) { timeout(9) { sh 'x' } }", 5),
        ("timeout(9) { timeout(5) { sh 'x' } }", 5),
    ],
)
def test_timeout(steps: str, minutes: int) -> None:
    assert only_step(steps).timeout_minutes == minutes


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("timeout(5) { sh 'x' }", ["timeout-fails"]),
        ("timeout(5) { echo 'a'; sh 'x' }", ["timeout-fails"]),
        ("timeout(5) { sh 'x'; sh 'y' }", ["timeout-each-step"]),
        ("timeout(time: 5, activity: true) { sh 'x' }", ["timeout-unmapped"]),
    ],
)
def test_what_is_said_of_a_timeout(steps: str, expected: list[str]) -> None:
    assert rules(translated(steps)) == expected


def test_retry_is_one_step() -> None:
    step = only_step("dir('a') { withEnv(['A=b']) { retry(3) { sh 'make' } } }")
    assert (step.working_directory, dict(step.env), step.name) == (
        "a",
        {"A": "b"},
        "make (up to 3 times)",
    )
    assert "\nmake\n" in str(step.run)


@pytest.mark.parametrize(
    "steps",
    [
        "retry(3) { frobnicate() }",
        "retry(3) { archiveArtifacts 'x' }",
        "retry(3) { script { def v = sh(script: 'x', returnStdout: true); sh \"y ${v}\" } }",
        "retry(count: 3, conditions: [agent()]) { sh 'x' }",
        "retry(3) { sh 'x'; withEnv(['A=1']) { sh 'y' }; withEnv(['A=2']) { sh 'z' } }",
    ],
)
def test_retry_of_more_than_scripts(steps: str) -> None:
    translation = translated(steps)
    assert rules(translation)[0] == "retry-unmapped"
    assert translation.steps[0].placeholder


def test_retry_once_is_no_loop() -> None:
    assert runs(translated("retry(1) { sh 'x'; sh 'y' }")) == ["x", "y"]


def test_a_limit_inside_holds_for_each_try() -> None:
    step = only_step("retry(2) { timeout(5) { sh 'x' } }")
    assert step.timeout_minutes is None
    assert 'timeout 5m bash -e "$RUNNER_TEMP/retry-$$.sh"' in str(step.run)
    assert rules(translated("retry(2) { timeout(5) { sh 'x' } }", MACOS))[0] == "retry-unmapped"


def test_the_child_is_the_shell_of_the_step() -> None:
    assert "sh -e " in str(only_step("retry(2) { sh 'x' }", IN_CONTAINER).run)
    assert only_step("retry(2) { sh 'x' }", WINDOWS).shell == "bash -e {0}"
    assert "python3 " in str(only_step("retry(2) { sh '#!/usr/bin/python3\\nx' }").run)


@pytest.mark.parametrize(
    ("good_from", "status", "tries"), [(1, 0, 1), (2, 0, 2), (3, 0, 3), (9, 7, 3)]
)
def test_retry_runs(good_from: int, status: int, tries: int, tmp_path: Path) -> None:
    script = f"echo x >> tries\\n[ $(wc -l < tries) -ge {good_from} ] || exit 7"
    step = only_step(f"retry(3) {{ sh '{script}'; sh 'echo y >> done' }}")
    assert executed(str(step.run), tmp_path)[0] == status
    assert (tmp_path / "tries").read_text() == "x\n" * tries
    assert (tmp_path / "done").exists() == (status == 0)


_LOG = "sh 'echo {0} >> log'\n"
_FAILS = "sh 'echo {0} >> log; exit 3'\n"


@pytest.mark.parametrize(
    ("body", "status", "log"),
    [
        ("retry(2) { " + _FAILS + "}\n" + _LOG, 3, "0 0 0 0"),
        ("retry(2) { " + _LOG + "}\n" + _FAILS, 3, "0 1 0 1"),
        ("try { " + _FAILS + _LOG + "} catch (e) { " + _LOG + "throw e }", 3, "0 2 0 2"),
        ("try { " + _FAILS + _LOG + "} catch (e) { " + _LOG + "}\n" + _LOG, 0, "0 2 3"),
        ("try { " + _LOG + "} finally { " + _LOG + "}\n" + _FAILS, 3, "0 1 2 0 1 2"),
        ("try { " + _FAILS + "} finally { " + _LOG + "}\n" + _LOG, 3, "0 1 0 1"),
        ("catchError(buildResult: 'SUCCESS') { " + _FAILS + _LOG + "}\n" + _LOG, 0, "0 2"),
        ("parallel one: { " + _FAILS + _LOG + "}, two: { " + _LOG + "}\n" + _LOG, 3, "0 2 0 2"),
        ("env.A = 'b c'\nsh 'echo $A >> log; exit 3'", 3, "b c b c"),
        ("if (params.X == 'y') { " + _LOG + _FAILS + "} else { " + _LOG + "}", 3, "0 1 0 1"),
    ],
)
def test_a_round_is_what_a_job_would_be(body: str, status: int, log: str, tmp_path: Path) -> None:
    for number in range(body.count("{0}")):
        body = body.replace("{0}", str(number), 1)
    step = only_step(f"script {{ retry(2) {{ {body} }} }}")
    asked = {name: "true" for name in step.env if name == "CONDITION_1"}
    asked["GITHUB_ENV"] = str(tmp_path / "env")
    assert executed(str(step.run), tmp_path, asked)[0] == status
    assert (tmp_path / "log").read_text().split() == log.split()


def test_a_script_that_holds_the_delimiter(tmp_path: Path) -> None:
    step = only_step("retry(2) { sh 'cat <<SCRIPT\\na\\nSCRIPT' }")
    assert executed(str(step.run), tmp_path) == (0, "a\n")


def test_blocks_that_are_only_their_bodies() -> None:
    translation = translated("script { sh 'a' }\nscript { stage('T') { sh 'b' } }")
    assert runs(translation) == ["a", "b"]
    assert [step.stage for step in translation.steps] == ["S", "T"]
    assert bins(translation) == ["exact"] * 5


def test_a_limit_around_the_loop_is_that_of_the_step() -> None:
    step = only_step("timeout(5) { retry(2) { sh 'x' } }")
    assert step.timeout_minutes == 5
    assert "timeout 5m" not in str(step.run)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("retry(3) { checkout scm }", ["retry-checkout"]),
        ("retry(3) { checkout scm; sh 'x' }", ["retry-unmapped"]),
    ],
)
def test_a_checkout_is_tried_again_by_its_action(steps: str, expected: list[str]) -> None:
    assert rules(translated(steps))[:1] == expected


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (
            "time: 500, unit: 'MILLISECONDS'",
            "after 1 min the step fails; Jenkins aborts the build after 0.5 s",
        ),
        (
            "time: 1, unit: 'DAYS'",
            "after 360 min the step fails; Jenkins aborts the build after 1440 min",
        ),
        (
            "time: 5, activity: true",
            "the time limit counts silence in the log (`activity`), which GitHub's cannot",
        ),
        ("time: params.X", "the time limit is only known to a run"),
    ],
)
def test_the_words_of_a_limit(limit: str, words: str) -> None:
    said = translated(f"timeout({limit}) {{ sh 'x' }}").diagnostics
    assert said[0].message == words


@pytest.mark.parametrize(
    ("steps", "name"),
    [
        ("error 'no way'", "Fail: no way"),
        ('error "no ${env.BUILD_ID}"', "Fail"),
        ("writeFile file: 'a/x', text: 'y'", "Write a/x"),
        ("readFile 'a/x'", "Read a/x"),
    ],
)
def test_names_that_a_script_does_not_tell(steps: str, name: str) -> None:
    assert only_step(steps).name == name
