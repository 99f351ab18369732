"""`agent`: the runner and the container of the job."""

from __future__ import annotations

from typing import Any

import pytest

from jenkins2gha.actions.expressions import Context
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
        ("{ label params.NODE }", "runner-computed"),
        ("{ dockerfile true }", "agent-dockerfile"),
        ("{ kubernetes { yaml 'spec: {}' } }", "agent-kubernetes"),
        ("{ docker { image 'x'\nlabel 'windows' } }", "agent-container"),
        ("{ docker { image 'x'\nargs '-v $CACHE:/c' } }", "agent-container"),
        ("{ docker { image foo() } }", "agent-container"),
        ("{ docker { image 'x'\nregistryCredentialsId env.LOGIN } }", "agent-container"),
        ("{ docker { image 'x'\nlabel 'big'\nargs '-v $HOME/.m2:/m2' } }", "agent-container"),
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
        ("scp a b@host.example:/x", ["its ssh key for `scp a b@host.example`"]),
        ("kubectl --kubeconfig ~/.kube/config get pods", ["the file ~/.kube/config"]),
        ("curl https://nexus.internal/x", ["the private host https://nexus.internal"]),
        ("cat /opt/a; cat /opt/a", ["the path /opt/a"]),
    ],
)
def test_dependencies(script: str, found: list[str]) -> None:
    assert dependencies(script) == found
