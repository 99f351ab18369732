"""The value of an expression's tree.

Source: actions/runner, `Expressions/Sdk/Operators/*.cs`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

from jenkins2gha.simulate.expressions.functions import WELL_KNOWN, Function
from jenkins2gha.simulate.expressions.tree import Call, Index, Literal, Name, Node, Operation, Star
from jenkins2gha.simulate.expressions.values import (
    Array,
    Object,
    Value,
    equal,
    greater,
    is_primitive,
    to_number,
    to_text,
    truthy,
    upper,
)

_COMPARISONS: dict[str, Callable[[Value, Value], bool]] = {
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    ">": greater,
    ">=": lambda left, right: equal(left, right) or greater(left, right),
    "<": lambda left, right: greater(right, left),
    "<=": lambda left, right: equal(left, right) or greater(right, left),
}
_MAX_INDEX = 2**31 - 1


def evaluate(
    node: Node | None,
    contexts: Mapping[str, Value],
    functions: Mapping[str, Function] | None = None,
) -> Value:
    """The value of a tree, of no tree null; raises `EvaluationError` where it has none."""
    if node is None:
        return None
    named = {upper(name): value for name, value in contexts.items()}
    own = {upper(name): function for name, function in (functions or {}).items()}
    return _Evaluator(named, own | WELL_KNOWN)(node)


class _Evaluator:
    def __init__(self, contexts: Mapping[str, Value], functions: Mapping[str, Function]) -> None:
        self._contexts = contexts
        self._functions = functions

    def __call__(self, node: Node) -> Value:
        match node:
            case Literal(value):
                return value
            case Name(name):
                return self._contexts.get(upper(name))
            case Index(of, index):
                return self._index(self(of), index)
            case Call(name, arguments):
                lazy = [self._later(argument) for argument in arguments]
                return self._functions[upper(name)].call(lazy)
            case Operation(operator, operands):
                return self._operation(operator, operands)
        return None

    def _later(self, node: Node) -> Callable[[], Value]:
        return lambda: self(node)

    def _operation(self, operator: str, operands: tuple[Node, ...]) -> Value:
        if operator == "!":
            return not truthy(self(operands[0]))
        if operator in ("&&", "||"):
            result: Value = None
            for operand in operands:
                result = self(operand)
                if truthy(result) == (operator == "||"):
                    break
            return result
        return _COMPARISONS[operator](self(operands[0]), self(operands[1]))

    def _index(self, of: Value, node: Node) -> Value:
        """What has no items has, by `*`, an empty list of them, by anything else null."""
        if isinstance(node, Star):
            if isinstance(of, Array) and of.filtered:
                return Array(tuple(one for item in of.items for one in _items(item)), filtered=True)
            return Array(_items(of), filtered=True)
        if is_primitive(of):
            return None
        index = self(node)
        if isinstance(of, Array) and of.filtered:
            return Array(tuple(one for item in of.items for one in _at(item, index)), filtered=True)
        return next(_at(of, index), None)


def _items(value: Value) -> tuple[Value, ...]:
    if isinstance(value, Array):
        return value.items
    return value.values() if isinstance(value, Object) else ()


def _at(value: Value, index: Value) -> Iterator[Value]:
    """The item at an index, where there is one."""
    if isinstance(value, Object) and is_primitive(index):
        if (key := to_text(index)) in value:
            yield value.get(key)
    elif isinstance(value, Array):
        number = to_number(index)
        if not math.isnan(number) and 0 <= number <= _MAX_INDEX and number < len(value.items):
            yield value.items[math.floor(number)]
