"""Statements of Groovy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.errors import Throwable, Thrown, Unknown, thrown
from jenkins2gha.simulate.jenkins.groovy import coercion
from jenkins2gha.simulate.jenkins.groovy.scope import Broken, Continued, Returned, Scope
from jenkins2gha.simulate.jenkins.groovy.values import Value, to_text, truth

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter


def execute(interpreter: Interpreter, body: Sequence[ast.Statement], scope: Scope) -> Value:
    """The value of the last statement, as a method without `return` gives it back."""
    value: Value = None
    for statement in body:
        value = run(interpreter, statement, scope)
    return value


def run(interpreter: Interpreter, node: ast.Statement, scope: Scope) -> Value:
    """Runs one statement; its value is what counts if it is the last of a closure."""
    interpreter.tick(node)
    with interpreter.at(node):
        runner = _RUN.get(type(node))
        if runner is None:
            raise Unknown(f"a statement of the kind {type(node).__name__}")
        return runner(interpreter, node, scope)


def _expression(interpreter: Interpreter, node: ast.ExpressionStatement, scope: Scope) -> Value:
    return interpreter.evaluate(node.value, scope)


def _declaration(interpreter: Interpreter, node: ast.Declaration, scope: Scope) -> Value:
    fields = any(one.name.rpartition(".")[2] == "Field" for one in node.modifiers.annotations)
    if node.destructuring:
        values = interpreter.evaluate(node.value, scope) if node.value else None
        if not isinstance(values, list):
            raise Unknown("a declaration of several variables from what is no list")
        for place, one in enumerate(node.variables):
            value = values[place] if place < len(values) else None
            scope.declare(one.name, coercion.assigned(one.type, value))
        return None
    for one in node.variables:
        if fields and one.name in interpreter.binding:
            continue
        value = interpreter.evaluate(one.value, scope) if one.value else None
        value = (
            coercion.initial(one.type) if one.value is None else coercion.assigned(one.type, value)
        )
        if fields:
            interpreter.binding[one.name] = value
        else:
            scope.declare(one.name, value)
    return None


def _block(interpreter: Interpreter, node: ast.Block, scope: Scope) -> Value:
    return execute(interpreter, node.body, Scope(scope))


def _body(interpreter: Interpreter, node: ast.Statement | None, scope: Scope) -> Value:
    return run(interpreter, node, Scope(scope)) if node is not None else None


def _if(interpreter: Interpreter, node: ast.If, scope: Scope) -> Value:
    if truth(interpreter.evaluate(node.condition, scope)):
        return _body(interpreter, node.then, scope)
    return _body(interpreter, node.otherwise, scope)


def _turn(interpreter: Interpreter, node: ast.Statement | None, scope: Scope, label: str) -> bool:
    """One turn of a loop; whether it goes on."""
    try:
        _body(interpreter, node, scope)
    except Continued as jump:
        if jump.label not in (None, label):
            raise
    except Broken as jump:
        if jump.label not in (None, label):
            raise
        return False
    return True


def _while(interpreter: Interpreter, node: ast.While, scope: Scope, label: str = "") -> Value:
    while truth(interpreter.evaluate(node.condition, scope)):
        interpreter.tick(node)
        if not _turn(interpreter, node.body, scope, label):
            break
    return None


def _for(interpreter: Interpreter, node: ast.For, scope: Scope, label: str = "") -> Value:
    inner = Scope(scope)
    for one in node.initial:
        run(interpreter, one, inner)
    while node.condition is None or truth(interpreter.evaluate(node.condition, inner)):
        interpreter.tick(node)
        if not _turn(interpreter, node.body, inner, label):
            break
        for step in node.update:
            interpreter.evaluate(step, inner)
    return None


def _for_in(interpreter: Interpreter, node: ast.ForIn, scope: Scope, label: str = "") -> Value:
    for value in coercion.items(interpreter.evaluate(node.values, scope)):
        inner = Scope(scope)
        inner.declare(node.variable.name, coercion.assigned(node.variable.type, value))
        if not _turn(interpreter, node.body, inner, label):
            break
    return None


def _labeled(interpreter: Interpreter, node: ast.Labeled, scope: Scope) -> Value:
    loops: dict[type, Callable[..., Value]] = {
        ast.While: _while,
        ast.For: _for,
        ast.ForIn: _for_in,
    }
    loop = loops.get(type(node.body))
    if loop is None:
        return run(interpreter, node.body, scope)
    return loop(interpreter, node.body, scope, node.label)


def _switch(interpreter: Interpreter, node: ast.Switch, scope: Scope) -> Value:
    value = interpreter.evaluate(node.value, scope)
    found: Value = None
    inner = Scope(scope)
    for case in _cases_from(interpreter, node, value, inner):
        for statement in case.body:
            if isinstance(statement, ast.Break) and statement.label is None:
                return found
            try:
                found = run(interpreter, statement, inner)
            except Broken as jump:
                if isinstance(jump, Continued) or jump.label is not None:
                    raise
                return None
    return found


def _cases_from(
    interpreter: Interpreter, node: ast.Switch, value: Value, scope: Scope
) -> Iterable[ast.Case]:
    """The cases that run: from the first that matches on, else from `default` on."""
    for place, case in enumerate(node.cases):
        for label in case.values:
            if coercion.is_case(interpreter, interpreter.evaluate(label, scope), value):
                return node.cases[place:]
    for place, case in enumerate(node.cases):
        if case.default or not case.values:
            return node.cases[place:]
    return ()


def _try(interpreter: Interpreter, node: ast.Try, scope: Scope) -> Value:
    try:
        try:
            return execute(interpreter, node.body.body, Scope(scope))
        except Thrown as error:
            handler = _handler(node, error.value)
            if handler is None:
                raise
            inner = Scope(scope)
            inner.declare(handler.name, error.value)
            return execute(interpreter, handler.body.body, inner)
    finally:
        _finally(interpreter, node, scope)


def _finally(interpreter: Interpreter, node: ast.Try, scope: Scope) -> None:
    if node.final is not None:
        execute(interpreter, node.final.body, Scope(scope))


def _handler(node: ast.Try, error: Throwable) -> ast.Catch | None:
    for one in node.catches:
        kinds = [kind.name for kind in one.types] or ["Exception"]
        if any(error.is_a(kind) for kind in kinds):
            return one
    return None


def _return(interpreter: Interpreter, node: ast.Return, scope: Scope) -> Value:
    raise Returned(interpreter.evaluate(node.value, scope) if node.value else None)


def _throw(interpreter: Interpreter, node: ast.Throw, scope: Scope) -> Value:
    value = interpreter.evaluate(node.value, scope)
    if not isinstance(value, Throwable):
        raise Unknown("what is thrown is no exception")
    raise Thrown(value)


def _break(_: Interpreter, node: ast.Break, __: Scope) -> Value:
    raise Broken(node.label)


def _continue(_: Interpreter, node: ast.Continue, __: Scope) -> Value:
    raise Continued(node.label)


def _assert(interpreter: Interpreter, node: ast.Assert, scope: Scope) -> Value:
    if not truth(interpreter.evaluate(node.condition, scope)):
        if node.message is None:
            raise thrown("PowerAssertionError", "assertion failed")
        message = to_text(interpreter.evaluate(node.message, scope))
        raise thrown("AssertionError", message)
    return None


def _synchronized(interpreter: Interpreter, node: ast.Synchronized, scope: Scope) -> Value:
    return execute(interpreter, node.body.body, Scope(scope))


def _nothing(*_: object) -> Value:
    return None


_RUN: Final[dict[type, Callable[[Interpreter, Any, Scope], Value]]] = {
    ast.ExpressionStatement: _expression,
    ast.Declaration: _declaration,
    ast.Block: _block,
    ast.If: _if,
    ast.While: _while,
    ast.For: _for,
    ast.ForIn: _for_in,
    ast.Labeled: _labeled,
    ast.Switch: _switch,
    ast.Try: _try,
    ast.Return: _return,
    ast.Throw: _throw,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Assert: _assert,
    ast.Synchronized: _synchronized,
    ast.Import: _nothing,
    ast.Package: _nothing,
    ast.Method: _nothing,
    ast.Class: _nothing,
}
