"""Scripts as commands and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jenkins2gha.shell.words import Word, commands


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("mvn -B verify", [("mvn", "-B", "verify")]),
        ("a && b || c; d | e & f\ng", [("a",), ("b",), ("c",), ("d",), ("e",), ("f",), ("g",)]),
        ("A=1 B='2' git push", [("git", "push")]),
        ("git push > log 2>&1", [("git", "push")]),
        ("2>/dev/null ls", [("ls",)]),
        (
            "if git push; then a; elif b; then c; else d; fi",
            [("git", "push"), ("a",), ("b",), ("c",), ("d",)],
        ),
        ("for i in x y; do mvn $i; done", [("mvn", None)]),
        ("for ((i=0; i<3; i++)); do a; done", [("a",)]),
        ("while read x; do y; done < f", [("read", "x"), ("y",), ()]),
        ("case $x in a|b) c;; *) d; esac; e", [("c",), ("d",), ("e",)]),
        ("f() { a; }; function g { b; }", [("a",), ("b",)]),
        ("(cd x; ./mvnw 'a b')", [("cd", "x"), ("./mvnw", "a b")]),
        ("v=$(git describe --tags)", [(), ("git", "describe", "--tags")]),
        ('echo "$(git log | head)"', [("echo", None), ("git", "log"), ("head",)]),
        ("echo `git log`", [("echo", None), ("git", "log")]),
        ("! a\ntime b", [("a",), ("b",)]),
        ("[[ a && b ]] && c", [("[[", "a", "b", "]]"), ("c",)]),
        ("# git push", []),
        ("echo 'git push'", [("echo", "git push")]),
        ("cat <<EOF\ngit push\nEOF\ngit log", [("cat",), ("git", "log")]),
        ("a=(git push) b", [("b",)]),
        ("a \\\n  b", [("a", "b")]),
        ("", []),
        ("))) ;; fi", []),
    ],
)
def test_commands(script: str, expected: list[tuple[str | None, ...]]) -> None:
    assert [command.literals for command in commands(script)] == expected


@pytest.mark.parametrize(
    ("word", "literal"),
    [("a", "a"), ("'a b'", "a b"), ('"a"b', "ab"), ("a\\ b", "a b"), ("$a", None), ('"$a"', None)],
)
def test_literal(word: str, literal: str | None) -> None:
    assert Word(word, 0, len(word)).literal == literal


def test_parts_of_a_command() -> None:
    command = commands("A=1 make all >log || true")[0]
    assert [word.text for word in command.assignments] == ["A=1"]
    assert [word.text for word in command.redirections] == [">log"]
    assert (command.start, command.end, command.depth, command.after) == (0, 17, 0, "||")


@pytest.mark.parametrize(
    ("script", "depths"),
    [
        ("a", [0]),
        ("(a)", [1]),
        ("if a; then b; fi; c", [1, 1, 0]),
        ("x=$(a)", [0, 1]),
        ("{ a; }; b", [1, 0]),
    ],
)
def test_depth(script: str, depths: list[int]) -> None:
    assert [command.depth for command in commands(script)] == depths


@given(st.text("'\"`$\\(){}<>&|;#= \n\tEOFacsei[]!", max_size=60))
def test_any_text_is_split_into_pieces_of_itself(script: str) -> None:
    for command in commands(script):
        for word in (*command.words, *command.assignments, *command.redirections):
            assert command.start <= word.start < word.end <= command.end <= len(script)
        assert [word.start for word in command.words] == sorted(
            word.start for word in command.words
        )


@given(st.lists(st.text("abc-./", min_size=1), min_size=1, max_size=6))
def test_plain_words_come_back(words: list[str]) -> None:
    script = "x " + " ".join(words)
    assert [command.literals for command in commands(script)] == [("x", *words)]
