"""What stays behind on a machine where the next stages have another."""

from __future__ import annotations

import pytest

from translating import translated


def said(rule: str, stages: str, agent: str = "any") -> list[str]:
    text = f"pipeline {{\nagent {agent}\nstages {{ {stages} }}\n}}"
    return [d.message for d in translated(text).translation.diagnostics if d.rule == rule]


def across_a_gate(before: str, after: str = "make") -> list[str]:
    steps = f"sh '''{before}'''\ninput 'Go on?'\nsh '''{after}'''"
    return said("machine-state-lost", f"stage('A') {{ steps {{ {steps} }} }}")


@pytest.mark.parametrize(
    ("before", "what"),
    [
        ("npm start &\nsleep 5", "the process of `npm start &`"),
        ("nohup ./server --port 1", "the process of `nohup ./server --port 1`"),
        ("java -jar app.jar & echo $! > pid", "the process of `java -jar app.jar &`"),
        ("pip install x", "what `pip install` leaves on the machine"),
        ("./deliver.sh", "what `./deliver.sh` starts, installs or writes elsewhere"),
        ("sh scripts/up.sh", "what `sh scripts/up.sh` starts, installs or writes elsewhere"),
        ("./a.sh; ./b.sh; pip install x", "what `pip install` leaves on the machine"),
    ],
)
def test_left_behind_at_a_gate(before: str, what: str) -> None:
    (message,) = across_a_gate(before)
    assert message.startswith(what)


def test_a_file_outside_of_the_workspace_that_a_later_script_names() -> None:
    (message,) = across_a_gate("make > /tmp/out/log", "cat /tmp/out/log")
    assert message.startswith("the file /tmp/out/log")


@pytest.mark.parametrize(
    "before",
    [
        "make all 2>&1",
        'curl "https://example.org/?a=1&b=2" -o x',
        "./mvnw verify && make",
        "ls /tmp/x",
    ],
)
def test_nothing_is_left_behind(before: str) -> None:
    assert across_a_gate(before) == []


def test_an_image_is_lost_where_something_may_read_it() -> None:
    assert across_a_gate("docker build -t demo .", "./deploy.sh")
    assert across_a_gate("docker build -t demo .", "sudo docker run demo")
    assert across_a_gate("docker build -t demo .", "aws ecs update-service --service demo") == []


def of_label(first: str, second: str, *, label: str = "rack", options: str = "") -> list[str]:
    stages = "".join(
        f"stage('S{number}') {{ agent {{ label '{name}' }}\n{options}\nsteps {{ {steps} }} }}\n"
        for number, (name, steps) in enumerate((("rack", first), (label, second)))
    )
    return said("workspace-of-label", stages, "none")


def test_files_of_an_earlier_stage_on_the_same_label() -> None:
    (message,) = of_label("sh 'ant'", "sh 'mkdir -p /x'\nsh 'cp dist/app.jar /x'")
    assert "the job `s0` left on the machine `rack`" in message


def test_without_a_checkout_any_script_may_read_them() -> None:
    assert of_label("sh 'ant'", "sh './deploy'", options="options { skipDefaultCheckout() }")


@pytest.mark.parametrize(
    ("second", "label"),
    [
        ("sh 'cp dist/app.jar /x'", "other"),
        ("sh 'ant; cp dist/app.jar /x'", "rack"),
        ("sh 'ant'\nsh 'cp dist/app.jar /x'", "rack"),
        ("unstash 'jar'\nsh 'cp dist/app.jar /x'", "rack"),
        ("sh './deploy'", "rack"),
    ],
)
def test_a_stage_that_makes_or_fetches_its_files(second: str, label: str) -> None:
    assert of_label("sh 'ant'\nstash name: 'jar', includes: 'dist/*'", second, label=label) == []


def test_that_stages_of_a_label_share_nothing_is_said_once() -> None:
    stage = "stage('S{0}') {{ agent {{ label 'rack' }}\nsteps {{ sh 'make' }} }}\n"
    stages = "".join(stage.format(number) for number in range(3))
    expected = ["`s0` and `s1` ask for `rack` and share no files"]
    assert said("workspace-not-shared", stages, "none") == expected
    assert said("workspace-not-shared", stage.format(1), "none") == []
    side_by_side = f"stage('P') {{ parallel {{ {stages} }} }}"
    assert said("workspace-not-shared", side_by_side, "none") == []


def elsewhere(*scripts: str) -> list[str]:
    """What is said where each script has an agent of its own."""
    stage = "stage('S{0}') {{\nagent {{ label 'a{0}' }}\nsteps {{\nscript {{\n{1}\n}}\n}}\n}}\n"
    stages = "".join(stage.format(number, one) for number, one in enumerate(scripts))
    return said("machine-state-lost", stages, "none")


BUILDS = "sh 'docker build -t demo .'"


@pytest.mark.parametrize(
    ("before", "what"),
    [
        (BUILDS, "`docker build`"),
        ("sh 'docker pull demo'", "`docker pull`"),
        ("sh 'docker compose -f ci.yml build'", "`docker compose -f ci.yml build`"),
        ("docker.build('demo')", "`docker.build`"),
    ],
)
@pytest.mark.parametrize(
    "after", ["sh 'docker run demo'", "sh 'docker push octo/demo'", "docker.image('demo').push()"]
)
def test_an_image_that_another_agent_made(before: str, what: str, after: str) -> None:
    expected = [f"what {what} leaves on the machine is not there in the job `s1`"]
    assert elsewhere(before, after) == expected


def test_the_first_that_made_one_is_named_and_others_in_between_do_not_matter() -> None:
    (message,) = elsewhere(BUILDS, "sh 'docker pull x'", "sh 'make'", "sh 'docker run demo'")
    assert message == "what `docker build` leaves on the machine is not there in the job `s3`"


@pytest.mark.parametrize(
    "after",
    [
        "sh 'docker build -t demo . && docker run demo'",
        "sh 'docker pull demo'\nsh 'docker run demo'",
        "sh 'docker load -i demo.tar; docker run demo'",
        "sh 'docker-compose build; docker run demo'",
        "sh 'docker run octo/demo'",
        "sh 'docker ps'",
        "sh 'make'",
    ],
)
def test_a_job_that_makes_its_image_or_uses_none_of_the_machine(after: str) -> None:
    assert elsewhere(BUILDS, after) == []


def test_without_an_image_in_front_there_is_nothing_to_say() -> None:
    assert elsewhere("sh 'make'", "sh 'docker run demo'") == []
