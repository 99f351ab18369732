"""What an expression is worth: a constant, a term that a workflow can compute, or neither."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.invocations import call
from jenkins2gha.jenkins.joining import as_text, joined
from jenkins2gha.jenkins.members import index, name, property_
from jenkins2gha.jenkins.names import PLATFORM
from jenkins2gha.jenkins.operators import (
    assignment,
    binary,
    cast,
    elvis,
    postfix,
    ternary,
    unary,
)
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.values import (
    FROM_LIBRARY,
    ClosureOf,
    Constant,
    Described,
    Expr,
    Known,
    ListOf,
    MapOf,
    Residual,
    Value,
    text_of,
)

_LONGEST_RANGE = 1000


def evaluate(expression: ast.Expression, scope: Scope) -> Value:
    """The value of an expression; what cannot be evaluated is Residual with the reason.

    `"a-${params.X}"` is Symbolic, `[1, 'x']` a ListOf, `{ … }` a ClosureOf. `scm` and its
    properties (`scm.extensions`) are Described under that name. A step whose result is read is put
    among the items of the scope's state, with a ResultOf in its place; where nothing can run it is
    Residual.
    """
    reader = _READERS.get(type(expression))
    if reader is None:
        return Residual(scope.span(expression), "it is Groovy that only a run evaluates")
    return reader(expression, scope)


def _literal(node: Any, scope: Scope) -> Value:
    return Known(node.value, scope.span(node))


def _null(node: ast.NullLiteral, scope: Scope) -> Value:
    return Known(None, scope.span(node))


def _gstring(node: ast.GString, scope: Scope) -> Value:
    parts: list[Expr] = []
    for part in node.parts:
        if isinstance(part, ast.Text):
            parts.append(Constant(part.value))
            continue
        if part.value is None:
            parts.append(Constant("null"))
            continue
        value = _part(part.value, scope)
        expr = as_text(value)
        if expr is None:
            reason = value.reason if isinstance(value, Residual) else "it is no text"
            return Residual(scope.span(node), reason)
        parts.append(expr)
    return joined(parts, scope.span(node))


def _part(node: ast.Expression, scope: Scope) -> Value:
    """What stands in a text: of a script even where only a person can say it."""
    if scope.state.asks:
        return scope.state.file.interpreter.asked(node, scope, "value")
    return evaluate(node, scope)


def _list(node: ast.ListLiteral, scope: Scope) -> Value:
    items: list[Value] = []
    for item in node.items:
        if isinstance(item, ast.Spread):
            value = evaluate(item.value, scope)
            if not isinstance(value, ListOf):
                return Residual(scope.span(node), "it spreads a list that the run makes")
            items.extend(value.items)
        else:
            items.append(evaluate(item, scope))
    return ListOf(tuple(items), scope.span(node))


def _range(node: ast.Range, scope: Scope) -> Value:
    first, last = evaluate(node.first, scope), evaluate(node.last, scope)
    span = scope.span(node)
    if not (isinstance(first, Known) and isinstance(last, Known)):
        return Residual(span, "it counts to a number that only a run knows")
    low, high = first.value, last.value
    if type(low) is not int or type(high) is not int or abs(high - low) > _LONGEST_RANGE:
        return Residual(span, "it is a range of no numbers, or of very many")
    down = high < low
    if not node.inclusive:
        high += 1 if down else -1
    numbers = range(low, high - 1, -1) if down else range(low, high + 1)
    return ListOf(tuple(Known(number, span) for number in numbers), span)


def map_entries(
    entries: tuple[ast.MapEntry, ...], scope: Scope
) -> tuple[tuple[str, Value], ...] | None:
    """The entries of a map by their constant keys; None where a key is not constant."""
    read: dict[str, Value] = {}
    for entry in entries:
        if entry.key is None:
            spread = evaluate(entry.value, scope)
            if not isinstance(spread, MapOf):
                return None
            read.update(spread.entries)
            continue
        key = text_of(evaluate(entry.key, scope))
        if key is None:
            return None
        read[key] = evaluate(entry.value, scope)
    return tuple(read.items())


def _map(node: ast.MapLiteral, scope: Scope) -> Value:
    entries = map_entries(node.entries, scope)
    if entries is None:
        return Residual(scope.span(node), "a key of it is not constant")
    named = dict(entries)
    class_name = text_of(named.get("$class"))
    if class_name is None:
        return MapOf(entries, scope.span(node))
    del named["$class"]
    return Described(class_name.rsplit(".", 1)[-1], named, scope.span(node))


def _new(node: ast.New, scope: Scope) -> Value:
    """An object of a class that neither the file, Java, Groovy nor Jenkins has."""
    kind = node.type.name
    theirs = kind[:1].islower() and not kind.startswith(PLATFORM)
    imported = kind in scope.names.imported
    if kind in scope.names.classes or not (theirs or imported):
        return Residual(scope.span(node), "it is Groovy that only a run evaluates")
    return Described(FROM_LIBRARY, {}, scope.span(node))


def _closure(node: ast.Closure, scope: Scope) -> Value:
    scope.state.file.held[node.start] = node.end
    scope.state.file.closures += 1
    return ClosureOf(node, scope.variables, scope.span(node))


_READERS: dict[type, Callable[[Any, Scope], Value]] = {
    ast.StringLiteral: _literal,
    ast.NumberLiteral: _literal,
    ast.BooleanLiteral: _literal,
    ast.NullLiteral: _null,
    ast.GString: _gstring,
    ast.ListLiteral: _list,
    ast.MapLiteral: _map,
    ast.Range: _range,
    ast.Closure: _closure,
    ast.New: _new,
    ast.Name: name,
    ast.Property: property_,
    ast.Index: index,
    ast.Binary: binary,
    ast.Unary: unary,
    ast.Postfix: postfix,
    ast.Ternary: ternary,
    ast.Elvis: elvis,
    ast.Cast: cast,
    ast.Assign: assignment,
    ast.Call: call,
}
