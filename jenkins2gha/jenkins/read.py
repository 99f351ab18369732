"""The way from a syntax tree to a pipeline."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.diagnostics import Diagnostic, Severity
from jenkins2gha.groovy import ast
from jenkins2gha.groovy.walk import walk
from jenkins2gha.jenkins.declarative.matching import Block, block_of
from jenkins2gha.jenkins.declarative.pipeline import read_declarative
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.job_properties import lift_properties
from jenkins2gha.jenkins.libraries import annotated_libraries, loaded_libraries
from jenkins2gha.jenkins.names import read_names
from jenkins2gha.jenkins.pipeline import Groovy, Item, Pipeline, Step
from jenkins2gha.jenkins.running import runs_something
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.scripted import read_scripted
from jenkins2gha.jenkins.statements import finished, first_scope, follow
from jenkins2gha.jenkins.steps import flat_steps, groovy
from jenkins2gha.jenkins.values import Value, is_settled
from jenkins2gha.record import dataclass, replace
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Source, Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A pipeline, or why there is none: then some diagnostic is an error.

    `partial` is then what could be read of a declarative one in spite of the errors.
    """

    pipeline: Pipeline | None
    diagnostics: tuple[Diagnostic, ...] = ()
    partial: Pipeline | None = None

    @property
    def ok(self) -> bool:
        return self.pipeline is not None


def read(module: ast.Module, source: Source) -> Reading:
    """Reads the pipeline of a file, declarative or scripted, as Jenkins would.

    A declarative pipeline is validated as pipeline-model-definition does; with an error there is
    no pipeline.
    """
    scope = first_scope(module, source, read_names(module))
    block = _top_level(module.body)
    if block is not None:
        return _declarative(module, module.body, block, scope)
    method = _call_method(module)
    if method is not None and method.body is not None:
        block = _within(method.body)
        if block is not None:
            inner = scope.unknown(parameter.name for parameter in method.parameters)
            return _declarative(module, method.body.body, block, inner)
    nested = _nested(module)
    if nested is not None:
        message = "`pipeline` stands within another block"
        span = scope.span(nested.call)
        return Reading(None, (diagnose("declarative-not-at-top", span, message),))
    return _scripted(module, scope)


# --- declarative ---------------------------------------------------------------------------------


def _pipeline_block(statement: ast.Statement) -> Block | None:
    block = block_of(statement)
    if block is not None and block.name == "pipeline" and not block.arguments:
        return block
    return None


def _top_level(statements: tuple[ast.Statement, ...]) -> Block | None:
    return next(filter(None, map(_pipeline_block, statements)), None)


def _call_method(module: ast.Module) -> ast.Method | None:
    """`def call() { … }`, where a shared library may write its pipeline."""
    methods = (statement for statement in module.body if isinstance(statement, ast.Method))
    return next((method for method in methods if method.name == "call"), None)


def _within(body: ast.Block) -> Block | None:
    """The first `pipeline` block anywhere in a method."""
    for node in walk(body):
        block = _pipeline_block(node) if isinstance(node, ast.ExpressionStatement) else None
        if block is not None and _looks_declarative(block):
            return block
    return None


def _looks_declarative(block: Block) -> bool:
    words = {
        statement.value.word
        for statement in block.body.body
        if isinstance(statement, ast.ExpressionStatement) and isinstance(statement.value, ast.Call)
    }
    return {"agent", "stages"} <= words


def _nested(module: ast.Module) -> Block | None:
    """A `pipeline` block within other blocks of the script."""
    waiting = list(reversed(module.body))
    while waiting:
        block = block_of(waiting.pop())
        if block is not None:
            if block.name == "pipeline" and _looks_declarative(block):
                return block
            waiting.extend(reversed(block.body.body))
    return None


