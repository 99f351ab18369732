"""Properties and elements of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jenkins2gha.simulate.jenkins.errors import Throwable, Unknown, thrown
from jenkins2gha.simulate.jenkins.groovy import methods
from jenkins2gha.simulate.jenkins.groovy.coercion import Entry
from jenkins2gha.simulate.jenkins.groovy.matching import matched
from jenkins2gha.simulate.jenkins.groovy.values import (
    ClassReference,
    GString,
    Host,
    Matcher,
    Symbol,
    Value,
    integer,
    is_text,
    key_of,
    to_text,
)

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter


def read(interpreter: Interpreter, target: Value, name: str) -> Value:
    """`target.name`."""
    if target is None:
        raise thrown("NullPointerException", f"Cannot get property '{name}' on null object")
    if isinstance(target, Host):
        return target.get(name)
    if isinstance(target, dict):
        return target.get(name)
    if isinstance(target, Entry):
        return {"key": target.key, "value": target.value}[name]
    if isinstance(target, list):
        if name in ("size", "empty", "first", "last") or not target:
            return methods.getter(interpreter, target, name)
        return [read(interpreter, one, name) for one in target]
    if isinstance(target, Throwable):
        return _of_throwable(target, name)
    if isinstance(target, Symbol):
        return target.get(name)
    if isinstance(target, ClassReference):
        if name in ("name", "simpleName"):
            return target.simple if name == "simpleName" else target.name
        if target.simple == "Result":
            return ClassReference(f"hudson.model.Result.{name}")
        raise Unknown(f"the property {name} of the class {target.name}")
    return methods.getter(interpreter, target, name)


def _of_throwable(target: Throwable, name: str) -> Value:
    match name:
        case "message" | "localizedMessage":
            return target.message
        case "cause":
            return target.cause
        case "class":
            return ClassReference(target.class_name)
        case "result" if target.interrupts:
            return ClassReference(f"hudson.model.Result.{target.result}")
    raise Unknown(f"the property {name} of an exception")


def write(target: Value, name: str, value: Value) -> None:
    """`target.name = value`."""
    if target is None:
        raise thrown("NullPointerException", f"Cannot set property '{name}' on null object")
    if isinstance(target, dict):
        target[name] = value
    elif isinstance(target, Host):
        target.set(name, value)
    elif isinstance(target, Entry) and name == "value":
        raise Unknown("an entry of a map that is changed")
    else:
        raise Unknown(f"the property {name} of this value cannot be set")


def read_at(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    """`target[given]`."""
    if target is None:
        raise thrown("NullPointerException", "Cannot invoke method getAt() on null object")
    if len(given) != 1:
        return [read_at(interpreter, target, [one]) for one in given]
    at = given[0]
    if isinstance(target, dict):
        return target.get(key_of(at))
    if isinstance(target, Host):
        return target.get(to_text(at))
    if isinstance(target, (str, GString)):
        return _characters(to_text(target), at)
    if isinstance(target, list):
        if isinstance(at, list):
            return _slice(target, at)
        if is_text(at):
            return read(interpreter, target, to_text(at))
        place = integer(at)
        if place < -len(target):
            raise thrown("ArrayIndexOutOfBoundsException", f"Negative array index [{place}]")
        return target[place] if place < len(target) else None
    if isinstance(target, Matcher):
        return matched(target, integer(at))
    raise Unknown("an element of this value")


def _slice(target: list[Value], places: list[Value]) -> list[Value]:
    found = []
    for one in places:
        place = integer(one)
        if not -len(target) <= place < len(target):
            raise thrown("IndexOutOfBoundsException", f"toIndex = {place}")
        found.append(target[place])
    return _forward(target, places, found)


def _forward(target: list[Value], places: list[Value], found: list[Value]) -> list[Value]:
    """`list[1..-1]` goes from the second to the last, not down over the first."""
    if len(places) >= 2 and integer(places[0]) >= 0 > integer(places[-1]):
        return target[integer(places[0]) : len(target) + integer(places[-1]) + 1]
    return found


def _characters(text: str, at: Value) -> Value:
    if isinstance(at, list):
        if not at:
            return ""
        first, last = integer(at[0]), integer(at[-1])
        low = first if first >= 0 else len(text) + first
        high = last if last >= 0 else len(text) + last
        if not (0 <= low < len(text) and 0 <= high < len(text)):
            raise thrown("StringIndexOutOfBoundsException")
        return text[low : high + 1] if low <= high else text[high : low + 1][::-1]
    place = integer(at)
    if not -len(text) <= place < len(text):
        raise thrown("StringIndexOutOfBoundsException", f"String index out of range: {place}")
    return text[place]


def write_at(target: Value, given: list[Value], value: Value) -> None:
    """`target[given] = value`."""
    if len(given) != 1:
        raise Unknown("an assignment to several elements")
    at = given[0]
    if isinstance(target, dict):
        target[key_of(at)] = value
    elif isinstance(target, Host):
        target.set(to_text(at), value)
    elif isinstance(target, list):
        place = integer(at)
        if place < 0:
            place += len(target)
        target.extend([None] * (place + 1 - len(target)))
        target[place] = value
    else:
        raise Unknown("an assignment to an element of this value")
