"""`environment { NAME = value }`."""

from __future__ import annotations

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.calls import step_call
from jenkins2gha.jenkins.declarative.matching import check_value, section, source_text
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.evaluate import evaluate
from jenkins2gha.jenkins.pipeline import Credentials, Step, Variable
from jenkins2gha.jenkins.steps import bare_step, flat_steps
from jenkins2gha.jenkins.values import Value
from jenkins2gha.regex import regex

_NAME = regex(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_VALUE = "declarative-environment-value"
_VALUE_HINT = 'write a string (`"${…}"`), strings joined with `+`, or a call'


def read_environment(statement: ast.Statement, reader: Reader) -> tuple[Variable, ...]:
    """Reads the entries of an `environment` section."""
    block = section(statement, reader)
    if block is None:
        return ()
    read: list[Variable] = []
    seen: set[str] = set()
    for entry in block.body.body:
        variable = _entry(entry, reader)
        if variable is None:
            continue
        if variable.name in seen:
            message = f"`environment` sets `{variable.name}` twice"
            reader.reject("declarative-duplicate-variable", entry, message)
        seen.add(variable.name)
        read.append(variable)
    if not block.body.body:
        reader.reject("declarative-empty-section", statement, "`environment` is empty")
    return tuple(read)


def _entry(entry: ast.Statement, reader: Reader) -> Variable | None:
    target, value = _parts(entry)
    if target is None or value is None:
        shown = source_text(entry, reader)
        message = f"`{shown}` is not of the form `NAME = 'value'`"
        reader.reject("declarative-environment-name", entry, message)
        return None
    if not _NAME.match(target):
        message = f"`{target}` is no name for an environment variable"
        reader.reject("declarative-environment-name", entry, message)
    _check(value, reader)
    scope, span = reader.scope, reader.scope.span(entry)
    if isinstance(value, ast.Call):
        read = _called(value, reader)
        steps = () if isinstance(read, Credentials) else _around(value, reader)
        return Variable(target, read, span, steps)
    return Variable(target, evaluate(value, scope), span, flat_steps(value, scope))


def _parts(entry: ast.Statement) -> tuple[str | None, ast.Expression | None]:
    if isinstance(entry, ast.ExpressionStatement) and isinstance(entry.value, ast.Assign):
        assign = entry.value
        if assign.operator == "=" and isinstance(assign.target, ast.Name):
            return assign.target.id, assign.value
    if isinstance(entry, ast.Declaration) and len(entry.variables) == 1:
        return entry.variables[0].name, entry.variables[0].value
    return None, None


def _called(call: ast.Call, reader: Reader) -> Value | Credentials | Step:
    scope = reader.scope
    if call.receiver is None and call.word == "credentials" and len(call.arguments) == 1:
        return Credentials(evaluate(call.arguments[0], scope), scope.span(call))
    found = step_call(call, scope)
    if found is not None:
        return bare_step(found, scope, None if found.body is None else ())
    return evaluate(call, scope)


def _around(call: ast.Call, reader: Reader) -> tuple[Step, ...]:
    """The step calls of a value beyond the one that the value is."""
    steps = flat_steps(call, reader.scope)
    found = step_call(call, reader.scope)
    if found is not None and steps:
        return steps[1:]
    return steps


def _check(value: ast.Expression, reader: Reader) -> None:
    if isinstance(value, ast.Call):
        _check_call(value, reader)
    elif isinstance(value, ast.Binary):
        _check_sum(value, reader)
    elif not _is_constant(value):
        shown = source_text(value, reader)
        message = f"`{shown}` is no value for `environment`"
        reader.reject(_VALUE, value, message, _VALUE_HINT)


def _check_call(call: ast.Call, reader: Reader) -> None:
    if call.receiver is None and call.word == "credentials":
        texts = (ast.StringLiteral, ast.GString)
        if call.named or not all(isinstance(given, texts) for given in call.arguments):
            reader.reject(_VALUE, call, "`credentials` takes the id as a string")
        return
    check_value(call, reader)


def _check_sum(value: ast.Binary, reader: Reader) -> None:
    """Checks a row of `+` from its end: it leans to the left."""
    left: ast.Expression = value
    while isinstance(left, ast.Binary):
        if left.operator != "+":
            message = "values of `environment` can only be joined with `+`"
            reader.reject(_VALUE, left, message, _VALUE_HINT)
            return
        if not _is_constant(left.right):
            _reject_part(left.right, reader)
        left = left.left
    if not _is_constant(left):
        _reject_part(left, reader)


def _reject_part(part: ast.Expression, reader: Reader) -> None:
    message = f"`{source_text(part, reader)}` is joined into a value but is no string"
    reader.reject(_VALUE, part, message, _VALUE_HINT)


def _is_constant(value: ast.Expression) -> bool:
    if isinstance(value, ast.Unary):
        return value.operator == "-" and isinstance(value.operand, ast.NumberLiteral)
    literals = (
        ast.StringLiteral,
        ast.GString,
        ast.NumberLiteral,
        ast.BooleanLiteral,
        ast.NullLiteral,
    )
    return isinstance(value, literals)
