"""`input { message 'Deploy?' }` of a stage."""

from __future__ import annotations

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.declarative.declarations import read_parameters
from jenkins2gha.jenkins.declarative.matching import (
    arguments_of,
    call_of,
    check_argument,
    checked_name,
    section,
    source_text,
)
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.evaluate import evaluate
from jenkins2gha.jenkins.pipeline import Input, Option, Step
from jenkins2gha.jenkins.steps import flat_steps
from jenkins2gha.jenkins.values import Value

_RULE = "declarative-invalid-input"
_FIELDS = ("message", "id", "ok", "submitter", "submitterParameter")


def read_input(statement: ast.Statement, reader: Reader) -> Input | None:
    """Reads the `input` directive of a stage."""
    block = section(statement, reader)
    if block is None:
        return None
    arguments: dict[str, Value] = {}
    parameters: tuple[Option, ...] = ()
    steps: tuple[Step, ...] = ()
    for entry in block.body.body:
        call = call_of(entry)
        name = checked_name(call, reader) if call else None
        if call is None or name is None:
            if call is None:
                message = f"`{source_text(entry, reader)}` is no field of `input`"
                reader.reject(_RULE, entry, message)
            continue
        if name in arguments or (name == "parameters" and parameters):
            reader.reject(_RULE, entry, f"`input` has the field `{name}` twice")
        given = arguments_of(call)
        if len(given) != 1:
            reader.reject(_RULE, call, f"the field `{name}` of `input` takes one value")
        elif name == "parameters":
            parameters = read_parameters(entry, reader)
        elif name not in _FIELDS:
            known = ", ".join((*_FIELDS, "parameters"))
            reader.reject(_RULE, call, f"`input` has no field `{name}`", f"it has {known}")
        elif not isinstance(given[0], tuple):
            check_argument(given[0], reader)
            arguments[name] = evaluate(given[0], reader.scope)
            steps += flat_steps(given[0], reader.scope, argument=True)
    if "message" not in arguments:
        reader.reject(_RULE, statement, "`input` has no `message`")
    return Input(arguments, parameters, reader.scope.span(block.call), steps)
