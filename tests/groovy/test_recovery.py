"""What is left of a broken file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groovy.programs import Programs, mutant
from groovy.trees import brief
from jenkins2gha.groovy import GroovySyntaxError, parse, recover
from jenkins2gha.groovy.recovery import recover as recovered
from jenkins2gha.source import Source


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a()\nb(\nc()", "a()\nb(c())"),
        ("a()\nx = = 1\nb()", "a()\nb()"),
        ("a {\nb()\nx = = 1\nc()\n}\nd()", "a {\nb()\nc()\n}\nd()"),
        ("a {\nb { x y z w +\n}\nc()\n}", "a {\nb { }\nc()\n}"),
        ("a {\nb()\n", "a {\nb()\n}"),
        ("a { b { c()", "a { b { c() } }"),
        ("a {\nx = 'b\nc()\n}", "a {\n}"),
        ("a()\n}\nb()", "a()"),
        ("f() = 1\na()", "a()"),
        ("a { { b() } }\nc()", "a { }\nc()"),
        ("x = +", ""),
        ("#", ""),
    ],
)
def test_the_rest_is_read(text: str, left: str) -> None:
    module, error = recover(Source("Jenkinsfile", text))
    assert error is not None
    assert brief(module) == brief(parse(Source("Jenkinsfile", left)))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 1_000_000))
def test_a_whole_file_is_read_whole(seed: int) -> None:
    text = mutant(Programs(seed).program(), seed)
    module = recovered(text)
    try:
        whole = parse(Source("Jenkinsfile", text))
    except GroovySyntaxError:
        return
    assert brief(module) == brief(whole)
