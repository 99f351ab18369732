"""`dir`, `withEnv`, `withCredentials`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jenkins2gha.actions.texts import render
from jenkins2gha.configuration import Configuration, CredentialSetting
from mapped import (
    IN_CONTAINER,
    LINUX,
    WINDOWS,
    bins,
    conditions,
    executed,
    only_step,
    parameters,
    rules,
    runs,
    texts,
    translated,
)


@pytest.mark.parametrize(
    ("path", "directory"),
    [
        ("'web'", "web"),
        ("'./web/'", "web"),
        ("'.'", None),
        ("'a/../b'", "b"),
        ("'/opt/x'", "/opt/x"),
        ('"${WORKSPACE}"', None),
        ('"${env.WORKSPACE}/web"', "web"),
        ('"web-${env.BUILD_ID}"', "web-${{ github.run_number }}"),
    ],
)
def test_directory(path: str, directory: str | None) -> None:
    found = only_step(f"dir({path}) {{ sh 'make' }}").working_directory
    assert (None if found is None else render(found)) == directory


@pytest.mark.parametrize(
    ("steps", "directory"),
    [
        ("dir('a') { dir('b') { sh 'x' } }", "a/b"),
        ("dir('a') { dir('/b') { sh 'x' } }", "/b"),
        ("dir('a') { dir('..') { sh 'x' } }", None),
        ("dir('a') { dir(\"${env.WORKSPACE}/c\") { sh 'x' } }", "c"),
        ("dir(\"${env.BUILD_ID}\") { dir('b') { sh 'x' } }", "${{ github.run_number }}/b"),
        ("dir('a') { dir(\"${env.BUILD_ID}\") { sh 'x' } }", "a/${{ github.run_number }}"),
    ],
)
def test_directory_in_a_directory(steps: str, directory: str | None) -> None:
    found = only_step(steps).working_directory
    assert (None if found is None else render(found)) == directory


def test_directory_of_windows() -> None:
    assert only_step("dir('a\\\\b') { bat 'x' }", WINDOWS).working_directory == "a/b"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("dir('/opt') { sh 'x' }", ["directory-outside"]),
        ("dir('../x') { sh 'x' }", ["directory-outside"]),
        ("dir('x') { sh 'x' }", []),
        ("dir(foo.bar) { sh 'x' }", ["directory-unknown"]),
    ],
)
def test_what_is_said_of_a_directory(steps: str, expected: list[str]) -> None:
    assert rules(translated(steps)) == expected


@pytest.mark.parametrize(
    ("entries", "env"),
    [
        ("'A=b'", {"A": "b"}),
        ("'A=b=c', 'D=e f'", {"A": "b=c", "D": "e f"}),
        ('"A=x-${env.BUILD_ID}"', {"A": "x-${{ github.run_number }}"}),
        ("'A=b', \"A=${A}\"", {"A": "${{ vars.A }}"}),
        ("'A='", {}),
    ],
)
def test_variables(entries: str, env: dict[str, str]) -> None:
    assert texts(only_step(f"withEnv([{entries}]) {{ sh 'make' }}").env) == env


@pytest.mark.parametrize(
    ("entries", "first"),
    [
        ("'PATH+X=/x'", 'export PATH=/x:"${PATH}"'),
        ("'PATH=/x:' + env.PATH", 'export PATH="/x:${PATH}"'),
        ("'A='", "unset A"),
        ('"B=${env.HOME}/b"', 'export B="${HOME}/b"'),
    ],
)
def test_what_only_the_shell_can_compute(entries: str, first: str) -> None:
    step = only_step(f"withEnv([{entries}]) {{ sh 'make' }}")
    assert step.run == f"{first}\nmake"


def test_the_shell_of_windows_computes_too() -> None:
    block = "withEnv(['PATH+X=C:/x']) {{ {} 'x' }}"
    assert runs(translated(block.format("bat"), WINDOWS)) == ['set "PATH=C:/x;%PATH%"\nx']
    (run,) = runs(translated(block.format("pwsh"), WINDOWS))
    assert '$env:PATH = "C:/x;$env:PATH"\nx' in run


def test_path_of_a_container_stays() -> None:
    translation = translated("withEnv(['PATH+X=/x']) { sh 'make' }", IN_CONTAINER)
    assert (runs(translation), rules(translation)) == (["make"], ["path-in-container"])


def test_inner_variables_win() -> None:
    steps = "withEnv(['A=1', 'B=2']) { withEnv(['A=3', \"C=${env.B}\"]) { sh 'x' } }"
    assert texts(only_step(steps).env) == {"B": "2", "A": "3", "C": "2"}


@pytest.mark.parametrize("entries", ["foo.bar", "['A=' + foo.bar()]", "[foo.bar]"])
def test_variables_that_are_not_known(entries: str) -> None:
    translation = translated(f"script {{ withEnv({entries}) {{ sh 'make' }} }}")
    assert {"variable-unknown", "groovy-statement"} & {*rules(translation)}


USER = "usernamePassword(credentialsId: 'my-id', usernameVariable: 'U', passwordVariable: 'P')"


@pytest.mark.parametrize(
    ("binding", "secrets"),
    [
        ("string(credentialsId: 'a-token', variable: 'T')", {"T": "${{ secrets.A_TOKEN }}"}),
        (USER, {"U": "${{ secrets.MY_ID_USR }}", "P": "${{ secrets.MY_ID_PSW }}"}),
        (
            "usernameColonPassword(credentialsId: 'my-id', variable: 'UP')",
            {"UP": "${{ secrets.MY_ID_USR }}:${{ secrets.MY_ID_PSW }}"},
        ),
        (
            "[$class: 'StringBinding', credentialsId: 'a', variable: 'T']",
            {"T": "${{ secrets.A }}"},
        ),
        (
            USER.replace("usernamePassword(", "[$class: 'UsernamePasswordMultiBinding', ")
            .replace(")", "]")
            .replace("my-id", "a"),
            {"U": "${{ secrets.A_USR }}", "P": "${{ secrets.A_PSW }}"},
        ),
        (
            "string(credentialsId: '8468-x', variable: 'T')",
            {"T": "${{ secrets.JENKINS_8468_X }}"},
        ),
        (
            "string(credentialsId: 'github_token', variable: 'T')",
            {"T": "${{ secrets.JENKINS_GITHUB_TOKEN }}"},
        ),
        (
            "aws(credentialsId: 'a', accessKeyVariable: 'K')",
            {
                "K": "${{ secrets.A_ACCESS_KEY_ID }}",
                "AWS_SECRET_ACCESS_KEY": "${{ secrets.A_SECRET_ACCESS_KEY }}",
            },
        ),
    ],
)
def test_credentials(binding: str, secrets: dict[str, str]) -> None:
    step = only_step(f"withCredentials([{binding}]) {{ sh 'make' }}")
    assert (texts(step.secrets), dict(step.env)) == (secrets, {})


@pytest.mark.parametrize(
    "binding",
    [
        "aws(credentialsId: 'a', roleArn: 'b')",
        "certificate(credentialsId: 'a', keystoreVariable: 'K')",
        "string(credentialsId: params.ID, variable: 'T')",
    ],
)
def test_credentials_that_are_not_translated(binding: str) -> None:
    context = replace(LINUX, parameters=parameters(ID="x"))
    translation = translated(f"withCredentials([{binding}, {USER}]) {{ sh 'make' }}", context)
    assert rules(translation) == ["credential-kind"]
    assert bins(translation) == ["manual", "exact"]
    assert [*translation.steps[-1].secrets] == ["U", "P"]


def test_names_of_the_configuration() -> None:
    setting = CredentialSetting(secrets={"username": "NEXUS_USER"})
    context = replace(LINUX, configuration=Configuration(credentials={"my-id": setting}))
    step = only_step(f"withCredentials([{USER}]) {{ sh 'make' }}", context)
    assert texts(step.secrets) == {
        "U": "${{ secrets.NEXUS_USER }}",
        "P": "${{ secrets.MY_ID_PSW }}",
    }


def test_two_ids_with_one_name() -> None:
    context = replace(LINUX, credential_kinds={"my-id": "", "my_id": ""})
    ids = ("my-id", "my_id")
    binding = ", ".join(
        f"string(credentialsId: '{i}', variable: 'V{n}')" for n, i in enumerate(ids)
    )
    step = only_step(f"withCredentials([{binding}]) {{ sh 'make' }}", context)
    assert texts(step.secrets) == {"V0": "${{ secrets.MY_ID }}", "V1": "${{ secrets.MY_ID_2 }}"}


def test_secrets_are_on_the_shell_steps_inside_only() -> None:
    steps = (
        f"sh 'a'\nwithCredentials([{USER}]) {{ sh 'b'; echo 'c'; archiveArtifacts 'd' }}\nsh 'e'"
    )
    translation = translated(steps)
    assert [bool(step.secrets) for step in translation.steps] == [False, True, False, False, False]
    assert [(one.name, one.jenkins_id, one.kind) for one in translation.secrets] == [
        ("MY_ID_USR", "my-id", "usernamePassword"),
        ("MY_ID_PSW", "my-id", "usernamePassword"),
    ]


FILE = "file(credentialsId: 'kube', variable: 'KUBECONFIG')"
KEY = "sshUserPrivateKey(credentialsId: 'k', keyFileVariable: 'F', passphraseVariable: '')"


def test_a_file_lives_as_long_as_the_block() -> None:
    translation = translated(f"withCredentials([{FILE}]) {{ sh 'a' }}\nsh 'b'")
    assert [step.name for step in translation.steps] == ["Write kube", None, "Remove kube", None]
    assert conditions(translation.steps) == ["", "", "always()", ""]
    write, use, _, after = translation.steps
    assert texts(write.secrets) == {"KUBECONFIG": "${{ secrets.KUBE }}"}
    assert texts(use.env) == {"KUBECONFIG": "${{ runner.temp }}/kube"}
    assert (dict(use.secrets), dict(after.env)) == ({}, {})


def test_a_file_is_written_and_removed(tmp_path: Path) -> None:
    write, _, remove = translated(f"withCredentials([{FILE}]) {{ sh 'a' }}").steps
    for _ in range(2):
        assert executed(str(write.run), tmp_path, {"KUBECONFIG": "a\nb"})[0] == 0
    file = tmp_path / "kube"
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("a\nb\n", 0o400)
    assert executed(str(remove.run), tmp_path)[0] == 0
    assert not file.exists()


def test_a_key() -> None:
    translation = translated(f"withCredentials([{KEY}]) {{ sh 'a' }}")
    assert rules(translation) == []
    assert texts(translation.steps[1].env) == {"F": "${{ runner.temp }}/k.key"}


def test_a_file_inside_the_same_file_is_written_once() -> None:
    steps = f"withCredentials([{FILE}]) {{ withCredentials([{FILE}]) {{ sh 'a' }} }}"
    assert len(translated(steps).steps) == 3


def test_a_file_in_a_container() -> None:
    translation = translated(f"withCredentials([{FILE}]) {{ sh 'a' }}", IN_CONTAINER)
    assert texts(translation.steps[1].env) == {"KUBECONFIG": "/tmp/kube"}


def test_a_retry_stands_inside_the_life_of_the_file() -> None:
    translation = translated(f"retry(2) {{ withCredentials([{FILE}]) {{ sh 'a' }} }}")
    assert [step.name for step in translation.steps] == [
        "Write kube",
        "a (up to 2 times)",
        "Remove kube",
    ]
