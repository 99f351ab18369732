"""The count of constructs, and that every one of them is found in the pipeline that was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from jenkins2gha.groovy import parse
from jenkins2gha.jenkins.constructs import constructs
from jenkins2gha.jenkins.sites import sites
from jenkins2gha.source import Source
from pipelines import declarative, pipeline, reading

FIXTURES = Path(__file__).parents[1] / "fixtures"


def counted(text: str) -> list[tuple[str, str]]:
    source = Source("Jenkinsfile", text)
    return [(one.kind, one.name) for one in constructs(parse(source), source)]


def in_script(text: str) -> list[str]:
    found = counted(declarative(stage=f"steps {{ script {{\n{text}\n}} }}"))
    return [name for kind, name in found if kind == "step"][1:]


def test_the_constructs_of_a_declarative_pipeline() -> None:
    text = (
        "@Library('l') _\npipeline { agent { label 'x' }\nenvironment { A = 'a'; B = sh('b') }\n"
        "options { timestamps() }\nparameters { string(name: 'p') }\ntriggers { cron('@daily') }\n"
        "tools { jdk 'j' }\nstages { stage('s') { when { branch 'm' }\nsteps { sh 'x' } }\n"
        "stage('p') { failFast true\nparallel { stage('q') { input { message 'm' }\n"
        "steps { dir('d') { bat 'y' } } } } } }\npost { always { junit 'z' } } }"
    )
    assert counted(text) == [
        ("library", "@Library"),
        ("agent", "agent"),
        ("environment", "A"),
        ("environment", "B"),
        ("step", "sh"),
        ("option", "timestamps"),
        ("parameter", "string"),
        ("trigger", "cron"),
        ("tool", "jdk"),
        ("stage", "s"),
        ("when", "when"),
        ("step", "sh"),
        ("stage", "p"),
        ("failFast", "failFast"),
        ("parallel", "parallel"),
        ("stage", "q"),
        ("input", "input"),
        ("step", "dir"),
        ("step", "bat"),
        ("post", "always"),
        ("step", "junit"),
    ]


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("sh 'x'", ["sh"]),
        ("echo sh('x')", ["echo", "sh"]),
        ("println 'x'", ["println"]),
        ("sleep 5", ["sleep"]),
        ("this.sh 'x'", ["sh"]),
        ("steps.sh 'x'; steps.put('a', 'b')", ["sh"]),
        ("docker.image('x').inside { sh 'y' }", ["docker.image.inside", "sh"]),
        ("def docker = x; docker.image('x')", []),
        ("unheard()", ["unheard"]),
        ("echo unheard()", ["echo"]),
        ("def v = unheard()", ["unheard"]),
        ("list.each { unheard(it) }", ["unheard"]),
        ("sprintf('a'); getClass()", []),
        ("f = { it }; f('x')", []),
        ("def g = { x -> x() }; g('a')", []),
        ("withCredentials([string(credentialsId: 'a', variable: 'b')]) { }", ["withCredentials"]),
        ("string(name: 'a')", ["string"]),
        ("checkout(git('x'))", ["checkout"]),
        ("def v = git('x')", ["git"]),
        ("library.sh('x')", []),
        ("new Thing(sh('x'))", ["sh"]),
        ("parallel a: { sh 'x' }", ["parallel", "sh"]),
    ],
)
def test_what_is_a_step_call(text: str, steps: list[str]) -> None:
    assert in_script(text) == steps


def test_a_class_calls_its_own_methods() -> None:
    text = "class A { def steps\ndef f() { sh('x'); steps.sh('y'); this.g() } }\n" + declarative()
    assert [name for kind, name in counted(text) if kind == "step"] == ["sh", "echo"]


TEXTS = [
    declarative(top="environment { A = \"${sh('x')}\"; B = unheard(sh('y')) }"),
    declarative(stage="when { expression { unheard() && readFile('x') } }\nsteps { a() }"),
    declarative(stage="agent { label \"${readFile('x')}\" }\nsteps { a() }"),
    declarative(stage="steps { parallel(a: { sh 'x' }, failFast: true) }"),
    declarative(
        stage="matrix { axes { axis { name 'A'; values 'a' } }\nagent any\n"
        "stages { stage('b') { steps { c() } } } }"
    ),
    declarative(top="options { timeout(time: readFile('a'), unit: 'HOURS') }"),
    declarative(before="def x = readFile('a')\nx = 'b'\ny = 'c'\ndef f(a = pwd()) { a() }"),
    "def call(m) { echo 'a'\n" + declarative() + "\nsh m }",
    "def call(m) { if (m) { " + declarative() + " } else { sh m } }",
    "node('a') { stage 'b'\nsh 'c'\ntimeout(5) { stage('d') { e() } } }",
    "@Library('a') import b.C\nnew C(this).run(tool('x'))\nlibrary 'y@1'",
    "switch (x) { case readFile('a'): sh 'b'; break; default: def z = 1; z() }",
    "stage('') { sh 'x' }",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_construct_is_a_node_and_every_node_a_construct(text: str) -> None:
    source = Source("Jenkinsfile", text)
    found = {one.span.start for one in constructs(parse(source), source)}
    assert {span.start for span in sites(pipeline(text))} == found


@pytest.mark.parametrize(
    "path", sorted(FIXTURES.glob("*/Jenkinsfile*")), ids=lambda path: path.parent.name
)
def test_the_fixtures_agree(path: Path) -> None:
    text = path.read_bytes().decode()
    read = reading(text).pipeline
    if read is not None:
        source = Source("Jenkinsfile", text)
        found = {one.span.start for one in constructs(parse(source), source)}
        assert {span.start for span in sites(read)} == found
