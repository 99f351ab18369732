"""Whole files: what stands around a pipeline, and scripted ones."""

from __future__ import annotations

import pytest

from jenkins2gha.jenkins.pipeline import Step, Steps
from jenkins2gha.jenkins.values import text_of
from pipelines import declarative, pipeline, problems, reading


def test_what_stands_around_a_declarative_pipeline() -> None:
    text = "def x = 'a'\ndef y = sh('b')\n" + declarative() + "\necho 'after'\ndef f() { sh 'c' }\n"
    read = pipeline(text)
    assert [type(item) for item in read.before] == [Step]
    assert [type(item) for item in read.after] == [Step]
    assert [[step.name for step in method.steps] for method in read.methods] == [["sh"]]
    assert text_of(read.constants["x"]) == "a"


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("node { sh 'x' }", "any", None),
        ("node('linux') { sh 'x' }", "label", "linux"),
        ("node('') { sh 'x' }", "any", None),
        ("timestamps { node('linux') { sh 'x' } }", "label", "linux"),
        ("stage('a') { node('linux') { sh 'x' } }", "label", "linux"),
        ("echo 'x'", "none", None),
    ],
)
def test_the_first_node_is_the_agent(text: str, kind: str, label: str | None) -> None:
    agent = pipeline(text).agent
    assert agent.kind == kind
    assert text_of(agent.arguments.get("label")) == label


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("node { sh 'x' }", [("", ["sh"])]),
        ("node { stage('a') { sh 'x' }; stage('b') { sh 'y' } }", [("a", ["sh"]), ("b", ["sh"])]),
        (
            "node { checkout scm; stage('a') { sh 'x' }; echo 'y' }",
            [("", ["checkout"]), ("a", ["sh"]), ("", ["echo"])],
        ),
        ("node { stage 'a'\nsh 'x'\nstage 'b'\nsh 'y' }", [("a", ["sh"]), ("b", ["sh"])]),
        ("stage('a') { node { sh 'x' } }", [("a", ["node"])]),
        ("node { sh 'x' }; node('b') { sh 'y' }", [("", ["sh", "node"])]),
        ("standardBuild { name = 'x' }", [("", ["standardBuild"])]),
        ("def x = 'a'\nnode { sh x }", [("", ["sh"])]),
    ],
)
def test_a_script_has_stages(text: str, stages: list[tuple[str, list[str]]]) -> None:
    read = pipeline(text)
    assert read.kind == "scripted"
    found = []
    for stage in read.stages:
        assert isinstance(stage.body, Steps)
        found.append(
            (stage.name, [item.name for item in stage.body.items if isinstance(item, Step)])
        )
    assert found == stages


@pytest.mark.parametrize(
    "text",
    ["acme.buildApp()", "new com.acme.Build(this).run()", "buildPlugin(platforms: ['linux'])"],
)
def test_a_library_call_is_a_pipeline(text: str) -> None:
    assert pipeline(text).kind == "scripted"


@pytest.mark.parametrize(
    "text",
    ["def x = 'a'.trim()", "def d = new Date()\nd.format('y')", "class A { }\nnew A().run()", ""],
)
def test_plain_groovy_is_no_pipeline(text: str) -> None:
    assert problems(text) == [("no-pipeline", 1)]


def test_what_can_be_read_of_a_broken_pipeline() -> None:
    partial = reading(declarative(stage="steps { if (x) { sh 'a' } }")).partial
    assert partial is not None
    assert [stage.name for stage in partial.stages] == ["S"]


def test_a_library_call_is_an_unknown_step() -> None:
    body = pipeline("buildPlugin(platforms: ['linux'])").stages[0].body
    assert isinstance(body, Steps)
    only = body.items[0]
    assert isinstance(only, Step)
    assert not only.known
