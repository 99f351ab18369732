"""Expressions as statements: steps, calls of methods, assignments."""

from __future__ import annotations

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.accounts import Accounts, checked
from jenkins2gha.jenkins.branching import part
from jenkins2gha.jenkins.calls import StepCall, step_call
from jenkins2gha.jenkins.frames import Frame
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.setting import change, is_changing
from jenkins2gha.jenkins.simultaneous import branches
from jenkins2gha.jenkins.state import End, NotEvaluatedError
from jenkins2gha.jenkins.throwing import is_exit, leave
from jenkins2gha.jenkins.values import Residual


def expression(
    node: ast.Expression, statement: ast.Statement, rest: Frame, scope: Scope, *, wanted: bool
) -> End | Frame | None:
    """Follows an expression that is a statement: None where what is behind it comes next."""
    match node:
        case ast.Call():
            return _call(node, scope)
        case ast.Property() if (loading := _library(node)) is not None:
            return _call(loading, scope)
        case ast.Ternary(condition=condition, then=then, otherwise=otherwise):
            parts = _statement(then), _statement(otherwise)
            return part(condition, parts, statement, rest, scope, wanted=wanted)
        case ast.Binary(operator="&&", left=left, right=right):
            return part(left, (_statement(right), None), statement, rest, scope, wanted=wanted)
        case ast.Binary(operator="||", left=left, right=right):
            return part(left, (None, _statement(right)), statement, rest, scope, wanted=wanted)
        case ast.Binary(operator="<<"):
            before = Accounts.of(scope)
            change(node.left, "leftShift", [scope.value(node.right)], scope)
            before.settle(node, scope)
            return None
    value = checked(node, scope)
    if isinstance(value, Residual):
        raise NotEvaluatedError(value.reason)
    return None


def _statement(node: ast.Expression) -> ast.Statement:
    return ast.ExpressionStatement(node.start, node.end, node)


def _library(link: ast.Property) -> ast.Call | None:
    """The call in `library('x') _`, whose underscore says nothing."""
    call = link.object
    unnamed = isinstance(link.name, ast.StringLiteral) and link.name.value == "_"
    if unnamed and isinstance(call, ast.Call) and call.receiver is None and call.word == "library":
        return call
    return None


def _call(call: ast.Call, scope: Scope) -> End | None:
    found = step_call(call, scope, statement=True)
    if found is not None and is_exit(found, scope):
        return leave(found, scope)
    if found is not None:
        return _step(found, scope)
    before = Accounts.of(scope)
    end = scope.state.file.interpreter.inline(call, scope, wanted=False)
    if end is not None:
        for given in (*call.arguments, *(entry.value for entry in call.named)):
            if not isinstance(given, ast.Closure):
                before.settle(given, scope)
        return End("failed") if end.kind == "failed" else None
    if is_changing(call) and call.receiver is not None:
        given_values = [scope.value(argument) for argument in call.arguments]
        change(call.receiver, call.word or "", given_values, scope)
        before.settle(call, scope, statement=True)
        return None
    value = scope.value(call)
    before.settle(call, scope, statement=True)
    if isinstance(value, Residual):
        raise NotEvaluatedError(value.reason)
    return None


def _step(found: StepCall, scope: Scope) -> End | None:
    item = branches(found, scope) if found.name == "parallel" else None
    scope.state.items.append(item or scope.state.file.interpreter.step(found, scope))
    return End("failed") if found.name == "error" else None
