from __future__ import annotations

import subprocess

import pytest

from mapped import LINUX, WINDOWS, only_step

_Q = "'''"


@pytest.mark.parametrize(
    ("written", "script"),
    [
        ("make \\\n  all", "make \\\n  all"),
        ("make\\\n  all", "make \\\n  all"),
        ("make all\\\n-x", "make all-x"),
        ("echo 'a \\\n b' ", "echo 'a  b' "),
        ('echo "a \\\n b"', 'echo "a  b"'),
        ("# note \\\n make", "# note  make"),
        ("make \\\n  all \\\n  -x", "make \\\n  all \\\n  -x"),
        ("make \\\n\nls", "make \nls"),
        ("cat <<E\na \\\n b\nE", "cat <<E\na  b\nE"),
        ("make \\\\\n  all", "make \\\n  all"),
        ("make\n  all", "make\nall"),
    ],
)
def test_a_line_end_that_groovy_takes_out(written: str, script: str) -> None:
    assert only_step(f"sh {_Q}{written}{_Q}").run == script


def test_line_ends_around_values() -> None:
    written = 'sh """run \\\n  -t ${env.TAG} \\\n  -c $BRANCH_NAME/x \\\n  "a${env.TAG} \\\n b" """'
    script = 'run \\\n  -t ${TAG} \\\n  -c ${BRANCH_NAME}/x \\\n  "a${TAG}  b" '
    assert str(only_step(written).run) == script


def test_line_ends_around_values_that_are_known() -> None:
    written = 'sh """build ${"arm"} \\\n  -t ${env.TAG}${"-"} \\\n  -p ${"arm"}/x . """'
    script = "build arm \\\n  -t ${TAG}- \\\n  -p arm/x . "
    assert str(only_step(written).run) == script


def test_other_languages_have_no_such_line_end() -> None:
    assert only_step(f"bat {_Q}make \\\n  all{_Q}", WINDOWS).run == "make   all"
    python = only_step(f"sh {_Q}#!/usr/bin/env python3\nprint(1 + \\\n 2){_Q}")
    assert str(python.run).endswith("print(1 +  2)")


@pytest.mark.parametrize(
    "written",
    [
        "printf '%s|' a \\\n  b\\\nc\\\n d 'e \\\n f' \"g \\\n h\"",
        "printf '%s|' $(echo a \\\n b) \\\n  `echo c \\\n d`",
        "if true && \\\n   true; then echo \\\n  x; fi # a \\\n b",
        "printf '%s|' a\\\\ \\\n b",
    ],
)
def test_the_shell_reads_the_same(written: str) -> None:
    script = str(only_step(f"sh {_Q}{written}{_Q}", LINUX).run)
    joined = written.replace("\\\n", "").replace("\\\\", "\\")
    assert "\\\n" in script
    outputs = [
        subprocess.run(["sh", "-c", text], capture_output=True, check=True).stdout
        for text in (script, joined)
    ]
    assert outputs[0] == outputs[1]
