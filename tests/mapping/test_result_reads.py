"""A script that gives the build the result SUCCESS, and who asks for it."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.expressions import write
from jenkins2gha.mapping.result_reads import given_success, reads_result
from mapped import items
from translating import translated

GIVEN = "currentBuild.result = 'SUCCESS'"
ASKS = "if (currentBuild.result == 'SUCCESS') {\nsh './deploy.sh'\n}"
MARK = 'echo "BUILD_RESULT_GIVEN=SUCCESS" >> "$GITHUB_ENV"'


def script(*lines: str) -> str:
    return "script {\n" + "\n".join(lines) + "\n}"


@pytest.mark.parametrize(
    ("steps", "given", "reads"),
    [
        (script(GIVEN, ASKS), True, True),
        (script(GIVEN, 'echo "${currentBuild.result}"'), True, True),
        (script("currentBuild.result = 'success'", ASKS), True, True),
        (f"dir('a') {{\n{script(GIVEN)}\n}}\n{script(ASKS)}", True, True),
        (script("if (params.A) {", GIVEN, "}", ASKS), True, True),
        (script(GIVEN, "def seen = currentBuild.result", 'echo "${seen}"'), True, True),
        (script(GIVEN, 'echo "${currentBuild.currentResult}"'), False, True),
        (script(GIVEN, "sh './deploy.sh'"), False, False),
        (script(ASKS), False, True),
        (script("currentBuild.result = 'UNSTABLE'", ASKS), False, True),
        (script("currentBuild.result = 'Passed'", ASKS), False, True),
        (script("currentBuild.displayName = 'SUCCESS'", ASKS), False, True),
    ],
)
def test_who_gives_a_success_and_who_asks(steps: str, *, given: bool, reads: bool) -> None:
    found = items(steps)
    assert (given_success(found), reads_result(found)) == (given, reads)


def ran(*lines: str) -> list[tuple[str, str]]:
    """The scripts of a job, each with its condition."""
    stage = f"stage('A') {{\nsteps {{\n{script(*lines)}\n}}\n}}"
    found = translated(
        f"pipeline {{\nagent any\noptions {{ skipDefaultCheckout() }}\nstages {{\n{stage}\n}}\n}}"
    )
    return [
        (str(step.run), "" if step.condition is None else write(step.condition))
        for step in found.workflow.jobs[0].steps
    ]


def test_the_success_is_there_for_the_condition_behind_it() -> None:
    condition = "env.BUILD_RESULT_GIVEN == 'SUCCESS'"
    assert ran(GIVEN, ASKS) == [(MARK, ""), ("./deploy.sh", condition)]


def test_it_is_given_under_its_own_condition() -> None:
    mark, _ = ran("if (env.BRANCH_NAME == 'main') {", GIVEN, "}", ASKS)
    assert mark[0] == MARK
    assert mark[1] != ""


@pytest.mark.parametrize("asks", ["", 'if (currentBuild.currentResult == "SUCCESS")'])
def test_nothing_is_written_that_nobody_reads(asks: str) -> None:
    assert ran(GIVEN, f"{asks} {{\nsh './deploy.sh'\n}}" if asks else "sh './deploy.sh'") == [
        ("./deploy.sh", "")
    ]
