"""Trees in a notation that a line of a test can hold."""

from __future__ import annotations

from typing import Any

from jenkins2gha.groovy import ast, parse
from jenkins2gha.groovy.node import Node
from jenkins2gha.source import Source


def tree(text: str) -> ast.Module:
    return parse(Source("Jenkinsfile", text))


def expression(written: str) -> Any:
    """The node of an expression."""
    [statement] = tree(f"x = {written}").body
    assert isinstance(statement, ast.ExpressionStatement)
    assert isinstance(statement.value, ast.Assign)
    return statement.value.value


def brief(node: Any) -> str:
    """A node as `Kind(field field …)`, without positions; names and constants as themselves."""
    if isinstance(node, tuple):
        return "[" + " ".join(brief(item) for item in node) + "]"
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.StringLiteral):
        return repr(node.value) if node.quote else node.value
    if isinstance(node, ast.NumberLiteral):
        return node.text
    if isinstance(node, ast.ExpressionStatement):
        return brief(node.value)
    if isinstance(node, ast.TypeName):
        inside = f"<{' '.join(brief(one) for one in node.arguments)}>" if node.arguments else ""
        return node.name + inside + "[]" * node.dimensions
    if isinstance(node, Node):
        names = [name for name in node.FIELDS if name not in ("start", "end")]
        values = [getattr(node, name) for name in names]
        return f"{type(node).__name__}({' '.join(brief(value) for value in values)})"
    return "-" if node is None else str(node)
