"""What an expression is worth before the run: a constant, a reference, or nothing yet known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.groovy.walk import walk
from jenkins2gha.jenkins.calls import step_call
from jenkins2gha.jenkins.joining import added, as_text, is_number, joined
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.texts import text_method
from jenkins2gha.jenkins.values import (
    Constant,
    Described,
    EnvironmentRef,
    Expr,
    Known,
    ListOf,
    MapOf,
    ParameterRef,
    Residual,
    Scalar,
    Symbolic,
    Value,
    text_of,
)
from jenkins2gha.jenkins.vocabulary import is_defined_by_jenkins, kind, signature


def evaluate(expression: ast.Expression, scope: Scope) -> Value:
    """The value of an expression; what cannot be evaluated is Residual with the reason.

    `"a-${params.X}"` is Symbolic, `[1, 'x']` a ListOf, `sh('x')` Residual. `scm` and its
    properties (`scm.extensions`) are Described under that name.
    """
    reader = _READERS.get(type(expression))
    if reader is None:
        return Residual(scope.span(expression), "it is Groovy that only a run evaluates")
    return reader(expression, scope)


# --- literals ------------------------------------------------------------------------------------


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
        value = evaluate(part.value, scope)
        expr = as_text(value)
        if expr is None:
            reason = value.reason if isinstance(value, Residual) else "it is no text"
            return Residual(scope.span(node), reason)
        parts.append(expr)
    return joined(parts, scope.span(node))


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


def map_entries(
    entries: tuple[ast.MapEntry, ...], scope: Scope
) -> tuple[tuple[str, Value], ...] | None:
    """The entries of a map by their constant keys; None where a key is not constant."""
    read: list[tuple[str, Value]] = []
    for entry in entries:
        key = None if entry.key is None else text_of(evaluate(entry.key, scope))
        if key is None:
            return None
        read.append((key, evaluate(entry.value, scope)))
    return tuple(read)


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


# --- names and properties ------------------------------------------------------------------------


def _name(node: ast.Name, scope: Scope) -> Value:
    name, span = node.id, scope.span(node)
    if name in scope.variables:
        value = scope.variables[name]
        return value or Residual(span, f"`{name}` is a variable that only a run sets")
    if name in scope.globals:
        return scope.globals[name]
    if name in scope.names.assigned:
        return Residual(span, f"`{name}` is a variable that only a run sets")
    if name == "scm":
        return Described("scm", {}, span)
    if name in scope.names.environment or is_defined_by_jenkins(name):
        return Symbolic(EnvironmentRef(name), span)
    return Residual(span, f"nothing in this file defines `{name}`")


_LONGEST = 100
"""A chain of more links is no value that anyone wrote by hand."""


def _is_long(node: ast.Expression | None) -> bool:
    links = 0
    while isinstance(node, (ast.Property, ast.Call, ast.Index)) and links <= _LONGEST:
        node = node.receiver if isinstance(node, ast.Call) else node.object
        links += 1
    return links > _LONGEST


def _is_deep(node: ast.Expression) -> bool:
    depth = 0
    while isinstance(node, ast.Binary) and depth <= _LONGEST:
        node = node.left
        depth += 1
    return depth > _LONGEST


def _property(node: ast.Property, scope: Scope) -> Value:
    span = scope.span(node)
    if _is_long(node):
        return Residual(span, "it is a very long chain")
    if not isinstance(node.name, ast.StringLiteral) or node.kind not in (".", "?."):
        return Residual(span, "it reads a property that only a run knows")
    return _member(node, node.object, node.name.value, scope)


def _index(node: ast.Index, scope: Scope) -> Value:
    if _is_long(node):
        return Residual(scope.span(node), "it is a very long chain")
    if len(node.arguments) == 1:
        if isinstance(node.object, ast.Name) and node.object.id in ("env", "params"):
            key = text_of(evaluate(node.arguments[0], scope))
            if key is not None:
                return _member(node, node.object, key, scope)
        owner, at = evaluate(node.object, scope), evaluate(node.arguments[0], scope)
        found = _element(owner, at)
        if found is not None:
            return found
    return Residual(scope.span(node), "it picks an element that only a run knows")


def _element(owner: Value, at: Value) -> Value | None:
    if not isinstance(at, Known):
        return None
    if isinstance(owner, MapOf) and isinstance(at.value, str):
        return owner.get(at.value)
    if isinstance(owner, ListOf) and isinstance(at.value, int):
        inside = -len(owner.items) <= at.value < len(owner.items)
        return owner.items[at.value] if inside else None
    return None


def _member(node: ast.Expression, owner: ast.Expression, name: str, scope: Scope) -> Value:
    span = scope.span(node)
    if isinstance(owner, ast.Name) and owner.id not in scope.variables:
        if owner.id == "params":
            return Symbolic(ParameterRef(name), span)
        if owner.id == "env":
            return Symbolic(EnvironmentRef(name), span)
        if owner.id == "scm":
            return Described(f"scm.{name}", {}, span)
        if owner.id == "currentBuild":
            return Residual(span, f"it reads `currentBuild.{name}`")
    value = evaluate(owner, scope)
    if isinstance(value, MapOf):
        return value.get(name) or Known(None, span)
    return Residual(span, f"it reads the property `{name}` of an object")


# --- operators -----------------------------------------------------------------------------------


def _binary(node: ast.Binary, scope: Scope) -> Value:
    span = scope.span(node)
    operands = list(reversed(list(_operands(node))))
    if _is_deep(operands[0]):
        return Residual(span, "it is a very long row of operators")
    values = [evaluate(operand, scope) for operand in operands]
    for value in values:
        if isinstance(value, Residual):
            return Residual(span, value.reason)
    if node.operator == "+":
        return added(values, span)
    left, right = values
    compute = _OPERATORS.get(node.operator)
    if compute is not None and isinstance(left, Known) and isinstance(right, Known):
        return Known(compute(left.value, right.value), span)
    return Residual(span, f"it computes with `{node.operator}`")


def _operands(node: ast.Binary) -> Iterator[ast.Expression]:
    """The operands from the last to the first, a row of `+` as one: it may be long."""
    left: ast.Expression = node
    while isinstance(left, ast.Binary) and left.operator == "+":
        yield left.right
        left = left.left
    if left is node:
        yield node.right
        left = node.left
    yield left


_OPERATORS: dict[str, Callable[[Scalar, Scalar], Scalar]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "&&": lambda left, right: bool(left) and bool(right),
    "||": lambda left, right: bool(left) or bool(right),
}


def _unary(node: ast.Unary, scope: Scope) -> Value:
    value = evaluate(node.operand, scope)
    if isinstance(value, Known):
        if node.operator == "!":
            return Known(not value.value, scope.span(node))
        if node.operator == "-" and is_number(value):
            assert isinstance(value.value, (int, Decimal))
            return Known(-value.value, scope.span(node))
    return Residual(scope.span(node), f"it computes with `{node.operator}`")


def _ternary(node: ast.Ternary, scope: Scope) -> Value:
    condition = evaluate(node.condition, scope)
    if isinstance(condition, Known) and not _calls(node):
        return evaluate(node.then if condition.value else node.otherwise, scope)
    return Residual(scope.span(node), "it chooses by a condition that only a run decides")


def _elvis(node: ast.Elvis, scope: Scope) -> Value:
    value = evaluate(node.value, scope)
    if isinstance(value, Known) and not _calls(node):
        return value if value.value else evaluate(node.otherwise, scope)
    return Residual(scope.span(node), "it has a default for what only a run decides")


def _calls(node: Node) -> bool:
    """A branch that is not taken must hold no call: a step in it would be lost."""
    return any(isinstance(part, ast.Call) for part in walk(node))


_SAME = ("String", "java.lang.String", "def", "Object")


def _cast(node: ast.Cast, scope: Scope) -> Value:
    value = evaluate(node.value, scope)
    if node.type.name in _SAME and not node.type.dimensions:
        return value
    if isinstance(value, ListOf) and node.type.name in ("List", "ArrayList", "String"):
        return value
    return Residual(scope.span(node), f"it turns a value into `{node.type.name}`")


# --- calls ---------------------------------------------------------------------------------------


def _call(node: ast.Call, scope: Scope) -> Value:
    found = step_call(node, scope, argument=True)
    if found is not None:
        return Residual(scope.span(node), f"it takes the result of `{found.name}`")
    if node.receiver is not None:
        return _method(node, scope)
    word = node.word
    if word is None or word in scope.variables or word in scope.names.methods:
        return Residual(scope.span(node), f"it calls `{word or 'a value'}`")
    closures = any(isinstance(argument, ast.Closure) for argument in node.arguments)
    if kind(word) is None and (closures or not node.named or node.arguments):
        return Residual(scope.span(node), f"it calls `{word}`")
    return described(node, word, scope)


def described(node: ast.Call, word: str, scope: Scope) -> Value:
    """The object that `symbol(name: value)` builds; arguments without a name are bound to the
    symbol's own order, or numbered from `0`."""
    entries = map_entries(node.named, scope)
    if entries is None:
        return Residual(scope.span(node), f"it calls `{word}` with names that a run computes")
    arguments = dict(entries)
    known = signature(word)
    order = tuple(known[1].get("positional", ())) if known else ()
    for at, argument in enumerate(node.arguments):
        value = evaluate(argument, scope)
        arguments[order[at] if at < len(order) else str(at)] = value
    return Described(word, arguments, scope.span(node))


