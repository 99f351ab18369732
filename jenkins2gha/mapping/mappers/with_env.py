"""`withEnv(['A=b', 'PATH+X=/y']) { }`: variables of the shell steps inside.

https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#withenv-set-environment-variables
"""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Concat, Constant, Expr, ListOf, Value
from jenkins2gha.mapping.interpolation import flat
from jenkins2gha.mapping.lower import certainties, expression_of, remarks
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.mapping.variables import path_dropped, with_left, with_variable
from jenkins2gha.regex import regex

_ENTRY = regex(r"([A-Za-z_]\w*)(\+\w*)?=")


def with_env(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`withEnv(['A=b']) { sh 'make' }` → `env: {A: b}` on each shell step inside."""
    overrides = step.arguments.get("overrides")
    inner, complete = scope, True
    for value in overrides.items if isinstance(overrides, ListOf) else ():
        entry = _entry(value)
        changed = with_variable(inner, *entry, scope, context) if entry else None
        complete = complete and changed is not None
        inner = changed or _left(value, inner)
    if not complete or not isinstance(overrides, ListOf):
        message = "a variable of `withEnv` is computed by Groovy"
        own = manual(step, "variable-unknown", message, scope, context)
        return own + translate(step.body or (), inner)
    said = remarks(overrides, step.span, construct(step), scope, context)
    bins = [*(one.certainty for one in said if one.certainty)]
    bins += [
        certainty for value in overrides.items for certainty in certainties(value, scope, context)
    ]
    bins += [Certainty.EQUIVALENT] if inner.exports != scope.exports else []
    own = Translation(diagnostics=said, outcomes=binned(step.span, worst(bins)))
    for name, _ in filter(None, map(_entry, overrides.items)):
        own += path_dropped(name, step.span, construct(step), scope, context)
    return own + translate(step.body or (), inner)


def _left(value: Value, scope: Scope) -> Scope:
    """The scope without a variable whose value is left to a person, if its name is written."""
    match = _ENTRY.match(value.span.text.lstrip("\"'"))
    return with_left(scope, match[1], value.span) if match and not match[2] else scope


def _entry(value: Value) -> tuple[str, Expr] | None:
    """The name (with a `+` for one in front) and the value of `NAME=value`, `NAME+WHY=value`."""
    expression = expression_of(value)
    parts = flat(expression) if expression is not None else []
    if not parts or not isinstance(parts[0], str):
        return None
    match = _ENTRY.match(parts[0])
    if match is None:
        return None
    rest = (parts[0][match.end() :], *parts[1:])
    name = match[1] + ("+" if match[2] else "")
    return name, Concat(tuple(Constant(p) if isinstance(p, str) else p for p in rest))
