"""The value of a string is what was written, escapes resolved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovy.trees import expression
from jenkins2gha.groovy import ast

ESCAPES = {"\\": "\\\\", "'": "\\'", '"': '\\"', "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\uffff"))


@given(TEXT, st.sampled_from(["'", '"', "'''", '"""']))
def test_escaped_text_comes_back(text: str, quote: str) -> None:
    written = "".join(ESCAPES.get(char, char) for char in text)
    assert value(quote + written + quote) == text


@given(TEXT, st.sampled_from(["'", '"', "'''", '"""']))
def test_unicode_escapes_come_back(text: str, quote: str) -> None:
    written = "".join(f"\\u{ord(char):04x}" for char in text if ord(char) < 0x10000)
    assert value(quote + written + quote) == "".join(c for c in text if ord(c) < 0x10000)


@given(TEXT.filter(bool))
def test_slashy_text_comes_back(text: str) -> None:
    text = text.replace("\\", "").replace("$", "").replace("\r", "")
    if text and text[0] not in "*/":
        assert value("/" + text.replace("/", "\\/") + "/") == text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"'\b\t\n\f\r'", "\b\t\n\f\r"),
        (r"'\101\7\477'", "A\x07'7"),
        ("'a\\\nb'", "ab"),
        ("'''a\r\nb'''", "a\nb"),
        (r"/\d\/\\d/", r"\d/\\d"),
        ("/a\\\nb/", "ab"),
        ("$/a$$b$/c/d\\e/$", "a$b/c/d\\e"),
        ("/cost $ 5/", "cost $ 5"),
        ("''", ""),
        ("$/x/$", "x"),
    ],
)
def test_values(written: str, expected: str) -> None:
    assert value(written) == expected


def test_gstring_parts() -> None:
    node = expression('"a\\n${b}$c.d-$e"')
    assert isinstance(node, ast.GString)
    assert [part.value for part in node.parts if isinstance(part, ast.Text)] == ["a\n", "-"]
    assert len(node.parts) == 5


def value(written: str) -> str:
    node = expression(written)
    assert isinstance(node, ast.StringLiteral)
    return node.value
