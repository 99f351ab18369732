"""Sections of declarative pipelines, read."""

from __future__ import annotations

import pytest

from jenkins2gha.jenkins.pipeline import (
    Choice,
    Credentials,
    Matrix,
    Parallel,
    Sequence,
    Step,
    Steps,
)
from jenkins2gha.jenkins.values import (
    Constant,
    EnvironmentRef,
    Known,
    MapOf,
    PathTest,
    Residual,
    Symbolic,
    text_of,
)
from pipelines import declarative, pipeline, stage

STEPS = "steps { echo 'a' }"


@pytest.mark.parametrize(
    ("source", "kind", "arguments"),
    [
        ("agent any", "any", {}),
        ("agent none", "none", {}),
        ("agent { label 'linux' }", "label", {"label": "linux"}),
        (
            "agent { node { label 'a'; customWorkspace 'w' } }",
            "label",
            {"label": "a", "customWorkspace": "w"},
        ),
        ("agent { docker 'maven:3' }", "docker", {"image": "maven:3"}),
        (
            "agent { docker { image 'a'; args '-v b:c' } }",
            "docker",
            {"image": "a", "args": "-v b:c"},
        ),
        ("agent { dockerfile true }", "dockerfile", {"filename": "true"}),
        ("agent { dockerfile { dir 'd' } }", "dockerfile", {"dir": "d"}),
        ("agent { kubernetes { yamlFile 'pod.yaml' } }", "kubernetes", {"yamlFile": "pod.yaml"}),
        ("agent { nomad { template 'x' } }", "other", {"template": "x"}),
    ],
)
def test_agent(source: str, kind: str, arguments: dict[str, str]) -> None:
    agent = stage(f"{source}\n{STEPS}").agent
    assert agent is not None
    assert agent.kind == kind
    assert {key: text_of(value) for key, value in agent.arguments.items()} == arguments


def test_nested_fields_of_an_agent() -> None:
    agent = stage(f"agent {{ kubernetes {{ containerTemplate {{ name 'a' }} }} }}\n{STEPS}").agent
    assert agent is not None
    template = agent.arguments["containerTemplate"]
    assert isinstance(template, MapOf)
    assert text_of(template.get("name")) == "a"


def test_environment() -> None:
    read = pipeline(
        declarative(
            top="environment { A = 'a'; B = \"${A}-${params.P}\"; C = credentials('id')\n"
            "D = sh(returnStdout: true, script: 'x'); E = \"${sh('y')}\" }"
        )
    )
    first, second, third, fourth, fifth = (variable.value for variable in read.environment)
    assert text_of(first if isinstance(first, Known) else None) == "a"
    assert isinstance(second, Symbolic)
    assert isinstance(third, Credentials)
    assert isinstance(fourth, Step)
    assert isinstance(fifth, Residual)
    assert [step.name for step in read.environment[4].steps] == ["sh"]


def test_options_triggers_parameters_tools_libraries() -> None:
    read = pipeline(
        declarative(
            top="options { timeout(time: 5, unit: 'HOURS'); skipDefaultCheckout(true) }\n"
            "triggers { cron('@daily') }\nparameters { string(name: 'P', defaultValue: 'd') }\n"
            "tools { maven 'Maven 3' }\nlibraries { lib('a@1.0'); lib('b') }"
        )
    )
    assert [option.name for option in read.options] == ["timeout", "skipDefaultCheckout"]
    assert text_of(read.options[0].arguments["unit"]) == "HOURS"
    assert text_of(read.options[1].positional[0]) == "true"
    assert text_of(read.triggers[0].arguments["spec"]) == "@daily"
    assert text_of(read.parameters[0].arguments["name"]) == "P"
    assert [(tool.type, text_of(tool.name)) for tool in read.tools] == [("maven", "Maven 3")]
    assert [(library.name, library.ref) for library in read.libraries] == [
        ("a", "1.0"),
        ("b", None),
    ]


def test_libraries_by_annotation() -> None:
    read = pipeline(declarative(before="@Library(['a@1', 'b']) _"))
    assert [(library.name, library.ref) for library in read.libraries] == [("a", "1"), ("b", None)]
    assert read.before == ()


