"""How the methods of a kind of value are written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from jenkins2gha.simulate.jenkins.errors import Unknown
from jenkins2gha.simulate.jenkins.groovy.values import Closure, MethodPointer, Value, to_text

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter

Method: TypeAlias = "Callable[[Interpreter, Value, list[Value]], Value]"
Table: TypeAlias = dict[str, Method]


def plain(apply: Callable[[Value], Value]) -> Method:
    """A method without arguments."""
    return lambda _, target, __: apply(target)


def taking(apply: Callable[[Value, list[Value]], Value]) -> Method:
    """A method that calls no closure."""
    return lambda _, target, given: apply(target, given)


def text(given: list[Value], place: int = 0) -> str:
    """An argument as text."""
    if place >= len(given):
        raise Unknown("an argument is missing")
    return to_text(given[place])


def closure(given: list[Value]) -> Value:
    """The closure that a method is given last."""
    if given and isinstance(given[-1], (Closure, MethodPointer)):
        return given[-1]
    raise Unknown("a closure is missing")


def has_closure(given: list[Value]) -> bool:
    return bool(given) and isinstance(given[-1], (Closure, MethodPointer))


def parameters(value: Value) -> int:
    """How many parameters a closure has."""
    if isinstance(value, Closure):
        return 1 if value.node.parameters is None else len(value.node.parameters)
    return 1
