"""`options`, `parameters`, `triggers`, `tools`, `libraries`: lists of named things."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.jenkins.declarative.core import check_core, check_option_place
from jenkins2gha.jenkins.declarative.matching import (
    arguments_of,
    block_of,
    call_of,
    check_value,
    checked_name,
    section,
    source_text,
    text_literal,
)
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.evaluate import evaluate, map_entries
from jenkins2gha.jenkins.pipeline import Library, Option, Tool
from jenkins2gha.jenkins.steps import flat_steps
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.jenkins.vocabulary import kind, signature

_BLOCKED = ("node", "stage", "parallel", "properties")


def read_options(
    statement: ast.Statement, reader: Reader, *, in_stage: bool = False
) -> tuple[Option, ...]:
    """Reads an `options` section."""
    read = _read(statement, "option", reader)
    for option, node in read:
        check_option_place(option.name, node, reader, in_stage=in_stage)
    _reject_twice(read, "option", reader)
    return tuple(option for option, _ in read)


def read_triggers(statement: ast.Statement, reader: Reader) -> tuple[Option, ...]:
    """Reads a `triggers` section."""
    read = _read(statement, "trigger", reader)
    _reject_twice(read, "trigger", reader)
    return tuple(trigger for trigger, _ in read)


def read_parameters(statement: ast.Statement, reader: Reader) -> tuple[Option, ...]:
    """Reads a `parameters` section."""
    return tuple(parameter for parameter, _ in _read(statement, "parameter", reader))


def _read(statement: ast.Statement, what: str, reader: Reader) -> list[tuple[Option, ast.Call]]:
    block = section(statement, reader)
    if block is None:
        return []
    if not block.body.body:
        reader.reject("declarative-empty-section", statement, f"`{block.name}` is empty")
    read: list[tuple[Option, ast.Call]] = []
    for entry in block.body.body:
        call = call_of(entry)
        if call is None:
            message = f"`{source_text(entry, reader)}` is no {what}"
            reader.reject(f"declarative-invalid-{what}", entry, message)
        elif block_of(entry) is not None:
            message = f"a {what} takes no block here"
            reader.reject(f"declarative-invalid-{what}", entry, message)
        else:
            name = checked_name(call, reader)
            if name is not None:
                check_method_call(call, what, reader)
                check_core(what, name, call, reader)
                read.append((read_option(name, call, reader), call))
    return read


def check_method_call(call: ast.Call, what: str, reader: Reader, *, nested: bool = False) -> None:
    """Checks the arguments of a declared thing, and of the objects nested in them.

    A nested call that no plugin is known to define may be a method, and takes any arguments.
    """
    rule = f"declarative-invalid-{what}"
    name = call.word or "?"
    free = nested and kind(name) is None
    if name in _BLOCKED:
        message = f"`{name}` is not allowed in a {what}"
        reader.reject("declarative-blocked-step", call, message)
    if call.named and call.arguments and not free:
        message = f"`{name}` mixes arguments with and without names"
        reader.reject(rule, call, message)
    elif len(call.arguments) > 1 and not free:
        message = f"the arguments of `{name}` must be given by name"
        reader.reject(rule, call, message)
    for value in (*call.arguments, *(entry.value for entry in call.named)):
        if isinstance(value, ast.Closure):
            reader.reject(rule, value, f"`{name}` takes no block as argument here")
        elif isinstance(value, ast.Call):
            if checked_name(value, reader) is not None:
                check_method_call(value, what, reader, nested=True)
        else:
            check_value(value, reader)


def read_option(name: str, call: ast.Call, reader: Reader) -> Option:
    """The values of a declared thing, positional ones bound where the order is known."""
    scope = reader.scope
    arguments = dict(map_entries(call.named, scope) or ())
    known = signature(name)
    order = list(known[1].get("positional", ())) if known else []
    positional = []
    for given in call.arguments:
        value = evaluate(given, scope)
        if order:
            arguments[order.pop(0)] = value
        positional.append(value)
    steps = tuple(
        step
        for value in (*(entry.value for entry in call.named), *call.arguments)
        for step in flat_steps(value, scope, argument=True)
    )
    return Option(name, arguments, scope.span(call), tuple(positional), steps)


def _reject_twice(read: list[tuple[Option, ast.Call]], what: str, reader: Reader) -> None:
    seen: set[str] = set()
    for option, node in read:
        if option.name in seen:
            message = f"the {what} `{option.name}` is given twice"
            reader.reject("declarative-duplicate-name", node, message)
        seen.add(option.name)


def read_tools(statement: ast.Statement, reader: Reader) -> tuple[Tool, ...]:
    """Reads a `tools` section."""
    block = section(statement, reader)
    if block is None:
        return ()
    if not block.body.body:
        reader.reject("declarative-empty-section", statement, "`tools` is empty")
    read: list[Tool] = []
    for entry in block.body.body:
        call = call_of(entry)
        kind = text_literal(call.name) if call else None
        given = arguments_of(call) if call else ()
        if call is None or kind is None or len(given) != 1 or isinstance(given[0], tuple):
            message = f"`{source_text(entry, reader)}` is not of the form `maven 'Maven 3'`"
            reader.reject("declarative-invalid-tool", entry, message)
            continue
        check_value(given[0], reader)
        value = evaluate(given[0], reader.scope)
        steps = flat_steps(given[0], reader.scope, argument=True)
        read.append(Tool(kind, value, reader.scope.span(call), steps))
    return tuple(read)


def read_libraries(statement: ast.Statement, reader: Reader) -> tuple[Library, ...]:
    """Reads a `libraries` section."""
    block = section(statement, reader)
    if block is None:
        return ()
    if not block.body.body:
        reader.reject("declarative-empty-section", statement, "`libraries` is empty")
    return tuple(_libraries(block.body, reader))


def _libraries(body: ast.Closure, reader: Reader) -> Iterator[Library]:
    for entry in body.body:
        call = call_of(entry)
        given = arguments_of(call) if call else ()
        single = len(given) == 1 and not isinstance(given[0], (tuple, ast.Closure, ast.Call))
        if call is None or call.word != "lib" or not single:
            message = f"`{source_text(entry, reader)}` is not of the form `lib('name@version')`"
            reader.reject("declarative-invalid-library", entry, message)
            continue
        text = text_of(evaluate(call.arguments[0], reader.scope))
        yield library(text or source_text(call.arguments[0], reader), call, reader)


def library(identifier: str, node: Node, reader: Reader) -> Library:
    """`name@version` taken apart."""
    name, _, ref = identifier.partition("@")
    return Library(name, ref or None, reader.scope.span(node))
