"""Names that a text of Groovy reads as `null`: variables of the environment that are not set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Text
from jenkins2gha.jenkins.values import Concat, Constant, EnvironmentRef, Expr, Symbolic, Value
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.tables import table

NULL = "null"


def unset(name: str, scope: Scope, context: Context) -> Literal["never", "perhaps", "always"]:
    """Whether a variable of the environment is not set at a place."""
    exported = [value for own, value in scope.exports if own == name]
    if exported:
        return "always" if exported[-1] is None else "never"
    around = (scope.env, scope.secrets, scope.left, context.axes, context.environment)
    if name in table("variables") or any(name in names for names in around):
        return "never"
    if name in scope.not_yet.never:
        return "always"
    return "perhaps" if name in scope.not_yet.perhaps else "never"


def with_nulls(value: Expr, scope: Scope, context: Context) -> Expr:
    """A text with `null` for each name that is not set."""
    if not isinstance(value, Concat):
        return value
    return Concat(tuple(_part(part, scope, context) for part in value.parts))


def _part(part: Expr, scope: Scope, context: Context) -> Expr:
    null = isinstance(part, EnvironmentRef) and is_null(part.name, scope, context)
    return Constant(NULL) if null else with_nulls(part, scope, context)


def is_null(name: str, scope: Scope, context: Context) -> bool:
    """Whether a variable of the environment is surely not set."""
    return unset(name, scope, context) == "always"


def read_too_early(value: Value | Expr | None, scope: Scope) -> Iterator[str]:
    """The names that a text reads where nothing has set them yet."""
    expr = value.expr if isinstance(value, Symbolic) else value
    if isinstance(expr, Concat):
        for part in expr.parts:
            if isinstance(part, EnvironmentRef) and part.name in scope.not_yet.never:
                yield part.name


def or_null(part: Expr, text: Text | None, scope: Scope, context: Context) -> Text | None:
    """What a part of a text comes to: a name that may not be set, to `null` then."""
    if not isinstance(part, EnvironmentRef) or not isinstance(text, gha.Context):
        return text
    if unset(part.name, scope, context) != "perhaps":
        return text
    return gha.Operation("||", (text, gha.Literal(NULL)))
