"""The interpreter of the simulator against Groovy 2.4.21 itself, on handwritten programs."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from jenkins2gha.groovy import ast, parse
from jenkins2gha.simulate.jenkins.errors import Thrown, Unsupported
from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter
from jenkins2gha.simulate.jenkins.groovy.scope import Returned
from jenkins2gha.simulate.jenkins.groovy.values import Arguments, Value, to_text
from jenkins2gha.source import Source
from simulate.programs import PROGRAMS, UNSUPPORTED


class _Nothing:
    """A world without steps and global variables."""

    def variable(self, name: str) -> Value:
        raise KeyError(name)

    def step(self, call: ast.Call, name: str, arguments: Arguments) -> Value:
        raise AssertionError(f"{call}: {name}{arguments}")

    def describes(self, name: str) -> bool:
        return not name


def made(text: str) -> dict[str, str]:
    source = Source("program", text)
    interpreter = Interpreter(source, _Nothing())
    module = parse(source)
    interpreter.declare(module)
    try:
        return {"value": to_text(interpreter.execute(module.body, interpreter.top))}
    except Returned as returned:
        return {"value": to_text(returned.value)}
    except Thrown as thrown:
        return {"thrown": thrown.value.kind}


def test_every_program_has_the_value_that_groovy_gives_it(
    judge: Callable[[str], ModuleType],
) -> None:
    theirs = judge("oracle").values(PROGRAMS)
    found = [(text, made(text), their) for text, their in zip(PROGRAMS, theirs, strict=True)]
    assert [one for one in found if one[1] != one[2]] == []


@pytest.mark.parametrize("text", UNSUPPORTED)
def test_what_is_not_known_is_refused(text: str) -> None:
    with pytest.raises(Unsupported):
        made(text)
