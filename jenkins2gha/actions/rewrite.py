"""Replaces expressions wherever they stand in a workflow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from jenkins2gha.actions.expressions import (
    Context,
    Expression,
    Function,
    Literal,
    Not,
    Operation,
)
from jenkins2gha.actions.workflow import Origin
from jenkins2gha.record import fields, is_dataclass, replace

Change: TypeAlias = Callable[[Expression], Expression]
_T = TypeVar("_T")


def rewrite(node: _T, change: Change) -> _T:
    """A piece of the model with `change` applied to each expression in it, inner ones first.

    >>> rewrite((Context("a"), "text"), lambda node: Not(node))
    (Not(operand=Context(path='a')), 'text')
    """
    changed: _T = _rewritten(node, change)
    return changed


def _rewritten(node: Any, change: Change) -> Any:
    match node:
        case str() | bool() | int() | None | Origin():
            return node
        case Literal() | Context():
            return change(node)
        case Function(name, arguments):
            return change(Function(name, _rewritten(arguments, change)))
        case Not(operand):
            return change(Not(_rewritten(operand, change)))
        case Operation(operator, operands):
            return change(Operation(operator, _rewritten(operands, change)))
        case tuple():
            return tuple(_rewritten(item, change) for item in node)
        case Mapping():
            return {key: _rewritten(value, change) for key, value in node.items()}
    if not is_dataclass(node) or isinstance(node, type):
        return node
    old = {field.name: getattr(node, field.name) for field in fields(node)}
    new = {name: _rewritten(value, change) for name, value in old.items()}
    return node if new == old else replace(node, **new)
