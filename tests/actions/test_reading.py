"""Expressions come back from their text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jenkins2gha.actions.expressions import (
    Context,
    Expression,
    Function,
    Literal,
    Not,
    Operation,
    write,
)
from jenkins2gha.actions.reading import ExpressionError, read

A, B = Context("github.a"), Context("steps.b.outputs.c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("github.a", A),
        ("steps.b.outputs.c", B),
        ("matrix['a b'].*", Context("matrix['a b'].*")),
        ("'it''s'", Literal("it's")),
        ("0x1F", Literal(31)),
        ("-1.5", Literal(Decimal("-1.5"))),
        ("TRUE", Literal(value=True)),
        ("null", Literal(None)),
        ("  ! ( github.a )  ", Not(A)),
        ("a-b.c_d", Context("a-b.c_d")),
        ("f()", Function("f")),
        ("f(github.a, 1)", Function("f", (A, Literal(1)))),
        ("f(')', '(')", Function("f", (Literal(")"), Literal("(")))),
        (
            "1 == 2 && 3 || !4",
            Operation(
                "||",
                (
                    Operation("&&", (Operation("==", (Literal(1), Literal(2))), Literal(3))),
                    Not(Literal(4)),
                ),
            ),
        ),
        (
            "1 < 2 == true",
            Operation("==", (Operation("<", (Literal(1), Literal(2))), Literal(value=True))),
        ),
        ("1 == 2 != 3", Operation("!=", (Operation("==", (Literal(1), Literal(2))), Literal(3)))),
        ("1 == 2 == 3", Operation("==", (Operation("==", (Literal(1), Literal(2))), Literal(3)))),
    ],
)
def test_texts(text: str, tree: Expression) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a b",
        "(a",
        "a)",
        "a &&",
        "&& a",
        "f(",
        "f(a,",
        "f(a b)",
        "'a",
        "a == ",
        "a = b",
        "a & b",
        '"a"',
        "!",
        "a.",
        "$a",
        "(" * 60 + "a" + ")" * 60,
        "!" * 60 + "a",
        "'" + "a" * 21_000 + "'",
    ],
)
def test_what_is_no_expression(text: str) -> None:
    with pytest.raises(ExpressionError):
        read(text)


names = st.from_regex(r"[a-z][a-z_-]{0,5}(\.[a-z]{1,3}){0,2}", fullmatch=True)
words = {"true", "false", "null"}
leaves = st.one_of(
    st.builds(Literal, st.text(max_size=6) | st.integers() | st.booleans() | st.none()),
    names.filter(lambda name: name not in words).map(Context),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(
            Function, st.sampled_from(["f", "toJSON"]), st.lists(inner, max_size=3).map(tuple)
        ),
        st.builds(Operation, st.sampled_from(["&&", "||"]), st.lists(inner, min_size=2).map(tuple)),
        st.builds(Operation, st.sampled_from(["==", "!=", "<", ">="]), st.tuples(inner, inner)),
    ),
    max_leaves=8,
)


@given(trees)
def test_what_was_written_is_read_again(tree: Expression) -> None:
    assert read(write(tree)) == tree
