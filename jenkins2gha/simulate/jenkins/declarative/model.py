"""The sections of a declarative pipeline, as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.errors import Unsupported
from jenkins2gha.simulate.jenkins.groovy.values import to_text

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


@dataclass(slots=True, eq=False)
class Stage:
    """One stage; `cell` are the axis values of a cell of a matrix, `branches` run in parallel."""

    name: str
    node: ast.Node
    sections: dict[str, ast.Call] = field(default_factory=dict)
    stages: list[Stage] | None = None
    branches: list[Stage] | None = None
    cell: tuple[tuple[str, str], ...] = ()
    fail_fast: bool = False


@dataclass(slots=True, eq=False)
class Pipeline:
    """The whole."""

    sections: dict[str, ast.Call]
    stages: list[Stage]


def refuse(run: Run, node: ast.Node, reason: str) -> Unsupported:
    """What is no declarative pipeline that Jenkins runs."""
    return Unsupported(run.source.span(node.start, node.end), reason)


def calls(run: Run, body: ast.Closure) -> Iterator[ast.Call]:
    """The directives in a block."""
    for statement in body.body:
        value = statement.value if isinstance(statement, ast.ExpressionStatement) else None
        if not isinstance(value, ast.Call) or value.receiver is not None or value.word is None:
            raise refuse(run, statement, "a declarative block holds directives only")
        yield value


def block(run: Run, call: ast.Call) -> ast.Closure:
    """The block of a directive."""
    last = call.arguments[-1] if call.arguments else None
    if not isinstance(last, ast.Closure):
        raise refuse(run, call, f"{call.word} without a block")
    return last


def constant(run: Run, call: ast.Call) -> str:
    """The name that a directive is given first."""
    if not call.arguments:
        raise refuse(run, call, f"{call.word} without a name")
    return to_text(run.interpreter.evaluate(call.arguments[0], run.interpreter.top))


def pipeline(run: Run, body: ast.Closure) -> Pipeline:
    """The sections of `pipeline { }`."""
    sections = {call.word or "": call for call in calls(run, body)}
    if "stages" not in sections:
        raise refuse(run, body, "a pipeline without stages")
    return Pipeline(sections, stages(run, sections.pop("stages")))


def stages(run: Run, call: ast.Call) -> list[Stage]:
    """The stages of a block `stages` or `parallel`."""
    found = []
    for one in calls(run, block(run, call)):
        if one.word != "stage":
            raise refuse(run, one, f"{one.word} where a stage was expected")
        found.append(_stage(run, one))
    return found


def _stage(run: Run, call: ast.Call) -> Stage:
    from jenkins2gha.simulate.jenkins.declarative import matrix

    made = Stage(constant(run, call), call)
    for one in calls(run, block(run, call)):
        match one.word:
            case "stages":
                made.stages = stages(run, one)
            case "parallel":
                made.branches = stages(run, one)
            case "matrix":
                made.branches = matrix.cells(run, one)
            case "failFast":
                argument = one.arguments[0] if one.arguments else None
                made.fail_fast = isinstance(argument, ast.BooleanLiteral) and argument.value
            case word:
                made.sections[word or ""] = one
    return made
