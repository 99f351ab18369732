"""Label expressions."""

from __future__ import annotations

import pytest

from jenkins2gha.jenkins.labels import (
    LabelBinary,
    LabelError,
    LabelExpression,
    LabelName,
    LabelNot,
    label_names,
    parse_label,
)


def shown(tree: LabelExpression | None) -> str:
    match tree:
        case LabelName(name=name):
            return name
        case LabelNot(operand=operand):
            return f"!{shown(operand)}"
        case LabelBinary(operator=operator, left=left, right=right):
            return f"({shown(left)} {operator} {shown(right)})"
    return "any"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", "any"),
        ("linux", "linux"),
        ("docker-18.04", "docker-18.04"),
        ("linux && docker", "(linux && docker)"),
        ("a&&b||c", "((a && b) || c)"),
        ("a || b && !c", "(a || (b && !c))"),
        ("(a || b) && c", "((a || b) && c)"),
        ("a -> b <-> c", "((a -> b) <-> c)"),
        ("a->b", "(a -> b)"),
        ('"my label" && x', "(my label && x)"),
        ("!(a && b)", "!(a && b)"),
    ],
)
def test_a_label_expression_is_a_tree(text: str, tree: str) -> None:
    assert shown(parse_label(text)) == tree


@pytest.mark.parametrize("text", ["a b", "a &&", "(a", "a)", "&& a", "a & b", "a -> b -> c", "!!a"])
def test_what_is_no_label_expression_is_an_error(text: str) -> None:
    with pytest.raises(LabelError):
        parse_label(text)


def test_the_names_of_a_label_expression_come_in_order() -> None:
    assert list(label_names(parse_label("b && (a || !c)"))) == ["b", "a", "c"]
