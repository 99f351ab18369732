"""Errors say where the fault is, what is wrong, and what to write instead."""

from __future__ import annotations

import pytest

from jenkins2gha.groovy import GroovySyntaxError, parse
from jenkins2gha.source import Source


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a(\n  b\n", 3, 1, "'(' opened in line 1 is never closed"),
        ("a {\n  b {\n  }\n", 4, 1, "'{' opened in line 1 is never closed"),
        ("a {\n  b(1]\n}", 2, 6, "']' does not close '(' opened in line 2: write ')' before it"),
        ("a()\n}", 2, 1, "'}' closes nothing"),
        ("x = 'a\n", 1, 7, "not closed on its line: write ' at its end"),
        ("x = '''a\nb", 2, 2, "the string opened in line 1 is never closed: write '''"),
        ("/* a\n", 2, 1, "the comment opened in line 1 is never closed: write */"),
        ("x = '\\d'", 1, 6, "\\d is no escape in a string: write \\\\d"),
        ('x = "cost $ 5"', 1, 11, "write \\$ for a plain one"),
        ('x = "$class"', 1, 6, "write ${class}"),
        ("# a", 1, 1, "write // instead"),
        ("a()\n<<<<<<< HEAD\nb()\n=======\nc()\n>>>>>>> d\n", 2, 1, "merge conflict"),
        ("a {\n<<<<<<< HEAD\n  b()\n=======\n  c()\n>>>>>>> d\n}\n", 2, 1, "merge conflict"),
        ("a();\n{ b() }", 2, 1, "begin a closure with its parameters"),
        ("f(a b)", 1, 5, "'b' is not possible here"),
        ("return a b", 1, 10, "'b' is not possible here"),
        ("x = a < b < c", 1, 11, "'<' cannot follow '<'"),
        ("f() = 1", 1, 5, "the result of a call cannot be assigned to"),
        ("f(a: 1, a: 2)", 1, 3, "the argument 'a' is given twice"),
        ("[a: 1, b]", 1, 8, "a map holds only `key: value`"),
        ("try { }\na()", 1, 1, "'try' needs a 'catch' or a 'finally'"),
        ("def f()\n", 1, 1, "the method 'f' has no body"),
        ("a {\n  def f() { }\n}", 2, 3, "a method cannot be defined inside a block"),
        ("for (int i = 0; i < 3; i++, j++) { }", 1, 27, "',' is not possible here"),
        ("x = 1 def y", 1, 7, "'def' is not possible here"),
        ("x = +", 1, 6, "the file ends too early"),
        ("x = y\n&& z", 2, 1, "'&&' is not possible here"),
        ("\u00a0a", 1, 1, "U+00A0"),
        ("// C:\\users", 1, 6, "four hexadecimal digits, in comments too"),
        ("class A { a() }", 1, 11, "'a' is not possible here"),
    ],
)
def test_messages(text: str, line: int, column: int, message: str) -> None:
    source = Source("Jenkinsfile", text)
    with pytest.raises(GroovySyntaxError) as caught:
        parse(source)
    error = caught.value
    assert message in error.message
    assert source.position(error.start) == (line, column)
    assert str(error) == error.message
