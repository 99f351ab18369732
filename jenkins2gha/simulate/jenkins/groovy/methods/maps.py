"""Methods of maps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, cast

from jenkins2gha.simulate.jenkins.errors import Unknown
from jenkins2gha.simulate.jenkins.groovy import arithmetic
from jenkins2gha.simulate.jenkins.groovy.coercion import Entry, distinct
from jenkins2gha.simulate.jenkins.groovy.methods.table import (
    Table,
    closure,
    has_closure,
    parameters,
    plain,
    taking,
)
from jenkins2gha.simulate.jenkins.groovy.values import (
    Value,
    by_first,
    equals,
    integer,
    key_of,
    to_text,
    truth,
)

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter


def _map(target: Value) -> dict[Value, Value]:
    return cast("dict[Value, Value]", target)


def _results(
    interpreter: Interpreter, target: Value, given: list[Value]
) -> Iterator[tuple[Value, Value, Value]]:
    """Key, value, and what the closure makes of each entry."""
    body = closure(given)
    for key, value in list(_map(target).items()):
        if parameters(body) == 2:
            yield key, value, interpreter.call(body, key, value)
        else:
            yield key, value, interpreter.call(body, Entry(key, value))


def _each(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    for _ in _results(interpreter, target, given):
        pass
    return target


def _each_with_index(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    body = closure(given)
    for place, (key, value) in enumerate(list(_map(target).items())):
        if parameters(body) == 3:
            interpreter.call(body, key, value, place)
        else:
            interpreter.call(body, Entry(key, value), place)
    return target


def _collect_entries(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    return dict(pair(result) for _, _, result in _results(interpreter, target, given))


def pair(value: Value) -> tuple[Value, Value]:
    """One entry of a map as a closure gives it: `[key, value]` or `[key: value]`."""
    if isinstance(value, dict) and len(value) == 1:
        return next(iter(value.items()))
    if isinstance(value, list) and len(value) == 2:
        return key_of(value[0]), value[1]
    if isinstance(value, Entry):
        return key_of(value.key), value.value
    raise Unknown("an entry of a map of this form")


def _find(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    for key, value, result in _results(interpreter, target, given):
        if truth(result):
            return Entry(key, value)
    return None


def _find_all(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    found = _results(interpreter, target, given)
    return {key: value for key, value, result in found if truth(result)}


def _get(_: Interpreter, target: Value, given: list[Value]) -> Value:
    mapping, key = _map(target), key_of(given[0])
    if len(given) == 2 and key not in mapping:
        mapping[key] = given[1]
    return mapping.get(key)


def _get_or_default(_: Interpreter, target: Value, given: list[Value]) -> Value:
    return _map(target).get(key_of(given[0]), given[1])


def _put(_: Interpreter, target: Value, given: list[Value]) -> Value:
    mapping, key = _map(target), key_of(given[0])
    before = mapping.get(key)
    mapping[key] = given[1]
    return before


def _put_all(_: Interpreter, target: Value, given: list[Value]) -> Value:
    _map(target).update(_map(given[0]))
    return None


def _remove(_: Interpreter, target: Value, given: list[Value]) -> Value:
    return _map(target).pop(key_of(given[0]), None)


def _sort(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    from functools import cmp_to_key

    pairs = list(_map(target).items())
    if not given:
        return dict(sorted(pairs, key=cmp_to_key(by_first)))
    body = closure(given)
    if parameters(body) == 2:
        order = cmp_to_key(
            lambda a, b: integer(interpreter.call(body, Entry(*a), Entry(*b)))  # type: ignore[misc]
        )
        return dict(sorted(pairs, key=order))
    keyed = [(interpreter.call(body, Entry(*one)), one) for one in pairs]
    return dict(one for _, one in sorted(keyed, key=cmp_to_key(by_first)))


def _group_by(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    found: dict[Value, Value] = {}
    for key, value, result in _results(interpreter, target, given):
        cast("dict[Value, Value]", found.setdefault(key_of(result), {}))[key] = value
    return found


def _sub_map(_: Interpreter, target: Value, given: list[Value]) -> Value:
    wanted = given[0]
    if not isinstance(wanted, list):
        raise Unknown("subMap of this")
    return {key: value for key, value in _map(target).items() if key in wanted}


def _clear(_: Interpreter, target: Value, __: list[Value]) -> Value:
    _map(target).clear()
    return None


def _size(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    if has_closure(given):
        return sum(truth(result) for _, _, result in _results(interpreter, target, given))
    return len(_map(target))


METHODS: Final[Table] = {
    "each": _each,
    "eachWithIndex": _each_with_index,
    "collect": lambda i, m, g: [result for _, _, result in _results(i, m, g)],
    "collectEntries": _collect_entries,
    "find": _find,
    "findAll": _find_all,
    "any": lambda i, m, g: any(truth(result) for _, _, result in _results(i, m, g)),
    "every": lambda i, m, g: all(truth(result) for _, _, result in _results(i, m, g)),
    "get": _get,
    "getAt": _get,
    "getOrDefault": _get_or_default,
    "put": _put,
    "putAt": _put,
    "putAll": _put_all,
    "remove": _remove,
    "clear": _clear,
    "containsKey": taking(lambda m, g: key_of(g[0]) in _map(m)),
    "containsValue": taking(lambda m, g: any(equals(one, g[0]) for one in _map(m).values())),
    "size": plain(lambda m: len(_map(m))),
    "count": _size,
    "isEmpty": plain(lambda m: not _map(m)),
    "keySet": plain(lambda m: distinct(_map(m))),
    "values": plain(lambda m: list(_map(m).values())),
    "entrySet": plain(lambda m: [Entry(key, one) for key, one in _map(m).items()]),
    "plus": taking(lambda m, g: arithmetic.plus(m, g[0])),
    "minus": taking(lambda m, g: arithmetic.minus(m, g[0])),
    "leftShift": taking(lambda m, g: arithmetic.shift_left(m, g[0])),
    "sort": _sort,
    "groupBy": _group_by,
    "subMap": _sub_map,
    "toString": plain(to_text),
    "clone": plain(lambda m: dict(_map(m))),
    "asImmutable": plain(lambda m: dict(_map(m))),
    "equals": taking(lambda m, g: equals(m, g[0])),
}
