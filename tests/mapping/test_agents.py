"""`agent`: the runner and the container of the job."""

from __future__ import annotations

from typing import Any

import pytest

from jenkins2gha.actions.expressions import Context
from jenkins2gha.actions.texts import render
from jenkins2gha.mapping.agents import dependencies
from jenkins2gha.mapping.docker_arguments import split
from jenkins2gha.mapping.workflow import WorkflowTranslation
from translating import bins_of, rules_of, translated

LINE = 2


def agent(text: str, **settings: Any) -> WorkflowTranslation:
    body = "stages { stage('A') { steps { sh 'make' } } }"
    return translated(f"pipeline {{\nagent {text}\n{body}\n}}", **settings)


@pytest.mark.parametrize(
    ("text", "labels", "bin_"),
    [
        ("any", ("ubuntu-latest",), "exact"),
        ("{ label 'linux' }", ("ubuntu-latest",), "exact"),
        ("{ label 'windows' }", ("windows-latest",), "exact"),
        ("{ node { label 'mac' } }", ("macos-latest",), "exact"),
        ("{ label 'big' }", ("self-hosted", "big"), "approximate"),
        ("{ label 'big || linux' }", ("ubuntu-latest",), "approximate"),
    ],
)
def test_labels(text: str, labels: tuple[str, ...], bin_: str) -> None:
    translation = agent(text)
    assert translation.workflow.jobs[0].runs_on.labels == labels
    assert bins_of(translation, LINE) == {bin_}


@pytest.mark.parametrize(
    ("text", "steps", "labels"),
    [
        ("any", "bat 'x'", ("windows-latest",)),
        ("any", "bat 'x'; sh 'y'", ("ubuntu-latest",)),
        ("{ label 'farm' }", "bat 'x'", ("self-hosted", "windows", "farm")),
        ("{ label 'farm' }", "sh 'x'", ("self-hosted", "farm")),
        ("{ label 'win && farm' }", "bat 'x'", ("self-hosted", "win", "farm")),
        ("{ label 'linux' }", "bat 'x'", ("ubuntu-latest",)),
        ("{ label 'linux && farm' }", "bat 'x'", ("self-hosted", "linux", "farm")),
    ],
)
def test_the_runner_of_windows_steps(text: str, steps: str, labels: tuple[str, ...]) -> None:
    stages = f"stages {{ stage('A') {{ steps {{ {steps} }} }} }}"
    workflow = translated(f"pipeline {{\nagent {text}\n{stages}\n}}").workflow
    assert workflow.jobs[0].runs_on.labels == labels


def test_unknown_labels_are_reported() -> None:
    assert "runner-unknown" in rules_of(agent("{ label 'big' }"))
    assert "runner-unknown" not in rules_of(agent("{ label 'big' }", runners={"big": ("x",)}))


def test_docker() -> None:
    container = agent("{ docker { image 'maven:3.9' } }").workflow.jobs[0].container
    assert container is not None
    assert (container.image, container.volumes, container.options) == ("maven:3.9", (), None)


def test_docker_with_everything() -> None:
    translation = agent(
        "{ docker { image 'team/build:1'\nargs '-v /cache:/cache -e CI=1 -u root --cpus 2'\n"
        "label 'ubuntu-22.04'\nregistryUrl 'https://registry.example.org'\n"
        "registryCredentialsId 'docker-login' } }"
    )
    job = translation.workflow.jobs[0]
    assert job.runs_on.labels == ("ubuntu-22.04",)
    assert job.container is not None
    assert job.container.image == "registry.example.org/team/build:1"
    assert job.container.volumes == ("/cache:/cache",)
    assert job.container.env == {"CI": "1"}
    assert job.container.options == "--cpus 2 --user root"
    assert job.container.credentials["password"] == Context("secrets.DOCKER_LOGIN_PSW")
    assert {"container-differs", "agent-dependency"} <= rules_of(translation)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("{ label load('x') }", "runner-computed"),
        ("{ dockerfile { dir load('x') } }", "agent-container"),
        ("{ dockerfile { label 'windows' } }", "agent-container"),
        ("{ kubernetes { inheritFrom 'x' } }", "agent-kubernetes"),
        ("{ docker { image 'x'\nlabel 'windows' } }", "agent-container"),
        ("{ docker { image foo() } }", "agent-container"),
        ("{ docker { image 'x'\nregistryCredentialsId env.LOGIN } }", "agent-container"),
    ],
)
def test_left_to_a_person(text: str, rule: str) -> None:
    translation = agent(text)
    assert rule in rules_of(translation)
    assert "manual" in bins_of(translation, LINE)
    assert translation.workflow.jobs[0].steps[0].placeholder
    manual = [d for d in translation.translation.diagnostics if d.certainty == "manual"]
    assert len(manual) == 1


