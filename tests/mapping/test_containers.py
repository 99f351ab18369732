"""Shell steps in containers of their own, and what Jenkins' global `docker` does."""

from __future__ import annotations

import re
from typing import Any

import pytest

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.mapping.workflow import WorkflowTranslation
from translating import bins_of, rules_of, translated

LINE = 5
PUSHED = "docker tag app:1 app:latest\ndocker push app:latest"


def scripted(steps: str, agent: str = "any", **settings: Any) -> WorkflowTranslation:
    around = f"pipeline {{\nagent {agent}\nstages {{ stage('A') {{ steps {{\nscript {{\n"
    return translated(f"{around}{steps}\n}} }} }} }} }}", **settings)


def runs(translation: WorkflowTranslation) -> list[str]:
    steps = (step for job in translation.workflow.jobs for step in job.steps)
    return [str(step.run) for step in steps if step.run is not None]


def test_a_single_script_is_run_by_itself() -> None:
    (script,) = runs(scripted("docker.image('gcc:14').inside { sh 'make' }"))
    assert " ".join(script.replace("\\\n", "").split()) == (
        'docker run --rm -u "$(id -u):$(id -g)" -v "$PWD:$PWD" -w "$PWD" -e CI '
        "gcc:14 sh -ec 'make'"
    )


def test_several_scripts_share_a_container() -> None:
    found = runs(scripted("docker.image('gcc:14').inside { sh 'make'; sh 'make test' }"))
    assert found[0].startswith("docker run -d -t --name gcc-5 ")
    assert found[1:] == [
        "docker exec gcc-5 sh -ec 'make'",
        "docker exec gcc-5 sh -ec 'make test'",
    ]


def test_a_running_container_is_given_what_a_step_sets_otherwise() -> None:
    body = "docker.image('gcc:14').inside { sh 'make'; withEnv(['A=b', 'C=d']) { sh 'make test' } }"
    around = (
        "pipeline {\nagent any\nenvironment { A = 'a'\nC = 'd' }\nstages { stage('A') { steps {\n"
    )
    found = runs(translated(f"{around}script {{ {body} }} }} }} }} }}"))
    assert " -e A -e C " in found[0].replace("\\\n  ", "")
    assert found[1:] == [
        "docker exec gcc-6 sh -ec 'make'",
        "docker exec -e A gcc-6 sh -ec 'make test'",
    ]


def test_a_machine_that_stays_gets_its_container_removed() -> None:
    body = "docker.image('gcc:14').inside { sh 'make'; sh 'make test' }"
    steps = scripted(body, "{ label 'farm' }").workflow.jobs[0].steps
    assert str(steps[-1].run) == 'docker rm -f "gcc-5-$GITHUB_RUN_ID"'
    assert steps[-1].condition is not None


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        ("'-u root'", "docker run --rm -u root -v"),
        ("'--user=root'", "docker run --rm --user=root -v"),
        ("\"--entrypoint=''\"", '-u "$(id -u):$(id -g)" --entrypoint= -v'),
        ("'-v $HOME/.m2:/m2'", '-v "${HOME}/.m2:/m2"'),
        ("'-e A=\"b c\" -it'", "'A=b c' -v"),
        ('"-v ${env.WORKSPACE}/x:/x"', "-v ${WORKSPACE}/x:/x"),
    ],
)
def test_arguments(arguments: str, written: str) -> None:
    (script,) = runs(scripted(f"docker.image('gcc:14').inside({arguments}) {{ sh 'make' }}"))
    assert written in script.replace(" \\\n  ", " ")


@pytest.mark.parametrize(
    ("script", "written"),
    [
        ("'make'", "sh -ec 'make'"),
        ("\"echo 'a'\"", "sh -ec \"$(cat <<'SCRIPT'\necho 'a'\nSCRIPT\n)\""),
        ("'a\\nb'", "sh -ec \"$(cat <<'SCRIPT'\na\nb\nSCRIPT\n)\""),
        ("'#!/bin/bash -x\\na'", "bash -x -c \"$(cat <<'SCRIPT'\n#!/bin/bash -x\na\nSCRIPT\n)\""),
        ("'a\\nSCRIPT\\nb'", "<<'SCRIPT_'\na\nSCRIPT\nb\nSCRIPT_\n"),
    ],
)
def test_scripts(script: str, written: str) -> None:
    (found,) = runs(scripted(f"docker.image('gcc:14').inside {{ sh {script} }}"))
    assert written in found


