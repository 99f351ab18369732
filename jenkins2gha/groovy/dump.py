"""Syntax trees as plain data, for the `ast` command."""

from __future__ import annotations

from typing import Any

from jenkins2gha.groovy.node import Node
from jenkins2gha.source import Source


def dump(source: Source, node: Node) -> dict[str, Any]:
    """A node as nested dictionaries: `node` (its kind), `span`, and its fields.

    `span` is line, column, end line, end column.
    It nests as deep as the tree, but is made without recursion.
    """
    root: dict[str, Any] = {}
    waiting: list[tuple[Node, dict[str, Any]]] = [(node, root)]
    while waiting:
        node, data = waiting.pop()
        data["node"] = type(node).__name__
        data["span"] = [*source.position(node.start), *source.position(node.end)]
        for field in node.FIELDS:
            if field not in ("start", "end"):
                data[field] = _plain(getattr(node, field), waiting)
    return root


def _plain(value: Any, waiting: list[tuple[Node, dict[str, Any]]]) -> Any:
    if isinstance(value, Node):
        data: dict[str, Any] = {}
        waiting.append((value, data))
        return data
    if isinstance(value, tuple):
        return [_plain(item, waiting) for item in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)
