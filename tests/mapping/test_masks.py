"""Texts that are edited around their expressions."""

from __future__ import annotations

from jenkins2gha.actions.expressions import Context
from jenkins2gha.actions.workflow import Template
from jenkins2gha.mapping.masks import edited, joined, mask

NAME = Context("inputs.NAME")


def test_the_expressions_come_back_in_place() -> None:
    text = Template(("a/", NAME, ".jar"))
    assert edited(text, lambda masked: f"x/{masked}") == Template(("x/a/", NAME, ".jar"))


def test_a_literal_stays_a_string() -> None:
    assert edited("a", str.upper) == "A"


def test_what_is_cut_away_is_gone() -> None:
    masked = mask(Template((NAME, "/tail")))
    assert masked.restore(masked.text.split("/")[1]) == "tail"
    assert masked.restore(masked.text.split("/")[0]) == NAME


def test_joined() -> None:
    assert joined(("a", NAME), "/") == Template(("a", "/", NAME))
    assert joined(("a", "b"), ", ") == "a, b"


def test_an_expression_is_one_character_wherever_it_stands() -> None:
    other = Context("inputs.OTHER")
    masked = mask(Template((NAME, "/", NAME, "/", other)))
    first, second, third = masked.text.split("/")
    assert first == second != third
    assert masked.restore(masked.text) == Template((NAME, "/", NAME, "/", other))
