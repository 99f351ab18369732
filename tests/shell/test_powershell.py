"""PowerShell scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jenkins2gha.shell.powershell import (
    powershell_commands,
    powershell_reference,
    powershell_states,
)
from jenkins2gha.shell.states import QuoteState


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("a ~", "bare"),
        ('a "~"', "double"),
        ("a '~'", "single"),
        ("a 'it''s ~'", "single"),
        ("a \"$(b '~')\"", "single"),
        ('a "`"~"', "double"),
        ("# ~", "comment"),
        ("<# \n~ #>", "comment"),
        ("a x#~", "bare"),
        ("@'\n~\n'@", "quoted-heredoc"),
        ('@"\n" ~\n"@', "heredoc"),
        ("$~", "name"),
        ("${a~}", "name"),
        ("@{a=~}", "bare"),
    ],
)
def test_states(script: str, expected: str) -> None:
    before, after = script.split("~")
    assert [state.value for state in powershell_states([before, None, after])] == [expected]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (
            ".\\mvnw.cmd clean | Out-Host; & gradlew.bat",
            [(".\\mvnw.cmd", "clean"), ("Out-Host",), ("&", "gradlew.bat")],
        ),
        ("if ($x) { git push } # git log", [("if", None), ("git", "push")]),
        ("$a = 'b'", [(None, "=", "b")]),
        ("", []),
    ],
)
def test_commands(script: str, expected: list[tuple[str | None, ...]]) -> None:
    assert [command.literals for command in powershell_commands(script)] == expected


def test_reference() -> None:
    assert powershell_reference(QuoteState.DOUBLE, "X") == "${env:X}"
    assert powershell_reference(QuoteState.SINGLE, "X") is None


@given(st.lists(st.one_of(st.none(), st.text("\"'`$@(){}<># \na", max_size=10))))
def test_one_state_for_each_hole_of_any_text(parts: list[str | None]) -> None:
    assert len(powershell_states(parts)) == parts.count(None)
