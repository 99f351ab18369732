"""Assignments of Groovy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.errors import Unknown
from jenkins2gha.simulate.jenkins.groovy import coercion, expressions, properties
from jenkins2gha.simulate.jenkins.groovy.arithmetic import minus, plus
from jenkins2gha.simulate.jenkins.groovy.scope import Scope
from jenkins2gha.simulate.jenkins.groovy.values import Value, to_text

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter


def assign(interpreter: Interpreter, node: ast.Assign, scope: Scope) -> Value:
    """`target = value`, and with an operator."""
    if isinstance(node.target, ast.ListLiteral):
        values = coercion.items(interpreter.evaluate(node.value, scope))
        for place, target in enumerate(node.target.items):
            store(interpreter, target, values[place] if place < len(values) else None, scope)
        return values
    if node.operator == "=":
        value = interpreter.evaluate(node.value, scope)
    else:
        before = interpreter.evaluate(node.target, scope)
        right = interpreter.evaluate(node.value, scope)
        value = expressions.operate(interpreter, node.operator[:-1], before, right)
    store(interpreter, node.target, value, scope)
    return value


def step(
    interpreter: Interpreter, target: ast.Expression, operator: str, scope: Scope, *, before: bool
) -> Value:
    """`++x`, `x--` and the like."""
    old = interpreter.evaluate(target, scope)
    new = plus(old, 1) if operator == "++" else minus(old, 1)
    store(interpreter, target, new, scope)
    return new if before else old


def store(interpreter: Interpreter, target: ast.Expression, value: Value, scope: Scope) -> None:
    """Puts a value where an expression says."""
    if isinstance(target, ast.Name):
        holder = scope.holder(target.id)
        if holder is not None:
            holder.variables[target.id] = value
        elif scope.delegates():
            raise Unknown("an assignment in a closure with a delegate")
        else:
            interpreter.binding[target.id] = value
    elif isinstance(target, ast.Property):
        word = to_text(interpreter.evaluate(target.name, scope))
        place = interpreter.evaluate(target.object, scope)
        properties.write(place, word, value)
    elif isinstance(target, ast.Index):
        place = interpreter.evaluate(target.object, scope)
        given = expressions.items(interpreter, target.arguments, scope)
        properties.write_at(place, given, value)
    else:
        raise Unknown("an assignment to this")
