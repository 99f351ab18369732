"""Operators between values. Source: groovy 2.4, NumberMath and DefaultGroovyMethods."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact
from typing import Final

from jenkins2gha.simulate.jenkins.errors import Unknown, thrown
from jenkins2gha.simulate.jenkins.groovy.values import (
    GroovySet,
    GString,
    Value,
    compare,
    contains,
    equals,
    integer,
    is_number,
    is_text,
    number,
    to_text,
)

_LIMIT: Final = 2**31
_EXACT: Final = Context(prec=1000)


def plus(left: Value, right: Value) -> Value:
    if isinstance(left, str) or (
        isinstance(right, str) and not isinstance(left, (list, dict, GString))
    ):
        return to_text(left) + to_text(right)
    if isinstance(left, GString):
        return GString(left.text + to_text(right))
    if isinstance(left, GroovySet):
        added = right if isinstance(right, list) else [right]
        return GroovySet([*left, *(one for one in added if not contains(left, one))])
    if isinstance(left, list):
        return [*left, *right] if isinstance(right, list) else [*left, right]
    if isinstance(left, dict) and isinstance(right, dict):
        return {**left, **right}
    if isinstance(right, GString) and is_number(left):
        return to_text(left) + right.text
    return _numbers("plus", left, right, lambda a, b: a + b)


def minus(left: Value, right: Value) -> Value:
    if is_text(left):
        return to_text(left).replace(to_text(right), "", 1)
    if isinstance(left, list):
        gone = right if isinstance(right, list) else [right]
        return type(left)(one for one in left if not any(equals(one, other) for other in gone))
    if isinstance(left, dict) and isinstance(right, dict):
        return {
            key: one for key, one in left.items() if not (key in right and equals(right[key], one))
        }
    return _numbers("minus", left, right, lambda a, b: a - b)


def times(left: Value, right: Value) -> Value:
    if is_text(left):
        return to_text(left) * integer(right)
    if isinstance(left, list):
        return left * integer(right)
    return _numbers("multiply", left, right, lambda a, b: a * b)


def divide(left: Value, right: Value) -> Value:
    if isinstance(left, float) or isinstance(right, float):
        return _numbers("div", left, right, lambda a, b: a / b)
    _both("div", left, right)
    one, other = Decimal(number(left)), Decimal(number(right))
    if not other:
        raise thrown("ArithmeticException", "Division by zero")
    try:
        exact = Context(prec=400, traps=[Inexact]).divide(one, other)
    except Inexact:
        digits = max(len(one.as_tuple().digits), len(other.as_tuple().digits)) + 10
        rough = Context(prec=digits, rounding=ROUND_HALF_UP).divide(one, other)
        scale = max(_scale(one), _scale(other), 10)
        if _scale(rough) > scale:
            rough = rough.quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP)
        return rough
    wanted = _scale(one) - _scale(other)
    while _scale(exact) < wanted:
        exact = exact.quantize(Decimal(1).scaleb(-wanted), context=_EXACT)
    return exact


def _scale(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def remainder(left: Value, right: Value) -> Value:
    _both("mod", left, right)
    if isinstance(left, int) and isinstance(right, int):
        if right == 0:
            raise thrown("ArithmeticException", "/ by zero")
        return int(math.copysign(1, left)) * (abs(left) % abs(right))
    raise Unknown("a remainder of numbers that are not whole")


def power(left: Value, right: Value) -> Value:
    _both("power", left, right)
    if isinstance(left, int) and isinstance(right, int) and right >= 0:
        return left**right
    raise Unknown("a power of such numbers")


def shift_left(left: Value, right: Value) -> Value:
    if isinstance(left, GroovySet):
        if not contains(left, right):
            left.append(right)
        return left
    if isinstance(left, list):
        left.append(right)
        return left
    if isinstance(left, dict) and isinstance(right, dict):
        left.update(right)
        return left
    if is_number(left) and is_number(right):
        return integer(left) << integer(right)
    raise Unknown("<< on such a value")


def bits(operator: str) -> Callable[[Value, Value], Value]:
    """`&`, `|` and `^`, of booleans or whole numbers; `&` of lists."""

    def apply(left: Value, right: Value) -> Value:
        if isinstance(left, bool) and isinstance(right, bool):
            return {"&": left and right, "|": left or right, "^": left != right}[operator]
        one, other = integer(left), integer(right)
        return {"&": one & other, "|": one | other, "^": one ^ other}[operator]

    return apply


def negate(value: Value) -> Value:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, float)):
        raise Unknown("a minus before such a value")
    return -value


def _both(name: str, left: Value, right: Value) -> None:
    if left is None:
        raise thrown("NullPointerException", f"Cannot execute null{_SIGN[name]}{to_text(right)}")
    if not is_number(left) or not is_number(right):
        raise Unknown(f"the method {name} of {type(left).__name__} on {type(right).__name__}")


_SIGN: Final = {"plus": "+", "minus": "-", "multiply": "*", "div": "/", "mod": "%", "power": "**"}


def _numbers(
    name: str, left: Value, right: Value, apply: Callable[[Decimal, Decimal], Decimal]
) -> Value:
    _both(name, left, right)
    one, other = number(left), number(right)
    if isinstance(one, float) or isinstance(other, float):
        return apply(float(one), float(other))  # type: ignore[arg-type]
    found: Value = apply(one, other)  # type: ignore[arg-type]
    if (
        isinstance(found, int)
        and abs(found) >= _LIMIT
        and max(abs(integer(one)), abs(integer(other))) < _LIMIT
    ):
        raise Unknown("an integer beyond 32 bits")
    return found


BINARY: Final[dict[str, Callable[[Value, Value], Value]]] = {
    "+": plus,
    "-": minus,
    "*": times,
    "/": divide,
    "%": remainder,
    "**": power,
    "<<": shift_left,
    ">>": lambda left, right: integer(left) >> integer(right),
    "&": bits("&"),
    "|": bits("|"),
    "^": bits("^"),
    "==": equals,
    "!=": lambda left, right: not equals(left, right),
    "<=>": compare,
    "<": lambda left, right: compare(left, right) < 0,
    ">": lambda left, right: compare(left, right) > 0,
    "<=": lambda left, right: compare(left, right) <= 0,
    ">=": lambda left, right: compare(left, right) >= 0,
}
