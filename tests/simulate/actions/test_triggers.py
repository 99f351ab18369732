"""Which event starts a run, and what it brings."""

from __future__ import annotations

from typing import Any

import pytest

from jenkins2gha.simulate.actions import (
    Event,
    dispatch,
    pull_request,
    push,
    push_tag,
    read,
    schedule,
    simulate,
)
from jenkins2gha.simulate.actions.triggers import matches, not_started
from simulate.workflows import one_job, run, texts


@pytest.mark.parametrize(
    ("on", "event", "starts"),
    [
        ("push", push("any/thing"), True),
        ("[push, pull_request]", pull_request(), True),
        ("pull_request", push(), False),
        ("{push: }", push_tag("v1"), True),
        ("{push: {branches: [main]}}", push("main"), True),
        ("{push: {branches: [main]}}", push("Main"), False),
        ("{push: {branches: main}}", push("main"), True),
        ("{push: {branches: [main]}}", push_tag("main"), False),
        ("{push: {tags: ['v*']}}", push_tag("v1"), True),
        ("{push: {tags: ['v*']}}", push("v1"), False),
        ("{push: {branches: ['**'], tags: ['v*']}}", push_tag("x"), False),
        ("{push: {branches-ignore: [old]}}", push("old"), False),
        ("{push: {branches-ignore: [old]}}", push("new"), True),
        ("{push: {branches-ignore: [old]}}", push_tag("v1"), False),
        ("{push: {paths: ['docs/**']}}", push(changed=("docs/a/b",)), True),
        ("{push: {paths: ['docs/**']}}", push(changed=("src/a",)), False),
        ("{push: {paths: ['docs/**']}}", push_tag("v1", changed=("src/a",)), True),
        ("{push: {paths-ignore: ['docs/**']}}", push(changed=("docs/a", "b")), True),
        ("{push: {paths-ignore: ['docs/**']}}", push(changed=("docs/a",)), False),
        ("pull_request", pull_request(action="opened"), True),
        ("pull_request", pull_request(action="labeled"), False),
        ("{pull_request: {types: [labeled]}}", pull_request(action="labeled"), True),
        ("{pull_request: {branches: [main]}}", pull_request(base="main", head="x"), True),
        ("{pull_request: {branches: [main]}}", pull_request(base="x", head="main"), False),
        ("{schedule: [{cron: '5 4 * * *'}]}", schedule("5 4 * * *"), True),
        ("{schedule: [{cron: '5 4 * * *'}]}", schedule("0 0 * * *"), False),
        ("workflow_dispatch", dispatch(), True),
        ("workflow_dispatch", dispatch({"x": "1"}), False),
        ("{workflow_dispatch: {inputs: {x: {required: true}}}}", dispatch(), False),
        ("{workflow_dispatch: {inputs: {x: {required: true}}}}", dispatch({"X": "1"}), True),
        ("{workflow_run: {workflows: [a]}}", Event(name="workflow_run"), True),
    ],
)
def test_an_event_starts_a_run_if_the_filters_let_it(on: str, event: Event, starts: bool) -> None:
    assert (not_started(read(one_job("- run: x", top=f"on: {on}")), event) == "") is starts


@pytest.mark.parametrize(
    ("patterns", "name", "selected"),
    [
        ("feature/*", "feature/a", True),
        ("feature/*", "feature/a/b", False),
        ("feature/**", "feature/a/b", True),
        ("*", "a/b", False),
        ("**", "a/b", True),
        ("*feature", "ver-feature", True),
        ("v2*", "v2.9", True),
        ("v[12].[0-9]+.[0-9]+", "v1.10.1", True),
        ("v[12].[0-9]+.[0-9]+", "v3.1.1", False),
        ("*.jsx?", "page.js", True),
        ("**/docs/**", "docs/a", True),
        ("**/README.md", "README.md", True),
        ("docs/**/*.md", "docs/a.md", True),
        ("a.b", "axb", False),
        ("releases/** !releases/**-alpha", "releases/1-alpha", False),
        ("releases/** !releases/**-alpha", "releases/1", True),
        ("!a a", "a", True),
        ("!a", "b", False),
    ],
)
def test_patterns_of_filters(patterns: str, name: str, selected: bool) -> None:
    assert matches(name, patterns.split()) is selected


