from __future__ import annotations

import pytest

from jenkins2gha.jenkins.continued import LINE_END, continued_texts


@pytest.mark.parametrize(
    ("literal", "texts"),
    [
        ("'''a \\\nb'''", ["a |b"]),
        ("'''a \\\r\nb\\tc'''", ["a |b\tc"]),
        ('"""a ${x} \\\nb $y.z c"""', ["a ", " |b ", " c"]),
        ('"""a \\$x \\\nb"""', ["a $x |b"]),
        ("'''a \\\\\nb'''", []),
        ("'''a\nb'''", []),
        ("'a'", []),
        ("name", []),
        ("'''a \\\nb'''.trim()", []),
    ],
)
def test_where_a_line_is_continued(literal: str, texts: list[str]) -> None:
    assert [text.replace(LINE_END, "|") for text in continued_texts(literal)] == texts
