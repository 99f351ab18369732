"""Names of secrets, and the files that credentials become."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.names import is_secret_name
from jenkins2gha.mapping.credentials import Part, secret_name
from jenkins2gha.mapping.translation import Context
from jenkins2gha.mapping.workflow import WorkflowTranslation
from jenkins2gha.record import replace
from mapped import IN_CONTAINER, LINUX, WINDOWS, texts, translated
from translating import translated as whole

PARTS: tuple[Part, ...] = ("value", "username", "password", "passphrase")


@pytest.mark.parametrize(
    ("credential", "part", "name"),
    [
        ("deploy-key", "value", "DEPLOY_KEY"),
        ("deploy-key", "username", "DEPLOY_KEY_USR"),
        ("github", "username", "JENKINS_GITHUB_USR"),
        ("github", "password", "JENKINS_GITHUB_PSW"),
        ("GitHub", "value", "JENKINS_GITHUB"),
        ("github-token", "value", "JENKINS_GITHUB_TOKEN"),
        ("githubtoken", "value", "GITHUBTOKEN"),
        ("my-github", "value", "MY_GITHUB"),
        ("2nd", "value", "JENKINS_2ND"),
    ],
)
def test_secret_name(credential: str, part: Part, name: str) -> None:
    assert secret_name(credential, part, LINUX) == name


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("credential", ["github", "github_", "-github", "GITHUB", "github.", "1"])
def test_github_accepts_the_whole_name(credential: str, part: Part) -> None:
    kinds = {"github": "string", "GITHUB": "string", "-github": "string"}
    assert is_secret_name(secret_name(credential, part, replace(LINUX, credential_kinds=kinds)))


@pytest.mark.parametrize(
    ("context", "path"),
    [
        (LINUX, "${{ runner.temp }}/key-file"),
        (WINDOWS, "${{ runner.temp }}\\key-file"),
        (IN_CONTAINER, "/tmp/key-file"),
    ],
)
def test_the_path_of_a_file(context: Context, path: str) -> None:
    binding = "file(credentialsId: 'key-file', variable: 'KEY')"
    shell = "bat 'type %KEY%'" if context is WINDOWS else "sh 'cat $KEY'"
    steps = translated(f"withCredentials([{binding}]) {{\n{shell}\n}}", context).steps
    assert texts(steps[1].env) == {"KEY": path}


KEY_FILE = "withCredentials([file(credentialsId: 'kube', variable: 'KUBE')])"
OF_STAGE = "environment { KUBE = credentials('kube') }"


def two_jobs(first: str, second: str) -> WorkflowTranslation:
    stages = "\n".join(
        f"stage('{name}') {{ agent any\n{content} }}"
        for name, content in (("A", first), ("B", second))
    )
    return whole(f"pipeline {{ agent none\nstages {{\n{stages}\n}} }}")


def said(translation: WorkflowTranslation, rule: str) -> list[str]:
    return [one.message for one in translation.translation.diagnostics if one.rule == rule]


def test_the_name_of_a_file_is_said_once_for_each_credential() -> None:
    other = "withCredentials([file(credentialsId: 'ca.pem', variable: 'CA')]) { sh 'c' }"
    token = "withCredentials([string(credentialsId: 'token', variable: 'T')]) { sh 'd' }"
    steps = f"steps {{ {KEY_FILE} {{ sh 'a' }}\n{KEY_FILE} {{ sh 'b' }}\n{other}\n{token} }}"
    assert said(two_jobs(steps, steps), "credential-file") == [
        "the file of `kube` is called `kube`, not as it was uploaded to Jenkins",
        "the file of `ca.pem` is called `ca-pem`, not as it was uploaded to Jenkins",
    ]


@pytest.mark.parametrize(
    "stages",
    [
        (f"{OF_STAGE}\nsteps {{ sh 'a' }}", f"steps {{ {KEY_FILE} {{ sh 'b' }} }}"),
        (f"steps {{ {KEY_FILE} {{ sh 'b' }} }}", f"{OF_STAGE}\nsteps {{ sh 'a' }}"),
    ],
)
def test_another_job_tells_the_kind_of_a_credential(stages: tuple[str, str]) -> None:
    translation = two_jobs(*stages)
    assert said(translation, "credential-kind-assumed") == []
    (given,) = (s for j in translation.workflow.jobs for s in j.steps if s.run == "a")
    assert texts(given.env) == {"KUBE": "${{ runner.temp }}/kube"}


def test_a_kind_that_no_job_tells_is_assumed() -> None:
    translation = two_jobs(f"{OF_STAGE}\nsteps {{ sh 'a' }}", "steps { sh 'b' }")
    assert said(translation, "credential-kind-assumed") == [
        "the credential 'kube' is taken for a secret text"
    ]