@pytest.mark.parametrize(
    ("event", "expression", "text"),
    [
        (push("rel/1"), "github.ref", "refs/heads/rel/1"),
        (push("rel/1"), "github.ref_name", "rel/1"),
        (push("x"), "github.head_ref || github.ref_type", "branch"),
        (push_tag("v1"), "github.ref_type", "tag"),
        (push_tag("v1"), "github.event.ref", "refs/tags/v1"),
        (pull_request(7), "github.ref", "refs/pull/7/merge"),
        (pull_request(7), "github.ref_name", "7/merge"),
        (pull_request(7, head="t"), "github.head_ref", "t"),
        (pull_request(7, base="b"), "github.base_ref", "b"),
        (pull_request(7), "github.event.number", "7"),
        (pull_request(head_sha="h", sha="m"), "github.event.pull_request.head.sha", "h"),
        (pull_request(head_sha="h", sha="m"), "github.sha", "m"),
        (schedule("1 2 * * *"), "github.event.schedule", "1 2 * * *"),
        (push(), "github.event.schedule", ""),
        (push(payload={"head_commit": {"message": "m"}}), "github.event.head_commit.message", "m"),
        (push(), "github.repository_owner", "octo"),
        (push(), "github.job", "j"),
        (push(run_number=5), "github.run_number", "5"),
    ],
)
def test_the_github_context(event: Event, expression: str, text: str) -> None:
    top = "on:\n  push:\n  pull_request:\n  schedule: [{cron: '1 2 * * *'}]"
    assert texts(run(one_job(f"- run: '${{{{ {expression} }}}}'", top=top), event)) == [text]


INPUTS = """
on:
  push:
  workflow_dispatch:
    inputs:
      flag: {type: boolean, default: true}
      off: {type: boolean}
      word: {default: w}
      none: {type: string}
      pick: {type: choice, options: [one, two]}
      number: {type: number, default: 3}
"""


@pytest.mark.parametrize(
    ("given", "expression", "value"),
    [
        ({}, "inputs.flag == true", "true"),
        ({"FLAG": False}, "inputs.flag == false", "true"),
        ({"flag": "false"}, "inputs.flag", "false"),
        ({}, "github.event.inputs.flag == 'true'", "true"),
        ({}, "toJSON(inputs.off)", "false"),
        ({}, "inputs.word", "w"),
        ({"word": ""}, "toJSON(inputs.word)", '""'),
        ({}, "toJSON(inputs.none)", '""'),
        ({}, "inputs.pick", "one"),
        ({"number": 4}, "toJSON(inputs.number)", '"4"'),
        ({}, "toJSON(inputs.number)", '"3"'),
    ],
)
def test_the_inputs_of_a_dispatch(given: dict[str, Any], expression: str, value: str) -> None:
    text = one_job(f"- run: '${{{{ {expression.replace(chr(39), chr(39) * 2)} }}}}'", top=INPUTS)
    assert texts(run(text, dispatch(given))) == [value]


def test_there_are_no_inputs_without_a_dispatch() -> None:
    text = one_job("- run: '[${{ inputs.flag }}] ${{ toJSON(inputs) }}'", top=INPUTS)
    assert texts(run(text, push())) == ["[] {}"]


def test_a_run_that_does_not_start_does_nothing() -> None:
    found = simulate(one_job("- run: x"), pull_request())
    assert (found.conclusion, found.commands, found.invalid) == ("skipped", (), False)
    assert found.not_started == "`on` does not name pull_request"