def _method(node: ast.Call, scope: Scope) -> Value:
    word, span = node.word, scope.span(node)
    if node.receiver is None or _is_long(node):
        return Residual(span, "it is a very long chain")
    if word in ("get", "getProperty", "getAt") and len(node.arguments) == 1:
        key = text_of(evaluate(node.arguments[0], scope))
        owner = node.receiver.id if isinstance(node.receiver, ast.Name) else None
        if key is not None and owner in ("env", "params"):
            return _member(node, node.receiver, key, scope)
    receiver = evaluate(node.receiver, scope)
    if isinstance(receiver, Symbolic) and word == "toString" and not node.arguments:
        return Symbolic(receiver.expr, span)
    arguments = [evaluate(argument, scope) for argument in node.arguments]
    if isinstance(receiver, Known) and isinstance(receiver.value, str) and not node.named:
        result = text_method(receiver.value, word or "", list(map(text_of, arguments)))
        if result is not None:
            return Known(result, span)
    if isinstance(receiver, ListOf) and word == "join":
        texts = [text_of(item) for item in receiver.items]
        separator = text_of(arguments[0]) if arguments else ""
        if separator is not None and None not in texts:
            return Known(separator.join(text for text in texts if text is not None), span)
    if isinstance(receiver, Residual):
        return Residual(span, receiver.reason)
    return Residual(span, f"it calls the method `{word or '?'}`")


_READERS: dict[type, Callable[[Any, Scope], Value]] = {
    ast.StringLiteral: _literal,
    ast.NumberLiteral: _literal,
    ast.BooleanLiteral: _literal,
    ast.NullLiteral: _null,
    ast.GString: _gstring,
    ast.ListLiteral: _list,
    ast.MapLiteral: _map,
    ast.Name: _name,
    ast.Property: _property,
    ast.Index: _index,
    ast.Binary: _binary,
    ast.Unary: _unary,
    ast.Ternary: _ternary,
    ast.Elvis: _elvis,
    ast.Cast: _cast,
    ast.Call: _call,
}
