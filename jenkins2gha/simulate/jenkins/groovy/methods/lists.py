"""Methods of lists."""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING, Final, cast

from jenkins2gha.simulate.jenkins.errors import Unknown, thrown
from jenkins2gha.simulate.jenkins.groovy import arithmetic
from jenkins2gha.simulate.jenkins.groovy.coercion import distinct
from jenkins2gha.simulate.jenkins.groovy.methods.maps import pair
from jenkins2gha.simulate.jenkins.groovy.methods.table import (
    Table,
    closure,
    has_closure,
    parameters,
    plain,
    taking,
    text,
)
from jenkins2gha.simulate.jenkins.groovy.values import (
    GroovySet,
    Range,
    Value,
    by_first,
    compare,
    contains,
    equals,
    integer,
    key_of,
    same,
    to_text,
    truth,
)

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter


def _list(target: Value) -> list[Value]:
    return cast("list[Value]", target)


def _each(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    for one in list(_list(target)):
        interpreter.call(closure(given), one)
    return target


def _each_with_index(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    for place, one in enumerate(list(_list(target))):
        interpreter.call(closure(given), one, place)
    return target


def _reverse_each(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    for one in reversed(list(_list(target))):
        interpreter.call(closure(given), one)
    return target


def _collect(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    if not given:
        return list(_list(target))
    return [interpreter.call(closure(given), one) for one in _list(target)]


def _collect_many(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    found: list[Value] = []
    for one in _list(target):
        found += _list(interpreter.call(closure(given), one))
    return found


def _collect_entries(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    values = _list(target)
    if given:
        values = [interpreter.call(closure(given), one) for one in values]
    return dict(map(pair, values))


def _find(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    for one in list(_list(target)):
        if truth(interpreter.call(closure(given), one) if given else one):
            return one
    return None


def _find_all(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    kept = [
        one
        for one in list(_list(target))
        if truth(interpreter.call(closure(given), one) if given else one)
    ]
    return GroovySet(kept) if isinstance(target, GroovySet) else kept


def _find_index(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    for place, one in enumerate(list(_list(target))):
        if truth(interpreter.call(closure(given), one)):
            return place
    return -1


def _find_result(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    for one in list(_list(target)):
        result = interpreter.call(closure(given), one)
        if result is not None:
            return result
    return None


def _any(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    return any(
        truth(interpreter.call(closure(given), one) if given else one) for one in _list(target)
    )


def _every(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    return all(
        truth(interpreter.call(closure(given), one) if given else one) for one in _list(target)
    )


def _inject(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    values = list(_list(target))
    value = given[0] if len(given) == 2 else values.pop(0)
    for one in values:
        value = interpreter.call(closure(given), value, one)
    return value


def _count(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    if has_closure(given):
        return sum(truth(interpreter.call(given[0], one)) for one in _list(target))
    return sum(equals(one, given[0]) for one in _list(target))


def _sum(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    values = _list(target)
    if has_closure(given):
        values = [interpreter.call(closure(given), one) for one in values]
    if given and not has_closure(given[:1]):
        values = [given[0], *values]
    if not values:
        return None
    found = values[0]
    for one in values[1:]:
        found = arithmetic.plus(found, one)
    return found


def _sorted(interpreter: Interpreter, target: Value, given: list[Value]) -> list[Value]:
    values = list(_list(target))
    if not has_closure(given):
        return sorted(values, key=cmp_to_key(compare))
    body = closure(given)
    if parameters(body) == 2:
        order = cmp_to_key(lambda a, b: integer(interpreter.call(body, a, b)))
        return sorted(values, key=order)
    keyed = [(interpreter.call(body, one), one) for one in values]
    return [one for _, one in sorted(keyed, key=cmp_to_key(by_first))]


def _sort(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    found = _sorted(interpreter, target, given)
    if not given or given[0] is not False:
        _list(target)[:] = found
        return target
    return found


def _extreme(interpreter: Interpreter, target: Value, given: list[Value], sign: int) -> Value:
    values = _list(target)
    if not values:
        return None
    keyed = [(interpreter.call(closure(given), one) if given else one, one) for one in values]
    if given and parameters(closure(given)) == 2:
        raise Unknown("max or min with a comparing closure")
    best = keyed[0]
    for one in keyed[1:]:
        if sign * compare(one[0], best[0]) > 0:
            best = one
    return best[1]


def _unique(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    found: list[Value] = []
    seen: list[Value] = []
    for one in _list(target):
        by = interpreter.call(closure(given), one) if has_closure(given) else one
        if not any(equals(by, other) for other in seen):
            seen.append(by)
            found.append(one)
    if given and given[0] is False:
        return found
    _list(target)[:] = found
    return target


def _group_by(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    found: dict[Value, Value] = {}
    for one in _list(target):
        group = found.setdefault(key_of(interpreter.call(closure(given), one)), [])
        _list(group).append(one)
    return found


def _flatten(values: list[Value]) -> list[Value]:
    found: list[Value] = []
    for one in values:
        found += _flatten(one) if isinstance(one, list) else [one]
    return found


def _remove(_: Interpreter, target: Value, given: list[Value]) -> Value:
    values, what = _list(target), given[0]
    if isinstance(what, int) and not isinstance(target, GroovySet):
        if not 0 <= what < len(values):
            raise thrown("IndexOutOfBoundsException", f"Index: {what}, Size: {len(values)}")
        return values.pop(what)
    for place, one in enumerate(values):
        if same(one, what):
            del values[place]
            return True
    return False


def _remove_all(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    values = _list(target)
    if has_closure(given):
        kept = [one for one in values if not truth(interpreter.call(given[0], one))]
    else:
        kept = [one for one in values if not contains(_list(given[0]), one)]
    changed = len(kept) != len(values)
    values[:] = kept
    return changed


def _add(_: Interpreter, target: Value, given: list[Value]) -> Value:
    values = _list(target)
    if len(given) == 2:
        values.insert(integer(given[0]), given[1])
        return None
    if isinstance(target, GroovySet) and contains(values, given[0]):
        return False
    values.append(given[0])
    return True


def _add_all(_: Interpreter, target: Value, given: list[Value]) -> Value:
    values = _list(target)
    if isinstance(target, GroovySet):
        values[:] = distinct([*values, *_list(given[0])])
    else:
        values += _list(given[0])
    return True


def _end(target: Value, place: int) -> Value:
    values = _list(target)
    if not values:
        raise thrown("NoSuchElementException", "Cannot access first() or last() of an empty List")
    return values[place]


def _pop(_: Interpreter, target: Value, __: list[Value]) -> Value:
    _end(target, -1)
    return _list(target).pop()


def _get(_: Interpreter, target: Value, given: list[Value]) -> Value:
    values, place = _list(target), integer(given[0])
    if not 0 <= place < len(values):
        raise thrown("IndexOutOfBoundsException", f"Index: {place}, Size: {len(values)}")
    return values[place]


def _index_of(_: Interpreter, target: Value, given: list[Value]) -> Value:
    return next((at for at, one in enumerate(_list(target)) if same(one, given[0])), -1)


def _join(_: Interpreter, target: Value, given: list[Value]) -> Value:
    return (text(given) if given else "").join(map(to_text, _list(target)))


def _split(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    kept: tuple[list[Value], list[Value]] = ([], [])
    for one in _list(target):
        kept[not truth(interpreter.call(closure(given), one))].append(one)
    return [kept[0], kept[1]]


def _collate(values: list[Value], size: int) -> list[Value]:
    return [values[at : at + size] for at in range(0, len(values), size)]


def _combinations(values: list[Value]) -> list[Value]:
    """All choices of one element of each list; the first list varies fastest."""
    found: list[list[Value]] = [[]]
    for one in values:
        choices = one if isinstance(one, list) else [one]
        found = [[*before, choice] for choice in choices for before in found]
    return list(found)


METHODS: Final[Table] = {
    "each": _each,
    "eachWithIndex": _each_with_index,
    "reverseEach": _reverse_each,
    "collect": _collect,
    "collectMany": _collect_many,
    "collectEntries": _collect_entries,
    "find": _find,
    "findAll": _find_all,
    "findIndexOf": _find_index,
    "findResult": _find_result,
    "any": _any,
    "every": _every,
    "inject": _inject,
    "count": _count,
    "sum": _sum,
    "sort": _sort,
    "toSorted": _sorted,
    "max": lambda i, t, g: _extreme(i, t, g, 1),
    "min": lambda i, t, g: _extreme(i, t, g, -1),
    "unique": _unique,
    "toUnique": lambda i, t, g: _unique(i, list(_list(t)), g),
    "groupBy": _group_by,
    "flatten": plain(lambda t: _flatten(_list(t))),
    "join": _join,
    "size": plain(lambda t: len(_list(t))),
    "isEmpty": plain(lambda t: not _list(t)),
    "contains": taking(lambda t, g: contains(_list(t), g[0])),
    "containsAll": taking(lambda t, g: all(contains(_list(t), one) for one in _list(g[0]))),
    "indexOf": _index_of,
    "first": plain(lambda t: _end(t, 0)),
    "head": plain(lambda t: _end(t, 0)),
    "last": plain(lambda t: _end(t, -1)),
    "tail": plain(lambda t: _list(t)[1:]),
    "init": plain(lambda t: _list(t)[:-1]),
    "take": taking(lambda t, g: _list(t)[: integer(g[0])]),
    "drop": taking(lambda t, g: _list(t)[integer(g[0]) :]),
    "reverse": plain(lambda t: _list(t)[::-1]),
    "get": _get,
    "getAt": taking(
        lambda t, g: _list(t)[integer(g[0])] if integer(g[0]) < len(_list(t)) else None
    ),
    "subList": taking(lambda t, g: _list(t)[integer(g[0]) : integer(g[1])]),
    "add": _add,
    "addAll": _add_all,
    "push": _add,
    "pop": _pop,
    "remove": _remove,
    "removeAt": _remove,
    "removeAll": _remove_all,
    "removeElement": _remove,
    "clear": plain(lambda t: _list(t).clear()),
    "plus": taking(lambda t, g: arithmetic.plus(t, g[0])),
    "minus": taking(lambda t, g: arithmetic.minus(t, g[0])),
    "leftShift": taking(lambda t, g: arithmetic.shift_left(t, g[0])),
    "intersect": taking(lambda t, g: [one for one in _list(t) if contains(_list(g[0]), one)]),
    "disjoint": taking(lambda t, g: not any(contains(_list(g[0]), one) for one in _list(t))),
    "split": _split,
    "collate": taking(lambda t, g: _collate(_list(t), integer(g[0]))),
    "combinations": plain(lambda t: _combinations(_list(t))),
    "transpose": plain(lambda t: [list(one) for one in zip(*map(_list, _list(t)), strict=False)]),
    "multiply": taking(lambda t, g: arithmetic.times(t, g[0])),
    "indexed": plain(lambda t: dict(enumerate(_list(t)))),
    "withIndex": plain(lambda t: [[one, at] for at, one in enumerate(_list(t))]),
    "toList": plain(lambda t: list(_list(t))),
    "toSet": plain(lambda t: distinct(_list(t))),
    "toArray": plain(lambda t: list(_list(t))),
    "asList": plain(lambda t: list(_list(t))),
    "asImmutable": plain(lambda t: list(_list(t))),
    "clone": plain(lambda t: list(_list(t))),
    "toString": plain(lambda t: t.text if isinstance(t, Range) else to_text(t)),
    "equals": taking(lambda t, g: equals(t, g[0])),
}
