"""What the tree says."""

from __future__ import annotations

import pytest

from groovy.trees import brief, expression, tree
from jenkins2gha.groovy import ast


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f(1, 2)", "Call(- f [1 2] [] . False)"),
        ("f 1, 2", "Call(- f [1 2] [] . True)"),
        ("f a: 1, 2", "Call(- f [2] [MapEntry(a 1)] . True)"),
        ("f(1) { 2 }", "Call(- f [1 Closure(- [2])] [] . False)"),
        ("f { -> 1 }", "Call(- f [Closure([] [1])] [] . False)"),
        ("a.b(1)", "Call(a b [1] [] . False)"),
        ("a?.b 1", "Call(a b [1] [] ?. True)"),
        ("a b c d", "Call(Call(- a [b] [] . True) c [d] [] . True)"),
        ("a b c", "Property(Call(- a [b] [] . True) . c)"),
        ("a(1) b 2", "Call(Call(- a [1] [] . False) b [2] [] . True)"),
        ("a 'b' { c }", "Call(- a [Call(- 'b' [Closure(- [c])] [] . False)] [] . True)"),
        ("('a') { b }", "Call('a' call [Closure(- [b])] [] . False)"),
        ("a()()", "Call(- Call(- a [] [] . False) [] [] . False)"),
        ("a -1", "Binary(- a 1)"),
        ("a b -1", "Call(- a [Binary(- b 1)] [] . True)"),
        ("a b c -1", "Call(Call(- a [b] [] . True) c [Unary(- 1)] [] . True)"),
        ("a [1]", "Index(a [1])"),
        ("a [:]", "Call(- a [MapLiteral([])] [] . True)"),
        ("x = y z", "Assign(x = Call(- y [z] [] . True))"),
        ("(a, b) = c", "Assign(ListLiteral([a b]) = c)"),
        ("a: b()", "Labeled(a Call(- b [] [] . False))"),
        ("f()\n{ a }", "Call(- f [Closure(- [a])] [] . False)"),
        ("a\n  .b\n  .c()", "Call(Property(a . b) c [] [] . False)"),
        ("a.@b", "Property(a .@ b)"),
        ("a.'b c'", "Property(a . 'b c')"),
        (
            "def x = 1, y",
            "Declaration(Modifiers([def] []) [Variable(x - 1) Variable(y - -)] False -)",
        ),
        ("List<A[]> x", "Declaration(Modifiers([] []) [Variable(x List<A[]> -)] False -)"),
        (
            "def (a, b) = c",
            "Declaration(Modifiers([def] []) [Variable(a - -) Variable(b - -)] True c)",
        ),
        (
            "@Library('a') _",
            ("Declaration(Modifiers([] [Annotation(Library [[value 'a']])]) [Variable(_ - -)] "
            "False -)"),
        ),
        ("import static a.b.*", "Import(a.b True True - [])"),
        ("import a.b as C", "Import(a.b False False C [])"),
        ("if (a) b else { c }", "If(a b Block([c]))"),
        ("for (x in y) { }", "ForIn(Parameter(x - - False -) y Block([]))"),
        ("while (a) ;", "While(a -)"),
        ("switch (a) { case 1: case 2: b; default: c }",
         "Switch(a [Case([1 2] False [b]) Case([] True [c])])"),
        ("try { } catch (A | B e) { } finally { }",
         "Try(Block([]) [Catch([A B] e Block([]))] Block([]))"),
        ("def f(int a, b = 1, C... c) { }",
         ("Method(Modifiers([def] []) - f [Parameter(a int - False -) Parameter(b - 1 False -) "
         "Parameter(c C - True -)] [] Block([]) False)")),
    ],
)  # fmt: skip
def test_statements(text: str, expected: str) -> None:
    [statement] = tree(text).body
    assert brief(statement) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b * c", "Binary(+ a Binary(* b c))"),
        ("a - b - c", "Binary(- Binary(- a b) c)"),
        ("(a - b) - c", "Binary(- Binary(- a b) c)"),
        ("a - (b - c)", "Binary(- a Binary(- b c))"),
        ("a || b && c == d", "Binary(|| a Binary(&& b Binary(== c d)))"),
        ("a ** b ** c", "Binary(** Binary(** a b) c)"),
        ("-a ** b", "Unary(- Binary(** a b))"),
        ("-a * b", "Binary(* Unary(- a) b)"),
        ("c * -a ** b", "Binary(* c Binary(** Unary(- a) b))"),
        ("!a && b", "Binary(&& Unary(! a) b)"),
        ("1..a + 1", "Range(1 Binary(+ a 1) True)"),
        ("a as B == c", "Binary(== Cast(B a True) c)"),
        ("!(a instanceof B)", "Unary(! InstanceOf(a B))"),
        ("a ? b : c ? d : e", "Ternary(a b Ternary(c d e))"),
        ("a ?: b ?: c", "Elvis(a Elvis(b c))"),
        ("(A) b.c", "Cast(A Property(b . c) False)"),
        ("[a: 1, (b): 2, *: c]", "MapLiteral([MapEntry(a 1) MapEntry(b 2) MapEntry(- c)])"),
        ("[1, *a,]", "ListLiteral([1 Spread(a)])"),
        ("new A(1, b: 2)", "New(A [1] [MapEntry(b 2)] -)"),
        ("new int[2][]", "NewArray(int [2] 2)"),
        ("{ a, String b = 1 -> a }", ("Closure([Parameter(a - - False -) "
         "Parameter(b String 1 False -)] [a])")),
        ('"a${b.c}"', 'GString([Text(a) Hole(Property(b . c))] ")'),
        ('"$b.c"', 'GString([Hole(Property(b . c))] ")'),
        ('"${}"', 'GString([Hole(-)] ")'),
        ('"${-> a}"', 'GString([Hole(Closure([] [a]))] ")'),
    ],
)  # fmt: skip
def test_expressions(text: str, expected: str) -> None:
    assert brief(expression(text)) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [("10L", 10), ("0x1F", 31), ("0b11", 3), ("017", 15), ("1_000", 1000), ("2G", 2), ("0", 0)],
)
def test_whole_numbers(text: str, value: int) -> None:
    assert expression(text).value == value


@pytest.mark.parametrize(("text", "value"), [("1.5", "1.5"), ("1e3f", "1E+3"), ("2d", "2")])
def test_decimal_numbers(text: str, value: str) -> None:
    assert str(expression(text).value) == value


def test_a_class_holds_its_members() -> None:
    [made] = tree(
        "class A<T> extends B implements C { int x = 1\nA() { super(x) }\ndef f() { } }"
    ).body
    assert isinstance(made, ast.Class)
    assert [type(member).__name__ for member in made.members] == ["Declaration", "Method", "Method"]
    assert isinstance(made.members[1], ast.Method)
    assert made.members[1].constructor


def test_an_enum_holds_its_constants() -> None:
    [made] = tree("enum A { B, C(1) { def f() { } }; int x }").body
    assert isinstance(made, ast.Class)
    assert [type(member).__name__ for member in made.members] == [
        "EnumConstant",
        "EnumConstant",
        "Declaration",
    ]


def test_nodes_cannot_be_changed() -> None:
    node = expression("a")
    with pytest.raises(AttributeError, match="cannot be changed"):
        node.id = "b"