def test_another_program_reads_its_script_from_a_file() -> None:
    (found,) = runs(scripted("docker.image('node:22').inside { sh '#!/usr/bin/env node\\n1' }"))
    assert found.startswith("cat > \"$RUNNER_TEMP/script-5-34\" <<'SCRIPT'\n#!/usr/bin/env node\n")
    assert found.endswith('node:22 node "$RUNNER_TEMP/script-5-34"')
    assert '-v "$RUNNER_TEMP:$RUNNER_TEMP"' in found


def test_variables_are_passed_by_name() -> None:
    body = "docker.image('gcc:14').inside { withEnv(['A=1', 'PATH+X=/x']) { sh 'make' } }"
    step = scripted(body).workflow.jobs[0].steps[-1]
    assert "-e CI -e A gcc:14" in str(step.run).replace(" \\\n  ", " ")
    assert step.env == {"A": "1"}


def test_an_image_with_a_value() -> None:
    step = scripted("docker.image(\"gcc:${env.BUILD_NUMBER}\").inside { sh 'make' }")
    action = step.workflow.jobs[0].steps[-1]
    assert '"gcc:${BUILD_NUMBER}"' in str(action.run)
    assert list(action.env) == ["BUILD_NUMBER"]


@pytest.mark.parametrize(
    ("body", "agent"),
    [
        ("docker.image('gcc:14').inside { sh 'make' }", "{ docker 'alpine:3' }"),
        ("docker.image('gcc:14').inside { sh 'make' }", "{ label 'windows' }"),
        ("docker.image(load('x')).inside { sh 'make' }", "any"),
        ("docker.image('gcc:14').inside(load('x')) { sh 'make' }", "any"),
        ("docker.image('a').inside { docker.image('b').inside { sh 'make' } }", "any"),
        ("docker.image('gcc:14').inside { pwsh 'make' }", "any"),
    ],
)
def test_what_is_left_to_a_person(body: str, agent: str) -> None:
    assert "manual" in bins_of(scripted(body, agent), LINE)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("docker.build('app')", ["docker build -t app ."]),
        ("docker.build('app', '-f a/b .')", ["docker build -t app -f a/b ."]),
        ("docker.image('app').pull()", ["docker pull app"]),
        ("docker.image('app').push()", ["docker push app"]),
        ("docker.image('app:1').push('2')", ["docker tag app:1 app:2\ndocker push app:2"]),
        ("docker.image('app:1').tag('2')", ["docker tag app:1 app:2"]),
        ("docker.image('app').run('-p 1:1')", ["docker run -d -p 1:1 app"]),
        (
            "docker.build('app').push('2')",
            ["docker build -t app .", "docker tag app app:2\ndocker push app:2"],
        ),
        (
            "docker.withRegistry('https://r.example.org') { docker.image('app:1').push() }",
            ["docker tag app:1 r.example.org/app:1\ndocker push r.example.org/app:1"],
        ),
        (
            "docker.withRegistry('https://index.docker.io/v1/') { docker.image('app').push() }",
            ["docker push app"],
        ),
        (
            "docker.image('db:1').withRun('-p 1:1') { sh 'make' }",
            ["docker run -d --name container-5 -p 1:1 db:1", "make", "docker rm -f container-5"],
        ),
    ],
)
def test_images(body: str, lines: list[str]) -> None:
    translation = scripted(body)
    assert runs(translation) == lines
    assert "manual" not in bins_of(translation, LINE)


@pytest.mark.parametrize(
    ("credentials", "inputs"),
    [
        ("login", {"username": "LOGIN_USR", "password": "LOGIN_PSW"}),
        (
            "ecr:eu-west-1:aws",
            {"username": "AWS_ACCESS_KEY_ID", "password": "AWS_SECRET_ACCESS_KEY"},
        ),
        ("gcr:key", {"password": "KEY"}),
    ],
)
def test_logins(credentials: str, inputs: dict[str, str]) -> None:
    body = f"docker.withRegistry('https://r.example.org', '{credentials}') {{ sh 'make' }}"
    (login,) = (s for s in scripted(body).workflow.jobs[0].steps if "login" in str(s.uses))
    assert login.inputs["registry"] == "r.example.org"
    found = {name: getattr(login.inputs[name], "path", "") for name in inputs}
    assert found == {name: f"secrets.{secret}" for name, secret in inputs.items()}


