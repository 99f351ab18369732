from __future__ import annotations

import pytest

from pipelines import declarative, items, pipeline


@pytest.mark.parametrize(
    ("written", "loaded"),
    [
        ("library 'shared@1.2'", ("shared",)),
        ("library('shared@1.2') _", ("shared",)),
        ("library identifier: 'shared@main', changelog: false", ("shared",)),
        ('library "shared@${env.LIBRARY_VERSION}"', ("shared",)),
        ("library 'one'\nlibrary 'two@2'\nlibrary 'one'", ("one", "two")),
        ("echo 'library'", ()),
    ],
)
def test_the_step_library_loads(written: str, loaded: tuple[str, ...]) -> None:
    assert pipeline(declarative(before=written)).loaded == loaded


def test_an_underscore_behind_the_step_says_nothing() -> None:
    read = pipeline(declarative(before="library('shared@1') _"))
    assert [getattr(item, "name", None) for item in read.before] == ["library"]


def test_an_underscore_behind_another_step_is_groovy() -> None:
    (item,) = items("script { echo('x') _ }")
    assert [getattr(one, "reason", "step") for one in getattr(item, "body", ())] != ["step"]
