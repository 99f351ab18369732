"""That the numbers of builds begin again at 1."""

from __future__ import annotations

import pytest

from translating import of_steps, translated


def said(steps: str) -> list[tuple[int, str]]:
    return [
        (one.span.line, one.message.partition(" begins")[0])
        for one in of_steps(steps).translation.diagnostics
        if one.rule == "build-number-restarts"
    ]


@pytest.mark.parametrize(
    ("steps", "line", "name"),
    [
        ("sh 'make TAG=$BUILD_NUMBER'", 5, "BUILD_NUMBER"),
        ('sh "make TAG=${env.BUILD_ID}"', 5, "BUILD_ID"),
        ('sh "make TAG=${currentBuild.number}"', 5, "currentBuild.number"),
        ("// BUILD_TAG is not unique\nsh 'make TAG=$BUILD_NUMBER'", 6, "BUILD_NUMBER"),
        ("/* not the\nBUILD_TAG */\nsh 'make TAG=$BUILD_NUMBER'", 7, "BUILD_NUMBER"),
        ("sh 'make'\nsh 'make $BUILD_ID'\nsh 'make $BUILD_NUMBER'", 6, "BUILD_ID"),
    ],
)
def test_it_is_said_once_where_the_number_is_read_first(steps: str, line: int, name: str) -> None:
    assert said(steps) == [(line, f"`{name}`")]


@pytest.mark.parametrize(
    "steps",
    [
        "sh 'make'",
        "// sh 'make $BUILD_NUMBER'\nsh 'make'",
        "/* sh 'make $BUILD_NUMBER'\n*/\nsh 'make'",
        "sh 'make REBUILD_NUMBERS=1'",
    ],
)
def test_it_is_not_said_where_nothing_reads_one(steps: str) -> None:
    assert said(steps) == []


def test_of_several_jobs_it_is_said_once() -> None:
    stages = "".join(
        f"stage('{one}') {{ agent any\nsteps {{ sh 'make $BUILD_NUMBER' }} }}\n" for one in "AB"
    )
    found = translated(f"pipeline {{ agent none\nstages {{ {stages} }} }}")
    assert len(found.workflow.jobs) == 2
    rules = [one.rule for one in found.translation.diagnostics]
    assert rules.count("build-number-restarts") == 1
