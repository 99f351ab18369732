"""Every node knows its place in the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groovy.programs import Programs
from groovy.snippets import ACCEPTED
from groovy.trees import brief, expression, tree
from jenkins2gha.groovy import GroovySyntaxError, ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.groovy.walk import children, walk

WHOLE = (
    ast.Binary, ast.Property, ast.Index, ast.Closure, ast.ListLiteral, ast.MapLiteral, ast.GString,
    ast.NumberLiteral, ast.New, ast.NewArray, ast.Ternary, ast.Elvis, ast.Unary, ast.Postfix,
    ast.Range, ast.BooleanLiteral, ast.NullLiteral,
)  # fmt: skip


def check(text: str) -> None:
    for node in walk(tree(text)):
        assert node.start <= node.end
        below = children(node)
        for child in below:
            if isinstance(node, ast.Variable) and child is node.type:
                continue  # `String a, b`: both share what stands before them
            assert node.start <= child.start
            assert child.end <= node.end
        for one, other in pairwise(below):
            assert one.end <= other.start or isinstance(other, ast.Variable | ast.TypeName)


def check_slices(text: str) -> None:
    """The text of an expression is that expression."""
    for node in walk(tree(text)):
        if isinstance(node, WHOLE) or (isinstance(node, ast.Call) and not node.command):
            piece = text[node.start : node.end]
            if "this(" not in piece and "super(" not in piece:
                assert brief(expression(piece)) == brief(node)


@pytest.mark.parametrize("text", ACCEPTED)
def test_children_lie_inside(text: str) -> None:
    check(text)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1_000_000))
def test_slices_of_programs(seed: int) -> None:
    text = Programs(seed).program()
    try:
        tree(text)
    except GroovySyntaxError:
        return
    check(text)
    check_slices(text)


def spans(text: str, kind: type[Node]) -> list[str]:
    return [text[node.start : node.end] for node in walk(tree(text)) if isinstance(node, kind)]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("a(b, 'c') { d }; e", ast.Call, ["a(b, 'c') { d }"]),
        ("a b, c: 1 // d", ast.Call, ["a b, c: 1"]),
        ("a b c d", ast.Call, ["a b c d", "a b"]),
        ("x = (a + b) * c", ast.Binary, ["(a + b) * c", "(a + b)"]),
        ("x = 'a' + \"b\"", ast.StringLiteral, ["'a'", '"b"']),
        ('x = "a${b}$c.d"', ast.Hole, ["${b}", "$c.d"]),
        ('x = "a${b}$c.d"', ast.Text, ["a"]),
        ("a.b?.c", ast.Property, ["a.b?.c", "a.b"]),
        ("[a: 1, 'b': [c]]", ast.MapEntry, ["a: 1", "'b': [c]"]),
        ("def x = 1, y", ast.Declaration, ["def x = 1, y"]),
        ("def x = 1, y", ast.Variable, ["x = 1", "y"]),
        ("final Map<A, B> x", ast.TypeName, ["Map<A, B>", "A", "B"]),
        ("@A(1) @B\ndef f() { }", ast.Annotation, ["@A(1)", "@B"]),
        ("@A def f(int a = 1) throws B { c }", ast.Method, ["@A def f(int a = 1) throws B { c }"]),
        ("def f(int a = 1, b) { }", ast.Parameter, ["int a = 1", "b"]),
        ("if (a) { b } else c", ast.If, ["if (a) { b } else c"]),
        ("if (a) { b } else c", ast.Block, ["{ b }"]),
        ("try { } catch (A e) { } finally { b }", ast.Catch, ["catch (A e) { }"]),
        ("switch (a) { case 1: b\ndefault: c }", ast.Case, ["case 1: b", "default: c"]),
        ("x = new A(1) { int b }", ast.New, ["new A(1) { int b }"]),
        ("class A { int b\nA() { } }", ast.Class, ["class A { int b\nA() { } }"]),
        ("enum A { B(1), C }", ast.EnumConstant, ["B(1)", "C"]),
        ("a: b()", ast.Labeled, ["a: b()"]),
        ("import a.b.*; c", ast.Import, ["import a.b.*"]),
        ("return a\n", ast.Return, ["return a"]),
        ("x = a as B[]", ast.Cast, ["a as B[]"]),
        ("x = -a ** b", ast.Unary, ["-a ** b"]),
    ],
)
def test_spans(text: str, kind: type[Node], expected: list[str]) -> None:
    assert spans(text, kind) == expected
