"""Holds literal arguments against the types of the parameters that take them."""

from __future__ import annotations

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.declarative.problems import Reader


def check_type(value: ast.Expression, kind: str, name: str, reader: Reader) -> None:
    """Rejects a literal that Jenkins does not convert: a number or a boolean for text, a string or
    a boolean for a number. What is no literal passes."""
    given = _kind(value)
    if given is None:
        return
    wrong = (kind == "text" and given in ("number", "flag")) or (
        kind == "number" and given in ("text", "flag")
    )
    if wrong:
        words = {"text": "a string", "number": "a number", "flag": "a boolean"}
        message = f"`{name}` takes {words[kind]}, not {words[given]}"
        reader.reject("declarative-argument-type", value, message)


def _kind(value: ast.Expression) -> str | None:
    match value:
        case ast.StringLiteral():
            return "text"
        case ast.NumberLiteral(value=int()):
            return "number"
        case ast.BooleanLiteral():
            return "flag"
    return None
