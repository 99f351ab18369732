"""Methods of values. Source: groovy 2.4, DefaultGroovyMethods, StringGroovyMethods; java.lang."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jenkins2gha.simulate.jenkins.errors import Throwable, Unknown
from jenkins2gha.simulate.jenkins.groovy.coercion import Entry, items
from jenkins2gha.simulate.jenkins.groovy.methods import closures, lists, maps, numbers, strings
from jenkins2gha.simulate.jenkins.groovy.methods.table import Table
from jenkins2gha.simulate.jenkins.groovy.values import (
    Arguments,
    ClassReference,
    Closure,
    GString,
    Host,
    Matcher,
    MethodPointer,
    Value,
    equals,
    is_number,
    to_text,
    truth,
)

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter

_GETTERS: Final = {"size": "size", "empty": "isEmpty", "bytes": "getBytes"}


def invoke(interpreter: Interpreter, target: Value, name: str, given: Arguments) -> Value:
    """`target.name(given)` of a value that is not null."""
    if isinstance(target, Host):
        return target.call(name, given)
    values = given.all()
    table = _table(target)
    if table is not None and name in table:
        return table[name](interpreter, target, values)
    if name in _SEQUENCES and isinstance(target, (str, GString, dict, Matcher)):
        return lists.METHODS[name](interpreter, _elements(target), values)
    if isinstance(target, dict) and isinstance(target.get(name), (Closure, MethodPointer)):
        return interpreter.call(target[name], *values)
    if isinstance(target, Throwable):
        return _of_throwable(target, name)
    return _of_any(interpreter, target, name, values)


# What a string, a map or a matcher has because one can go through it.
_SEQUENCES: Final = frozenset(
    "each collect eachWithIndex every any inject max min collectMany findResult findAll "
    "collectEntries unique findIndexOf".split()
)


def _elements(target: Value) -> list[Value]:
    if not isinstance(target, Matcher):
        return items(target)
    found = target.pattern.finditer(target.text)
    return [[one[0], *one.groups()] if one.groups() else one[0] for one in found]


def _table(target: Value) -> Table | None:
    if isinstance(target, (str, GString)):
        return strings.METHODS
    if isinstance(target, list):
        return lists.METHODS
    if isinstance(target, dict):
        return maps.METHODS
    if is_number(target):
        return numbers.METHODS
    if isinstance(target, (Closure, MethodPointer)):
        return closures.METHODS
    if isinstance(target, Matcher):
        return closures.MATCHER
    if isinstance(target, Entry):
        return closures.ENTRY
    return None


def _of_any(interpreter: Interpreter, target: Value, name: str, values: list[Value]) -> Value:
    match name, values:
        case "toString", []:
            return to_text(target)
        case "equals", [other]:
            return equals(target, other)
        case "asBoolean", []:
            return truth(target)
        case (("booleanValue" | "toBoolean"), []) if isinstance(target, bool):
            return target
        case "with", [Closure() as body]:
            return interpreter.call(Closure(body.node, body.scope, target), target)
        case "tap", [Closure() as body]:
            interpreter.call(Closure(body.node, body.scope, target), target)
            return target
        case "getClass", []:
            return getter(interpreter, target, "class")
    raise Unknown(f"the method {name} of a value of the kind {type(target).__name__}")


def _of_throwable(target: Throwable, name: str) -> Value:
    match name:
        case "getMessage" | "getLocalizedMessage":
            return target.message
        case "getCause":
            return target.cause
        case "toString":
            return str(target)
        case "printStackTrace":
            return None
        case "getResult" if target.interrupts:
            return ClassReference(f"hudson.model.Result.{target.result}")
        case "getClass":
            return ClassReference(target.class_name)
    raise Unknown(f"the method {name} of an exception")


def getter(interpreter: Interpreter, target: Value, name: str) -> Value:
    """A property that a value has by a method."""
    if name == "class":
        kinds = {str: "String", GString: "GStringImpl", bool: "Boolean", int: "Integer"}
        if type(target) in kinds:
            return ClassReference(f"java.lang.{kinds[type(target)]}")
        raise Unknown("the class of this value")
    table = _table(target)
    method = _GETTERS.get(name) or f"get{name[:1].upper()}{name[1:]}"
    if table is None or method not in table or name == "size":
        raise Unknown(f"the property {name} of a value of the kind {type(target).__name__}")
    return table[method](interpreter, target, [])
