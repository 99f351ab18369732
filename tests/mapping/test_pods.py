"""Agents in Kubernetes: the job's container, containers beside the machine, services."""

from __future__ import annotations

from textwrap import indent
from typing import Any

import pytest

from jenkins2gha.actions.texts import render
from jenkins2gha.mapping.workflow import WorkflowTranslation
from translating import rules_of, translated

MAVEN = "- {name: maven, image: 'maven:3.9', command: [cat], tty: true}\n"
NODE = "- {name: node, image: 'node:22', command: [sleep, 99d]}\n"
MAKE = "sh 'make'"


def pod(
    containers: str, steps: str = MAKE, more: str = "", fields: str = "", **settings: Any
) -> WorkflowTranslation:
    yaml = f"spec:\n  containers:\n{indent(containers, '  ')}{indent(more, '  ')}"
    agent = f"kubernetes {{\nyaml '''\n{yaml}'''\n{fields}\n}}"
    body = f"stages {{ stage('A') {{ steps {{\n{steps}\n}} }} }}"
    return translated(f"pipeline {{\nagent {{ {agent} }}\n{body}\n}}", **settings)


def runs(translation: WorkflowTranslation) -> list[str]:
    (job,) = translation.workflow.jobs
    scripts = [str(step.run) for step in job.steps if step.run is not None]
    return [script.replace(" \\\n  ", " ") for script in scripts]


@pytest.mark.parametrize(
    ("steps", "fields"),
    [
        (MAKE, "defaultContainer 'maven'"),
        ("container('maven') { sh 'make' }", ""),
        ("container('maven') { sh 'make' }; container('jnlp') { echo 'x' }", ""),
    ],
)
def test_the_only_container_that_runs_scripts_is_the_job_s(steps: str, fields: str) -> None:
    translation = pod(MAVEN + NODE, steps, fields=fields)
    (job,) = translation.workflow.jobs
    assert job.container is not None
    assert job.container.image == "maven:3.9"
    assert runs(translation)[0] == "make"


def test_several_containers_run_beside_the_machine() -> None:
    steps = "container('maven') { sh 'make' }; container('node') { sh 'npm t' }; sh 'ls'"
    translation = pod(MAVEN + NODE, steps)
    assert translation.workflow.jobs[0].container is None
    first, second, *others = runs(translation)
    assert first.startswith("docker run -d -t --name maven --network host --entrypoint cat ")
    assert first.endswith(" maven:3.9")
    assert second.endswith(" node:22 99d")
    assert others == [
        "docker exec maven sh -ec 'make'",
        "docker exec node sh -ec 'npm t'",
        "ls",
    ]


def test_what_serves_at_a_known_port_is_a_service() -> None:
    database = "- {name: db, image: 'postgres:16', env: [{name: A, value: 1}]}\n"
    translation = pod(MAVEN + database, fields="defaultContainer 'maven'")
    (job,) = translation.workflow.jobs
    assert job.container is None
    assert [*job.services] == ["db"]
    assert job.services["db"].ports == ("5432:5432",)
    assert job.services["db"].env == {"A": "1"}
    assert runs(translation)[-1] == "docker exec maven sh -ec 'make'"


def test_what_serves_with_arguments_is_started_by_a_step() -> None:
    server = "- {name: web, image: 'team/web:1', args: [--port, '80']}\n"
    translation = pod(MAVEN + server, fields="defaultContainer 'maven'")
    assert not translation.workflow.jobs[0].services
    assert runs(translation)[0].endswith("team/web:1 --port 80")


def test_docker_is_the_machine_s() -> None:
    docker = "- {name: docker, image: 'docker:27', command: [cat]}\n"
    steps = "container('docker') { sh 'docker build .' }; container('maven') { sh 'make' }"
    translation = pod(MAVEN + docker, steps)
    assert runs(translation)[1:] == ["docker build .", "docker exec maven sh -ec 'make'"]
    assert "pod-docker" in rules_of(translation)


def test_a_pod_without_containers_of_its_own() -> None:
    translation = pod("- {name: jnlp, image: 'jenkins/inbound-agent:1'}\n")
    (job,) = translation.workflow.jobs
    assert job.container is None
    assert runs(translation) == ["make"]


def test_an_image_of_the_team_s_own_for_jenkins_container() -> None:
    (job,) = pod("- {name: jnlp, image: 'team/agent:1'}\n").workflow.jobs
    assert job.container is not None
    assert job.container.image == "team/agent:1"


def test_volumes_between_containers() -> None:
    mount = "volumeMounts: [{name: v, mountPath: /v}]"
    containers = MAVEN.replace("tty: true", mount) + NODE.replace("command", f"{mount}, command")
    steps = "container('maven') { sh 'make' }; container('node') { sh 'npm t' }"
    found = runs(pod(containers, steps, "volumes: [{name: v, emptyDir: {}}]\n"))
    assert all('-v "$RUNNER_TEMP/v:/v"' in one for one in found[:2])