def _declarative(
    module: ast.Module, statements: tuple[ast.Statement, ...], block: Block, scope: Scope
) -> Reading:
    before: tuple[Item, ...] = ()
    pipeline: Pipeline | None = None
    reader = Reader(scope)
    for statement in statements:
        if statement.start <= block.call.start and block.call.end <= statement.end:
            before, scope = finished(scope), scope.within(scope.state.body())
            reader = Reader(scope.sealed())
            pipeline = read_declarative(block.call, block.body, reader)
            if _pipeline_block(statement) is None:
                reason = "it chooses between pipelines"
                before += (groovy(statement, replace(scope, apart=block.call), reason),)
            continue
        scope, _ = follow(statement, scope)
    assert pipeline is not None
    pipeline = replace(pipeline, before=before, after=finished(scope))
    pipeline = lift_properties(pipeline)
    return _finished(pipeline, module, reader, scope)


def _finished(pipeline: Pipeline, module: ast.Module, reader: Reader, scope: Scope) -> Reading:
    problems = tuple(sorted(reader.problems, key=lambda problem: problem.span.start))
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Reading(None, problems, _with_surroundings(pipeline, module, scope))
    return Reading(_with_surroundings(pipeline, module, scope), problems)


def _with_surroundings(pipeline: Pipeline, module: ast.Module, scope: Scope) -> Pipeline:
    return replace(
        pipeline,
        libraries=annotated_libraries(module, scope) + pipeline.libraries,
        methods=tuple(_methods(module, scope, pipeline)),
        constants=dict(_constants(scope)),
        never=tuple(_never(scope)),
        assigned=_assigned(scope),
        declared=frozenset(scope.names.declared | scope.names.environment),
        read=frozenset(scope.state.file.read),
        loaded=loaded_libraries(scope),
    )


def _constants(scope: Scope) -> Iterator[tuple[str, Value]]:
    """The variables of the file itself whose values are known behind its last statement."""
    for name, location in scope.variables.items():
        value = scope.state.store.get(location)
        if value is not None and is_settled(value):
            yield name, value


def _never(scope: Scope) -> Iterator[Step | Groovy]:
    """What never runs; what stands in a method that some call reaches unfollowed may run."""
    file = scope.state.file
    open_methods = [method for name in file.opaque for method in file.methods[name]]
    for step in file.never:
        at = step.span.start
        if isinstance(step, Groovy) and at in file.ran:
            continue
        if not any(method.start <= at < method.end for method in open_methods):
            yield step


def _assigned(scope: Scope) -> dict[str, tuple[Span, ...]]:
    """Where the file sets each variable of the environment, in the order of the source."""
    return {
        name: tuple(map(scope.span, sorted(nodes, key=lambda node: node.start)))
        for name, nodes in scope.names.set_at.items()
    }


def _methods(module: ast.Module, scope: Scope, pipeline: Pipeline) -> Iterator[Groovy]:
    """The methods and classes of a file that call steps, or may be called; in source order."""
    inner = replace(scope, variables=scope.state.file.fields)
    for statement in module.body:
        if isinstance(statement, (ast.Method, ast.Class)):
            span = inner.span(statement)
            if span.start <= pipeline.span.start and pipeline.span.end <= span.end:
                continue
            what = "method" if isinstance(statement, ast.Method) else "class"
            reason = f"it is the {what} `{statement.name}`"
            yield Groovy(span, reason, flat_steps(statement, inner))


# --- scripted ------------------------------------------------------------------------------------


def _scripted(module: ast.Module, scope: Scope) -> Reading:
    start = scope
    running: list[ast.Statement] = [
        statement
        for statement in module.body
        if not isinstance(statement, (ast.Method, ast.Class, ast.Import, ast.Package))
    ]
    if not runs_something(module, running, scope):
        where = scope.source.span(0, 0)
        message = "this file holds no pipeline: no `pipeline {}`, and no step runs at its top level"
        return Reading(None, (diagnose("no-pipeline", where, message),))
    for at, statement in enumerate(module.body):
        scope, ended = follow(statement, scope, module.body[at + 1 :])
        if ended:
            break
    span = start.source.span(running[0].start, running[-1].end)
    pipeline = lift_properties(read_scripted(finished(scope), span))
    return Reading(_with_surroundings(pipeline, module, scope))
