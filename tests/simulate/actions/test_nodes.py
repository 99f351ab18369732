"""YAML as GitHub reads it, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from jenkins2gha.simulate.actions import WorkflowError, push, read, simulate
from jenkins2gha.simulate.actions.nodes import Mapping, Scalar, core_scalar, read_yaml
from simulate.workflows import one_job, run, texts, workflow


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("yes", "yes"),
        ("True", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("~", None),
        ("", None),
        ("010", 10.0),
        ("1.10", 1.1),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("0x1F", 31.0),
        ("0o17", 15.0),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("2020-01-01", "2020-01-01"),
        ("1.2.3", "1.2.3"),
    ],
)
def test_scalars_follow_the_core_schema(text: str, value: object) -> None:
    assert core_scalar(text) == value


def test_a_quoted_scalar_is_a_text_and_knows_its_line() -> None:
    root = read_yaml("on: push\nx: '1'\n")
    assert isinstance(root, Mapping)
    assert root.get("x") == Scalar("1", 2)


def test_what_a_scalar_is_shows_in_an_environment() -> None:
    steps = "- {run: '', env: {A: 1.10, B: true, C: , D: 010, E: '010', F: 1e3}}"
    assert run(one_job(steps)).commands[0].environment == (
        ("A", "1.1"), ("B", "true"), ("C", ""), ("D", "10"), ("E", "010"), ("F", "1000"),
    )  # fmt: skip


def test_an_alias_is_what_its_anchor_is() -> None:
    text = one_job("- &a {run: one}\n- run: two\n- *a")
    assert texts(run(text)) == ["one", "two", "one"]


REFUSED = {
    "no yaml": ("a: [b", "no YAML"),
    "nothing": ("", "empty"),
    "no trigger": ("jobs: {j: {runs-on: x, steps: []}}", "No event triggers"),
    "a key twice": (one_job("- run: x\n  RUN: y"), "'RUN' is already defined"),
    "two kinds of step": (one_job("- run: x\n  uses: y"), "Expected one of uses or run"),
    "no kind of step": (one_job("- name: x"), "Expected one of uses or run"),
    "an id twice": (one_job("- {run: x, id: a}\n- {run: y, id: a}"), "may not be used more than"),
    "unknown need": (workflow("a: {needs: b, runs-on: x, steps: []}"), "unknown job 'b'"),
    "a ring of needs": (
        workflow("a: {needs: b, runs-on: x, steps: []}\nb: {needs: a, runs-on: x, steps: []}"),
        "cycle",
    ),
    "no runner": (workflow("a: {steps: []}"), "runs-on"),
    "no expression": (one_job("- run: ${{ 1 + 1 }}"), "Unexpected symbol: '+'"),
    "unknown context": (one_job("- run: ${{ secret.X }}"), "Unrecognized named-value: 'secret'"),
    "a group with a name": (one_job("- name: x\n  parallel: [{run: a}]"), "nothing but"),
    "a group in a group": (one_job("- parallel: [{parallel: [{run: a}]}]"), "Expected one of"),
    "matrix in a job's if": (
        workflow("a: {runs-on: x, if: matrix.a, strategy: {matrix: {a: [1]}}, steps: []}"),
        "Unrecognized named-value: 'matrix'",
    ),
    "env in a job's if": (workflow("a: {runs-on: x, if: env.A, steps: []}"), "'env'"),
    "env in runs-on": (workflow("a: {runs-on: '${{ env.A }}', steps: []}"), "'env'"),
    "env in a job's env": (
        workflow("a: {runs-on: x, env: {A: '${{ env.B }}'}, steps: []}"),
        "'env'",
    ),
    "secrets in a step's if": (one_job("- {run: x, if: secrets.A}"), "'secrets'"),
    "needs in the workflow's env": (
        one_job("- run: x", top="on: push\nenv: {A: '${{ needs.a.result }}'}"),
        "'needs'",
    ),
    "a status function outside an if": (one_job("- run: ${{ always() }}"), "'always'"),
    "hashFiles above the steps": (
        workflow("a: {runs-on: x, if: \"hashFiles('x')\", steps: []}"),
        "'hashFiles'",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_github_refuses(name: str) -> None:
    text, message = REFUSED[name]
    with pytest.raises(WorkflowError) as raised:
        read(text)
    assert message in str(raised.value)
    found = simulate(text, push())
    assert (found.conclusion, found.invalid, found.commands) == ("failure", True, ())


def test_github_refuses_it_too(judge: Callable[[str], ModuleType], tmp_path: Path) -> None:
    for number, (text, _) in enumerate(REFUSED.values()):
        (tmp_path / f"{number}.yml").write_text(text, encoding="utf-8")
    found = judge("language_service").findings(sorted(tmp_path.iterdir()))
    refused = {int(finding.path.stem) for finding in found}
    assert [name for number, name in enumerate(REFUSED) if number not in refused] == []


@pytest.mark.parametrize(
    "job",
    [
        "environment: {name: e, url: '${{ steps.a.outputs.u }}'}",
        "container: {image: i, env: {A: '${{ secrets.A }}'}}",
        "container: {image: i, credentials: {username: u, password: '${{ secrets.A }}'}}",
        "concurrency: {group: '${{ matrix.a }}'}\nname: ${{ needs.a.result }}",
        "timeout-minutes: ${{ fromJSON(vars.T) }}",
    ],
)
def test_what_github_accepts(judge: Callable[[str], ModuleType], tmp_path: Path, job: str) -> None:
    path = tmp_path / "w.yml"
    path.write_text(one_job("- {run: x, id: a}", job=job), encoding="utf-8")
    assert read(path.read_text()).jobs[0].id == "j"
    assert judge("language_service").findings([path]) == []


def test_an_error_names_its_line() -> None:
    with pytest.raises(WorkflowError, match=r"^line 7: Unrecognized"):
        read(one_job("- run: x\n- run: ${{ a }}"))
