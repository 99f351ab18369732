"""Names of secrets, and the files that credentials become."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.names import is_secret_name
from jenkins2gha.mapping.credentials import Part, secret_name
from jenkins2gha.mapping.translation import Context
from jenkins2gha.record import replace
from mapped import IN_CONTAINER, LINUX, WINDOWS, texts, translated

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
