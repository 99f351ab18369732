"""Methods of numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from jenkins2gha.simulate.jenkins.groovy import arithmetic
from jenkins2gha.simulate.jenkins.groovy.methods.table import (
    Table,
    closure,
    plain,
    taking,
)
from jenkins2gha.simulate.jenkins.groovy.values import (
    Value,
    compare,
    equals,
    integer,
    number,
    to_text,
)

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter


def _times(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    for one in range(integer(target)):
        interpreter.call(closure(given), one)
    return None


def _upto(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    for one in range(integer(target), integer(given[0]) + 1):
        interpreter.call(closure(given), one)
    return None


def _downto(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    for one in range(integer(target), integer(given[0]) - 1, -1):
        interpreter.call(closure(given), one)
    return None


def _step(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    for one in range(integer(target), integer(given[0]), integer(given[1])):
        interpreter.call(closure(given), one)
    return None


METHODS: Final[Table] = {
    "times": _times,
    "upto": _upto,
    "downto": _downto,
    "step": _step,
    "toString": plain(to_text),
    "toInteger": plain(lambda n: int(number(n))),
    "intValue": plain(lambda n: int(number(n))),
    "longValue": plain(lambda n: int(number(n))),
    "toLong": plain(lambda n: int(number(n))),
    "toBigDecimal": plain(lambda n: Decimal(to_text(n))),
    "toDouble": plain(lambda n: float(number(n))),
    "doubleValue": plain(lambda n: float(number(n))),
    "abs": plain(lambda n: abs(number(n))),
    "plus": taking(lambda n, g: arithmetic.plus(n, g[0])),
    "minus": taking(lambda n, g: arithmetic.minus(n, g[0])),
    "multiply": taking(lambda n, g: arithmetic.times(n, g[0])),
    "div": taking(lambda n, g: arithmetic.divide(n, g[0])),
    "mod": taking(lambda n, g: arithmetic.remainder(n, g[0])),
    "intdiv": taking(lambda n, g: _whole(integer(n), integer(g[0]))),
    "compareTo": taking(lambda n, g: compare(n, g[0])),
    "equals": taking(lambda n, g: type(n) is type(g[0]) and equals(n, g[0])),
}


def _whole(one: int, other: int) -> int:
    found = abs(one) // abs(other)
    return found if (one < 0) == (other < 0) else -found
