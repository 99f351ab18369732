"""What Groovy's own tree would count in a file: calls, strings with holes, closures."""

from __future__ import annotations

from typing import Any

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.groovy.walk import children
from jenkins2gha.source import Source


def counts(source: Source, module: ast.Module) -> dict[str, Any]:
    """`calls` lists (name or "?", line, number of arguments), in the order of the source.

    As in Groovy's tree, what is compiled twice counts twice: the body of a `catch` once for each
    of its types, `*: map` as key and as value.
    """
    calls: list[list[Any]] = []
    gstrings = closures = 0
    waiting: list[tuple[Node, int]] = [(module, 1)]
    known: dict[int, int] = {}
    statement: Node | None = None  # the last expression that is a statement of its own
    while waiting:
        node, times = waiting.pop()
        if isinstance(node, ast.Call):
            if node.receiver is not None or node.word not in ("this", "super"):
                at = node.start if node is statement else _position(node, known)
                calls.extend([_counted(source, node, at)] * times)
        elif isinstance(node, ast.ExpressionStatement):
            statement = node.value
        elif isinstance(node, ast.GString):
            gstrings += times
        elif isinstance(node, ast.Closure):
            closures += times
        elif isinstance(node, ast.Hole):
            if _is_block(node):
                calls.extend([["call", source.position(node.start)[0], 0]] * times)
        elif isinstance(node, ast.Catch):
            times *= max(1, len(node.types))
        elif isinstance(node, ast.MapEntry):
            times *= 2 if node.key is None else 1
        waiting.extend((child, times) for child in reversed(children(node)))
    return {"calls": calls, "gstrings": gstrings, "closures": closures}


def _counted(source: Source, call: ast.Call, at: int) -> list[Any]:
    line = source.position(at)[0]
    return [_name(call), line, len(call.arguments) + (1 if call.named else 0)]


def _name(call: ast.Call) -> str:
    name = call.name
    if isinstance(name, ast.StringLiteral):
        return name.value
    if isinstance(name, ast.NumberLiteral) and call.receiver is not None:
        return str(name.value)
    if isinstance(name, ast.GString) or call.receiver is not None:
        return "?"
    return "call"


def _position(call: ast.Call, known: dict[int, int]) -> int:
    """Where Groovy says a call is: a command at its first argument, others at their first word,
    which is that of a command they continue. `known` holds the calls already seen."""
    node: Node = call
    passed: list[ast.Call] = []
    at = None
    while at is None and id(node) not in known:
        if isinstance(node, ast.Call):
            passed.append(node)
            if node.command:
                at = min(one.start for one in (*node.arguments, *node.named))
            node = node.receiver if node.receiver is not None else node.name
        elif isinstance(node, ast.Property | ast.Index):
            node = node.object
        else:
            break
    if at is None:
        at = known.get(id(node), -1)
    for one in passed:
        known[id(one)] = at
    return call.start if at < 0 else at


def _is_block(hole: ast.Hole) -> bool:
    """`${a; b}`: Groovy makes a closure of it and calls that."""
    value = hole.value
    return (
        isinstance(value, ast.Closure)
        and value.parameters is None
        and value.start == hole.start + 1
    )
