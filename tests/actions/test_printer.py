"""What the YAML looks like."""

from __future__ import annotations

from textwrap import dedent

import pytest

from jenkins2gha.actions.emit import emit
from jenkins2gha.actions.expressions import Context, Function, Literal, Not
from jenkins2gha.actions.header import Header
from jenkins2gha.actions.printer import Entry, Flow, Node, Quoted, Remarked, Script, print_tree
from jenkins2gha.actions.scalars import inline
from jenkins2gha.actions.source_map import source_map
from jenkins2gha.actions.workflow import (
    Concurrency,
    Container,
    Input,
    Job,
    Origin,
    RunsOn,
    Schedule,
    Step,
    Strategy,
    Triggers,
    Workflow,
)
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.source import Source

HEADER = Header("0.1.0", "Jenkinsfile", "pipeline {}")


@pytest.mark.parametrize(
    "text",
    [
        "mvn -B verify",
        "--flag",
        "./mvnw",
        "a/b@c",
        "${{ github.sha }}",
        "1.2.3",
        "https://a.b/c",
        "a,b",
        "it's",
        "v1",
        "-x",
        "a#b",
        "17 * * * *",
        "ubuntu-latest",
        "é 日本",
        "x: y"[:1],
    ],
)
def test_no_quotes_without_need(text: str) -> None:
    assert inline(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", "''"),
        ("on", "'on'"),
        ("1.10", "'1.10'"),
        ("a: b", "'a: b'"),
        ("it's: b", '"it\'s: b"'),
        ("'a' \"b\"", "'''a'' \"b\"'"),
        ("a\tb", '"a\\tb"'),
        ("a\x1b\ufeff", '"a\\u001b\\ufeff"'),
    ],
)
def test_quotes(text: str, written: str) -> None:
    assert inline(text) == written


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (None, "a:\n"),
        (True, "a: true\n"),
        (5, "a: 5\n"),
        ({}, "a: {}\n"),
        ([], "a: []\n"),
        (Flow(("**", "b")), "a: ['**', b]\n"),
        (Quoted("* * *"), "a: '* * *'\n"),
        (Quoted("it's"), "a: 'it''s'\n"),
        (Remarked("x@y", "# v1"), "a: x@y # v1\n"),
        (Script("echo 'it''s': x"), "a: |-\n  echo 'it''s': x\n"),
        (Script("echo 'a'"), "a: echo 'a'\n"),
        ("x\ny\n", "a: |\n  x\n  y\n"),
        (" x\ny", "a: |2-\n   x\n  y\n"),
        ("\tx\n\ny\n\n", "a: |2+\n  \tx\n\n  y\n\n"),
        ("x\r\ny", 'a: "x\\r\\ny"\n'),
        (["x", "y\nz"], "a:\n  - x\n  - |-\n    y\n    z\n"),
        ([{"b": "c", "d": {"e": None}}], "a:\n  - b: c\n    d:\n      e:\n"),
        (Entry("x", ("# why", "#"), blank=True), "# why\n#\na: x\n"),
    ],
)
def test_nodes(node: Node, text: str) -> None:
    assert print_tree({"a": node}) == text


def test_a_blank_line_is_never_part_of_a_block_before_it() -> None:
    assert print_tree({"a": "x\n\n", "b": Entry("c", blank=True)}) == "a: |+\n  x\n\nb: c\n"


