"""Arithmetic on constants, as Groovy computes it."""

from __future__ import annotations

from decimal import Decimal

from jenkins2gha.jenkins.conditions import equal
from jenkins2gha.jenkins.joining import LARGEST
from jenkins2gha.jenkins.values import Known, ListOf, MapOf, Residual, Value, text_of
from jenkins2gha.source import Span

_LONGEST = 10_000
_BITS = 64


def computed(operator: str, left: Value, right: Value, span: Span) -> Value:
    """`+`, `-`, `*`, `/`, `%`, `**` and `<<` of two known values; `intdiv` is Groovy's method."""
    found: Value | None = None
    if isinstance(left, ListOf) and operator in ("-", "<<"):
        found = _of_list(operator, left, right, span)
    elif isinstance(left, MapOf) and isinstance(right, MapOf) and operator in ("+", "<<"):
        found = MapOf(tuple({**dict(left.entries), **dict(right.entries)}.items()), span)
    elif isinstance(left, Known) and isinstance(right, Known):
        found = _of_scalars(operator, left, right, span)
    return found or Residual(span, f"it computes with `{operator}`")


def _of_list(operator: str, left: ListOf, right: Value, span: Span) -> Value | None:
    if operator == "<<":
        return ListOf((*left.items, right), span)
    gone = right.items if isinstance(right, ListOf) else (right,)
    kept: list[Value] = []
    for item in left.items:
        found = [equal(item, one) for one in gone]
        if None in found and True not in found:
            return None
        if True not in found:
            kept.append(item)
    return ListOf(tuple(kept), span)


def _of_scalars(operator: str, left: Known, right: Known, span: Span) -> Value | None:
    one, other = left.value, right.value
    if isinstance(one, str):
        return _of_text(operator, one, right, span)
    if isinstance(one, bool) or isinstance(other, bool):
        return None
    if isinstance(one, (int, Decimal)) and isinstance(other, (int, Decimal)):
        number: int | Decimal | None = _number(operator, one, other)
        if number is not None and -LARGEST <= number <= LARGEST:
            return Known(number, span)
    return None


def _of_text(operator: str, text: str, right: Known, span: Span) -> Value | None:
    times = right.value
    if operator == "*" and isinstance(times, int) and 0 <= times * len(text) <= _LONGEST:
        return Known(text * times, span)
    gone = text_of(right)
    if operator == "-" and gone is not None:
        return Known(text.replace(gone, "", 1), span)
    return None


def _number(operator: str, one: int | Decimal, other: int | Decimal) -> int | Decimal | None:
    match operator:
        case "+":
            return one + other
        case "-":
            return one - other
        case "*":
            return one * other
        case "/":
            return _quotient(one, other)
        case "%" | "intdiv" if isinstance(one, int) and isinstance(other, int) and other:
            whole = abs(one) // abs(other) * (1 if (one < 0) == (other < 0) else -1)
            return whole if operator == "intdiv" else one - whole * other
        case "intdiv" if isinstance(one, Decimal) and other == 1:
            return int(one)
        case "**" if isinstance(one, int) and isinstance(other, int) and 0 <= other < _BITS:
            return int(one**other)
    return None


def _quotient(one: int | Decimal, other: int | Decimal) -> int | Decimal | None:
    """A quotient that has an end; Groovy gives a decimal number, printed without needless zeros."""
    if other == 0:
        return None
    exact = Decimal(one) / Decimal(other)
    if exact * Decimal(other) != Decimal(one):
        return None
    return int(exact) if exact == exact.to_integral_value() else exact.normalize()
