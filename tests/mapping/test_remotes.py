"""Where a repository is, and which revision is meant."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.expressions import Context
from jenkins2gha.actions.workflow import Template
from jenkins2gha.mapping.remotes import is_ssh, on_github, revision


@pytest.mark.parametrize(
    ("url", "repository"),
    [
        ("https://github.com/octo/demo.git", "octo/demo"),
        ("https://github.com/octo/demo/", "octo/demo"),
        ("http://github.com/octo/demo", "octo/demo"),
        ("git@github.com:octo/demo.git", "octo/demo"),
        ("ssh://git@github.com/octo/demo.git", "octo/demo"),
        ("git://github.com/octo/my.demo.git", "octo/my.demo"),
        ("https://user@github.com/octo/demo.git", "octo/demo"),
        ("https://gitlab.example.org/octo/demo.git", None),
        ("https://github.com/octo", None),
        ("https://github.company.example/octo/demo", None),
    ],
)
def test_on_github(url: str, repository: str | None) -> None:
    assert on_github(url) == repository


def test_a_name_that_a_run_knows() -> None:
    owner = Context("inputs.OWNER")
    assert on_github(Template(("https://github.com/", owner, "/demo.git"))) == Template(
        (owner, "/demo")
    )


@pytest.mark.parametrize(
    ("specifier", "ref", "known"),
    [
        ("*/main", "main", True),
        ("origin/main", "main", True),
        ("refs/heads/main", "main", True),
        ("refs/tags/v1", "refs/tags/v1", True),
        ("feature/x", "feature/x", True),
        ("", None, True),
        ("**", None, True),
        ("release-*", None, False),
        (":origin/(?!main).*", None, False),
    ],
)
def test_revision(specifier: str, ref: str | None, known: bool) -> None:
    read = revision(specifier)
    assert (read.ref, read.known) == (ref, known)


@pytest.mark.parametrize(
    ("url", "ssh"),
    [("git@host:a/b", True), ("ssh://git@host/a", True), ("https://host/a", False)],
)
def test_is_ssh(url: str, ssh: bool) -> None:
    assert is_ssh(url) is ssh
