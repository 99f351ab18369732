"""Values and conditions that are left to a person: a step in front gives them, once it is written.

So what is done with them is translated, and only what they are is not.
"""

from __future__ import annotations

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.accounts import checked
from jenkins2gha.jenkins.conditions import truth
from jenkins2gha.jenkins.forgetting import Mark, forget
from jenkins2gha.jenkins.own_environment import HIDDEN
from jenkins2gha.jenkins.pipeline import Captured
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import NotEvaluatedError, TooMuchError
from jenkins2gha.jenkins.steps import groovy
from jenkins2gha.jenkins.telling import written
from jenkins2gha.jenkins.values import Form, Residual, ResultOf, Symbolic, Value
from jenkins2gha.record import replace


def known_or_asked(node: ast.Expression, scope: Scope, form: Form) -> Value:
    """The value of an expression; of one that cannot be evaluated what a person's step gives.

    What the expression did before it turned out so is undone: all of it is that step's.
    """
    mark = Mark.of(scope)
    try:
        value = checked(node, scope)
    except TooMuchError:
        raise
    except NotEvaluatedError as error:
        value = Residual(scope.span(node), error.reason)
    if form == "flag":
        value = truth(value, scope.span(node))
    if not isinstance(value, Residual) or scope.state.sealed:
        return value
    mark.restore(scope)
    if scope.state.asks == "words":
        return written(node, value, scope)
    return _asked(node, value.reason, scope, form)


def _asked(node: ast.Expression, reason: str, scope: Scope, form: Form) -> Value:
    span = scope.span(node)
    name = _name(node, form)
    captured = Captured(scope.state.file.key(name), name, form)
    scope.state.items.append(replace(groovy(node, scope, reason), captured=captured))
    forget(node, scope)
    value = Symbolic(ResultOf(captured.key, name, form), span)
    if isinstance(node, ast.Name) and reason != HIDDEN:
        scope.set(node.id, value)
    return value


def _name(node: ast.Expression, form: Form) -> str:
    if form == "flag":
        return "condition"
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Property) and isinstance(node.name, ast.StringLiteral):
        return node.name.value
    return "value"
