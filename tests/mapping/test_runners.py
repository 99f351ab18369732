"""Label expressions and the machines for them."""

from __future__ import annotations

import pytest

from jenkins2gha.configuration import Configuration
from jenkins2gha.mapping.runners import runner_for
from jenkins2gha.tables import table

NONE = Configuration()


@pytest.mark.parametrize(
    ("expression", "labels", "os"),
    [
        ("", ("ubuntu-latest",), "linux"),
        ("linux", ("ubuntu-latest",), "linux"),
        ("Linux", ("ubuntu-latest",), "linux"),
        ("ubuntu20", ("ubuntu-latest",), "linux"),
        ("ubuntu-22.04", ("ubuntu-22.04",), "linux"),
        ("windows", ("windows-latest",), "windows"),
        ("win10", ("windows-latest",), "windows"),
        ("macos-15", ("macos-15",), "macos"),
        ("mac", ("macos-latest",), "macos"),
        ("osx", ("macos-latest",), "macos"),
        ("linux && ubuntu-22.04", ("ubuntu-22.04",), "linux"),
        ("linux && !arm", ("ubuntu-latest",), "linux"),
        ("big || linux", ("ubuntu-latest",), "linux"),
        ("big", ("self-hosted", "big"), "linux"),
        ("linux && big", ("self-hosted", "linux", "big"), "linux"),
        ("big || win-2019", ("windows-latest",), "windows"),
        ("Ubuntu2204", ("ubuntu-22.04",), "linux"),
        ("ubuntu2404-arm", ("ubuntu-24.04-arm",), "linux"),
        ("ubuntu-18.04-x64", ("ubuntu-latest",), "linux"),
        ("ubuntu_lts", ("ubuntu-latest",), "linux"),
        ("linux-amd64", ("ubuntu-latest",), "linux"),
        ("windows-server-2012-r2", ("windows-latest",), "windows"),
        ("win64", ("windows-latest",), "windows"),
        ("macos-10.15", ("macos-latest",), "macos"),
        ("macosx", ("macos-latest",), "macos"),
        ("ubuntu-60-11", ("self-hosted", "ubuntu-60-11"), "linux"),
        ("ubuntu-arm64", ("self-hosted", "ubuntu-arm64"), "linux"),
        ("ubuntu1", ("self-hosted", "ubuntu1"), "linux"),
        ("winterfell", ("self-hosted", "winterfell"), "linux"),
        ("windows-build-07", ("self-hosted", "windows-build-07"), "windows"),
        ("win-builder", ("self-hosted", "win-builder"), "windows"),
        ("machine1", ("self-hosted", "machine1"), "linux"),
        ("mac-mini-3", ("self-hosted", "mac-mini-3"), "macos"),
        ("buildwin", ("self-hosted", "buildwin"), "windows"),
        ("darwin-arm", ("self-hosted", "darwin-arm"), "macos"),
    ],
)
def test_labels(expression: str, labels: tuple[str, ...], os: str) -> None:
    runner = runner_for(expression, NONE).runner
    assert (runner.runs_on.labels, runner.os) == (labels, os)
    assert runner.known is ("self-hosted" not in labels)


@pytest.mark.parametrize(
    "expression", ["a || linux", "linux && !arm", "!linux", "a -> b", "ubuntu20", "windows10"]
)
def test_a_decision_is_stated(expression: str) -> None:
    assert runner_for(expression, NONE).remark


@pytest.mark.parametrize("expression", ["linux", "linux && ubuntu-22.04", "big", "linux-x64"])
def test_nothing_is_said_without_a_decision(expression: str) -> None:
    assert runner_for(expression, NONE).remark is None


def test_no_label_expression() -> None:
    choice = runner_for("a && (", NONE)
    assert not choice.runner.known
    assert "label expression" in (choice.remark or "")


@pytest.mark.parametrize(
    ("expression", "labels", "hosted"),
    [
        ("big", ("self-hosted", "x64"), False),
        ("linux", ("ubuntu-24.04",), True),
        ("big && linux", ("group-a",), False),
    ],
)
def test_the_settings_come_first(expression: str, labels: tuple[str, ...], hosted: bool) -> None:
    settings = Configuration(runners={expression: labels})
    runner = runner_for(expression, settings).runner
    assert (runner.runs_on.labels, runner.hosted, runner.known) == (labels, hosted, True)


def test_a_row_of_the_user_comes_first() -> None:
    rows = {"runners": {"linux": {"labels": ["big-linux"], "os": "linux"}}}
    assert runner_for("linux", Configuration(rows=rows)).runner.runs_on.labels == ("big-linux",)


@pytest.mark.parametrize("pattern", table("runners"))
def test_every_row_is_reached(pattern: str) -> None:
    row = table("runners")[pattern]
    runner = runner_for(pattern, NONE).runner
    assert (list(runner.runs_on.labels), runner.os) == (row["labels"], row["os"])
