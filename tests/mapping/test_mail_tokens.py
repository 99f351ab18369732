"""The status that a mail tells: which steps ask for it, and in which words."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.expressions import write
from jenkins2gha.mapping.build_result import build_status
from jenkins2gha.mapping.result_reads import reads_result
from mapped import items

ALL = (
    "case(job.status == 'failure', 'Failure', job.status == 'cancelled', 'Aborted', "
    "env.BUILD_RESULT == 'UNSTABLE', 'Unstable', 'Successful')"
)


@pytest.mark.parametrize(
    ("results", "post", "expected"),
    [
        ("", None, "'SUCCESS'"),
        ("FAILURE", None, "case(env.BUILD_RESULT == 'FAILURE', 'Failure', 'SUCCESS')"),
        ("", "success", "'Successful'"),
        ("", "fixed", "'Fixed'"),
        ("UNSTABLE", "unstable", "'Unstable'"),
        ("UNSTABLE", "always", ALL),
    ],
)
def test_the_words_of_the_status(results: str, post: str | None, expected: str) -> None:
    assert write(build_status(results.split(), post)) == expected


@pytest.mark.parametrize(
    ("steps", "asks"),
    [
        ("emailext subject: 'S', body: '${BUILD_STATUS}'", True),
        ("emailext subject: \"$DEFAULT_SUBJECT ${env.A}\".replace('x', 'y'), body: \"b\"", False),
        ("emailext subject: \"${env.A} \\$BUILD_STATUS\", body: 'b'", True),
        ("emailext body: 'b'", True),
        ("emailext subject: 'S', body: 'done'", False),
        ("mail subject: '$BUILD_STATUS', body: 'b', to: 'a@example.com'", False),
    ],
)
def test_which_mails_ask_for_the_result(steps: str, *, asks: bool) -> None:
    assert reads_result(items(steps)) is asks
