"""Ant's patterns in the words of others."""

from __future__ import annotations

import re

import pytest

from jenkins2gha.mapping import ant


@pytest.mark.parametrize(
    ("pattern", "hidden"),
    [
        ("build/**/*.*", True),
        ("**/*.tfstate", True),
        ("**/*-report.xml", True),
        ("reports/**", True),
        ("reports/*", True),
        ("*.*", True),
        (".env", True),
        ("a/.b/c", True),
        ("target/*.jar", False),
        ("**/target/*.jar", False),
        ("**/app.jar", False),
        ("a.b/c", False),
    ],
)
def test_patterns_of_hidden_files(pattern: str, hidden: bool) -> None:
    assert ant.names_hidden(pattern) is hidden


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("target/*.jar", ["target/*.jar"]),
        ("a.txt, b.txt", ["a.txt", "b.txt"]),
        ("docs/", ["docs/**"]),
        ("./a", ["a"]),
        ("a\\b", ["a/b"]),
        (" , ", []),
    ],
)
def test_patterns(text: str, expected: list[str]) -> None:
    assert ant.patterns(text) == expected


@pytest.mark.parametrize(
    ("pattern", "directory", "expected"),
    [
        ("**/*.xml", "", "**/*.xml"),
        ("**/*.xml", "api", "api/**/*.xml"),
        ("target/**.jar", "", "target/*.jar"),
        ("a[1].txt", "", "a[[]1].txt"),
        ("/a", "", "/a"),
        ("/a", "api", "/a"),
    ],
)
def test_glob(pattern: str, directory: str, expected: str) -> None:
    assert ant.glob(pattern, directory) == expected


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("*.jar", "./a.jar", True),
        ("*.jar", "./x/a.jar", False),
        ("**/*.jar", "./a.jar", True),
        ("**/*.jar", "./x/y/a.jar", True),
        ("target/**", "./target/x/y", True),
        ("target/**", "./targets/x", False),
        ("a?c", "./abc", True),
        ("a?c", "./a/c", False),
        ("a+b(1).txt", "./a+b(1).txt", True),
        ("x/**/y", "./x/y", True),
        ("x/**/y", "./x/a/b/y", True),
        ("**", "./any/thing", True),
    ],
)
def test_regular_expression(pattern: str, path: str, matches: bool) -> None:
    assert bool(re.search(ant.regular_expression(pattern), path)) is matches


@pytest.mark.parametrize(
    ("path", "left_out"),
    [
        ("./.git/config", True),
        ("./x/.gitignore", True),
        ("./notes~", True),
        ("./.github/workflows/ci.yml", False),
        ("./git/config", False),
    ],
)
def test_default_excludes(path: str, left_out: bool) -> None:
    assert bool(re.search(ant.DEFAULT_EXCLUDES, path)) is left_out


@pytest.mark.parametrize(
    ("pattern", "hidden"), [("a/*.jar", False), ("a/**", True), (".x/a.jar", True), ("*", True)]
)
def test_names_hidden(pattern: str, hidden: bool) -> None:
    assert ant.names_hidden(pattern) is hidden
