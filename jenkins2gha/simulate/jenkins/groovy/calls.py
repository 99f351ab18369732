"""Calls of Groovy: of methods of the script, of closures, of steps, and of methods of values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.errors import Throwable, Thrown, Unknown, known_throwable, thrown
from jenkins2gha.simulate.jenkins.groovy import coercion, expressions, methods, objects, statics
from jenkins2gha.simulate.jenkins.groovy.scope import Scope
from jenkins2gha.simulate.jenkins.groovy.values import (
    Arguments,
    ClassReference,
    Closure,
    GString,
    Host,
    MethodPointer,
    Steps,
    Symbol,
    Value,
    is_text,
    to_text,
)

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter

_PRINTS: Final = frozenset(("println", "print"))


def argument(interpreter: Interpreter, node: ast.Expression, scope: Scope) -> Value:
    """What a call is given: the call of a configuration's name describes it."""
    if isinstance(node, ast.Call) and node.receiver is None and node.word is not None:
        word = node.word
        if (
            interpreter.world.describes(word)
            and word not in interpreter.methods
            and scope.callee(word) is None
        ):
            given = arguments(interpreter, node, scope)
            named = tuple((to_text(key), value) for key, value in given.named.items())
            return Symbol(word, given.positional, named)
    return interpreter.evaluate(node, scope)


def arguments(interpreter: Interpreter, node: ast.Call, scope: Scope) -> Arguments:
    """What a call is given."""
    positional = expressions.items(interpreter, node.arguments, scope)
    named = expressions.entries(interpreter, node.named, scope)
    return Arguments(tuple(positional), {to_text(key): value for key, value in named.items()})


def call(interpreter: Interpreter, node: ast.Call, scope: Scope) -> Value:
    """Any call."""
    if node.receiver is None:
        if not isinstance(node.name, (ast.StringLiteral, ast.GString)):
            callee = interpreter.evaluate(node.name, scope)
            return call_value(interpreter, callee, arguments(interpreter, node, scope).all())
        return _free(interpreter, node, to_text(interpreter.evaluate(node.name, scope)), scope)
    receiver = receiving(interpreter, node.receiver, scope)
    if node.kind == "?." and receiver is None and scope.safe:
        return None
    word = to_text(interpreter.evaluate(node.name, scope))
    if isinstance(receiver, Steps):
        return _on_steps(interpreter, node, word, scope)
    given = arguments(interpreter, node, scope)
    interpreter.calling = node
    if node.kind == "*.":
        return [
            None if one is None else methods.invoke(interpreter, one, word, given)
            for one in coercion.items(receiver)
        ]
    if receiver is None:
        raise thrown("NullPointerException", f"Cannot invoke method {word}() on null object")
    if isinstance(receiver, ClassReference):
        return statics.call(receiver, word, given)
    return methods.invoke(interpreter, receiver, word, given)


def receiving(interpreter: Interpreter, node: ast.Expression, scope: Scope) -> Value:
    """What a method is called on, or a property is read of.

    A name that nothing declares may be a variable that a library brings along.
    """
    try:
        return interpreter.evaluate(node, scope)
    except Thrown as error:
        if error.value.kind != "MissingPropertyException" or not isinstance(node, ast.Name):
            raise
        if node.id.isupper():
            raise
        raise Unknown(f"the variable {node.id}, which may be one of a library") from None


def _on_steps(interpreter: Interpreter, node: ast.Call, word: str, scope: Scope) -> Value:
    given = arguments(interpreter, node, scope)
    if word in interpreter.methods:
        return call_method(interpreter, word, given)
    return _step(interpreter, node, word, given)


def _free(interpreter: Interpreter, node: ast.Call, word: str, scope: Scope) -> Value:
    holder = scope.callee(word)
    given = arguments(interpreter, node, scope)
    if holder is not None:
        return call_value(interpreter, holder.variables[word], given.all())
    if word in interpreter.methods:
        return call_method(interpreter, word, given)
    if word in interpreter.binding:
        return call_value(interpreter, interpreter.binding[word], given.all())
    for delegate in scope.delegates():
        if isinstance(delegate, dict) and word not in delegate:
            return methods.invoke(interpreter, delegate, word, given)
        raise Unknown("the delegate of a closure")
    return _step(interpreter, node, word, given)


def _step(interpreter: Interpreter, node: ast.Call, word: str, given: Arguments) -> Value:
    if word in _PRINTS:
        text = to_text(given.positional[0]) if given.positional else ""
        return interpreter.world.step(node, "echo", Arguments((text,)))
    return interpreter.world.step(node, word, given)


def call_value(
    interpreter: Interpreter, value: Value, given: list[Value] | tuple[Value, ...]
) -> Value:
    """Calls a closure or what stands for one."""
    if isinstance(value, Closure):
        scope = Scope(value.scope, value.delegate)
        _bind_closure(interpreter, value, list(given), scope)
        return interpreter.run(value.node.body, scope)
    if isinstance(value, MethodPointer):
        if isinstance(value.target, Steps):
            return call_method(interpreter, value.name, Arguments(tuple(given)))
        return methods.invoke(interpreter, value.target, value.name, Arguments(tuple(given)))
    if isinstance(value, Host):
        return value.call("call", Arguments(tuple(given)))
    raise thrown("MissingMethodException", "No signature of method: call()")


