"""Texts and lists that are made of values."""

from __future__ import annotations

from decimal import Decimal

from jenkins2gha.jenkins.values import (
    BuildFact,
    Concat,
    Constant,
    Described,
    Expr,
    Known,
    ListOf,
    MapOf,
    Residual,
    Symbolic,
    Value,
    is_whole,
    text_of,
)
from jenkins2gha.source import Span

CAUGHT = "caught"
"""The symbol of what a `catch` is given."""

LIMIT = 500_000
"""Characters of one text; a script of more than 21,000 does not fit into a workflow."""

LARGEST = 2**31 - 1
"""Past it Java's integers run over."""


def as_text(value: Value) -> Expr | None:
    """What a value adds to a text; None for what is neither known nor an expression."""
    if isinstance(value, Known):
        return Constant("null" if value.value is None else text_of(value))
    if isinstance(value, Symbolic):
        return value.expr
    if isinstance(value, Described) and value.symbol == CAUGHT:
        return BuildFact("error")
    return None


def joined(parts: list[Expr], span: Span) -> Value:
    """The text that the parts make together, neighbouring constants as one.

    Texts that are made of each other can double with every line: past a limit nothing is joined.
    """
    if sum(map(_size, parts)) > LIMIT:
        return Residual(span, f"it makes a text of more than {LIMIT:,} characters")
    merged: list[Expr] = []
    for part in parts:
        for piece in part.parts if isinstance(part, Concat) else (part,):
            last = merged[-1] if merged else None
            if isinstance(piece, Constant) and isinstance(last, Constant):
                merged[-1] = Constant(f"{last.value}{piece.value}")
            elif piece != Constant(""):
                merged.append(piece)
    if not merged:
        return Known("", span)
    if len(merged) == 1 and isinstance(merged[0], Constant):
        return Known(merged[0].value, span)
    return Symbolic(Concat(tuple(merged)), span)


def _size(part: Expr) -> int:
    match part:
        case Constant(value):
            return len(value) if isinstance(value, str) else 1
        case Concat(parts):
            return sum(map(_size, parts))
    return 1


def added(values: list[Value], span: Span) -> Value:
    """What a row of `+` makes of its operands: a text or a list."""
    if isinstance(values[-1], (ListOf, Described)):
        return _joined_lists(values, span)
    if isinstance(values[0], ListOf):
        return _appended(values, span)
    if all(map(is_number, values)):
        return _sum(values, span)
    if all(isinstance(value, MapOf) and is_whole(value) for value in values[1:]) and isinstance(
        values[0], MapOf
    ):
        entries = (value.entries for value in values if isinstance(value, MapOf))
        return MapOf(tuple({k: v for one in entries for k, v in one}.items()), span)
    if len(values) > 2 and is_number(values[0]) and is_number(values[1]):
        return added([_sum(values[:2], span), *values[2:]], span)
    texts = [as_text(value) for value in values]
    known = [text for text in texts if text is not None]
    if len(known) < len(texts):
        return Residual(span, "it joins what is no text")
    return joined(known, span)


def _appended(values: list[Value], span: Span) -> Value:
    """A list with what is added behind it: the elements of lists, other values as they are."""
    items: list[Value] = []
    for value in values:
        if isinstance(value, Residual):
            return value
        items.extend(value.items if isinstance(value, ListOf) else (value,))
    return ListOf(tuple(items), span)


def _sum(values: list[Value], span: Span) -> Value:
    numbers = [value.value for value in values if isinstance(value, Known)]
    total: int | Decimal = 0
    for number in numbers:
        assert isinstance(number, (int, Decimal))
        total += number
    if not -LARGEST <= total <= LARGEST:
        return Residual(span, "it computes with `+`")
    return Known(total, span)


def _joined_lists(values: list[Value], span: Span) -> Value:
    """Lists joined to one; an object alone, as `scm.extensions`, stands for its elements."""
    items: list[Value] = []
    for value in values:
        if isinstance(value, ListOf):
            items.extend(value.items)
        elif isinstance(value, Described):
            items.append(value)
        else:
            return Residual(span, "it joins what is no list")
    return ListOf(tuple(items), span)


def is_number(value: Value) -> bool:
    numeric = isinstance(value, Known) and isinstance(value.value, (int, Decimal))
    return numeric and not isinstance(getattr(value, "value", None), bool)
