"""Recognises the shapes that declarative syntax is made of: calls, blocks, literals."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.jenkins.declarative.problems import Reader

Argument: TypeAlias = ast.Expression | tuple[ast.MapEntry, ...]


class Block(NamedTuple):
    """`name(arguments) { body }`."""

    name: str
    call: ast.Call
    body: ast.Closure
    arguments: tuple[Argument, ...]


def call_of(statement: ast.Statement) -> ast.Call | None:
    """The call that a statement is."""
    if isinstance(statement, ast.ExpressionStatement) and isinstance(statement.value, ast.Call):
        return statement.value
    return None


def arguments_of(call: ast.Call) -> tuple[Argument, ...]:
    """The arguments as Groovy counts them: all named ones are one, and come first."""
    return (call.named, *call.arguments) if call.named else call.arguments


def name_of(call: ast.Call) -> str | None:
    """The name of a call on the script itself."""
    receiver = call.receiver
    if receiver is None or (isinstance(receiver, ast.Name) and receiver.id == "this"):
        return call.word
    return None


def block_of(statement: ast.Statement) -> Block | None:
    """The block that a statement is: a call of a plain name whose last argument is a closure."""
    call = call_of(statement)
    if call is None or not call.arguments:
        return None
    name, body = name_of(call), call.arguments[-1]
    if name is None or not isinstance(body, ast.Closure):
        return None
    return Block(name, call, body, arguments_of(call)[:-1])


def checked_name(call: ast.Call, reader: Reader) -> str | None:
    """The name of a call; a call on an object is rejected."""
    name = name_of(call)
    if name is None:
        reader.reject(
            "declarative-object-call",
            call,
            "a method of an object is called outside a `script` block",
        )
    return name


def section(statement: ast.Statement, reader: Reader) -> Block | None:
    """The block of a section; anything else is rejected."""
    block = block_of(statement)
    if block is None:
        call = call_of(statement)
        name = (name_of(call) if call else None) or "the section"
        message = f"`{name}` needs a block in braces"
        reader.reject("declarative-block-expected", statement, message)
    return block


def text_literal(expression: ast.Expression | None) -> str | None:
    """The text of a string without interpolation, or of a bare word."""
    if isinstance(expression, ast.StringLiteral):
        return expression.value
    if isinstance(expression, ast.Name):
        return expression.id
    return None


def source_text(node: Node, reader: Reader) -> str:
    """The first line of a node's text, short enough for a message."""
    lines = reader.scope.span(node).text.strip().splitlines()
    line = lines[0].strip() if lines else ""
    return line if len(line) <= 60 else line[:57] + "…"


_LARGEST = 2**63 - 1


def check_value(expression: ast.Expression, reader: Reader) -> None:
    """Rejects values that Jenkins' own parser cannot take: `${x}` without quotes, huge numbers."""
    if isinstance(expression, ast.NumberLiteral):
        if isinstance(expression.value, int) and abs(expression.value) > _LARGEST:
            reader.reject(
                "declarative-big-number",
                expression,
                f"{expression.text} is larger than a number in a declarative pipeline may be",
            )
        return
    if isinstance(expression, (ast.StringLiteral, ast.GString, ast.MapLiteral)):
        return
    if reader.scope.source.text.startswith("${", expression.start):
        shown = source_text(expression, reader)
        reader.reject(
            "declarative-dollar-curly",
            expression,
            f"`{shown}` stands outside a string",
            hint=f'write "{shown}", with quotes',
        )


def check_argument(argument: Argument, reader: Reader) -> None:
    """Checks one argument, or each value of the named ones."""
    if isinstance(argument, tuple):
        for entry in argument:
            check_value(entry.value, reader)
    else:
        check_value(argument, reader)
