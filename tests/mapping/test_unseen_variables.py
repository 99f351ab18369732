"""Jenkins' variables that only what a script starts would read."""

from __future__ import annotations

import pytest

from translating import of_steps, with_sections

SAID = "finds BUILD_NUMBER, BRANCH_NAME and the like of Jenkins only if `env:` gives them to it"


def messages(steps: str = "sh 'true'", environment: str = "") -> list[str]:
    block = f"environment {{ {environment} }}" if environment else ""
    said = with_sections(block, steps).translation.diagnostics
    return [one.message for one in said if one.rule == "variables-not-exported"]


@pytest.mark.parametrize(
    ("steps", "program"),
    [
        ("sh './ci.sh'", "./ci.sh"),
        ("sh '. venv/bin/activate && ./ci.sh'", "./ci.sh"),
        ("sh 'make'\nsh 'env'", "make"),
        ("sh 'env | sort'", "env"),
        ("sh 'printenv | grep BUILD'", "printenv"),
    ],
)
def test_what_a_script_starts(steps: str, program: str) -> None:
    assert messages(steps) == [f"`{program}` {SAID}"]


@pytest.mark.parametrize(
    "steps",
    [
        "sh '. venv/bin/activate'",
        "sh '. ./.env/bin/activate && ls'",
        "sh 'venv/bin/pytest tests'",
        "bat 'call venv\\\\Scripts\\\\activate.bat'",
        "sh 'node_modules/.bin/jest'",
        "sh 'printenv HOME'",
    ],
)
def test_what_reads_none(steps: str) -> None:
    assert messages(steps) == []


@pytest.mark.parametrize(
    ("script", "program"),
    [
        ("env | grep VERSION | sort", "env"),
        ("date; printenv | sort", "printenv"),
    ],
)
def test_what_the_environment_is_computed_from(script: str, program: str) -> None:
    environment = f"ALL = sh(script: '{script}', returnStdout: true)"
    assert messages(environment=environment) == [f"`{program}` {SAID}"]


@pytest.mark.parametrize("script", ["date", "env || true", "cat my.env | sort"])
def test_what_it_is_computed_from_otherwise(script: str) -> None:
    assert messages(environment=f"ALL = sh(script: '{script}', returnStdout: true)") == []


def test_files_that_are_given_are_read() -> None:
    files = {"ci.sh": "make\n", "tag.sh": "git tag $BUILD_TAG\n"}
    said = of_steps("sh './ci.sh && ./tag.sh'", files=files.get).translation.diagnostics
    assert [one.message for one in said if one.rule == "variables-not-exported"] == [
        "`./tag.sh` finds BUILD_TAG of Jenkins only if `env:` gives them to it"
    ]
