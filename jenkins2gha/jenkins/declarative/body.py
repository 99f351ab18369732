"""Steps outside `script`, held to what declarative syntax allows there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.jenkins.declarative.matching import (
    Argument,
    arguments_of,
    block_of,
    call_of,
    check_argument,
    checked_name,
    source_text,
)
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.declarative.types import check_type
from jenkins2gha.jenkins.pipeline import Item
from jenkins2gha.jenkins.statements import items
from jenkins2gha.jenkins.vocabulary import signature

BLOCKED = {
    "stage": "stages stand in `stages`, `parallel` or `matrix`",
    "parallel": "`parallel` stands beside `steps`, or alone in them",
    "properties": "job properties stand in `options`, `parameters` and `triggers`",
}
_OPAQUE = ("script", "expression")


def read_steps(body: ast.Closure, reader: Reader, place: Node) -> tuple[Item, ...]:
    """Checks and reads the steps of a block."""
    if not body.body:
        reader.reject("declarative-empty-section", place, "there are no steps here")
    check_steps(body.body, reader)
    return items(body.body, reader.scope.inside(body))


def check_steps(statements: Iterable[ast.Statement], reader: Reader) -> None:
    """Rejects what Jenkins rejects among steps, in blocks of steps too."""
    for statement in statements:
        call = call_of(statement)
        if call is None:
            reader.reject(
                "declarative-step-expected",
                statement,
                f"`{source_text(statement, reader)}` is no step",
            )
            continue
        name = checked_name(call, reader)
        if name is not None:
            _check_step(name, call, statement, reader)


def _check_step(name: str, call: ast.Call, statement: ast.Statement, reader: Reader) -> None:
    block = block_of(statement)
    if name in _OPAQUE:
        if block is None:
            message = f"`{name}` needs a block in braces"
            reader.reject("declarative-block-expected", statement, message)
        return
    if name in BLOCKED:
        message = f"`{name}` is not allowed among steps: {BLOCKED[name]}"
        reader.reject("declarative-blocked-step", call, message)
        return
    given = block.arguments if block else arguments_of(call)
    for argument in given:
        check_argument(argument, reader)
    known = signature(name)
    if known is not None and known[1].get("closed"):
        _check_arguments(name, known[1], given, call, reader)
    if block is not None:
        check_steps(block.body.body, reader)


def _check_arguments(
    name: str, row: Mapping[str, Any], given: tuple[Argument, ...], call: ast.Call, reader: Reader
) -> None:
    parameters, required = row.get("parameters", {}), row.get("required", ())
    if len(given) > 1:
        message = f"the arguments of `{name}` must be given by name"
        reader.reject("declarative-step-argument", call, message)
    elif given and not isinstance(given[0], (tuple, ast.MapLiteral)):
        if len(required) == 1:
            check_type(given[0], parameters[required[0]], required[0], reader)
        elif not row.get("block"):
            message = f"the argument of `{name}` must be given by name"
            reader.reject("declarative-step-argument", call, message)
    else:
        entries = _entries(given[0]) if given else {}
        if entries is not None:
            _check_named(name, parameters, required, entries, call, reader)


def _entries(given: Argument) -> dict[str, ast.MapEntry] | None:
    """Named arguments by name; None for a map that stands for an object (`[$class: …]`)."""
    entries = given.entries if isinstance(given, ast.MapLiteral) else given
    if not isinstance(entries, tuple):
        return None
    named: dict[str, ast.MapEntry] = {}
    for entry in entries:
        if not isinstance(entry.key, ast.StringLiteral) or entry.key.value == "$class":
            return None
        named[entry.key.value] = entry
    return named


def _check_named(
    name: str,
    parameters: Mapping[str, str],
    required: tuple[str, ...],
    entries: Mapping[str, ast.MapEntry],
    call: ast.Call,
    reader: Reader,
) -> None:
    for key, entry in entries.items():
        if key not in parameters:
            message = f"`{name}` has no parameter `{key}`"
            hint = f"it has {', '.join(parameters)}" if parameters else None
            reader.reject("declarative-step-argument", entry, message, hint)
        else:
            check_type(entry.value, parameters[key], key, reader)
    for key in required:
        if key not in entries:
            message = f"`{name}` needs the argument `{key}`"
            reader.reject("declarative-step-argument", call, message)