def test_a_registry_that_only_a_run_knows() -> None:
    body = "docker.withRegistry(\"${params.URL}\", 'x') { sh 'make' }"
    assert "registry-login" in rules_of(scripted(body))


def test_a_container_without_a_pod() -> None:
    assert "container-unknown" in rules_of(scripted("container('x') { sh 'make' }"))


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (
            "def app = docker.build('app:1')\napp.push()\napp.push('latest')",
            ["docker build -t app:1 .", "docker push app:1", PUSHED],
        ),
        ("def app\napp = docker.image('app:1')\napp.push('latest')", [PUSHED]),
        ("def app = docker.image('app:1')\napp.pull()", ["docker pull app:1"]),
        ("image = docker.image('app:1')\nimage.tag('2')", ["docker tag app:1 app:2"]),
    ],
)
def test_images_in_variables(body: str, lines: list[str]) -> None:
    translation = scripted(body)
    assert runs(translation) == lines
    assert not any(one.certainty is Certainty.MANUAL for one in translation.translation.outcomes)


def test_inside_of_an_image_in_a_variable() -> None:
    (script,) = runs(scripted("def app = docker.image('app:1')\napp.inside('-u root') { sh 'a' }"))
    assert script.replace(" \\\n  ", " ").endswith("-e CI app:1 sh -ec 'a'")
    assert "-u root" in script


def test_what_is_pushed_is_never_lost() -> None:
    translation = scripted("def app = load('x')\napp.push('latest')")
    assert len([one for one in translation.translation.outcomes if one.groovy]) == 2


def test_a_push_that_is_left_is_counted_as_groovy() -> None:
    translation = scripted("def app = docker.image(load('x'))\napp.push('latest')")
    assert any(one.groovy for one in translation.translation.outcomes)


def test_the_container_of_a_block_is_known_by_its_name() -> None:
    body = "docker.image('db').withRun('-e A=1') { c -> sh \"docker logs ${c.id}\" }"
    assert runs(scripted(body)) == [
        "docker run -d --name container-5 -e A=1 db",
        "docker logs container-5",
        "docker rm -f container-5",
    ]


def test_a_block_that_runs_again_starts_its_container_anew() -> None:
    body = "for (v in ['13', '14']) { docker.image(\"gcc:${v}\").inside { sh 'a'; sh 'b' } }"
    found = runs(scripted(body))
    assert found[0].startswith("docker run -d -t --name gcc-5 ")
    assert found[3].startswith("docker rm -f gcc-5 || true\ndocker run -d -t --name gcc-5 ")


def test_the_names_that_a_container_is_given_stand_in_one_order() -> None:
    names = ("DELTA", "ALPHA", "CHARLIE", "BRAVO", "ECHO")
    sets = "; ".join(f"env.{name} = sh(script: 'date', returnStdout: true)" for name in names)
    text = f"node {{ {sets}; docker.image('gcc').inside {{ sh 'make' }} }}"
    found = [
        step.run for step in translated(text).workflow.jobs[0].steps if "docker" in str(step.run)
    ]
    given = re.findall(r"-e (\w+)", str(found[-1]))
    assert [name for name in given if name in names] == sorted(names)


@pytest.mark.parametrize(
    ("arguments", "joined"),
    [
        ("'''--pull\n-f ci/Dockerfile .'''", True),
        ('"""--build-arg A=${env.BRANCH_NAME}\n."""', True),
        ("'''--pull \\\\\n-f ci/Dockerfile .'''", False),
        ("'''-f ci/Dockerfile .\n'''", False),
        ("'-f ci/Dockerfile .'", False),
    ],
)
def test_a_line_break_ends_docker_build_in_jenkins(arguments: str, *, joined: bool) -> None:
    translation = scripted(f"docker.build('app', {arguments})")
    assert ("arguments-joined" in rules_of(translation)) is joined
    assert len(runs(translation)) == 1
    assert "container-step" not in rules_of(translation)
