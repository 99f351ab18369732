"""Jenkins' cron, its `H` against values that Jenkins itself computed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jenkins2gha.jenkins.cron import CronError, parse_cron


@pytest.mark.parametrize(
    ("spec", "seed", "posix"),
    [
        ("H H * * *", "demo", "33 17 * * *"),
        ("H H * * *", "folder/my-app/main", "21 23 * * *"),
        ("H/15 H(0-7) * * *", "demo", "3-48/15 2 * * *"),
        ("@daily", "demo", "33 17 * * *"),
        ("*/15 * * * *", "x", "*/15 * * * *"),
        ("*/40 0 */2 * *", "x", "*/40 0 */2 * *"),
        ("*/70 0 * * *", "x", "0 0 * * *"),
        ("*/30,5 0 * * *", "x", "0,5,30 0 * * *"),
        ("0 9 * * 1-5", "x", "0 9 * * 1-5"),
        ("0 9 * * 7", "x", "0 9 * * 0"),
        ("0 9 * * 5-7", "x", "0 9 * * 0,5,6"),
        ("0 9 * * 0-7", "x", "0 9 * * *"),
        ("1,2,3,30 4 * * *", "x", "1-3,30 4 * * *"),
        ("  0  9  * *  1 ", "x", "0 9 * * 1"),
        ("0 0-23/4 1 1-12 *", "x", "0 0-20/4 1 * *"),
        ("0\t0\t*\t*\t*", "x", "0 0 * * *"),
    ],
)
def test_a_line_becomes_posix(spec: str, seed: str, posix: str) -> None:
    assert parse_cron(spec, seed).lines[0].posix == posix


def test_several_lines_take_their_numbers_from_one_generator() -> None:
    lines = parse_cron("H H * * *\n# again\n\nH H * * *", "demo").lines
    assert lines[0].posix == "33 17 * * *"
    assert lines[1].posix != lines[0].posix


def test_a_step_of_one_after_h_picks_one_value() -> None:
    assert parse_cron("H/1 * * * *", "demo").lines[0].minute.values == (33,)


def test_the_time_zone_of_the_first_line_holds_for_all() -> None:
    schedule = parse_cron("TZ=Europe/Berlin\n0 9 * * *\n0 21 * * *", "x")
    assert schedule.timezone == "Europe/Berlin"
    assert len(schedule.lines) == 2


@pytest.mark.parametrize(("spec", "both"), [("0 0 1-7 * 1", True), ("0 0 * * 1", False)])
def test_both_days_are_restricted(spec: str, both: bool) -> None:
    assert parse_cron(spec, "x").lines[0].both_days is both


@pytest.mark.parametrize(
    ("spec", "offset"),
    [
        ("0 9 * *", 0),
        ("60 * * * *", 0),
        ("0 24 * * *", 2),
        ("0 0 0 * *", 4),
        ("0 0 * * MON", 8),
        ("0 0 ? * *", 4),
        ("5/15 * * * *", 0),
        ("*/0 * * * *", 0),
        ("10-5 * * * *", 0),
        ("H/70 * * * *", 0),
        ("@often", 0),
        ("\nTZ=UTC\n0 0 * * *", 1),
        ("0 0 * * *\n61 0 * * *", 10),
        ("1,61 * * * *", 2),
    ],
)
def test_what_jenkins_rejects_has_a_position(spec: str, offset: int) -> None:
    with pytest.raises(CronError) as error:
        parse_cron(spec, "x")
    assert error.value.offset == offset


def test_an_empty_specification_has_no_lines() -> None:
    assert parse_cron(" \n# nothing\n", "x").lines == ()


@given(st.text(min_size=1))
def test_h_stays_in_its_bounds(seed: str) -> None:
    line = parse_cron("H H H H H", seed).lines[0]
    bounds = ((0, 59), (0, 23), (1, 28), (1, 12), (0, 6))
    for field, (low, high) in zip(line.fields, bounds, strict=True):
        assert len(field.values) == 1
        assert low <= field.values[0] <= high


@given(st.text(min_size=1), st.integers(2, 60))
def test_h_with_a_step_starts_within_the_step(seed: str, step: int) -> None:
    values = parse_cron(f"H/{step} * * * *", seed).lines[0].minute.values
    assert values == tuple(range(values[0], 60, step))
    assert values[0] < step


@given(st.sets(st.integers(0, 59), min_size=1))
def test_posix_names_the_same_minutes(minutes: set[int]) -> None:
    spec = ",".join(map(str, minutes))
    field = parse_cron(f"{spec} * * * *", "x").lines[0].minute
    assert set(field.values) == minutes
    again = parse_cron(f"{field.posix} * * * *", "x").lines[0].minute
    assert set(again.values) == minutes
