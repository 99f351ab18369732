from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jenkins2gha.actions.names import is_id, is_secret_name, make_id, make_secret_name, unique


@pytest.mark.parametrize(
    ("text", "taken", "made"),
    [
        ("Build", (), "build"),
        ("Build & Test", (), "build-test"),
        ("Build", ("build",), "build-2"),
        ("Build", ("build", "build-2"), "build-3"),
        ("1. Build", (), "job-1-build"),
        ("构建", (), "job"),
        ("", ("job",), "job-2"),
    ],
)
def test_ids(text: str, taken: tuple[str, ...], made: str) -> None:
    assert make_id(text, taken) == made


@given(st.text(), st.sets(st.sampled_from(["a", "job", "job-2"])))
def test_an_id_is_one_that_github_takes(text: str, taken: set[str]) -> None:
    made = make_id(text, taken)
    assert is_id(made)
    assert made not in taken


@pytest.mark.parametrize("text", ["a", "_a", "A-b_1", "a" * 99])
def test_good_ids(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize("text", ["", "1a", "-a", "__a", "a b", "a.b", "a" * 100, "a\n"])
def test_bad_ids(text: str) -> None:
    assert not is_id(text)


@given(st.text())
def test_a_secret_is_called_as_github_takes_it(text: str) -> None:
    assert is_secret_name(make_secret_name(text))


@pytest.mark.parametrize("text", ["", "1A", "GITHUB_X", "github_x", "A-B", "A B"])
def test_bad_secret_names(text: str) -> None:
    assert not is_secret_name(text)


def test_a_taken_name_is_counted() -> None:
    assert unique("a", {"a", "a-2"}) == "a-3"
