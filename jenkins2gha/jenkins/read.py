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
from jenkins2gha.jenkins.pipeline import Groovy, Item, Pipeline
from jenkins2gha.jenkins.running import runs_something
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.scripted import read_scripted
from jenkins2gha.jenkins.steps import flat_steps, groovy, item_of
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
    scope = Scope(source, read_names(module), _fields(module))
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


def _fields(module: ast.Module) -> dict[str, None]:
    """Names of `@Field` variables, which methods see too."""
    return {
        variable.name: None
        for statement in module.body
        if isinstance(statement, ast.Declaration) and _is_field(statement)
        for variable in statement.variables
    }


def _is_field(statement: ast.Declaration) -> bool:
    names = (annotation.name for annotation in statement.modifiers.annotations)
    return any(name.rsplit(".", 1)[-1] == "Field" for name in names)


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
    before: list[Item] = []
    after: list[Item] = []
    pipeline: Pipeline | None = None
    reader = Reader(scope)
    for statement in statements:
        if statement.start <= block.call.start and block.call.end <= statement.end:
            reader = Reader(scope)
            pipeline = read_declarative(block.call, block.body, reader)
            if _pipeline_block(statement) is None:
                reason = "it chooses between pipelines"
                before.append(groovy(statement, replace(scope, apart=block.call), reason))
            continue
        item, scope = item_of(statement, scope)
        if item is not None:
            (before if pipeline is None else after).append(item)
    assert pipeline is not None
    pipeline = replace(pipeline, before=tuple(before), after=tuple(after))
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
        constants={name: value for name, value in scope.variables.items() if value is not None},
        assigned=_assigned(scope),
        declared=frozenset(scope.names.declared | scope.names.environment),
        loaded=loaded_libraries(scope),
    )


def _assigned(scope: Scope) -> dict[str, tuple[Span, ...]]:
    """Where the file sets each variable of the environment, in the order of the source."""
    return {
        name: tuple(map(scope.span, sorted(nodes, key=lambda node: node.start)))
        for name, nodes in scope.names.set_at.items()
    }


def _methods(module: ast.Module, scope: Scope, pipeline: Pipeline) -> Iterator[Groovy]:
    """The methods and classes of a file that call steps, or may be called; in source order."""
    fields = {name: scope.variables.get(name) for name in _fields(module)}
    inner = replace(scope, variables=fields)
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
    items: list[Item] = []
    running: list[ast.Statement] = [
        statement
        for statement in module.body
        if not isinstance(statement, (ast.Method, ast.Class, ast.Import, ast.Package))
    ]
    if not runs_something(module, running, scope):
        where = scope.source.span(0, 0)
        message = "this file holds no pipeline: no `pipeline {}`, and no step runs at its top level"
        return Reading(None, (diagnose("no-pipeline", where, message),))
    for statement in module.body:
        item, scope = item_of(statement, scope)
        if item is not None:
            items.append(item)
    span = start.source.span(running[0].start, running[-1].end)
    pipeline = lift_properties(read_scripted(tuple(items), span))
    return Reading(_with_surroundings(pipeline, module, scope))
