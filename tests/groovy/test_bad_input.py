"""Whatever comes in: a tree or an error, soon, and trees that can be walked."""

from __future__ import annotations

from time import monotonic

import pytest

from jenkins2gha.groovy import GroovySyntaxError, parse, recover
from jenkins2gha.groovy.counts import counts
from jenkins2gha.groovy.dump import dump
from jenkins2gha.groovy.walk import walk
from jenkins2gha.source import Source

N = 10_000
FINE = {
    "empty": "",
    "newlines": "\n" * N,
    "semicolons": ";" * N,
    "sum": "x = " + " + ".join(["a"] * N),
    "strings": "x = " + '"${a}" + ' * N + "1",
    "methods": "x" + ".a()" * N,
    "properties": "x" + ".a" * N,
    "indexes": "x" + "[0]" * N,
    "commands": "a " * N,
    "else if": "if (a) b()\n" + "else if (a) b()\n" * 200,
    "deep": "a {" * 100 + "}" * 100,
    "arguments": "f(" + "a, " * N + "a)",
    "holes": '"' + "$a" * N + '"',
}
BAD = {
    "NUL": "\0" * 3,
    "binary": bytes(range(256)).decode("latin-1") * 1000,
    "braces": "a{" * N + "}" * N,
    "open braces": "{" * N,
    "parentheses": "(" * N + ")" * N,
    "brackets": "x=" + "[" * N + "]" * N,
    "closing": "}" * N,
    "generics": "List<" * N,
    "at": "@" * N,
    "annotations": "@A" * N,
    "def": "def " * N,
    "dots": "a." * N,
    "less": "a<" * N,
    "nots": "x = " + "!" * N + "a",
    "ternaries": "x = " + "a ? b : " * N + "c",
    "assignments": "a=" * N + "b +",
    "else ifs": "if (a) b()\n" + "else if (a) b()\n" * N,
    "labels": "a:" * N,
    "casts": "x = " + "(int)" * N + "1",
    "holes": '"${' * N,
    "comments": "/*" * N,
    "cases": "switch(a){" + "case 1:" * N + "}",
    "too long": "a()\n" * 2_500_000,
}


@pytest.mark.parametrize("text", FINE.values(), ids=FINE.keys())
def test_big_but_fine(text: str) -> None:
    source = Source("Jenkinsfile", text)
    module = parse(source)
    assert sum(1 for _ in walk(module)) == 1 + sum(1 for _ in walk(module)) - 1
    counts(source, module)
    assert dump(source, module)["node"] == "Module"


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_bad(text: str) -> None:
    begin = monotonic()
    with pytest.raises(GroovySyntaxError) as caught:
        parse(Source("Jenkinsfile", text))
    assert caught.value.message
    module, error = recover(Source("Jenkinsfile", text))
    assert error is not None
    assert sum(1 for _ in walk(module)) > 0
    assert monotonic() - begin < 10


def test_growth_is_linear() -> None:
    line = "stage('a') { steps { sh \"echo ${b.c} $d\" } }\n"
    source = Source("Jenkinsfile", "pipeline {\n" + line * 4000 + "}\n")
    begin = monotonic()
    parse(source)
    assert monotonic() - begin < 5
