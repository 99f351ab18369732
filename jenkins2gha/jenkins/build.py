"""`currentBuild`: what a pipeline reads of its own build, and of the one before."""

from __future__ import annotations

from collections.abc import Sequence

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.conditions import any_of
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.values import (
    BuildFact,
    Comparison,
    Concat,
    Constant,
    EnvironmentRef,
    Expr,
    Known,
    Residual,
    Symbolic,
    Value,
    text_of,
)
from jenkins2gha.source import Span

_FACTS: dict[str, Expr] = {
    "result": BuildFact("result"),
    "currentResult": BuildFact("currentResult"),
    "number": EnvironmentRef("BUILD_NUMBER"),
    "id": EnvironmentRef("BUILD_ID"),
    "absoluteUrl": EnvironmentRef("BUILD_URL"),
    "projectName": EnvironmentRef("JOB_BASE_NAME"),
    "fullProjectName": EnvironmentRef("JOB_NAME"),
    "displayName": EnvironmentRef("BUILD_DISPLAY_NAME"),
    "fullDisplayName": Concat(
        (EnvironmentRef("JOB_NAME"), Constant(" "), EnvironmentRef("BUILD_DISPLAY_NAME"))
    ),
}
_PREVIOUS: dict[str, Expr] = {
    "result": BuildFact("previousResult"),
    "currentResult": BuildFact("previousResult"),
}
_GETTERS = {f"get{name[0].upper()}{name[1:]}": name for name in _FACTS}
_ORDER = ("SUCCESS", "UNSTABLE", "FAILURE", "NOT_BUILT", "ABORTED")
_BETTER, _WORSE = "resultIsBetterOrEqualTo", "resultIsWorseOrEqualTo"


def is_build(node: ast.Expression | None, scope: Scope) -> bool:
    """Whether an expression is the global variable `currentBuild`."""
    if isinstance(node, ast.Property) and isinstance(node.object, ast.Name):
        named = isinstance(node.name, ast.StringLiteral) and node.name.value == "currentBuild"
        return named and node.object.id in ("this", "script", "steps")
    hidden = "currentBuild" in scope.variables
    return isinstance(node, ast.Name) and node.id == "currentBuild" and not hidden


def _is_previous(node: ast.Expression | None, scope: Scope) -> bool:
    if isinstance(node, ast.Property) and isinstance(node.name, ast.StringLiteral):
        return node.name.value == "previousBuild" and is_build(node.object, scope)
    if isinstance(node, ast.Call) and node.word == "getPreviousBuild":
        return is_build(node.receiver, scope)
    return False


def build_property(owner: ast.Expression, key: str, scope: Scope, span: Span) -> Value | None:
    """`currentBuild.key` or `currentBuild.previousBuild.key`; None for other objects."""
    if is_build(owner, scope):
        if key in _FACTS and not (key == "displayName" and scope.names.renames_build):
            return Symbolic(_FACTS[key], span)
        return Residual(span, f"it reads `currentBuild.{key}`")
    if _is_previous(owner, scope):
        if key in _PREVIOUS:
            return Symbolic(_PREVIOUS[key], span)
        return Residual(span, f"it reads `currentBuild.previousBuild.{key}`")
    return None


def build_method(
    receiver: ast.Expression, word: str, arguments: Sequence[Value], scope: Scope, span: Span
) -> Value | None:
    """`currentBuild.getResult()`, `currentBuild.resultIsWorseOrEqualTo('UNSTABLE')`; None for
    other objects."""
    key = _GETTERS.get(word)
    if key is not None and not arguments:
        return build_property(receiver, key, scope, span)
    if not is_build(receiver, scope):
        return None
    given = text_of(arguments[0]) if len(arguments) == 1 else None
    if word in (_BETTER, _WORSE) and given in _ORDER:
        at = _ORDER.index(given)
        results = _ORDER[: at + 1] if word == _BETTER else _ORDER[at:]
        if len(results) == len(_ORDER):
            return Known(value=True, span=span)
        fact = BuildFact("currentResult")
        tests = (Comparison("==", fact, Constant(result)) for result in results)
        return Symbolic(any_of(*tests), span)
    return Residual(span, f"it calls `currentBuild.{word}`")
