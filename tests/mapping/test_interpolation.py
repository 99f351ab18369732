"""Values in scripts: the rendered text, and that it does what pasting the value did."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jenkins2gha.jenkins.values import Concat, Constant, EnvironmentRef, Expr, ParameterRef
from jenkins2gha.mapping.interpolation import Refusal, Script, interpolate, names_read, word
from jenkins2gha.mapping.translation import Scope
from mapped import IN_CONTAINER, LINUX, parameters, texts

DECLARED = replace(LINUX, parameters=parameters(X="x", FLAG=True))


def expression(template: str) -> Expr:
    """`@X@` stands for `params.X`, `@env.X@` for `env.X`."""
    parts: list[Expr] = []
    for number, piece in enumerate(template.split("@")):
        if not number % 2:
            parts.append(Constant(piece))
        elif piece.startswith("env."):
            parts.append(EnvironmentRef(piece.removeprefix("env.")))
        else:
            parts.append(ParameterRef(piece))
    return Concat(tuple(parts))


def script(template: str, language: str = "sh") -> Script:
    result = interpolate(expression(template), language, Scope(), DECLARED)  # type: ignore[arg-type]
    assert isinstance(result, Script)
    return result


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("make @X@", "make ${X}"),
        ('make "@X@"', 'make "${X}"'),
        ("echo 'a @X@ b'", "echo 'a '\"${X}\"' b'"),
        ("echo '@X@'", 'echo "${X}"'),
        ("echo '@X@ b'", "echo \"${X}\"' b'"),
        ("echo 'a @X@'", "echo 'a '\"${X}\""),
        ('echo "it\'s @X@"', 'echo "it\'s ${X}"'),
        ("cat <<E\n@X@\nE\n", "cat <<E\n${X}\nE\n"),
        ("echo $(ls '@X@')", 'echo $(ls "${X}")'),
        ("# @X@\nmake", "# ${X}\nmake"),
        ("make @FLAG@ @X@@FLAG@", "make ${FLAG} ${X}${FLAG}"),
        ("cd @env.HOME@", "cd ${HOME}"),
        ("make", "make"),
        ("echo '${X}'", "echo '${X}'"),
    ],
)
def test_value_by_its_quotes(template: str, text: str) -> None:
    assert script(template).text == text


@pytest.mark.parametrize(
    "template",
    ["cat <<'E'\n@X@\nE\n", "@X@=1", "echo $@X@", "echo ${@X@}", "echo \\@X@"],
)
def test_refused_where_no_variable_is_expanded(template: str) -> None:
    assert isinstance(interpolate(expression(template), "sh", Scope(), DECLARED), Refusal)


@pytest.mark.parametrize(
    ("template", "env"),
    [
        ("make @X@", {}),
        ("make @env.X@", {}),
        ("make @env.HOME@", {}),
        ("make @env.BUILD_NUMBER@", {"BUILD_NUMBER": "${{ github.run_number }}"}),
        ("make @env.NOWHERE@", {"NOWHERE": "${{ vars.NOWHERE }}"}),
        (
            "X=1 make @X@",
            {"X_2": "${{ case(github.event_name == 'workflow_dispatch', inputs.X, 'x') }}"},
        ),
        ("export PATH=/x:@env.PATH@", {}),
        ("X=@X@ make @X@", {}),
        ('export X="@X@"; make', {}),
    ],
)
def test_environment_gets_what_the_job_does_not_have(template: str, env: dict[str, str]) -> None:
    assert texts(script(template).env) == env


def test_parameter_behind_a_variable_of_its_name() -> None:
    scope = Scope(env={"X": "other"})
    result = interpolate(expression("make @X@ @env.X@"), "sh", scope, DECLARED)
    assert isinstance(result, Script)
    assert result.text == "make ${X_2} ${X}"
    assert list(result.env) == ["X_2"]


def test_constant_that_is_code_is_pasted() -> None:
    scope = Scope(env={"OPTS": "-Da='b c'", "PLAIN": "a b"})
    result = interpolate(expression("mvn @env.OPTS@ @env.PLAIN@"), "sh", scope, LINUX)
    assert isinstance(result, Script)
    assert result.text == "mvn -Da='b c' ${PLAIN}"


@pytest.mark.parametrize(
    ("template", "text"), [("copy @X@ b", "copy %X% b"), ('copy "@X@"', 'copy "%X%"')]
)
def test_batch(template: str, text: str) -> None:
    assert script(template, "bat").text == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('Write-Host "a @X@"', 'Write-Host "a ${env:X}"'),
        ("./build.ps1 @X@", "./build.ps1 ${env:X}"),
        ('@"\n@X@\n"@'.replace('@"', "A", 1).replace('"@', "B"), None),
        ("Write-Host '@X@'", 'Write-Host "${env:X}"'),
        ("$v = 'a$b @X@ (@X@)'", '$v = "a`$b ${env:X} (${env:X})"'),
        ("Write-Host 'it''s @X@'", None),
        ("@X@ --go", None),
    ],
)
def test_powershell(template: str, text: str | None) -> None:
    result = interpolate(expression(template), "powershell", Scope(), DECLARED)
    assert (result.text if isinstance(result, Script) else None) == text


def test_workspace_of_a_container_is_its_own() -> None:
    result = interpolate(expression("ls @env.WORKSPACE@"), "sh", Scope(), IN_CONTAINER)
    assert isinstance(result, Script)
    assert (result.text, result.env) == ("ls ${GITHUB_WORKSPACE}", {})


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("echo $BUILD_NUMBER ${GIT_COMMIT:0:7}", ["BUILD_NUMBER", "GIT_COMMIT"]),
        ("echo %JOB_NAME%", ["JOB_NAME"]),
        ("echo $env:BUILD_ID", ["BUILD_ID"]),
        ("python -c 'import os; os.environ[\"BUILD_TAG\"]'", ["BUILD_TAG"]),
        ("BUILD_ID=$BUILD_ID-x; echo $BUILD_ID", ["BUILD_ID"]),
        ("echo $CHANNEL $OTHER", ["CHANNEL"]),
        ("echo BUILD_NUMBER $HOME", []),
    ],
)
def test_names_that_a_script_reads(text: str, names: list[str]) -> None:
    assert names_read(text, replace(LINUX, read=frozenset(("CHANNEL",)))) == names


PLACES = (
    "printf '%s|' @",
    "printf '%s|' a@b",
    "printf '%s|' \"a @ b\"",
    "printf '%s|' 'a @ b'",
    "printf '%s|' '@'",
    "printf '%s|' 'it'\\''s @'",
    "printf '%s|' \"$(printf '%s' '@')\"",
    "printf '%s|' `printf '%s' \"@\"`",
    "cat <<E\na @ 'b' \"c\"\nE",
    "cat <<-E\n\ta @\n\tE",
    "A=@; printf '%s|' \"$A\"",
    "printf '%s|' x # @ it's",
    "case @ in @) echo same;; *) echo other;; esac",
    "( printf '%s|' \"${HOME:-@}\" )",
    "if [ '@' = \"@\" ]; then echo yes; fi",
)
VALUES = st.text(st.sampled_from("abzAZ019_./:+-,"), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PLACES), min_size=1, max_size=5), VALUES, st.booleans())
def test_the_script_does_what_the_pasted_one_did(
    places: list[str], value: str, grouped: bool
) -> None:
    text = "\n".join(places)
    if grouped:
        text = f"f() {{\n{text}\n}}\nf"
    rendered = script(text.replace("@", "@X@")).text
    pasted = text.replace("@", value)
    for shell in ("sh", "bash"):
        expected = subprocess.run([shell, "-c", pasted], capture_output=True, check=False, env={})
        actual = subprocess.run(
            [shell, "-c", rendered], capture_output=True, check=False, env={"X": value}
        )
        assert (actual.stdout, actual.returncode) == (expected.stdout, expected.returncode)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_characters="\0", codec="utf-8")), VALUES)
def test_a_word_is_its_text(text: str, value: str) -> None:
    whole = word(Concat((Constant(text), ParameterRef("X"))), Scope(), DECLARED)
    literal = word(Constant(text), Scope(), DECLARED)
    assert isinstance(whole, Script)
    assert isinstance(literal, Script)
    done = subprocess.run(
        ["sh", "-c", f"printf '%s' {whole.text}; printf '%s' {literal.text}"],
        capture_output=True,
        check=True,
        env={"X": value},
    )
    assert done.stdout.decode() == text + value + text
