"""`@Library('name@version') _`: the shared libraries that a file loads by annotation."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.evaluate import evaluate
from jenkins2gha.jenkins.pipeline import Library
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.values import text_of


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