WORKFLOW = Workflow(
    name="Demo",
    comment="To check:\nsecrets",
    run_name=Context("github.actor"),
    triggers=Triggers(
        push={"branches": ("**",)},
        pull_request={},
        schedule=(Schedule("5 4 * * *", "Europe/Berlin", "daily"),),
        dispatch=(
            Input("LEVEL", "choice", "How?", required=True, default="1", options=("1", "2")),
        ),
        others={"workflow_run": {"workflows": ["A"], "types": ["completed"]}},
    ),
    env={"A": "1"},
    concurrency=Concurrency(Context("github.workflow"), cancel_in_progress=True),
    jobs=(
        Job(
            id="build",
            name="Build it",
            runs_on=RunsOn(("self-hosted", "linux")),
            permissions={},
            environment="prod",
            timeout_minutes=30,
            container=Container("maven:3", env={"B": "x"}, volumes=("/a:/b",), options="--cpus 1"),
            services={"db": Container("postgres:17")},
            strategy=Strategy({"os": ("a", "b")}, exclude=({"os": "b"},), fail_fast=False),
            env={"C": Context("matrix.os")},
            working_directory="sub",
            outputs={"v": Context("steps.one.outputs.v")},
            steps=(
                Step(
                    name="One",
                    id="one",
                    condition=Not(Function("cancelled")),
                    continue_on_error=True,
                    timeout_minutes=5,
                    env={"D": "${{ x }}"},
                    secrets={"E": Context("secrets.E")},
                    shell="bash -e {0}",
                    working_directory="deep",
                    run="make\nmake install\n",
                ),
                Step(uses="a/b@0123 # v1", inputs={"n": 1, "t": "x"}, comment="why"),
            ),
        ),
        Job(
            id="last",
            runs_on=RunsOn(("x",), group="g"),
            needs=("build",),
            condition=Literal(value=False),
            steps=(Step(run="echo"),),
            comment="after all",
        ),
    ),
)


def test_a_whole_workflow() -> None:
    text = emit(WORKFLOW, HEADER).text.split("\n", 2)[2]
    assert text == dedent(
        """\
        # To check:
        # secrets

        name: Demo
        run-name: ${{ github.actor }}

        on:
          push:
            branches: ['**']
          pull_request:
          schedule:
            # daily
            - cron: '5 4 * * *'
              timezone: Europe/Berlin
          workflow_dispatch:
            inputs:
              LEVEL:
                description: How?
                type: choice
                required: true
                default: '1'
                options:
                  - '1'
                  - '2'
          workflow_run:
            workflows: [A]
            types: [completed]

        permissions:
          contents: read

        env:
          A: '1'

        concurrency:
          group: ${{ github.workflow }}
          cancel-in-progress: true

        jobs:
          build:
            name: Build it
            runs-on: [self-hosted, linux]
            permissions: {}
            environment: prod
            timeout-minutes: 30
            container:
              image: maven:3
              env:
                B: x
              volumes:
                - /a:/b
              options: --cpus 1
            services:
              db:
                image: postgres:17
            strategy:
              fail-fast: false
              matrix:
                os: [a, b]
                exclude:
                  - os: b
            env:
              C: ${{ matrix.os }}
            defaults:
              run:
                working-directory: sub
            outputs:
              v: ${{ steps.one.outputs.v }}
            steps:
              - name: One
                id: one
                if: ${{ !cancelled() }}
                continue-on-error: true
                timeout-minutes: 5
                env:
                  D: ${{ '${{' }} x }}
                  E: ${{ secrets.E }}
                shell: bash -e {0}
                working-directory: deep
                run: |
                  make
                  make install

              # why
              - uses: a/b@0123 # v1
                with:
                  'n': 1
                  t: x

          # after all
          last:
            needs: build
            if: false
            runs-on:
              group: g
              labels: x
            steps:
              - run: echo
        """
    )


def test_the_source_map_points_into_the_workflow() -> None:
    source = Source("Jenkinsfile", "a()\n  b()\n")
    origin = Origin((source.span(6, 9),), "shell-step", Certainty.EXACT, (source.span(0, 3),))
    step = Step(run="b", origin=origin)
    job = Job("build", RunsOn(("x",)), (Step(run="a"), step), origin=origin)
    place = {"source": "Jenkinsfile", "line": 2, "column": 3, "end_line": 2, "end_column": 6}
    stack = {"source": "Jenkinsfile", "line": 1, "column": 1, "end_line": 1, "end_column": 4}
    entry = {"spans": [place], "stack": [stack], "rule": "shell-step", "certainty": "exact"}
    dispatch = (Input("a/b~c", "string", origin=origin),)
    schedule = (Schedule("5 4 * * *", origin=origin),)
    workflow = Workflow("w", Triggers(schedule=schedule, dispatch=dispatch), (job,))
    assert source_map(emit(workflow, HEADER).locations) == {
        "/on/schedule/0": entry,
        "/on/workflow_dispatch/inputs/a~1b~0c": entry,
        "/jobs/build": entry,
        "/jobs/build/steps/1": entry,
    }
