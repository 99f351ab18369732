"""Nothing but the secrets changes in a redacted source."""

from __future__ import annotations

import pytest

from jenkins2gha.secrets import conceal, find, mask, redact, report
from jenkins2gha.secrets.tokens import pieces, token
from jenkins2gha.source import Source

VALUE = "Tr0ub4dor" + "Zq7Lm2"
KEY = "PRIVATE " + "KEY-----"
PEM = f"-----BEGIN {KEY}\n  {'aB3dE6gH9jK2' * 5}\n  -----END {KEY}"


def redacted(text: str) -> str:
    source = Source("-", text)
    return redact(source, find(source)).text


@pytest.mark.parametrize(
    "text", [f"password = '{VALUE}' // x\nsh 'a'", f"x = '''{PEM}'''\necho 'b'"]
)
def test_length_lines_and_surroundings_stay(text: str) -> None:
    changed = redacted(text)
    assert len(changed) == len(text)
    assert [len(line) for line in changed.splitlines()] == [len(line) for line in text.splitlines()]
    assert VALUE not in changed
    assert "aB3dE6gH9jK2" not in changed
    assert changed.splitlines()[-1] == text.splitlines()[-1]


def test_a_source_without_secrets_is_the_same_object() -> None:
    source = Source("-", "sh 'make'")
    assert redact(source, find(source)) is source


@pytest.mark.parametrize("number", [0, 1, 17, 18, 400, 6000])
@pytest.mark.parametrize("length", [6, 12, 80])
def test_the_number_comes_back(number: int, length: int) -> None:
    assert list(pieces("a-" + token(number, "x" * length) + "-b")) == ["a-", number, "-b"]


def test_a_mark_that_is_too_short_has_no_number() -> None:
    assert list(pieces(token(400, "abc"))) == [None]


def test_a_mark_over_several_lines_is_one() -> None:
    assert list(pieces(token(3, "abcdef\n  ghi\n  jkl"))) == [3]


def test_adjacent_lines_with_a_mark_each_are_two() -> None:
    assert list(pieces(token(3, "abcdef") + "\n" + token(4, "abcdef"))) == [3, "\n", 4]


def test_what_is_shown() -> None:
    text = redacted(f"password = '{VALUE}'")
    assert conceal(text) == "password = '***'"
    assert mask(text) == "password = '" + "*" * len(VALUE) + "'"


def test_the_diagnostic_names_place_and_secret() -> None:
    source = Source("-", f"\n  password = '{VALUE}'")
    found = find(source)
    said = report(found, redact(source, found))
    assert [(each.rule, each.span.line, each.span.column) for each in said] == [
        ("secret-in-source", 2, 15)
    ]
    assert said[0].message == "a password stands in the source; `secrets.PASSWORD` takes its place"
    assert VALUE not in repr(said)
