"""How the end of a script is kept for the steps behind it."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.workflow import Step
from jenkins2gha.mapping.keeping import keeping_status
from mapped import WINDOWS, translated


def lines(run: str, shell: str | None) -> list[str]:
    step = keeping_status(Step(run=run, shell=shell), "status", child="bash -e {0}")
    return str(step.run).splitlines()


def test_a_bat_redirects_before_its_exit_code() -> None:
    """`echo status=1>> file` would write the first stream of `echo status=`."""
    assert lines("make", "cmd") == [
        "make",
        '>> "%GITHUB_OUTPUT%" echo status=%ERRORLEVEL%',
        "exit /b 0",
    ]


def test_so_does_one_in_a_pipeline() -> None:
    script = "script {\ndef code = bat(script: 'make', returnStatus: true)\necho \"${code}\"\n}"
    first, *_ = translated(script, WINDOWS).steps
    (line,) = [one for one in str(first.run).splitlines() if "%ERRORLEVEL%" in one]
    assert line.startswith('>> "%GITHUB_OUTPUT%" echo ')


@pytest.mark.parametrize(
    ("shell", "last"),
    [
        (None, 'echo "status=$status" >> "$GITHUB_OUTPUT"'),
        ("bash -eu {0}", 'echo "status=$status" >> "$GITHUB_OUTPUT"'),
        ("pwsh", "$global:LASTEXITCODE = 0"),
    ],
)
def test_other_shells_end_well_too(shell: str | None, last: str) -> None:
    assert lines("make", shell)[-1] == last
