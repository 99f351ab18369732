"""What never runs: the steps of a branch whose condition is known, statements behind `return`."""

from __future__ import annotations

from collections.abc import Iterable

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.groovy.walk import walk
from jenkins2gha.jenkins.collect import collect
from jenkins2gha.jenkins.pipeline import Groovy, Step
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.vocabulary import kind


def never_runs(node: Node | None, scope: Scope) -> None:
    """Notes the steps in a piece of Groovy that is passed by."""
    if node is None or scope.state.sealed:
        return
    calls = collect(node, scope, statement=True)
    statement = isinstance(node, (ast.ExpressionStatement, ast.Block))
    if statement and not calls and any(isinstance(part, ast.Call) for part in walk(node)):
        passed = Groovy(scope.span(node), "it never runs", ())
        scope.state.file.never.append(passed)
    for found, inner in calls:
        span, callee = inner.span(found.last), inner.span(found.last.name)
        known = kind(found.name) is not None
        body = None if found.body is None else ()
        scope.state.file.never.append(Step(found.name, {}, span, callee, body, known=known))


def all_never_run(nodes: Iterable[Node], scope: Scope) -> None:
    """Notes the steps of statements behind the last that runs."""
    for node in nodes:
        never_runs(node, scope)
