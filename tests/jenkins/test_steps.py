"""Statements to steps, and arguments to values."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jenkins2gha.jenkins.pipeline import Groovy, Step
from pipelines import items, script
from showing import shown


def one(text: str) -> Step:
    (item,) = items(text)
    assert isinstance(item, Step)
    return item


def bound(text: str) -> object:
    step = one(text)
    return {key: shown(value) for key, value in step.arguments.items()}


def argument(expression: str, *, before: str = "", top: str = "") -> object:
    """What `mine(expression)` passes on."""
    item = items(f"mine({expression})", before=before, top=top)[-1]
    assert isinstance(item, Step), item
    return shown(item.positional[0])


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("sh 'x'", {"script": "x"}),
        ("sh(script: 'x', returnStdout: true)", {"script": "x", "returnStdout": True}),
        ("sh([script: 'x', label: 'y'])", {"script": "x", "label": "y"}),
        ("this.sh 'x'", {"script": "x"}),
        ("timeout(5) { sh 'x' }", {"time": 5}),
        ("withEnv(['A=b']) { sh 'x' }", {"overrides": ["A=b"]}),
        ("publishHTML([reportDir: 'd'])", {"reportDir": "d"}),
        ("publishHTML(target: [reportDir: 'd'])", {"reportDir": "d"}),
        ("junit 'a.xml'", {"testResults": "a.xml"}),
        ("checkout scm", {"scm": {"": "scm"}}),
        (
            "checkout([$class: 'GitSCM', branches: [[name: 'main']]])",
            {"scm": {"": "GitSCM", "branches": [{"name": "main"}]}},
        ),
        (
            "checkout([$class: 'GitSCM', extensions: scm.extensions + [[$class: 'CloneOption']]])",
            {"scm": {"": "GitSCM", "extensions": [{"": "scm.extensions"}, {"": "CloneOption"}]}},
        ),
        (
            "withCredentials([string(credentialsId: 'a', variable: 'B')]) { sh 'x' }",
            {"bindings": [{"": "string", "credentialsId": "a", "variable": "B"}]},
        ),
        ("println 'a'", {"message": "a"}),
    ],
)
def test_arguments_are_bound_to_their_names(text: str, arguments: object) -> None:
    assert bound(text) == arguments


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("println 'a'", "echo"),
        ("step([$class: 'JUnitResultArchiver', testResults: 'x'])", "junit"),
        ("step([$class: 'Unheard', a: 'x'])", "step"),
        ("wrap([$class: 'AnsiColorBuildWrapper', colorMapName: 'x']) { sh 'a' }", "ansiColor"),
    ],
)
def test_a_step_has_its_own_name(text: str, name: str) -> None:
    assert one(text).name == name
    assert one(text).known


def test_an_unknown_step_keeps_its_arguments() -> None:
    step = one("mine 'a', b: 1")
    assert not step.known
    assert [shown(value) for value in step.positional] == ["a"]
    assert {key: shown(value) for key, value in step.arguments.items()} == {"b": 1}


def test_a_block_has_a_body() -> None:
    step = one("dir('a') { sh 'x'\nsh 'y' }")
    assert step.body is not None
    assert len(step.body) == 2
    assert one("sh 'x'").body is None


def test_a_chain_on_a_global_is_one_step() -> None:
    (step,) = script("docker.image('x').inside('-v a:b') { sh 'y' }")
    assert isinstance(step, Step)
    assert step.name == "docker.image.inside"
    assert {key: shown(value) for key, value in step.arguments.items()} == {
        "image": "x",
        "args": "-v a:b",
    }
    assert step.body is not None
    assert step.span.text.startswith("docker.image")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("'a'", "a"),
        ('"a"', "a"),
        ("1", 1),
        ("1.5", Decimal("1.5")),
        ("-1", -1),
        ("true", True),
        ("!true", False),
        ("null", None),
        ("'a' + 'b'", "ab"),
        ("'a' + 1", "a1"),
        ("1 + 1", 2),
        ('"${1}${true}${null}"', "1truenull"),
        ('"a-${params.P}"', "a-{params.P}"),
        ('"$env.E"', "{env.E}"),
        ("params['P']", "{params.P}"),
        ("params.get('P')", "{params.P}"),
        ("env['E']", "{env.E}"),
        ("env.E", "{env.E}"),
        ("'a' + env.E + 'b'", "a{env.E}b"),
        ("BUILD_NUMBER", "{env.BUILD_NUMBER}"),
        ("UNHEARD", "{env.UNHEARD}"),
        ("Unheard", "?"),
        ("['a', env.E]", ["a", "{env.E}"]),
        ("[['a': 'b']]", [{"a": "b"}]),
        ("['a', 'b'].join(' ')", "a b"),
        ("' a '.trim()", "a"),
        ("'''  a\n    b'''.stripIndent()", "a\n  b"),
        ("'''|a\n   |b'''.stripMargin()", "a\nb"),
        ("'a'.toUpperCase()", "A"),
        ("true ? 'a' : 'b'", "a"),
        ("params.P ? 'a' : 'b'", "(?{params.P} ? a : b)"),
        ("'' ?: 'b'", "b"),
        ("env.E ?: 'b'", "(?{env.E} ? {env.E} : b)"),
        ("env.E.trim()", "trim({env.E})"),
        ("(String) 'a'", "a"),
        ("currentBuild.number", "{env.BUILD_NUMBER}"),
        ("new Date()", "?"),
        ("method()", "?"),
    ],
)
def test_an_expression_has_a_value(expression: str, value: object) -> None:
    assert argument(expression) == value


@pytest.mark.parametrize(
    ("before", "value"),
    [
        ("def x = 'a'", "a"),
        ("String x = 'a' + 'b'", "ab"),
        ('final x = "a-${params.P}"', "a-{params.P}"),
        ("import groovy.transform.Field\n@Field def x = 'a'", "a"),
        ("x = 'a'", "a"),
        ("def x = ['a', 'b']", ["a", "b"]),
        ("def x = 'a'\nx = 'b'", "b"),
        ("def x = 1\nx++", 2),
        ("def x = ['a']\nx.add('b')", ["a", "b"]),
        ("def x = ['a']\nx << 'b'", ["a", "b"]),
        ("x = 'a'\nx = 'b'", "b"),
        ("def x = method()", "<x>"),
        ("def x", None),
        ("def x = env.E\nenv.E = 'b'", "?"),
    ],
)
def test_a_name_is_worth_its_constant(before: str, value: object) -> None:
    assert argument("x", before=before) == value


def test_a_constant_of_a_block_does_not_leave_it() -> None:
    first, second = items("script { def x = 'a'\nmine(x) }\nmine(x)")
    assert isinstance(first, Step)
    assert isinstance(second, Step)
    assert first.body is not None
    inner = first.body[0]
    assert isinstance(inner, Step)
    assert shown(inner.positional[0]) == "a"
    assert shown(second.positional[0]) == "?"


@pytest.mark.parametrize(
    "top",
    [
        "environment { NAME = 'a' }",
        "parameters { string(name: 'NAME') }",
        "options { withCredentials([string(credentialsId: 'a', variable: 'NAME')]) }",
    ],
)
def test_a_bare_name_of_the_environment_is_a_reference(top: str) -> None:
    assert argument("NAME", top=top) == "{env.NAME}"


def test_a_variable_hides_the_environment() -> None:
    hidden = argument("NAME", top="environment { NAME = 'a' }", before="def NAME = 'b'")
    assert hidden == "b"


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("for (x in xs) { dir(x) { sh 'a' } }", ["dir", "sh"]),
        ("withEnv([\"P=${findFiles 'a'}\"]) { sh 'x' }", ["withEnv", "findFiles", "sh"]),
        ("library.method(sh('x'))", ["sh"]),
        ("steps.sh('x'); list.each { steps.sh it }", ["sh"]),
        ("def v = unheard(a: 1)", ["unheard"]),
    ],
)
def test_groovy_lists_its_steps(text: str, steps: list[str]) -> None:
    found = [item for item in script(text) if isinstance(item, Groovy)]
    assert [step.name for step in found[0].steps] == steps


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("helper(1)", "def helper() { sh 'x' }"),
        ("local('x')", "local = lookup()"),
        ("sprintf('%s', 'a')", ""),
    ],
)
def test_a_call_of_the_file_is_no_step(text: str, before: str) -> None:
    (item,) = script(text, before=before)
    assert isinstance(item, Groovy)
    assert item.steps == ()


@pytest.mark.parametrize("text", ["def x = 'a'", "def x", "return", "return this"])
def test_what_has_no_effect_leaves_nothing(text: str) -> None:
    assert script(text) == ()
