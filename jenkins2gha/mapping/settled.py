"""What variables of the environment hold that the pipeline itself sets to constants.

GitHub must be told some things as they are: which credential, which tool, which job. Jenkinsfiles
write `environment { LOGIN = 'nexus' }` and name it where the thing is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping

from jenkins2gha.actions.workflow import Text
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import (
    Concat,
    Constant,
    Described,
    EnvironmentRef,
    Expr,
    Known,
    ListOf,
    MapOf,
    Symbolic,
    Value,
)
from jenkins2gha.mapping.interpolation import flat
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.record import replace

_NAMES = frozenset(
    "credentialsId credentialId credentials tokenCredentialId registryCredentialsId fileId configId"
    " toolName installationName nodeJSInstallationName jdk maven job".split()
)
"""Arguments that name something."""

_NAMED = ("tool", "stash", "unstash", "container")
"""Steps whose `name` does so."""


def settled(step: Step, scope: Scope, context: Context) -> Step:
    """The step with what it names written out, where variables with constant values say it."""
    names = _NAMES | {"name"} if step.name in _NAMED else _NAMES
    arguments = {
        name: _settled(value, name, names, scope, context) for name, value in step.arguments.items()
    }
    return step if arguments == step.arguments else replace(step, arguments=arguments)


def _settled(
    value: Value, name: str, names: frozenset[str], scope: Scope, context: Context
) -> Value:
    match value:
        case Symbolic(expr) if name in names:
            parts = flat(with_constants(expr, scope, context))
            texts = [part for part in parts if isinstance(part, str)]
            return Known("".join(texts), value.span) if len(texts) == len(parts) else value
        case ListOf(items):
            inside = tuple(_settled(one, name, names, scope, context) for one in items)
            return replace(value, items=inside)
        case MapOf(entries):
            pairs = tuple((key, _settled(one, key, names, scope, context)) for key, one in entries)
            return replace(value, entries=pairs)
        case Described(arguments=given):
            fields: Mapping[str, Value] = {
                key: _settled(one, key, names, scope, context) for key, one in given.items()
            }
            return replace(value, arguments=fields)
    return value


def with_constants(expression: Expr, scope: Scope, context: Context) -> Expr:
    """A text with the values of variables that the pipeline itself gives as constants."""
    parts: list[Expr] = []
    for part in flat(expression):
        value = _constant_of(part, scope, context) if isinstance(part, EnvironmentRef) else None
        known = part if isinstance(part, str) else value
        parts.append(part if known is None and not isinstance(part, str) else Constant(known))
    return Concat(tuple(parts))


def _constant_of(reference: EnvironmentRef, scope: Scope, context: Context) -> str | None:
    value = text_of_variable(reference, scope, context)
    return value if isinstance(value, str) else None


def text_of_variable(reference: EnvironmentRef, scope: Scope, context: Context) -> Text | None:
    """What a variable holds by the pipeline itself; None for one that only a run knows."""
    name = reference.name
    if name in scope.left or name in context.left:
        return None
    return next((known[name] for known in (scope.env, context.environment) if name in known), None)
