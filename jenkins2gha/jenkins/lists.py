"""Groovy's methods of lists and maps that are known, those that take closures too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jenkins2gha.jenkins.conditions import (
    PERHAPS,
    all_of,
    any_of,
    as_expr,
    equal,
    is_among,
    same,
    settled,
    truth,
)
from jenkins2gha.jenkins.joining import as_text, joined
from jenkins2gha.jenkins.never import never_runs
from jenkins2gha.jenkins.picking import by_key
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import NotEvaluatedError
from jenkins2gha.jenkins.values import (
    ClosureOf,
    Constant,
    Expr,
    Known,
    ListOf,
    MapOf,
    Symbolic,
    Value,
    is_whole,
    text_of,
)
from jenkins2gha.source import Span

MOST = 256
"""Repetitions that are written out."""


def size_of(value: Known | ListOf | MapOf, span: Span) -> Value:
    """`size()`, `length()`."""
    match value:
        case ListOf(items=items) | MapOf(entries=items):
            return Known(len(items), span)
    return Known(len(text_of(value) or ""), span)


def collection_method(
    owner: ListOf | MapOf, word: str, arguments: Sequence[Value], scope: Scope, span: Span
) -> Value | None:
    """What a method of a known list or map gives; None where it is not known here."""
    if not is_whole(owner):
        raise NotEvaluatedError(PERHAPS)
    closure = arguments[-1] if arguments else None
    if isinstance(closure, ClosureOf):
        loop = _LOOPS.get(word)
        if loop is None:
            return None
        if len(_elements(owner, span)) > MOST:
            raise NotEvaluatedError(f"it repeats more than {MOST} times")
        if not _elements(owner, span):
            never_runs(closure.code, scope)
        return loop(owner, [*arguments[:-1], closure], scope, span)
    plain = _LIST_METHODS if isinstance(owner, ListOf) else _MAP_METHODS
    method = plain.get(word)
    return method(owner, arguments, span) if method else None


# --- with closures -------------------------------------------------------------------------------


def _elements(owner: Value, span: Span) -> list[tuple[Value, ...]]:
    """What a closure is given for each element: the value, or key and value."""
    if isinstance(owner, MapOf):
        return [(Known(key, span), value) for key, value in owner.entries]
    return [(item,) for item in owner.items] if isinstance(owner, ListOf) else []


def call(
    closure: Value, given: Sequence[Value], scope: Scope, span: Span, *, wanted: bool = True
) -> Value:
    """What a closure returns for some arguments; a pair becomes an entry where it takes one."""
    assert isinstance(closure, ClosureOf)
    parameters = closure.code.parameters
    if len(given) > (1 if parameters is None else len(parameters)) and len(given) > 1:
        entry = (("key", given[0]), ("value", given[1]))
        given = [MapOf(entry, span), *given[2:]]
    end = scope.state.file.interpreter.call(closure, given, scope, wanted=wanted)
    if end.kind == "failed":
        raise NotEvaluatedError("it ends with an error in a repetition")
    return end.value or Known(None, span)


def _each(owner: Value, given: Sequence[Value], scope: Scope, span: Span) -> Value:
    for element in _elements(owner, span):
        call(given[-1], element, scope, span, wanted=False)
    return owner


def _each_with_index(owner: Value, given: Sequence[Value], scope: Scope, span: Span) -> Value:
    for at, element in enumerate(_elements(owner, span)):
        whole = element if len(element) == 1 else (MapOf(_entry(element), span),)
        call(given[-1], (*whole, Known(at, span)), scope, span, wanted=False)
    return owner


def _entry(element: Sequence[Value]) -> tuple[tuple[str, Value], ...]:
    return (("key", element[0]), ("value", element[1]))


def _collect(owner: Value, given: Sequence[Value], scope: Scope, span: Span) -> Value:
    found = [call(given[-1], element, scope, span) for element in _elements(owner, span)]
    return ListOf(tuple(found), span)


def _collect_entries(owner: Value, given: Sequence[Value], scope: Scope, span: Span) -> Value:
    found: dict[str, Value] = {}
    for element in _elements(owner, span):
        made = call(given[-1], element, scope, span)
        pairs: Sequence[tuple[str | None, Value]] = ()
        if isinstance(made, ListOf) and len(made.items) == 2:
            pairs = ((text_of(made.items[0]), made.items[1]),)
        elif isinstance(made, MapOf):
            pairs = made.entries
        for key, value in pairs:
            if key is None:
                raise NotEvaluatedError("it makes a map with keys that only a run knows")
            found[key] = value
        if not pairs:
            raise NotEvaluatedError("it makes a map of what only a run knows")
    return MapOf(tuple(found.items()), span)


def _tested(owner: Value, test: Value, scope: Scope, span: Span) -> list[bool]:
    found: list[bool] = []
    for element in _elements(owner, span):
        value = truth(call(test, element, scope, span), span)
        if not isinstance(value, Known):
            raise NotEvaluatedError("it picks by what only a run knows")
        found.append(bool(value.value))
    return found


def _find_all(owner: Value, given: Sequence[Value], scope: Scope, span: Span) -> Value:
    kept = _tested(owner, given[-1], scope, span)
    if isinstance(owner, MapOf):
        pairs = zip(owner.entries, kept, strict=True)
        return MapOf(tuple(entry for entry, keep in pairs if keep), span)
    assert isinstance(owner, ListOf)
    return ListOf(tuple(item for item, keep in zip(owner.items, kept, strict=True) if keep), span)


def _find(owner: Value, given: Sequence[Value], scope: Scope, span: Span) -> Value:
    found = _find_all(owner, given, scope, span)
    if isinstance(found, ListOf):
        return found.items[0] if found.items else Known(None, span)
    assert isinstance(found, MapOf)
    if not found.entries:
        return Known(None, span)
    key, value = found.entries[0]
    return MapOf(_entry((Known(key, span), value)), span)


def _count(owner: Value, given: Sequence[Value], scope: Scope, span: Span) -> Value:
    return Known(sum(_tested(owner, given[-1], scope, span)), span)


def _conditions(owner: Value, test: Value, scope: Scope, span: Span) -> list[Expr]:
    found: list[Expr] = []
    for element in _elements(owner, span):
        expr = as_expr(truth(call(test, element, scope, span), span))
        if expr is None:
            raise NotEvaluatedError("it tests what only a run knows")
        found.append(expr)
    return found


def _any(owner: Value, given: Sequence[Value], scope: Scope, span: Span) -> Value:
    return settled(any_of(*_conditions(owner, given[-1], scope, span)), span)


def _every(owner: Value, given: Sequence[Value], scope: Scope, span: Span) -> Value:
    return settled(all_of(*_conditions(owner, given[-1], scope, span)), span)


def _inject(owner: Value, given: Sequence[Value], scope: Scope, span: Span) -> Value | None:
    if len(given) != 2:
        return None
    value = given[0]
    for element in _elements(owner, span):
        value = call(given[-1], (value, *element), scope, span)
    return value


def _sorted_by(owner: Value, given: Sequence[Value], scope: Scope, span: Span) -> Value | None:
    if not isinstance(owner, ListOf) or len(given) != 1:
        return None
    keys = [call(given[-1], (item,), scope, span) for item in owner.items]
    order = _order(keys)
    return None if order is None else ListOf(tuple(owner.items[at] for at in order), span)


_Loop = Callable[[Value, Sequence[Value], Scope, Span], "Value | None"]
_LOOPS: dict[str, _Loop] = {
    "each": _each,
    "eachWithIndex": _each_with_index,
    "collect": _collect,
    "collectEntries": _collect_entries,
    "find": _find,
    "findAll": _find_all,
    "count": _count,
    "any": _any,
    "every": _every,
    "inject": _inject,
    "sort": _sorted_by,
}


# --- without closures ----------------------------------------------------------------------------

_Method = Callable[[ListOf, Sequence[Value], Span], "Value | None"]


def _join(owner: ListOf, given: Sequence[Value], span: Span) -> Value | None:
    separator = text_of(given[0]) if given else ""
    texts = [as_text(item) for item in owner.items]
    if separator is None or None in texts:
        return None
    parts: list[Expr] = []
    for at, text in enumerate(texts):
        assert text is not None
        parts.extend((Constant(separator), text) if at else (text,))
    return joined(parts, span)


def _contains(owner: ListOf, given: Sequence[Value], span: Span) -> Value | None:
    return is_among(given[0], owner.items, span) if len(given) == 1 else None


def _index_of(owner: ListOf, given: Sequence[Value], span: Span) -> Value | None:
    if len(given) != 1:
        return None
    found: list[bool | None] = [equal(item, given[0]) for item in owner.items]
    if None in found:
        return None
    return Known(found.index(True) if True in found else -1, span)


def _order(keys: Sequence[Value]) -> list[int] | None:
    """The places of some keys in their order; None where they cannot be compared."""
    values = [key.value for key in keys if isinstance(key, Known)]
    texts = all(isinstance(value, str) for value in values)
    numbers = all(type(value) is int for value in values)
    if len(values) < len(keys) or not (texts or numbers):
        return None
    codes: list[Any] = [
        value.encode("utf-16-be") if isinstance(value, str) else value for value in values
    ]
    return sorted(range(len(codes)), key=codes.__getitem__)


def _sort(owner: ListOf, given: Sequence[Value], span: Span) -> Value | None:
    order = None if given else _order(owner.items)
    return None if order is None else ListOf(tuple(owner.items[at] for at in order), span)


def _unique(owner: ListOf, given: Sequence[Value], span: Span) -> Value | None:
    kept: list[Value] = []
    for item in owner.items:
        if not isinstance(item, Known):
            return None
        if not any(same(item, one) for one in kept):
            kept.append(item)
    return None if given else ListOf(tuple(kept), span)


def _flatten(owner: ListOf, given: Sequence[Value], span: Span) -> Value | None:
    flat: list[Value] = []
    for item in owner.items:
        inner = _flatten(item, (), span) if isinstance(item, ListOf) else None
        flat.extend(inner.items if isinstance(inner, ListOf) else (item,))
    return None if given else ListOf(tuple(flat), span)


def _part(cut: Callable[[tuple[Value, ...], int], tuple[Value, ...]]) -> _Method:
    def method(owner: ListOf, given: Sequence[Value], span: Span) -> Value | None:
        number = given[0].value if len(given) == 1 and isinstance(given[0], Known) else None
        return ListOf(cut(owner.items, number), span) if type(number) is int else None

    return method


def _get(owner: ListOf, given: Sequence[Value], _: Span) -> Value | None:
    at = given[0].value if len(given) == 1 and isinstance(given[0], Known) else None
    return owner.items[at] if type(at) is int and 0 <= at < len(owner.items) else None


def _plus(owner: ListOf, given: Sequence[Value], span: Span) -> Value | None:
    if len(given) != 1:
        return None
    more = given[0].items if isinstance(given[0], ListOf) else tuple(given)
    return ListOf(owner.items + more, span)


_LIST_METHODS: dict[str, Callable[..., Value | None]] = {
    "size": lambda owner, given, span: None if given else size_of(owner, span),
    "isEmpty": lambda owner, given, span: None if given else Known(not owner.items, span),
    "join": _join,
    "contains": _contains,
    "indexOf": _index_of,
    "sort": _sort,
    "toSorted": _sort,
    "unique": _unique,
    "toUnique": _unique,
    "flatten": _flatten,
    "get": _get,
    "getAt": _get,
    "plus": _plus,
    "take": _part(lambda items, number: items[: max(number, 0)]),
    "drop": _part(lambda items, number: items[max(number, 0) :]),
    "first": lambda owner, _, __: owner.items[0] if owner.items else None,
    "last": lambda owner, _, __: owner.items[-1] if owner.items else None,
    "head": lambda owner, _, __: owner.items[0] if owner.items else None,
    "tail": lambda owner, _, span: ListOf(owner.items[1:], span) if owner.items else None,
    "init": lambda owner, _, span: ListOf(owner.items[:-1], span) if owner.items else None,
    "reverse": lambda owner, given, span: None if given else ListOf(owner.items[::-1], span),
    "toList": lambda owner, _, __: owner,
    "asList": lambda owner, _, __: owner,
    "toArray": lambda owner, _, __: owner,
    "iterator": lambda _, __, ___: None,
}


def _of_key(owner: MapOf, given: Sequence[Value], span: Span) -> Value | None:
    key = text_of(given[0]) if given else None
    default = given[1] if len(given) > 1 else Known(None, span)
    if len(given) in (1, 2) and isinstance(given[0], Symbolic):
        return by_key(owner, given[0], default)
    if key is None or len(given) > 2:
        return None
    return owner.get(key) or default


def _has_key(owner: MapOf, given: Sequence[Value], span: Span) -> Value | None:
    keys = [Known(key, span) for key, _ in owner.entries]
    return is_among(given[0], keys, span) if len(given) == 1 else None


def _entries(owner: MapOf, _: Sequence[Value], span: Span) -> Value:
    made = (MapOf(_entry((Known(key, span), value)), span) for key, value in owner.entries)
    return ListOf(tuple(made), span)


_MAP_METHODS: dict[str, Callable[..., Value | None]] = {
    "size": lambda owner, given, span: None if given else size_of(owner, span),
    "isEmpty": lambda owner, given, span: None if given else Known(not owner.entries, span),
    "get": _of_key,
    "getAt": _of_key,
    "getOrDefault": _of_key,
    "containsKey": _has_key,
    "keySet": lambda owner, _, span: ListOf(
        tuple(Known(key, span) for key, __ in owner.entries), span
    ),
    "values": lambda owner, _, span: ListOf(tuple(value for __, value in owner.entries), span),
    "entrySet": _entries,
}
