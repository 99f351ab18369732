"""`steps { parallel(a: { … }, b: { … }) }`: branches in the form of a step."""

from __future__ import annotations

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.declarative.body import read_steps
from jenkins2gha.jenkins.declarative.flow import side_by_side
from jenkins2gha.jenkins.declarative.matching import call_of, name_of, source_text, text_literal
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.pipeline import Stage, Steps


def parallel_call(body: ast.Closure) -> ast.Call | None:
    """The call of `parallel` if it is all that a `steps` block holds."""
    call = call_of(body.body[0]) if len(body.body) == 1 else None
    return call if call is not None and name_of(call) == "parallel" else None


def read_branches(call: ast.Call, reader: Reader) -> tuple[Stage, ...]:
    """The branches as stages, named by their keys."""
    read: list[Stage] = []

    def read_one(entry: ast.MapEntry, reader: Reader) -> None:
        name = text_literal(entry.key)
        if name == "failFast":
            if not isinstance(entry.value, ast.BooleanLiteral):
                message = "`failFast` takes `true` or `false`"
                reader.reject("declarative-boolean-expected", entry, message)
        elif name is None or not isinstance(entry.value, ast.Closure):
            message = f"`{source_text(entry, reader)}` is no branch of `parallel`"
            reader.reject("declarative-invalid-branch", entry, message)
        else:
            span = reader.scope.span(entry)
            steps = read_steps(entry.value, reader, entry)
            read.append(Stage(name, Steps(steps, reader.scope.span(entry.value)), span))

    side_by_side(read_one, call.named, reader)
    return tuple(read)
