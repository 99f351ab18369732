"""The tree of an expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    value: bool | float | str | None


@dataclass(frozen=True, slots=True)
class Name:
    """A context, such as `github`."""

    name: str


@dataclass(frozen=True, slots=True)
class Star:
    """`*`, only below an index."""


@dataclass(frozen=True, slots=True)
class Index:
    """`of[index]`, `of.index`, `of.*`."""

    of: Node
    index: Node


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """`!`, `==`, `!=`, `<`, `<=`, `>`, `>=`; `&&` and `||` hold all sides of a chain."""

    operator: str
    operands: tuple[Node, ...]


Node: TypeAlias = Literal | Name | Star | Index | Call | Operation


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case Index(of, index):
            return (of, index)
        case Call(_, nodes) | Operation(_, nodes):
            return nodes
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    for child in children(node):
        yield from walk(child)
