"""`agent any`, `agent { docker { image 'x' } }`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.declarative.matching import (
    arguments_of,
    block_of,
    call_of,
    check_value,
    source_text,
    text_literal,
)
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.evaluate import evaluate
from jenkins2gha.jenkins.pipeline import Agent, AgentKind, Step
from jenkins2gha.jenkins.steps import flat_steps
from jenkins2gha.jenkins.values import MapOf, Value

_RULE = "declarative-invalid-agent"
_HINT = "write `agent any`, `agent none` or `agent { label 'x' }`"
_KINDS: dict[str, AgentKind] = {
    "any": "any",
    "none": "none",
    "label": "label",
    "node": "label",
    "docker": "docker",
    "dockerfile": "dockerfile",
    "kubernetes": "kubernetes",
}
_SINGLE = {"label": "label", "node": "label", "docker": "image", "dockerfile": "filename"}
_CONTAINER = frozenset(
    "label args registryUrl registryCredentialsId customWorkspace reuseNode alwaysPull "
    "containerPerStageRoot retries".split()
)
_FIELDS: dict[str, frozenset[str]] = {
    "label": frozenset(("label", "customWorkspace", "retries")),
    "node": frozenset(("label", "customWorkspace", "retries")),
    "docker": _CONTAINER | {"image"},
    "dockerfile": _CONTAINER | {"filename", "dir", "additionalBuildArgs"},
}


def read_agent(statement: ast.Statement, reader: Reader) -> Agent | None:
    """Reads an `agent` section. Types that no plugin known here defines are kept as `other`."""
    block = block_of(statement)
    if block is None:
        return _bare(statement, reader)
    body = block.body.body
    if len(body) != 1:
        message = "`agent` names more than one type" if body else "`agent` is empty"
        reader.reject(_RULE, statement, message, _HINT)
        return None
    call = call_of(body[0])
    name = text_literal(call.name) if call else None
    if call is None or name is None:
        message = f"`{source_text(body[0], reader)}` is no agent"
        reader.reject(_RULE, body[0], message, _HINT)
        return None
    return _typed(name, call, statement, reader)


def _bare(statement: ast.Statement, reader: Reader) -> Agent | None:
    call = call_of(statement)
    given = arguments_of(call) if call else ()
    name = text_literal(given[0]) if len(given) == 1 and not isinstance(given[0], tuple) else None
    if name not in ("any", "none"):
        message = f"`{source_text(statement, reader)}` names no agent"
        reader.reject(_RULE, statement, message, _HINT)
        return None
    return Agent(_KINDS[name], {}, reader.scope.span(statement), name)


def _typed(name: str, call: ast.Call, statement: ast.Statement, reader: Reader) -> Agent | None:
    given = arguments_of(call)
    kind = _KINDS.get(name, "other")
    if len(given) != 1:
        message = f"the agent type `{name}` takes one argument or a block"
        reader.reject(_RULE, call, message)
        return None
    argument = given[0]
    arguments: dict[str, Value] = {}
    if isinstance(argument, ast.Closure):
        arguments = dict(closure_map(argument, reader))
        _check_fields(name, arguments, call, reader)
    elif isinstance(argument, tuple) or name not in (*_SINGLE, "kubernetes"):
        message = f"the agent type `{name}` needs a block in braces"
        reader.reject(_RULE, call, message)
    else:
        check_value(argument, reader)
        arguments[_SINGLE.get(name, "label")] = evaluate(argument, reader.scope)
    steps = tuple(_nested_steps(call, reader))
    return Agent(kind, arguments, reader.scope.span(statement), name, steps)


def _nested_steps(call: ast.Call, reader: Reader) -> Iterator[Step]:
    """The step calls in the values of a field, or of the fields in its block."""
    for given in (*(entry.value for entry in call.named), *call.arguments):
        if isinstance(given, ast.Closure):
            for inner in filter(None, map(call_of, given.body)):
                yield from _nested_steps(inner, reader)
        else:
            yield from flat_steps(given, reader.scope, argument=True)


def closure_map(closure: ast.Closure, reader: Reader) -> list[tuple[str, Value]]:
    """`{ key 'value'; other { … } }`, as agents take their fields."""
    read: list[tuple[str, Value]] = []
    for statement in closure.body:
        call = call_of(statement)
        key = text_literal(call.name) if call else None
        if call is None or key is None:
            message = f"`{source_text(statement, reader)}` is not of the form `name 'value'`"
            reader.reject("declarative-agent-field", statement, message)
            continue
        given = arguments_of(call)
        if len(given) != 1:
            reader.reject("declarative-agent-field", call, f"`{key}` takes one value")
        elif isinstance(given[0], ast.Closure):
            inner = tuple(closure_map(given[0], reader))
            read.append((key, MapOf(inner, reader.scope.span(given[0]))))
        elif not isinstance(given[0], tuple):
            check_value(given[0], reader)
            read.append((key, evaluate(given[0], reader.scope)))
    return read


def _check_fields(
    name: str, arguments: Mapping[str, Value], call: ast.Call, reader: Reader
) -> None:
    fields = _FIELDS.get(name)
    for key in arguments:
        if fields is not None and key not in fields:
            message = f"the agent type `{name}` has no field `{key}`"
            reader.reject("declarative-agent-field", call, message)
    if name == "docker" and "image" not in arguments:
        reader.reject("declarative-agent-field", call, "the agent type `docker` needs `image`")