def test_when() -> None:
    when = stage(
        "when { beforeAgent true\nbranch 'main'\nnot { anyOf { tag 'v*'\n"
        "expression { params.X } } }\nenvironment name: 'A', value: 'b' }\n" + STEPS
    ).when
    assert when is not None
    assert when.before_agent
    assert not when.before_input
    branch, negated, environment = when.conditions
    assert text_of(branch.arguments["pattern"]) == "main"
    assert [child.name for child in negated.children[0].children] == ["tag", "expression"]
    assert isinstance(negated.children[0].children[1].value, Symbolic)
    assert text_of(environment.arguments["value"]) == "b"


def test_steps_in_an_expression_are_found() -> None:
    when = stage(
        f"when {{ expression {{ sh(returnStatus: true, script: 'x') == 0 }} }}\n{STEPS}"
    ).when
    assert when is not None
    assert [item.name for item in when.items if isinstance(item, Step)] == ["sh"]
    assert isinstance(when.conditions[0].value, Symbolic)
    assert not when.conditions[0].steps


def test_steps_of_a_condition_behind_others_run_where_it_is_asked() -> None:
    when = stage(f"when {{ branch 'main'; expression {{ fileExists('x') }} }}\n{STEPS}").when
    assert when is not None
    (choice,) = when.items
    assert isinstance(choice, Choice)
    assert choice.branches[0].condition == PathTest(
        EnvironmentRef("BRANCH_NAME"), Constant("main"), "GLOB"
    )


def test_an_expression_left_to_a_person_runs_nothing() -> None:
    when = stage(
        "when { branch 'main'; expression { readJSON(file: 'x').a.collect { it.b }.c } }\n" + STEPS
    ).when
    assert when is not None
    assert not when.items
    assert isinstance(when.conditions[1].value, Residual)
    assert [step.name for step in when.conditions[1].steps] == ["readJSON"]


def test_input() -> None:
    given = stage(
        f"input {{ message 'Go?'; submitter 'a,b'; parameters {{ string(name: 'P') }} }}\n{STEPS}"
    ).input
    assert given is not None
    assert text_of(given.arguments["submitter"]) == "a,b"
    assert [parameter.name for parameter in given.parameters] == ["string"]


def test_post_in_the_order_of_the_source() -> None:
    read = pipeline(declarative(top="post { failure { echo 'f' }\nalways { echo 'a' } }"))
    assert [block.condition for block in read.post] == ["failure", "always"]
    assert all(len(block.steps) == 1 for block in read.post)


def test_nested_stages() -> None:
    body = stage("stages { stage('a') { steps { x() } }\nstage('b') { steps { y() } } }").body
    assert isinstance(body, Sequence)
    assert [inner.name for inner in body.stages] == ["a", "b"]


def test_parallel_stages() -> None:
    read = stage("failFast true\nparallel { stage('a') { steps { x() } } }")
    assert isinstance(read.body, Parallel)
    assert read.fail_fast is not None


def test_parallel_as_a_step() -> None:
    read = stage("steps { parallel(a: { sh 'x' }, b: { sh 'y' }, failFast: true) }")
    assert isinstance(read.body, Parallel)
    assert [branch.name for branch in read.body.stages] == ["a", "b"]
    assert read.fail_fast is not None


def test_matrix() -> None:
    body = stage(
        "matrix { agent any\naxes { axis { name 'OS'; values 'linux', 'mac' }\n"
        "axis { name 'JDK'; values '17' } }\nexcludes { exclude { axis { name 'OS'\n"
        "notValues 'linux' } } }\nstages { stage('a') { steps { echo \"${OS}\" } } } }"
    ).body
    assert isinstance(body, Matrix)
    assert [(axis.name, axis.values) for axis in body.axes] == [
        ("OS", ("linux", "mac")),
        ("JDK", ("17",)),
    ]
    assert body.excludes[0][0].negated
    assert body.cell.agent is not None
    cell = body.cell.body
    assert isinstance(cell, Sequence)
    inner = cell.stages[0].body
    assert isinstance(inner, Steps)
    only = inner.items[0]
    assert isinstance(only, Step)
    assert isinstance(only.arguments["message"], Symbolic)
