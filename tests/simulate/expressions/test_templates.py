"""Text around expressions."""

from __future__ import annotations

import pytest

from jenkins2gha.simulate.expressions import SyntaxFault
from jenkins2gha.simulate.expressions.templates import template


@pytest.mark.parametrize(
    ("text", "stands_for"),
    [
        ("plain }} text", ("plain }} text", False)),
        ("${{ a }}", ("a", True)),
        ("x ${{ a }}y", ("format('x {0}y', a)", True)),
        ("${{ a }}${{b}}", ("format('{0}{1}', a, b)", True)),
        ("it's {x} ${{ a }}", ("format('it''s {{x}} {0}', a)", True)),
        ("${{ '${{' }}", ("${{", False)),
        ("${{ 'it''s' }}", ("it's", False)),
        ("a${{ '}}' }}", ("format('a{0}', '}}')", True)),
        ("${{ format('{0}', '}}') }}", ("format('{0}', '}}')", True)),
        ("$${{ a }}", ("format('${0}', a)", True)),
    ],
)
def test_a_text_is_a_literal_or_one_expression(text: str, stands_for: tuple[str, bool]) -> None:
    assert template(text) == stands_for


@pytest.mark.parametrize("text", ["${{ a", "${{ 'a }}", "${{}}", "${{   }}", "x ${{ a }"])
def test_an_expression_must_be_closed_and_not_empty(text: str) -> None:
    with pytest.raises(SyntaxFault):
        template(text)
