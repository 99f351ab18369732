"""What jobs are called: after the stage that tells what they do."""

from __future__ import annotations

import pytest

from jenkins2gha.plan import plan
from pipelines import pipeline

OTHER = "agent { label 'linux' }"


def stage(name: str, steps: str = "sh 'make'", more: str = "") -> str:
    return f"stage('{name}') {{\n{more}\nsteps {{\n{steps}\n}}\n}}\n"


FETCH = stage("Checkout", "checkout scm")
BUILD = stage("Compile")
TELL = stage("Tell", "echo 'x'")
SHIP = stage("Ship", more=OTHER)


def ids(*stages: str) -> list[str]:
    text = f"pipeline {{\nagent any\nstages {{\n{''.join(stages)}}}\n}}"
    return [job.id for job in plan(pipeline(text)).jobs]


@pytest.mark.parametrize(
    "stages",
    [
        (stage("Lint"), BUILD),
        (FETCH, BUILD),
        (f"stage('All') {{\nstages {{\n{FETCH}{BUILD}}}\n}}\n",),
    ],
)
def test_a_job_that_is_the_whole_build(stages: tuple[str, ...]) -> None:
    assert ids(*stages) == ["build"]


def test_one_stage_names_its_job() -> None:
    assert ids(BUILD) == ["compile"]


@pytest.mark.parametrize(
    "fetch",
    [
        "checkout scm",
        "git 'https://git.example.org/a.git'",
        "cleanWs()\ncheckout scm\necho 'there'",
        "deleteDir()",
        "script {\ncheckout scm\n}",
    ],
)
def test_the_first_stage_that_does_more_than_fetch_names_one_of_several(fetch: str) -> None:
    first = stage("Checkout", fetch)
    assert ids(first, BUILD, SHIP) == ["compile", "ship"]
    assert ids(first, stage("Sources", fetch), BUILD, SHIP) == ["compile", "ship"]


@pytest.mark.parametrize(
    "first",
    [
        stage("Checkout", "checkout scm\nsh 'ls'"),
        stage("Checkout", "script {\ncheckout scm\nsh 'ls'\n}"),
        stage("Checkout", "checkout scm", "post { always { echo 'x' } }"),
        f"stage('Checkout') {{\nstages {{\n{stage('Sources', 'checkout scm')}}}\n}}\n",
        f"stage('Checkout') {{\nparallel {{\n{FETCH}{TELL}}}\n}}\n",
    ],
)
def test_a_stage_that_does_more_names_its_job(first: str) -> None:
    assert ids(first, BUILD, SHIP) == ["checkout", "ship"]


def test_a_job_that_only_fetches_is_called_so() -> None:
    assert ids(FETCH, SHIP) == ["checkout", "ship"]