def test_custom_workspace() -> None:
    assert "custom-workspace" in rules_of(
        agent("{ node { label 'linux'\ncustomWorkspace '/data/ws' } }")
    )


@pytest.mark.parametrize(
    ("text", "volumes", "env", "options"),
    [
        ("", (), {}, None),
        ("-v a:b", ("a:b",), {}, None),
        ("--volume=a:b", ("a:b",), {}, None),
        ("-va:b", ("a:b",), {}, None),
        ("-v /var/run/docker.sock:/var/run/docker.sock", (), {}, None),
        ("-v $HOME/.m2:/root/.m2", ("/home/runner/.m2:/root/.m2",), {}, None),
        ("-e X=y --env Z=1", (), {"X": "y", "Z": "1"}, None),
        ("-u 0:0", (), {}, "--user 0:0"),
        ("--privileged -m 2g", (), {}, "--privileged -m 2g"),
        ("--rm -it -d", (), {}, None),
        ("--name 'a b'", (), {}, "--name 'a b'"),
    ],
)
def test_docker_arguments(
    text: str, volumes: tuple[str, ...], env: dict[str, str], options: str | None
) -> None:
    found = split(text)
    assert found is not None
    assert (found.volumes, found.env, found.options) == (volumes, env, options)


@pytest.mark.parametrize("text", ["-v '", "-e X=$Y"])
def test_docker_arguments_that_only_a_shell_reads(text: str) -> None:
    assert split(text) is None


@pytest.mark.parametrize("text", ["--network host", "--entrypoint=''", "-w /x"])
def test_docker_arguments_without_a_place(text: str) -> None:
    found = split(text)
    assert found is not None
    assert found.options is None
    assert len(found.left_out) == 1


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("mvn -B verify", []),
        ("ls ./opt/x $ROOT/opt/x", []),
        ("cp a /opt/tomcat/webapps/", ["the path /opt/tomcat/webapps/"]),
        ("sudo su - deploy", ["the user that `sudo su - deploy` becomes"]),
        ("ssh deploy@10.0.0.5 uptime", ["a private host (`ssh deploy@10.0.0.5`)"]),
        ("kubectl --kubeconfig ~/.kube/config get pods", ["the file ~/.kube/config"]),
        ("curl https://nexus.internal/x", ["the private host https://nexus.internal"]),
        ("cat /opt/a; cat /opt/a", ["the path /opt/a"]),
    ],
)
def test_dependencies(script: str, found: list[str]) -> None:
    assert dependencies(script) == found


AXES = """pipeline { agent none\nstages { stage('A') { matrix {
axes { axis { name 'ON'\nvalues %s } }
agent { label "%s" }
stages { stage('B') { steps { %s } } } } } } }"""


@pytest.mark.parametrize(
    ("values", "label", "runs_on"),
    [
        ("'linux', 'ubuntu'", "${ON}", "ubuntu-latest"),
        (
            "'22.04', '24.04'",
            "ubuntu-${ON}",
            "case(matrix.ON == '22.04', 'ubuntu-22.04', 'ubuntu-24.04')",
        ),
        (
            "'linux', 'big'",
            "${ON}",
            """case(matrix.ON == 'linux', 'ubuntu-latest', fromJSON('["self-hosted", "big"]'))""",
        ),
    ],
)
def test_labels_of_an_axis(values: str, label: str, runs_on: str) -> None:
    job = translated(AXES % (values, label, "sh 'make'")).workflow.jobs[0]
    assert render(job.runs_on.labels[0]) in (runs_on, f"${{{{ {runs_on} }}}}")


def test_legs_on_windows_and_elsewhere() -> None:
    text = AXES % ("'linux', 'windows'", "${ON}", "sh 'make'; bat 'make'")
    steps = translated(text).workflow.jobs[0].steps
    assert [step.shell for step in steps if step.run] == ["bash -e {0}", "cmd"]


