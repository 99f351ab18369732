"""Which repository stands in a folder when a checkout comes, and what is done about it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from jenkins2gha.actions.texts import render
from jenkins2gha.mapping.workflow import WorkflowTranslation
from translating import bins_of, of_steps, rules_of, with_sections

OTHER = "git url: 'https://github.com/octo/other', branch: 'main'"
ADDRESS = "git config --file .git/config remote.origin.url "


def readdressed(translation: WorkflowTranslation) -> list[str]:
    return [
        str(step.run)
        for step in translation.workflow.jobs[0].steps
        if step.origin and step.origin.rule == "checkout-readdressed"
    ]


@pytest.mark.parametrize(
    ("steps", "command"),
    [
        (f"sh 'make'\n{OTHER}", f"{ADDRESS}https://github.com/octo/other"),
        (f"sh 'echo x > y'\n{OTHER}", f"{ADDRESS}https://github.com/octo/other"),
        (f"frobnicate()\n{OTHER}", f"{ADDRESS}https://github.com/octo/other"),
        (f"unstash 'x'\n{OTHER}", f"{ADDRESS}https://github.com/octo/other"),
        (
            f"{OTHER}\nsh 'make'\ncheckout scm",
            f'{ADDRESS}"$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"',
        ),
        (
            "sh 'make'\ngit url: 'git@github.com:octo/other.git', credentialsId: 'key'",
            f"{ADDRESS}git@github.com:octo/other.git",
        ),
        (
            "sh 'make'\ngit \"https://github.com/${env.JOB_NAME}/other\"",
            f'{ADDRESS}"https://github.com/$GIT_REPOSITORY"',
        ),
    ],
)
def test_files_that_git_does_not_know_stay(steps: str, command: str) -> None:
    assert readdressed(with_sections("", steps)) == [command]


@pytest.mark.parametrize(
    "steps",
    [
        OTHER,  # nothing ran yet
        f"echo 'x'\n{OTHER}",
        f"sh 'make'\ndeleteDir()\n{OTHER}",
        f"sh 'make'\ndir('lib') {{ deleteDir() }}\ndir('lib') {{\n{OTHER}\n}}",
        f"sh 'whoami; echo \"$HOME\"'\n{OTHER}",
        "sh 'make'\ncheckout scm",  # the same repository: its files stay anyhow
        f"sh 'make'\ndir('lib') {{\n{OTHER}\n}}",  # no `.git` there: Jenkins deletes too
        f"{OTHER}\nsh 'make'\n{OTHER}",
        "sh 'make'\ngit 'https://git.example.org/a/b.git'",  # git itself deletes nothing
        (
            "sh 'make'\ncheckout scmGit(userRemoteConfigs: [[url: 'https://github.com/a/b']], "
            "extensions: [[$class: 'WipeWorkspace']])"
        ),
    ],
)
def test_no_new_address_where_nothing_is_to_stay(steps: str) -> None:
    assert readdressed(with_sections("", steps)) == []


def test_a_first_checkout_deletes_in_jenkins_too() -> None:
    assert readdressed(of_steps("sh 'date > t'\ncheckout scm")) == []


def test_it_is_no_exact_checkout_then() -> None:
    translation = of_steps(f"{OTHER}\nsh 'make'\ncheckout scm")
    assert bins_of(translation, 7) == {"exact", "equivalent"}
    assert "checkout-readdressed" in rules_of(translation)


def test_a_folder_of_its_own() -> None:
    inner = f"checkout scm\nsh 'make'\n{OTHER}"
    translation = of_steps(f"dir('lib') {{\n{inner}\n}}")
    steps = translation.workflow.jobs[0].steps
    (own,) = (one for one in steps if one.origin and one.origin.rule == "checkout-readdressed")
    assert render(own.working_directory or "") == "lib"


def test_the_action_keeps_a_folder_with_the_new_address(tmp_path: Path) -> None:
    """What actions/checkout asks of a folder before it deletes nothing in it."""
    (command,) = readdressed(with_sections("", f"sh 'make'\n{OTHER}"))

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    git("init", "--quiet")
    git("remote", "add", "origin", "https://github.com/octo/demo")
    subprocess.run(["bash", "-e", "-c", command], cwd=tmp_path, check=True)
    url = git("config", "--local", "--get", "remote.origin.url")
    assert url == "https://github.com/octo/other"


@pytest.mark.parametrize(
    ("sections", "steps", "said"),
    [
        ("", OTHER, True),
        ("", "git url: 'https://git.example.org/a/b.git', branch: 'main'", True),
        ("options { skipDefaultCheckout() }", OTHER, False),
        ('environment { PATH = "/opt/x:${env.PATH}" }', OTHER, True),
        ("", f"sh 'make'\n{OTHER}", False),
        ("", f"dir('lib') {{\n{OTHER}\n}}", False),
        ("", "checkout scm", False),
        ("", 'git url: "https://github.com/octo/other", branch: "${env.BRANCH_NAME}"', False),
    ],
)
def test_one_branch_for_every_run_is_said(sections: str, steps: str, *, said: bool) -> None:
    assert ("checkout-replaced" in rules_of(with_sections(sections, steps))) is said
