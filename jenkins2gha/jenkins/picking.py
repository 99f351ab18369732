"""Elements of lists, maps and texts: by a known key, or by one that a run decides."""

from __future__ import annotations

from jenkins2gha.jenkins.conditions import LEAVES, as_expr, chosen, compared
from jenkins2gha.jenkins.values import (
    Choose,
    Concat,
    Constant,
    Expr,
    Known,
    ListOf,
    MapOf,
    Perhaps,
    Symbolic,
    Value,
    is_given,
    is_whole,
    text_of,
)


def element(owner: Value, at: Value) -> Value | None:
    """The element of a list, a map or a text; None where only a run knows it."""
    if isinstance(owner, (ListOf, Known)) and isinstance(at, ListOf):
        return _slice(owner, at)
    if isinstance(at, Symbolic):
        return None if is_given(at) else _chosen(owner, at)
    if not isinstance(at, Known):
        return None
    if isinstance(owner, MapOf):
        key = text_of(at)
        if key is not None and isinstance(owner.get(key), Perhaps):
            return None
        return None if key is None else owner.get(key) or Known(None, owner.span)
    if type(at.value) is not int:
        return None
    if isinstance(owner, ListOf):
        inside = -len(owner.items) <= at.value < len(owner.items)
        if inside:
            return owner.items[at.value]
        return Known(None, owner.span) if at.value >= 0 else None
    if isinstance(owner, Known) and isinstance(owner.value, str):
        inside = -len(owner.value) <= at.value < len(owner.value)
        return Known(owner.value[at.value], owner.span) if inside else None
    return None


def _slice(owner: ListOf | Known, at: ListOf) -> Value | None:
    picked = [element(owner, one) for one in at.items]
    found = [one for one in picked if one is not None]
    if len(found) < len(picked):
        return None
    if isinstance(owner, ListOf):
        return ListOf(tuple(found), owner.span)
    return Known("".join(text_of(one) or "" for one in found), owner.span)


def _chosen(owner: Value, at: Symbolic) -> Value | None:
    """The element by a key that a run decides: one of two keys, or any key of a map."""
    if isinstance(at.expr, Choose):
        then = element(owner, _value(at.expr.then, at))
        otherwise = element(owner, _value(at.expr.otherwise, at))
        if then is None or otherwise is None:
            return None
        return chosen(at.expr.condition, then, otherwise, at.span)
    if isinstance(owner, MapOf) and not isinstance(at.expr, Concat):
        return by_key(owner, at, Known(None, owner.span))
    return None


def _value(expr: Expr, at: Symbolic) -> Value:
    if isinstance(expr, Constant):
        return Known(expr.value, at.span)
    return Symbolic(expr, at.span)


def by_key(owner: MapOf, at: Symbolic, default: Value) -> Value | None:
    """The value of a map under a key that a run decides; a GString is no key of a map."""
    if isinstance(at.expr, Concat) or is_given(at):
        return None
    if len(owner.entries) > LEAVES or not is_whole(owner):
        return None
    found = default
    for key, value in reversed(owner.entries):
        test = as_expr(compared("==", at, Known(key, owner.span), at.span))
        if test is None:
            return None
        found = chosen(test, value, found, at.span)
    return found