@pytest.mark.parametrize(
    ("parameter", "runs_on"),
    [
        (
            "string(name: 'ON', defaultValue: 'ubuntu-24.04')",
            "case({0}, inputs.ON, 'ubuntu-24.04')",
        ),
        (
            "string(name: 'ON', defaultValue: 'linux')",
            "case({1} == 'linux', 'ubuntu-latest', {1})",
        ),
        (
            "choice(name: 'ON', choices: ['linux', 'mac'])",
            "case(case({0}, inputs.ON, 'linux') == 'linux', 'ubuntu-latest', 'macos-latest')",
        ),
    ],
)
def test_labels_of_a_parameter(parameter: str, runs_on: str) -> None:
    text = f"{{ label params.ON }}\nparameters {{ {parameter} }}"
    job = agent(text).workflow.jobs[0]
    dispatched = "github.event_name == 'workflow_dispatch'"
    expected = runs_on.format(dispatched, f"case({dispatched}, inputs.ON, 'linux')")
    assert render(job.runs_on.labels[0]) == f"${{{{ {expected} }}}}"


def test_a_label_of_the_environment_around() -> None:
    text = "none\nenvironment { ON = 'ubuntu-22.04' }"
    body = "stages { stage('A') { agent { label \"${ON}\" }\nsteps { sh 'make' } } }"
    job = translated(f"pipeline {{\nagent {text}\n{body}\n}}").workflow.jobs[0]
    assert job.runs_on.labels == ("ubuntu-22.04",)


def test_a_dockerfile() -> None:
    translation = agent("{ dockerfile { filename 'x'\ndir 'a'\nargs '-u root' } }")
    scripts = [str(one.run) for one in translation.workflow.jobs[0].steps if one.run]
    assert scripts[0] == "docker build -t agent-image-2 -f a/x a"
    assert "-u root" in scripts[1]
    assert "agent-image-2 sh -ec 'make'" in scripts[1].replace(" \\\n  ", " ")


def test_the_default_dockerfile() -> None:
    scripts = [
        str(one.run) for one in agent("{ dockerfile true }").workflow.jobs[0].steps if one.run
    ]
    assert scripts[0] == "docker build -t agent-image-2 ."


@pytest.mark.parametrize("kind", ["docker { image 'gcc:14'", "dockerfile { "])
def test_a_stage_in_a_container_of_the_workspace(kind: str) -> None:
    stage = f"stage('B') {{ agent {{ {kind}\nreuseNode true }} }}\nsteps {{ sh 'b'; sh 'c' }} }}"
    body = f"stages {{ stage('A') {{ steps {{ sh 'a' }} }}\n{stage} }}"
    (job,) = translated(f"pipeline {{\nagent any\n{body}\n}}").workflow.jobs
    scripts = [str(one.run) for one in job.steps if one.run]
    assert scripts[0] == "a"
    assert [one.partition(" sh ")[2] for one in scripts[-2:]] == ["-ec 'b'", "-ec 'c'"]


def test_a_stage_in_a_container_of_a_job_in_a_container() -> None:
    stage = "stage('B') { agent { docker { image 'b'\nreuseNode true } }\nsteps { sh 'b' } }"
    text = f"pipeline {{\nagent {{ docker 'a' }}\nstages {{ {stage} }}\n}}"
    assert "agent-container" in rules_of(translated(text))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("{ docker { image 'x'\nargs '-v $WORKSPACE/c:/c' } }", '-v "${WORKSPACE}/c:/c" -v'),
        ("{ docker { image 'x'\nlabel 'big'\nargs '-v $HOME/.m2:/m2' } }", '"${HOME}/.m2:/m2"'),
        ('{ docker { image "x:${env.BUILD_ID}-${env.HOME}" } }', '"x:${BUILD_ID}-${HOME}" sh'),
    ],
)
def test_what_the_key_of_a_container_cannot_say(text: str, written: str) -> None:
    translation = agent(text)
    (job,) = translation.workflow.jobs
    assert job.container is None
    assert any(written in str(step.run).replace(" \\\n  ", " ") for step in job.steps)
    assert "agent-container" not in rules_of(translation)
