"""Which commands print one line, and are written in one."""

from __future__ import annotations

import pytest

from jenkins2gha.mapping.one_line import prints_line_of_git
from translating import of_steps, steps_of


@pytest.mark.parametrize(
    "script",
    [
        "git log -1 --format=%H",
        "git log -n 1 --pretty=format:'%h'",
        "git --no-pager  show -s --format=%ae",
        'git show -s --pretty="%an - %ae" $COMMIT',
        "git log -1 --date=short --format=%cd",
        "git config --get --local user.name",
        "git config remote.origin.url",
        "git remote get-url origin",
    ],
)
def test_one_line_of_git(script: str) -> None:
    assert prints_line_of_git(script)


@pytest.mark.parametrize(
    "script",
    [
        "git log -1 --format=%B",
        "git log -1 --format='%h%n%s'",
        "git log --format=%h",
        "git log -2 --format=%h",
        "git log -1 --stat --format=%h",
        "git show --format=%h",
        "git show -s --format=%h a b",
        "git config --get-all user.name",
        "git config --list",
        "git log -1 --format=%h; ls",
        "git log -1 --format=%h $(cat revisions)",
        "git log -1 --format='%h",
        "git status",
    ],
)
def test_more_than_a_line_of_git(script: str) -> None:
    assert not prints_line_of_git(script)


@pytest.mark.parametrize(
    ("assigned", "run"),
    [
        (
            "sh(script: 'git log -1 --format=%an', returnStdout: true).trim()",
            'WHO=$(git log -1 --format=%an)\nprintf \'WHO=%s\\n\' "$WHO" >> "$GITHUB_ENV"',
        ),
        (
            "sh(script: 'echo \"$HOME/x\"', returnStdout: true).trim()",
            'echo "WHO=$HOME/x" >> "$GITHUB_ENV"',
        ),
        ("env.STAGE_NAME", 'echo WHO=A >> "$GITHUB_ENV"'),
    ],
)
def test_what_is_kept_in_one_line(assigned: str, run: str) -> None:
    (step,) = steps_of(of_steps(f"script {{ env.WHO = {assigned} }}"))
    assert (step.run, step.env) == (run, {})
