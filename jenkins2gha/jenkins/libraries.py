"""`@Library('name@version') _`: the shared libraries that a file loads by annotation or by step."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.evaluate import evaluate
from jenkins2gha.jenkins.pipeline import Library
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.values import Concat, Constant, Symbolic, text_of


def annotated_libraries(module: ast.Module, scope: Scope) -> tuple[Library, ...]:
    """The libraries of all `@Library` annotations at the top of a file."""
    return tuple(
        _library(given, scope)
        for statement in module.body
        for annotation in annotations_of(statement)
        if annotation.name in ("Library", "hudson.Library")
        for given in _given(annotation)
    )


def annotations_of(statement: ast.Statement) -> tuple[ast.Annotation, ...]:
    """The annotations of a declaration or an import."""
    if isinstance(statement, (ast.Declaration, ast.Method, ast.Class)):
        return statement.modifiers.annotations
    if isinstance(statement, (ast.Import, ast.Package)):
        return statement.annotations
    return ()


def _given(annotation: ast.Annotation) -> Iterator[ast.Expression]:
    for name, value in annotation.arguments:
        if name != "value":
            continue
        if isinstance(value, ast.ListLiteral):
            yield from value.items
        else:
            yield value


def _library(given: ast.Expression, scope: Scope) -> Library:
    text = text_of(evaluate(given, scope)) or scope.span(given).text
    name, _, ref = text.partition("@")
    return Library(name, ref or None, scope.span(given))


def loaded_libraries(scope: Scope) -> tuple[str, ...]:
    """The names of the libraries that the step `library` loads, each once."""
    given = sorted(scope.names.libraries, key=lambda node: node.start)
    return tuple(dict.fromkeys(_loaded(each, scope) for each in given))


def _loaded(given: ast.Expression, scope: Scope) -> str:
    """The part of an identifier that names the library; its version may be computed."""
    value = evaluate(given, scope)
    text = text_of(value)
    if isinstance(value, Symbolic) and isinstance(value.expr, Concat):
        first = value.expr.parts[0]
        text = str(first.value) if isinstance(first, Constant) and "@" in str(first.value) else None
    return (text or scope.span(given).text).partition("@")[0]
