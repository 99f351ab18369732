"""Walks over syntax trees that need no recursion, however deep the tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

from jenkins2gha.groovy.node import Node

_POSITION = ("start", "end")


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, parents first, in the order of the source."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def children(node: Node) -> list[Node]:
    """The nodes directly below a node, in the order of the source."""
    found: list[Node] = []
    for value in _reader(type(node))(node):
        if isinstance(value, Node):
            found.append(value)
        elif type(value) is tuple:
            for item in value:
                if isinstance(item, Node):
                    found.append(item)
                elif type(item) is tuple:
                    found.extend(part for part in item if isinstance(part, Node))
    if len(found) > 1:
        found.sort(key=_start)
    return found


_start = attrgetter("start")


@cache
def _reader(kind: type[Node]) -> Callable[[Node], tuple[Any, ...]]:
    """Reads all fields of a kind of node that may hold nodes."""
    names = [one for one in kind.FIELDS if one not in _POSITION]
    if not names:
        return lambda _: ()
    read = attrgetter(*names)
    return read if len(names) > 1 else lambda node: (read(node),)
