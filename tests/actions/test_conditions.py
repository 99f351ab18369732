from __future__ import annotations

import pytest

from jenkins2gha.actions.conditions import (
    ALWAYS,
    FAILURE,
    FALSE,
    SUCCESS,
    TRUE,
    both,
    either,
    equal,
    negated,
)
from jenkins2gha.actions.expressions import Context, Expression, Not, write

A, B = Context("github.a"), Context("github.b")


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (both(A, B), "github.a && github.b"),
        (both(SUCCESS, A), "github.a"),
        (both(A, TRUE), "github.a"),
        (both(A, A), "github.a"),
        (both(A, FALSE), "false"),
        (both(both(A, B), equal(A, "x")), "github.a && github.b && github.a == 'x'"),
        (both(SUCCESS, Not(FAILURE)), "success() && !failure()"),
        (both(ALWAYS, either(A, B)), "always() && (github.a || github.b)"),
        (either(A), "github.a"),
        (either(A, FALSE), "github.a"),
        (either(A, TRUE), "true"),
        (either(), "false"),
        (negated(A), "!github.a"),
        (negated(Not(A)), "github.a"),
        (negated(equal(A, 1)), "github.a != 1"),
        (negated(negated(equal(A, B))), "github.a == github.b"),
        (negated(TRUE), "false"),
        (equal(A, None), "github.a == null"),
    ],
)
def test_conditions(condition: Expression | None, text: str) -> None:
    assert condition is not None
    assert write(condition) == text


@pytest.mark.parametrize("condition", [both(), both(None), both(SUCCESS), both(None, TRUE)])
def test_no_condition_is_left(condition: Expression | None) -> None:
    assert condition is None
