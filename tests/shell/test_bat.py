"""Batch scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jenkins2gha.shell.bat import bat_commands, bat_reference, bat_states
from jenkins2gha.shell.states import QuoteState


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("copy @ x", "bare"),
        ('copy "a @"', "double"),
        ("rem @", "comment"),
        (":: @", "comment"),
        ("@echo off\nrem x\necho '~'".replace("~", "\0"), "bare"),
        ("echo %A_\0%", "name"),
        ('echo "open\necho \0', "bare"),
    ],
)
def test_states(script: str, expected: str) -> None:
    hole = "\0" if "\0" in script else "@"
    before, after = script.split(hole)
    assert [state.value for state in bat_states([before, None, after])] == [expected]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("mvnw.cmd clean 2>&1 > log && echo x", [("mvnw.cmd", "clean"), ("echo", "x")]),
        ("@call gradlew.bat ^\n build", [("call", "gradlew.bat", "build")]),
        (
            "REM mvnw\nif exist a (b c) else (d)",
            [("if", "exist", "a"), ("b", "c"), ("else",), ("d",)],
        ),
        ('echo "a & b"', [("echo", "a & b")]),
        ("echo %X%", [("echo", None)]),
        ("", []),
    ],
)
def test_commands(script: str, expected: list[tuple[str | None, ...]]) -> None:
    assert [command.literals for command in bat_commands(script)] == expected


def test_reference() -> None:
    assert bat_reference(QuoteState.DOUBLE, "X") == "%X%"
    assert bat_reference(QuoteState.NAME, "X") is None


@given(st.lists(st.one_of(st.none(), st.text('"%^&|()<>@!rem: \na', max_size=10))))
def test_one_state_for_each_hole_of_any_text(parts: list[str | None]) -> None:
    assert len(bat_states(parts)) == parts.count(None)
