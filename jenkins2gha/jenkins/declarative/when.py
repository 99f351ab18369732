"""`when { … }`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.declarative.asking import asked, items_of
from jenkins2gha.jenkins.declarative.conditions import condition_of
from jenkins2gha.jenkins.declarative.matching import (
    Block,
    arguments_of,
    block_of,
    call_of,
    check_argument,
    checked_name,
    section,
    source_text,
)
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.declarative.types import check_type
from jenkins2gha.jenkins.evaluate import evaluate, map_entries
from jenkins2gha.jenkins.pipeline import Condition, Step, When
from jenkins2gha.jenkins.steps import flat_steps
from jenkins2gha.jenkins.values import Residual, text_of
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

_FLAGS = ("beforeAgent", "beforeInput", "beforeOptions")
_NESTING = {"allOf": None, "anyOf": None, "not": 1}
_PATTERN = {"pattern": "text", "comparator": "text"}
_CHANGE = "id target branch fork url title author authorDisplayName authorEmail comparator"
_CONDITIONS: dict[str, tuple[Mapping[str, str], tuple[str, ...]]] = {
    "branch": (_PATTERN | {"compare": "text"}, ("pattern",)),
    "buildingTag": ({}, ()),
    "changelog": ({"pattern": "text"}, ("pattern",)),
    "changeRequest": (dict.fromkeys(_CHANGE.split(), "text"), ()),
    "changeset": (_PATTERN | {"caseSensitive": "flag", "glob": "text"}, ("pattern",)),
    "environment": ({"name": "text", "value": "text", "ignoreCase": "flag"}, ("name", "value")),
    "equals": ({"expected": "any", "actual": "any"}, ("expected", "actual")),
    "isRestartedRun": ({}, ()),
    "tag": (_PATTERN, ("pattern",)),
    "triggeredBy": ({"cause": "text", "detail": "text"}, ("cause",)),
}
"""The parameters of each condition, and those that it needs."""

_ALSO_KNOWN_AS = {"compare": "pattern", "glob": "pattern"}


def read_when(statement: ast.Statement, reader: Reader) -> When | None:
    """Reads a `when` section; several conditions mean that all must hold."""
    block = section(statement, reader)
    if block is None:
        return None
    flags: dict[str, bool] = {}
    conditions: list[Condition] = []
    for entry in block.body.body:
        call = call_of(entry)
        if call is None:
            _reject_entry(entry, reader)
        elif call.word in _FLAGS and call.receiver is None:
            flags[call.word] = read_flag(call, reader)
        else:
            condition = _condition(entry, call, reader)
            if condition is not None:
                conditions.append(condition)
    if not conditions:
        reader.reject("declarative-when-empty", statement, "`when` has no condition")
    span = reader.scope.span(block.call)
    left = isinstance(condition_of(When(tuple(conditions), span)), Residual)
    settled = _settled(conditions, left=left)
    return When(
        settled,
        span,
        () if left else items_of(settled),
        before_agent=flags.get("beforeAgent", False),
        before_input=flags.get("beforeInput", False),
        before_options=flags.get("beforeOptions", False),
    )


def _settled(conditions: Iterable[Condition], *, left: bool) -> tuple[Condition, ...]:
    """The conditions with either the items that find them out or, if all is left to a person, the
    step calls in them."""
    return tuple(
        replace(
            one,
            children=_settled(one.children, left=left),
            steps=one.steps if left or one.name != "expression" else (),
            items=() if left else one.items,
        )
        for one in conditions
    )


def read_flag(call: ast.Call, reader: Reader) -> bool:
    """The constant boolean of `beforeAgent true` or `failFast true`."""
    value = call.arguments[0] if call.arguments else None
    if not isinstance(value, ast.BooleanLiteral):
        message = f"`{call.word}` takes `true` or `false`"
        reader.reject("declarative-boolean-expected", call, message)
        return False
    return value.value


def _reject_entry(entry: ast.Statement, reader: Reader) -> None:
    shown = source_text(entry, reader)
    hint = f"write `expression {{ {shown} }}`"
    reader.reject("declarative-when-unknown", entry, f"`{shown}` is no condition of `when`", hint)


def _condition(statement: ast.Statement, call: ast.Call, reader: Reader) -> Condition | None:
    name = checked_name(call, reader)
    if name is None:
        return None
    block = block_of(statement)
    if name == "expression":
        return _expression(call, block, reader)
    if name in _NESTING:
        return _nested(name, call, block, reader)
    if name not in _CONDITIONS:
        message = f"`when` knows no condition `{name}`"
        known = ", ".join(sorted((*_CONDITIONS, *_NESTING, "expression")))
        reader.reject("declarative-when-unknown", call, message, f"it knows {known}")
    elif block is not None:
        message = f"the condition `{name}` takes no conditions inside"
        reader.reject("declarative-when-nesting", call, message)
    else:
        _check_arguments(name, call, reader)
    return _plain(name, call, reader)


def _expression(call: ast.Call, block: Block | None, reader: Reader) -> Condition:
    scope, span = reader.scope, reader.scope.span(call)
    if block is None:
        message = "`expression` needs a block in braces"
        reader.reject("declarative-block-expected", call, message)
        return Condition("expression", {}, span)
    found = asked(block.body, scope)
    steps = flat_steps(block.body, scope)
    return Condition("expression", {}, span, value=found.value, steps=steps, items=found.items)


def _nested(name: str, call: ast.Call, block: Block | None, reader: Reader) -> Condition:
    children: list[Condition] = []
    for entry in block.body.body if block else ():
        inner = call_of(entry)
        if inner is None:
            _reject_entry(entry, reader)
            continue
        child = _condition(entry, inner, reader)
        if child is not None:
            children.append(child)
    if block is None or block.arguments:
        message = f"`{name}` takes only conditions, in braces"
        reader.reject("declarative-when-nesting", call, message)
    elif _NESTING[name] is None and not block.body.body:
        reader.reject("declarative-when-nesting", call, f"`{name}` needs at least one condition")
    elif _NESTING[name] is not None and len(block.body.body) != _NESTING[name]:
        message = f"`{name}` takes exactly one condition"
        hint = "put several into `allOf { … }` or `anyOf { … }`"
        reader.reject("declarative-when-nesting", call, message, hint)
    return Condition(name, {}, reader.scope.span(call), children=tuple(children))


def _plain(name: str, call: ast.Call, reader: Reader) -> Condition:
    scope = reader.scope
    arguments = {
        _ALSO_KNOWN_AS.get(key, key): value for key, value in map_entries(call.named, scope) or ()
    }
    required = _CONDITIONS[name][1] if name in _CONDITIONS else ()
    given = [each for each in call.arguments if not isinstance(each, ast.Closure)]
    for key, each in zip(required, given, strict=False):
        arguments[key] = evaluate(each, scope)
    steps: tuple[Step, ...] = tuple(
        step
        for each in (*(entry.value for entry in call.named), *call.arguments)
        for step in flat_steps(each, scope, argument=True)
    )
    variable = text_of(arguments.get("name")) if name == "environment" else None
    scope.state.file.read.update((variable,) if variable else ())
    return Condition(name, arguments, scope.span(call), steps=steps)


def _check_arguments(name: str, call: ast.Call, reader: Reader) -> None:
    parameters, required = _CONDITIONS[name]
    rule = "declarative-when-argument"
    given = arguments_of(call)
    for argument in given:
        check_argument(argument, reader)
    if len(given) > 1:
        reader.reject(rule, call, f"the arguments of `{name}` must be given by name")
    elif call.named:
        _check_named(name, call, reader)
    elif len(given) != len(required) or len(required) > 1:
        wanted = ", ".join(f"{key}: …" for key in required) or "nothing"
        reader.reject(rule, call, f"`{name}` takes {wanted}")
    elif given and not isinstance(given[0], tuple):
        check_type(given[0], parameters[required[0]], required[0], reader)
    if name == "changelog":
        _check_pattern(call, reader)


def _check_named(name: str, call: ast.Call, reader: Reader) -> None:
    parameters, required = _CONDITIONS[name]
    rule = "declarative-when-argument"
    keys: set[str] = set()
    for entry in call.named:
        key = entry.key.value if isinstance(entry.key, ast.StringLiteral) else ""
        keys.add(_ALSO_KNOWN_AS.get(key, key))
        if key not in parameters:
            message = f"the condition `{name}` has no parameter `{key}`"
            reader.reject(rule, entry, message, f"it has {', '.join(parameters) or 'none'}")
        else:
            check_type(entry.value, parameters[key], key, reader)
    for key in required:
        if key not in keys:
            reader.reject(rule, call, f"the condition `{name}` needs `{key}`")


_BRACE = regex(r"\\.|\[(?:\\.|[^\]\\])*\]|\{(?!\d+(?:,\d*)?\})")


def _check_pattern(call: ast.Call, reader: Reader) -> None:
    """Rejects a pattern that Java cannot compile, as far as Python can tell."""
    given = (*call.arguments, *(entry.value for entry in call.named))
    for value in given:
        if not isinstance(value, ast.StringLiteral):
            continue
        bad = any(found.group() == "{" for found in _BRACE.finditer(_plain_classes(value.value)))
        if not bad:
            try:
                re.compile(value.value)
            except re.error as error:
                bad = str(error).startswith(("missing )", "unbalanced", "unterminated", "nothing"))
        if bad:
            message = f"`{value.value}` is no regular expression"
            reader.reject("declarative-when-argument", value, message)


def _plain_classes(pattern: str) -> str:
    """The pattern without Java's named classes, whose braces are fine."""
    return re.sub(r"\\[pPxNk]\{[^}]*\}", "x", pattern)
