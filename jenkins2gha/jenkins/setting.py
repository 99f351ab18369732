"""Declarations, assignments, and changes of lists and maps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.walk import walk
from jenkins2gha.jenkins.accounts import checked
from jenkins2gha.jenkins.build import is_build
from jenkins2gha.jenkins.conditions import PERHAPS, equal, truth
from jenkins2gha.jenkins.forgetting import root
from jenkins2gha.jenkins.names import CHANGING
from jenkins2gha.jenkins.operators import as_string, operated
from jenkins2gha.jenkins.pipeline import Assignment, BuildProperty
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import NotEvaluatedError
from jenkins2gha.jenkins.values import (
    Known,
    ListOf,
    MapOf,
    Perhaps,
    Residual,
    Symbolic,
    Value,
    text_of,
)
from jenkins2gha.jenkins.ways import forget_readers
from jenkins2gha.source import Span

_PROPERTIES: dict[str, Literal["result", "displayName", "description"]] = {
    "result": "result",
    "displayName": "displayName",
    "description": "description",
}
_ALIAS = "it gives a list that is changed a second name"


# --- declarations --------------------------------------------------------------------------------


def declare(statement: ast.Declaration, scope: Scope) -> Scope:
    """Follows `def x = …`; gives the scope with the variables."""
    if statement.destructuring:
        assert statement.value is not None
        value = _settled(statement.value, "", scope)
        names = [variable.name for variable in statement.variables]
        for name, part in zip(names, _parts(value, len(names)), strict=True):
            scope = scope.declare(name, part)
        return scope
    for variable in statement.variables:
        span = scope.span(variable)
        value = Known(None, span)
        if variable.value is not None:
            value = _settled(variable.value, variable.name, scope)
        value = _typed(value, variable.type, span)
        if variable.name in scope.state.file.fields:
            scope.set(variable.name, value)
        else:
            scope = scope.declare(variable.name, value)
    return scope


def _typed(value: Value, kind: ast.TypeName | None, span: Span) -> Value:
    """What a declared type makes of a value: a `boolean` its truth, a `String` its text."""
    name = "" if kind is None or kind.dimensions else kind.name
    if name in ("boolean", "Boolean") and not (isinstance(value, Known) and value.value is None):
        return truth(value, span)
    if name in ("String", "java.lang.String"):
        return as_string(value, span)
    return value


def _parts(value: Value, count: int) -> list[Value]:
    if isinstance(value, ListOf):
        nothing = Known(None, value.span)
        return [value.items[at] if at < len(value.items) else nothing for at in range(count)]
    reason = value.reason if isinstance(value, Residual) else "it is a part of no list"
    return [Residual(value.span, reason)] * count


def _settled(node: ast.Expression, name: str, scope: Scope) -> Value:
    """The value that a variable is given. What cannot be evaluated may stay unknown, if it has no
    effect but on the variable: where the variable is read, that is said."""
    state = scope.state
    outer, state.target = state.target, name
    try:
        value = checked(node, scope)
    finally:
        state.target = outer
    if isinstance(value, Residual) and not _is_harmless(node, scope):
        raise NotEvaluatedError(value.reason)
    aliased = isinstance(node, ast.Name) and isinstance(value, (ListOf, MapOf))
    if aliased and not scope.names.changed.isdisjoint((scope.span(node).text, name)):
        raise NotEvaluatedError(_ALIAS)
    return value


_PLAIN = frozenset(
    "currentBuild env params scm Math System Integer String Date UUID Arrays Collections "
    "Calendar LocalDate LocalDateTime TimeZone Jenkins this".split()
)


def _is_harmless(node: ast.Expression, scope: Scope) -> bool:
    """Whether a piece of Groovy does nothing but compute: no method of a library or of the file."""
    for part in walk(node):
        if isinstance(part, ast.Closure):
            return False
        if isinstance(part, ast.Assign | ast.Postfix):
            return False
        if isinstance(part, ast.Call) and not _is_plain(part, scope):
            return False
    return True


def _is_plain(call: ast.Call, scope: Scope) -> bool:
    receiver: ast.Expression | None = call.receiver
    while isinstance(receiver, (ast.Call, ast.Property, ast.Index)):
        receiver = receiver.receiver if isinstance(receiver, ast.Call) else receiver.object
    if isinstance(receiver, ast.Name):
        held = scope.state.store.get(scope.location(receiver.id))
        return receiver.id in _PLAIN or (held is not None and not isinstance(held, Residual))
    literals = (ast.StringLiteral, ast.GString, ast.ListLiteral, ast.MapLiteral, ast.NumberLiteral)
    if isinstance(receiver, ast.New):
        return receiver.type.name.rsplit(".", 1)[-1] in ("Date", "Random", "URL", "File", "Integer")
    return isinstance(receiver, literals)


# --- assignments ---------------------------------------------------------------------------------


def assign(node: ast.Assign, scope: Scope) -> Value:
    """Follows an assignment: of a variable, of the environment, of a property of the build."""
    target = node.target
    if isinstance(target, ast.ListLiteral):
        return _assign_several(node, target, scope)
    if isinstance(target, ast.Name):
        value = _new_value(node, target.id, scope)
        scope.set(target.id, value)
        return value
    owner, key = _place(target, scope)
    if isinstance(owner, ast.Name) and owner.id == "env" and "env" not in scope.variables:
        return _assign_environment(node, key, scope)
    if is_build(owner, scope):
        return _assign_property(node, key, scope)
    if isinstance(owner, ast.Name) and owner.id in ("this", "binding") and isinstance(key, Known):
        value = _new_value(node, str(key.value), scope)
        scope.state.store[str(key.value)] = value
        return value
    value = _new_value(node, "", scope)
    _put(owner, key, value, scope)
    return value


def _place(target: ast.Expression, scope: Scope) -> tuple[ast.Expression, Value]:
    """The object that an assignment changes, and the key in it."""
    if isinstance(target, ast.Property) and target.kind in (".", "?."):
        if isinstance(target.name, ast.StringLiteral):
            return target.object, Known(target.name.value, scope.span(target.name))
        return target.object, checked(target.name, scope)
    if isinstance(target, ast.Index) and len(target.arguments) == 1:
        return target.object, checked(target.arguments[0], scope)
    raise NotEvaluatedError("it sets a property")


def _new_value(node: ast.Assign, name: str, scope: Scope) -> Value:
    if node.operator == "=":
        return _settled(node.value, name, scope)
    before = scope.value(node.target)
    value = _settled(node.value, name, scope)
    span = scope.span(node)
    for one in (before, value):
        if isinstance(one, Residual):
            return Residual(span, one.reason)
    return operated(node.operator.removesuffix("="), before, value, span)


def _assign_several(node: ast.Assign, target: ast.ListLiteral, scope: Scope) -> Value:
    value = _settled(node.value, "", scope)
    if not all(isinstance(one, ast.Name) for one in target.items):
        raise NotEvaluatedError("it sets several things at once")
    parts = _parts(value, len(target.items))
    for one, part in zip(target.items, parts, strict=True):
        if isinstance(one, ast.Name):
            scope.set(one.id, part)
    return value


def _assign_environment(node: ast.Assign, key: Value, scope: Scope) -> Value:
    name = text_of(key)
    if name is None:
        raise NotEvaluatedError("it sets a variable of the environment whose name a run computes")
    value = _new_value(node, name, scope)
    span = scope.span(node)
    if not isinstance(value, (Known, Symbolic)):
        reason = value.reason if isinstance(value, Residual) else "it is no text"
        raise NotEvaluatedError(reason)
    scope.state.items.append(Assignment(name, value, span, scope.state.take_noted()))
    forget_readers(scope, (name,), span)
    return value


def _assign_property(node: ast.Assign, key: Value, scope: Scope) -> Value:
    name = _PROPERTIES.get(text_of(key) or "")
    if name is None:
        raise NotEvaluatedError("it sets a property of the build")
    value = _new_value(node, "", scope)
    span = scope.span(node)
    if not isinstance(value, (Known, Symbolic)):
        reason = value.reason if isinstance(value, Residual) else "it is no text"
        raise NotEvaluatedError(reason)
    scope.state.items.append(BuildProperty(name, value, span, scope.state.take_noted()))
    if name == "result":
        forget_readers(scope, ("",), span)
    return value


# --- changes of lists and maps -------------------------------------------------------------------


def _put(owner: ast.Expression, key: Value, value: Value, scope: Scope) -> None:
    """Puts a value under a key of the list or map that an expression names."""
    held = scope.value(owner)
    if isinstance(held, Residual) and _is_local(owner, scope):
        return
    text = text_of(key)
    if isinstance(held, MapOf) and text is not None:
        entries = {**dict(held.entries), text: value}
        _store(owner, MapOf(tuple(entries.items()), held.span), scope)
        return
    at = key.value if isinstance(key, Known) else None
    if isinstance(held, ListOf) and type(at) is int and 0 <= at <= len(held.items):
        items = (*held.items[:at], value, *held.items[at + 1 :])
        _store(owner, ListOf(items, held.span), scope)
        return
    raise NotEvaluatedError("it sets a property")


def _is_local(owner: ast.Expression, scope: Scope) -> bool:
    """Whether an object belongs to a variable whose value only a run knows: it stays unknown."""
    names = list(root(owner))
    return bool(names) and names[0] in scope.variables


def _store(owner: ast.Expression, value: Value, scope: Scope) -> None:
    """Gives the variable or the element that an expression names another value."""
    if isinstance(owner, ast.Name):
        scope.set(owner.id, value)
        return
    outer, key = _place(owner, scope)
    _put(outer, key, value, scope)


def is_changing(call: ast.Call) -> bool:
    """Whether a call, as a statement, changes its receiver."""
    return call.receiver is not None and call.word in CHANGING and not call.named


def change(owner: ast.Expression, word: str, given: Sequence[Value], scope: Scope) -> None:
    """Follows `list << x`, `list.add(x)`, `map.put(k, v)` and the like."""
    held = scope.value(owner)
    if isinstance(held, Residual):
        # An image, too, has a method `push`.
        if _is_local(owner, scope) and word != "push":
            return
        raise NotEvaluatedError(held.reason)
    changed: Value | None = None
    if isinstance(held, ListOf):
        method = _LIST_CHANGES.get(word)
        changed = method(held, given) if method else None
    elif isinstance(held, MapOf):
        method_of_map = _MAP_CHANGES.get(word)
        changed = method_of_map(held, given) if method_of_map else None
    if changed is None:
        raise NotEvaluatedError(f"it calls the method `{word}`")
    _store(owner, changed, scope)


def _added(held: ListOf, given: Sequence[Value]) -> Value | None:
    if len(given) == 2:
        at = given[0].value if isinstance(given[0], Known) else None
        if type(at) is not int or not 0 <= at <= len(held.items):
            return None
        return ListOf((*held.items[:at], given[1], *held.items[at:]), held.span)
    return ListOf((*held.items, *given), held.span) if len(given) == 1 else None


def _all_added(held: ListOf, given: Sequence[Value]) -> Value | None:
    more = given[0] if len(given) == 1 else None
    return ListOf(held.items + more.items, held.span) if isinstance(more, ListOf) else None


def _removed(held: ListOf, given: Sequence[Value]) -> Value | None:
    if len(given) != 1 or not isinstance(given[0], Known):
        return None
    if type(given[0].value) is int:
        at = given[0].value
        return ListOf(held.items[:at] + held.items[at + 1 :], held.span)
    found = [equal(item, given[0]) for item in held.items]
    if None in found:
        return None
    at = found.index(True) if True in found else len(found)
    return ListOf(held.items[:at] + held.items[at + 1 :], held.span)


def _at_front(held: ListOf, given: Sequence[Value]) -> Value | None:
    return ListOf((*given, *held.items), held.span) if len(given) == 1 else None


_LIST_CHANGES: dict[str, Callable[[ListOf, Sequence[Value]], Value | None]] = {
    "add": _added,
    "leftShift": _added,
    "addLast": _added,
    "push": _added,
    "addFirst": _at_front,
    "addAll": _all_added,
    "remove": _removed,
    "clear": lambda held, _: ListOf((), held.span),
    "pop": lambda held, _: ListOf(held.items[:-1], held.span) if held.items else None,
    "removeLast": lambda held, _: ListOf(held.items[:-1], held.span) if held.items else None,
}


def _entry_put(held: MapOf, given: Sequence[Value]) -> Value | None:
    key = text_of(given[0]) if len(given) == 2 else None
    return None if key is None else MapOf(_merged(held, ((key, given[1]),)), held.span)


def _all_put(held: MapOf, given: Sequence[Value]) -> Value | None:
    more = given[0] if len(given) == 1 else None
    return MapOf(_merged(held, more.entries), held.span) if isinstance(more, MapOf) else None


def _merged(held: MapOf, more: Sequence[tuple[str, Value]]) -> tuple[tuple[str, Value], ...]:
    if any(isinstance(value, Perhaps) and held.get(key) for key, value in more):
        raise NotEvaluatedError(PERHAPS)
    return tuple({**dict(held.entries), **dict(more)}.items())


def _entry_removed(held: MapOf, given: Sequence[Value]) -> Value | None:
    key = text_of(given[0]) if len(given) == 1 else None
    if key is None:
        return None
    return MapOf(tuple(entry for entry in held.entries if entry[0] != key), held.span)


_MAP_CHANGES: dict[str, Callable[[MapOf, Sequence[Value]], Value | None]] = {
    "put": _entry_put,
    "putAt": _entry_put,
    "putAll": _all_put,
    "leftShift": _all_put,
    "remove": _entry_removed,
    "clear": lambda held, _: MapOf((), held.span),
}
