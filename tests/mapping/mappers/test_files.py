"""`writeFile`, `readFile`, `deleteDir`, `cleanWs`, `touch`."""

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
from mapped import LINUX, bins, executed, only_step, parameters, rules, texts, translated

SPAN = Source("test", "echo").span(0, 4)


@pytest.mark.parametrize(
    ("steps", "run"),
    [
        ("writeFile file: 'a', text: 'b'", "printf '%s' b > a"),
        ("writeFile file: 'a', text: ''", "printf '%s' '' > a"),
        ("writeFile file: 'x/a b', text: 'b'", "mkdir -p x\nprintf '%s' b > 'x/a b'"),
        ("writeFile file: 'a', text: 'b\\nc\\n'", "cat > a <<'END'\nb\nc\nEND"),
        ("writeFile file: 'a', text: 'END\\n'", "cat > a <<'END_'\nEND\nEND_"),
        (
            "writeFile file: 'a', text: \"v=${env.BUILD_ID}\"",
            "printf '%s' \"v=${BUILD_ID}\" > a",
        ),
        (
            "writeFile file: 'a', text: 'aGk=', encoding: 'Base64'",
            "printf '%s' aGk= | base64 -d > a",
        ),
        ("readFile 'a'", "test -r a"),
        ("touch 'a b'", "touch 'a b'"),
        ("deleteDir()", "find . -mindepth 1 -delete"),
        ("cleanWs()", "find . -mindepth 1 -delete"),
        ("cleanWs(notFailBuild: false)", "find . -mindepth 1 -delete"),
        ("cleanWs(notFailBuild: true)", "find . -mindepth 1 -delete || true"),
        ("dir('a b') { deleteDir() }", "rm -rf 'a b'"),
        ("dir('a') { cleanWs(notFailBuild: true) }", "rm -rf a || true"),
    ],
)
def test_script(steps: str, run: str) -> None:
    assert only_step(steps).run == run


@pytest.mark.parametrize(
    ("steps", "rule"),
    [
        ("writeFile file: 'a', text: foo.bar", "file-unknown"),
        ("writeFile file: 'a', text: 'b', encoding: 'UTF-16'", "file-unknown"),
        ("cleanWs patterns: [[pattern: 'x', type: 'INCLUDE']]", "clean-partial"),
        ("cleanWs cleanWhenFailure: false", "clean-partial"),
    ],
)
def test_left_to_a_person(steps: str, rule: str) -> None:
    translation = translated(steps)
    assert rules(translation)[0] == rule
    assert bins(translation)[0] == "manual"


def test_where_the_files_are() -> None:
    assert only_step("dir('x') { writeFile file: 'a', text: 'b' }").working_directory == "x"
    assert only_step("dir('x') { deleteDir() }").working_directory is None


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(exclude_characters="\0\r", codec="utf-8")))
def test_exactly_the_bytes(text: str, tmp_path: Path) -> None:
    arguments = {"file": Known("out/f", SPAN), "text": Known(text, SPAN)}
    (action,) = translate([Step("writeFile", arguments, SPAN, SPAN)], Scope(), LINUX).steps
    assert executed(str(action.run), tmp_path)[0] == 0
    assert (tmp_path / "out/f").read_bytes() == text.encode()


def test_deletion_empties_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/.b").touch()
    assert executed(str(only_step("deleteDir()").run), tmp_path)[0] == 0
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_only_a_run_knows_goes_by_its_value() -> None:
    context = replace(LINUX, parameters=parameters(OUT="out"))
    step = only_step('dir("build/${params.OUT}") { deleteDir() }', context)
    assert step.run == 'rm -rf "$DIRECTORY"'
    assert texts(step.env)["DIRECTORY"].startswith("build/${{ case(")
    assert step.working_directory is None
    assert step.name != "Empty the workspace"


def test_the_first_argument_that_is_not_translated_is_named() -> None:
    names = ("x", "charset", "y", "z", "other")
    step = "unzip zipFile: 'a.zip', " + ", ".join(f"{name}: 'b'" for name in names)
    (said,) = translated(step).diagnostics
    assert said.message.startswith("`x` of `unzip`")
