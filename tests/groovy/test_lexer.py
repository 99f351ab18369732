"""Tokens cover the text without overlap, and what lies between them is space."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovy.programs import Programs
from groovy.snippets import ACCEPTED
from jenkins2gha.groovy.layout import Layout
from jenkins2gha.groovy.lexer import tokenize

SPACE = re.compile(r"(?:[ \t\f\r\n]|\\\r?\n|//[^\n]*|/\*.*?\*/|#![^\n]*|\ufeff)*", re.DOTALL)
PIECES = st.sampled_from(
    [*"()[]{}'\"/$\\ \n.:;,=+-*<>?!@#a1é", "'''", '"""', "${", "//", "if ", "x "]
)


def tiles(text: str) -> None:
    tokens = tokenize(text)
    end = 0
    for kind, start, stop in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True):
        assert end <= start <= stop <= len(text)
        assert kind in {"ERROR", "$END"} or SPACE.fullmatch(text[end:start])
        end = stop
    assert tokens.error is not None or SPACE.fullmatch(text[end:])


@pytest.mark.parametrize("text", ACCEPTED)
def test_snippets_are_tiled(text: str) -> None:
    tiles(text)


@given(st.integers(0, 100_000))
def test_programs_are_tiled(seed: int) -> None:
    tiles(Programs(seed).program())


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_is_tiled(text: str) -> None:
    tiles(text)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_layout_takes_any_text(text: str) -> None:
    layout = Layout(text, tokenize(text))
    layout.run()
    assert layout.out[-1] == "$END"
    assert len(layout.out) == len(layout.out_starts) == len(layout.out_ends)
    assert all(a <= b for a, b in zip(layout.out_starts, layout.out_ends, strict=True))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a /b", "IDENT / IDENT"),
        ("a = /b/", "IDENT = STRING"),
        ("1..2", "NUMBER .. NUMBER"),
        ("1.5.a", "NUMBER . IDENT"),
        ("a.in.def", "IDENT . IDENT . IDENT"),
        ("x as y", "IDENT as IDENT"),
        ('"a${b}$c.d"', "GOPEN TEXT ${ IDENT }$ GPATH GCLOSE"),
        ("(a\nb)\nc", "( IDENT IDENT ) NL IDENT"),
        ("a \\\n b // c\n\n/* d */\ne", "IDENT IDENT NL IDENT"),
        ("0x1F 1_0 1e-3f 08", "NUMBER NUMBER NUMBER NUMBER NUMBER"),
    ],
)
def test_kinds(text: str, kinds: str) -> None:
    assert " ".join(tokenize(text).kinds[:-1]) == kinds
