"""Operators: arithmetic on what is known, and conditions on what a run decides."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.arithmetic import computed
from jenkins2gha.jenkins.collect import collect
from jenkins2gha.jenkins.conditions import (
    all_of,
    any_of,
    as_expr,
    chosen,
    compared,
    is_among,
    negated,
    settled,
    truth,
)
from jenkins2gha.jenkins.joining import added, is_number
from jenkins2gha.jenkins.never import never_runs
from jenkins2gha.jenkins.patterns import matched
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.values import (
    Expr,
    Known,
    ListOf,
    MapOf,
    Residual,
    Value,
    text_of,
)
from jenkins2gha.jenkins.ways import choose, join
from jenkins2gha.source import Span

_DEEPEST = 100
"""A row of more operators is no value that anyone wrote by hand."""


def _is_deep(node: ast.Expression) -> bool:
    depth = 0
    while isinstance(node, ast.Binary) and depth <= _DEEPEST:
        node = node.left
        depth += 1
    return depth > _DEEPEST


def binary(node: ast.Binary, scope: Scope) -> Value:
    """`left operator right`."""
    span = scope.span(node)
    operands = list(reversed(list(_operands(node))))
    if _is_deep(operands[0]):
        return Residual(span, "it is a very long row of operators")
    if node.operator in ("&&", "||"):
        return _either_or(node, scope, span)
    asks = scope.state.asks and node.operator == "+" and any(map(_is_text, operands))
    asked = scope.state.file.interpreter.asked
    values = [asked(one, scope, "value") if asks else scope.value(one) for one in operands]
    for value in values:
        if isinstance(value, Residual):
            return Residual(span, value.reason)
    if node.operator == "+":
        return added(values, span)
    return operated(node.operator, values[0], values[1], span)


def _is_text(node: ast.Expression) -> bool:
    return isinstance(node, ast.StringLiteral | ast.GString)


def operated(operator: str, left: Value, right: Value, span: Span) -> Value:
    """What an operator but `&&` and `||` makes of two values."""
    if operator == "+":
        return added([left, right], span)
    if operator in ("==", "!=", "<", "<=", ">", ">="):
        return compared(operator, left, right, span)
    if operator == "in":
        return _contained(left, right, span)
    if operator in ("=~", "==~"):
        return matched(operator, left, right, span)
    return computed(operator, left, right, span)


def _operands(node: ast.Binary) -> Iterator[ast.Expression]:
    """The operands from the last to the first, a row of `+` as one: it may be long."""
    left: ast.Expression = node
    while isinstance(left, ast.Binary) and left.operator == "+" == node.operator:
        yield left.right
        left = left.left
    if left is node:
        yield node.right
        left = node.left
    yield left


def _contained(left: Value, right: Value, span: Span) -> Value:
    if isinstance(right, ListOf):
        return is_among(left, right.items, span)
    if isinstance(right, MapOf):
        keys = [Known(key, span) for key, _ in right.entries]
        return is_among(left, keys, span)
    return Residual(span, "it looks into what only a run knows")


# --- `&&`, `||`, `!` -----------------------------------------------------------------------------


def _either_or(node: ast.Binary, scope: Scope, span: Span) -> Value:
    left = truth(scope.value(node.left), span)
    is_and = node.operator == "&&"
    if isinstance(left, Residual):
        return left
    if isinstance(left, Known):
        if bool(left.value) is not is_and:
            never_runs(node.right, scope)
            return Known(left.value, span)
        return truth(scope.value(node.right), span)
    condition = as_expr(left)
    assert condition is not None
    then = condition if is_and else negated(condition)
    right = truth(guarded(node.right, then, scope), span)
    expr = as_expr(right)
    if expr is None:
        return right
    return settled(all_of(condition, expr) if is_and else any_of(condition, expr), span)


def guarded(node: ast.Expression, condition: Expr, scope: Scope) -> Value:
    """What an expression is worth that is only evaluated where a condition holds."""
    inner, otherwise = scope.fork(), scope.fork()
    value = inner.value(node)
    if not inner.state.items and inner.state.store == scope.state.store:
        scope.state.noted.extend(inner.state.noted)
        return value
    span = scope.span(node)
    choose(condition, inner, otherwise, scope, span)
    join(condition, inner, otherwise, scope, span)
    return value


def unary(node: ast.Unary, scope: Scope) -> Value:
    """`!x`, `-x`, `~/pattern/`, `++x`."""
    span = scope.span(node)
    if node.operator in ("++", "--"):
        return _counted(node.operand, node.operator, scope, span)
    value = scope.value(node.operand)
    if node.operator == "!":
        test = as_expr(truth(value, span))
        if test is not None:
            return settled(negated(test), span)
    elif node.operator == "~" and isinstance(value, Known):
        return Known(value.value, span)
    elif node.operator in ("-", "+") and is_number(value):
        return computed("*", value, Known(-1 if node.operator == "-" else 1, span), span)
    if isinstance(value, Residual):
        return Residual(span, value.reason)
    return Residual(span, f"it computes with `{node.operator}`")


def postfix(node: ast.Postfix, scope: Scope) -> Value:
    """`x++`, worth what x was before."""
    span = scope.span(node)
    before = scope.value(node.operand)
    after = _counted(node.operand, node.operator, scope, span)
    return after if isinstance(after, Residual) else before


def _counted(target: ast.Expression, operator: str, scope: Scope, span: Span) -> Value:
    if not isinstance(target, ast.Name) or scope.state.sealed:
        return Residual(span, f"it computes with `{operator}`")
    value = computed(operator[0], scope.value(target), Known(1, span), span)
    if not isinstance(value, Residual):
        scope.set(target.id, value)
    return value


# --- choices -------------------------------------------------------------------------------------


def ternary(node: ast.Ternary, scope: Scope) -> Value:
    """`condition ? then : otherwise`."""
    span = scope.span(node)
    condition = truth(scope.value(node.condition), span)
    if isinstance(condition, Known):
        taken, other = node.then, node.otherwise
        if not condition.value:
            taken, other = other, taken
        never_runs(other, scope)
        return scope.value(taken)
    if isinstance(condition, Residual):
        return condition
    expr = as_expr(condition)
    assert expr is not None
    then, otherwise = scope.fork(), scope.fork()
    first, second = then.value(node.then), otherwise.value(node.otherwise)
    choose(expr, then, otherwise, scope, span)
    join(expr, then, otherwise, scope, span)
    return chosen(expr, first, second, span)


def elvis(node: ast.Elvis, scope: Scope) -> Value:
    """`value ?: otherwise`."""
    span = scope.span(node)
    value = scope.value(node.value)
    condition = truth(value, span)
    if isinstance(condition, Known):
        if condition.value:
            never_runs(node.otherwise, scope)
            return value
        return scope.value(node.otherwise)
    if isinstance(condition, Residual):
        return condition
    expr = as_expr(condition)
    assert expr is not None
    return chosen(expr, value, guarded(node.otherwise, negated(expr), scope), span)


# --- casts and assignments -----------------------------------------------------------------------

_SAME = ("def", "Object")
_LISTS = ("List", "ArrayList", "String", "Set", "LinkedHashSet", "Collection", "Iterable")
_TEXTS = ("String", "java.lang.String", "CharSequence", "GString")
_WHOLE = ("int", "Integer", "long", "Long", "short")


def cast(node: ast.Cast, scope: Scope) -> Value:
    """`(Type) value`, `value as Type`."""
    value, span, kind = scope.value(node.value), scope.span(node), node.type.name
    if isinstance(value, Residual):
        return Residual(span, value.reason)
    if not node.type.dimensions:
        if kind in _SAME or (kind in _TEXTS and not isinstance(value, (ListOf, MapOf))):
            return as_string(value, span) if kind in _TEXTS else value
        if kind in ("boolean", "Boolean"):
            return truth(value, span)
        if kind in _WHOLE and is_number(value):
            return computed("intdiv", value, Known(1, span), span)
        if kind in _WHOLE and node.coercion and (text_of(value) or "").isdigit():
            return Known(int(text_of(value) or 0), span)
    if isinstance(value, ListOf) and kind in _LISTS:
        return _without_twins(value) if kind.endswith("Set") else value
    if isinstance(value, MapOf) and kind.endswith("Map"):
        return value
    return Residual(span, f"it turns a value into `{node.type.name}`")


def as_string(value: Value, span: Span) -> Value:
    """A value as a text, `null` staying what it is."""
    text = text_of(value)
    return value if text is None else Known(text, span)


def _without_twins(value: ListOf) -> Value:
    texts = dict.fromkeys(map(text_of, value.items))
    if None in texts:
        return Residual(value.span, "it makes a set of what only a run knows")
    return ListOf(tuple(Known(text, value.span) for text in texts), value.span)


def assignment(node: ast.Assign, scope: Scope) -> Value:
    """An assignment within an expression, worth what it assigns."""
    if scope.state.sealed or collect(node.target, scope):
        return Residual(scope.span(node), "it sets a variable within an expression")
    return scope.state.file.interpreter.assign(node, scope)