def _bind_closure(
    interpreter: Interpreter, closure: Closure, given: list[Value], scope: Scope
) -> None:
    parameters = closure.node.parameters
    if parameters is None:
        scope.declare("it", given[0] if given else None)
        return
    if len(parameters) > 1 and len(given) == 1:
        if isinstance(given[0], list):
            given = list(given[0])
        elif isinstance(given[0], coercion.Entry):
            given = [given[0].key, given[0].value]
    if len(parameters) == 1 and not given and parameters[0].default is None:
        given = [None]
    _bind(interpreter, parameters, given, scope)


def call_method(interpreter: Interpreter, name: str, given: Arguments) -> Value:
    """Calls a method that the script declares: it sees no local variables of the script."""
    values = given.all()
    fitting = [one for one in interpreter.methods[name] if _fits(one, values)]
    if len(fitting) != 1:
        raise Unknown(f"which of the methods {name} is called")
    method = fitting[0]
    scope = Scope()
    _bind(interpreter, method.parameters, values, scope)
    body = method.body.body if method.body else ()
    value = interpreter.run(body, scope)
    if method.type is not None and method.type.name == "void":
        return None
    return coercion.assigned(method.type, value)


def _fits(method: ast.Method, given: list[Value]) -> bool:
    needed = sum(one.default is None and not one.varargs for one in method.parameters)
    many = bool(method.parameters) and method.parameters[-1].varargs
    if not needed and len(method.parameters) == 1 and not given:
        return True
    if not (needed <= len(given) and (many or len(given) <= len(method.parameters))):
        return len(method.parameters) == 1 and not given
    return all(
        _takes(one.type, value) for one, value in zip(method.parameters, given, strict=False)
    )


def _takes(kind: ast.TypeName | None, value: Value) -> bool:
    """Whether a parameter of that type may be given a value."""
    if kind is None or value is None or kind.dimensions:
        return True
    name = kind.name.rpartition(".")[2]
    if name == "String":
        return is_text(value)
    if name in ("Map", "LinkedHashMap", "HashMap"):
        return isinstance(value, dict)
    if name in ("List", "ArrayList"):
        return isinstance(value, list)
    if name in ("boolean", "Boolean"):
        return isinstance(value, bool)
    if name in ("int", "Integer", "long", "Long"):
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "Closure":
        return isinstance(value, (Closure, MethodPointer))
    return True


def _bind(
    interpreter: Interpreter,
    parameters: tuple[ast.Parameter, ...],
    given: list[Value],
    scope: Scope,
) -> None:
    many = bool(parameters) and parameters[-1].varargs
    if many and len(given) >= len(parameters) - 1:
        rest = given[len(parameters) - 1 :]
        if not (len(rest) == 1 and isinstance(rest[0], list)):
            given = [*given[: len(parameters) - 1], rest]
    optional = sum(one.default is not None for one in parameters)
    spare = len(given) - (len(parameters) - optional)
    if not given and len(parameters) == 1 and not optional:
        given, spare = [None], 0
    if len(given) > len(parameters) or spare < 0:
        raise thrown("MissingMethodException", "the number of arguments does not fit")
    values = iter(given)
    for one in parameters:
        if one.default is None:
            value = next(values)
        elif spare:
            value, spare = next(values), spare - 1
        else:
            value = interpreter.evaluate(one.default, scope)
        scope.declare(one.name, coercion.assigned(None if one.varargs else one.type, value))


_MAPS: Final = frozenset(("HashMap", "LinkedHashMap", "TreeMap", "ConcurrentHashMap"))
_LISTS: Final = frozenset(("ArrayList", "LinkedList"))
_SETS: Final = frozenset(("HashSet", "LinkedHashSet"))


def new(interpreter: Interpreter, node: ast.New, scope: Scope) -> Value:
    """`new T(…)` of the few classes whose objects are known."""
    name = node.type.name.rpartition(".")[2]
    if node.body is not None or name in interpreter.classes:
        raise Unknown(f"an object of the class {name}")
    given = expressions.items(interpreter, node.arguments, scope)
    if known_throwable(name):
        return _exception(name, given)
    if name in _MAPS:
        return dict(given[0]) if given and isinstance(given[0], dict) else {}
    if name in _LISTS:
        return list(given[0]) if given and isinstance(given[0], list) else []
    if name in _SETS:
        return coercion.distinct(coercion.items(given[0]) if given else ())
    if name == "String":
        return to_text(given[0]) if given else ""
    if name in ("JsonSlurper", "JsonSlurperClassic"):
        return objects.Slurper()
    if name == "Date" and not given:
        return objects.Moment()
    raise Unknown(f"an object of the class {node.type.name}")


def _exception(name: str, given: list[Value]) -> Value:
    message: str | None = None
    cause: Throwable | None = None
    result: Value = None
    for one in given:
        if isinstance(one, Throwable):
            cause = one
        elif isinstance(one, (str, GString)):
            message = to_text(one)
        elif isinstance(one, ClassReference):
            result = one.simple
    found = Throwable(name, message, cause)
    if found.interrupts:
        for known in ("SUCCESS", "UNSTABLE", "FAILURE", "NOT_BUILT", "ABORTED"):
            if known == result:
                return Throwable(name, message, cause, known)
        raise Unknown("an interruption without a result")
    return found