def test_keys_of_secrets_are_secrets() -> None:
    env = "env: [{name: KEY, valueFrom: {secretKeyRef: {name: api-login, key: token}}}]"
    translation = pod(MAVEN.replace("tty: true", env), fields="defaultContainer 'maven'")
    start = translation.workflow.jobs[0].steps[1]
    assert render(start.secrets["KEY"]) == "${{ secrets.API_LOGIN_TOKEN }}"
    assert [one.name for one in translation.translation.secrets] == ["API_LOGIN_TOKEN"]


def test_values_of_the_pipeline() -> None:
    text = """pipeline { agent { kubernetes { defaultContainer 'x'
    yaml "spec: {containers: [{name: x, image: 'gcc:${params.V}', command: [cat]}]}" } }
    parameters { string(name: 'V', defaultValue: '14') }
    stages { stage('A') { steps { sh 'make' } } } }"""
    (job,) = translated(text).workflow.jobs
    assert job.container is not None
    value = "${{ case(github.event_name == 'workflow_dispatch', inputs.V, '14') }}"
    assert render(job.container.image) == f"gcc:{value}"


def test_the_file_of_a_pod() -> None:
    files = {"pod.yaml": "spec: {containers: [{name: x, image: 'gcc:14', command: [cat]}]}"}
    agent = "agent { kubernetes { defaultContainer 'x'; yamlFile 'pod.yaml' } }"
    text = f"pipeline {{ {agent}\nstages {{ stage('A') {{ steps {{ sh 'make' }} }} }} }}"
    (job,) = translated(text, files=files.get).workflow.jobs
    assert job.container is not None
    assert "agent-kubernetes" in rules_of(translated(text))


def test_the_runner_of_the_settings() -> None:
    translation = pod(MAVEN, fields="label 'big'", runners={"big": ("my-scale-set",)})
    assert translation.workflow.jobs[0].runs_on.labels == ("my-scale-set",)


@pytest.mark.parametrize(
    ("containers", "more", "fields"),
    [
        ("- [\n", "", ""),
        (MAVEN, "initContainers: [{name: x, image: y}]\n", ""),
        (MAVEN, "", "defaultContainer 'gradle'"),
        (MAVEN.replace("tty: true", "envFrom: [{secretRef: {name: x}}]"), "", ""),
        (
            MAVEN.replace("tty: true", "volumeMounts: [{name: v, mountPath: /v}]"),
            "volumes: [{name: v, secret: {secretName: s}}]\n",
            "defaultContainer 'maven'",
        ),
    ],
)
def test_left_to_a_person(containers: str, more: str, fields: str) -> None:
    assert "agent-kubernetes" in rules_of(pod(containers, MAKE, more, fields))


def test_what_the_cluster_gives_is_said() -> None:
    translation = pod(MAVEN, more="serviceAccountName: deployer\n")
    said = translation.translation.diagnostics
    assert any("service account" in one.message for one in said)


def test_the_limits_of_a_container_are_said() -> None:
    limited = MAVEN.replace("tty: true", "tty: true, resources: {limits: {cpu: 2, memory: 4Gi}}")
    said = pod(limited, fields="defaultContainer 'maven'").translation.diagnostics
    (message,) = [one.message for one in said if one.rule == "pod-limits"]
    assert "cpu 2, memory 4Gi" in message


def test_what_a_template_of_one_container_inherits_is_said() -> None:
    template = "containerTemplate { name 'x'; image 'gcc:14'; command 'cat'; inheritFrom 'base' }"
    agent = f"agent {{ kubernetes {{ defaultContainer 'x'\n{template} }} }}"
    text = f"pipeline {{ {agent}\nstages {{ stage('A') {{ steps {{ sh 'make' }} }} }} }}"
    said = translated(text).translation.diagnostics
    assert any("inherits from" in one.message for one in said)


@pytest.mark.parametrize(
    ("told", "started"),
    [
        ("args: [--serve]", "demo:1 --serve"),
        ("command: [served]", "--entrypoint served"),
        ("command: [served, -x], args: [--all]", "demo:1 -x --all"),
    ],
)
def test_a_program_runs_beside_the_scripts_of_its_container(told: str, started: str) -> None:
    container = f"- {{name: x, image: 'demo:1', {told}}}\n"
    start, script = runs(pod(container, MAKE, fields="defaultContainer 'x'"))
    assert started in start
    assert script == "docker exec x sh -ec 'make'"


@pytest.mark.parametrize(
    "told", ["command: [sleep], args: [infinity]", "command: [sh], tty: true", "tty: true"]
)
def test_a_container_that_waits_is_that_of_the_job(told: str) -> None:
    container = f"- {{name: x, image: 'demo:1', {told}}}\n"
    assert pod(container, MAKE, fields="defaultContainer 'x'").workflow.jobs[0].container


def test_an_image_too_old_for_actions_runs_beside_the_machine() -> None:
    container = "- {name: x, image: 'centos:7', tty: true}\n"
    (job,) = pod(container, MAKE, fields="defaultContainer 'x'").workflow.jobs
    assert job.container is None
