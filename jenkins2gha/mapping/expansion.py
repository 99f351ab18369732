"""Names that the Git plugin itself puts into a checkout: `branch: '${REF}'`, `url: '…/$TEAM/app'`.

It knows the parameters of the build and what Jenkins sets for all of it; the variables that the
pipeline sets (`environment`, `withEnv`, `env.X =`) belong to its steps alone.
https://github.com/jenkinsci/git-plugin/blob/master/src/main/java/hudson/plugins/git/GitSCM.java
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.jenkins.values import (
    Concat,
    Constant,
    Described,
    EnvironmentRef,
    Expr,
    Known,
    ListOf,
    MapOf,
    ParameterRef,
    Symbolic,
    Value,
)
from jenkins2gha.mapping.remotes import Refused
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.record import replace
from jenkins2gha.regex import regex
from jenkins2gha.source import Span

EXPANDED = ("url", "branch", "name", "refspec", "relativeTargetDir", "localBranch")
"""The arguments of a checkout that the plugin expands."""

_OF_CHECKOUTS = ("GIT_", "SVN_")
"""What the names start with that a checkout sets for the steps behind it, not for the build."""

_NAME = regex(r"\$(?:(\$)|([A-Za-z0-9_]+)|\{([A-Za-z0-9_.]+)\})")


def expanded(value: Value, scope: Scope, context: Context) -> Value:
    """The value with a reference in place of each name in its constant texts; raises Refused.

    Objects and lists come back with their EXPANDED arguments so, the rest as it was.
    """
    match value:
        case Known(str() as text, span) if "$" in text:
            return _value(_pieces(text, scope, context), span)
        case Symbolic(Concat(parts), span):
            pieces = [piece for part in parts for piece in _of_part(part, scope, context)]
            return _value(pieces, span)
    return _inside(value, scope, context)


def _inside(value: Value, scope: Scope, context: Context) -> Value:
    match value:
        case ListOf(items):
            return replace(value, items=tuple(_inside(one, scope, context) for one in items))
        case MapOf(entries):
            return replace(
                value,
                entries=tuple((key, _argument(key, one, scope, context)) for key, one in entries),
            )
        case Described(_, arguments):
            return replace(
                value,
                arguments={
                    key: _argument(key, one, scope, context) for key, one in arguments.items()
                },
            )
    return value


def _argument(name: str, value: Value, scope: Scope, context: Context) -> Value:
    if name in EXPANDED:
        return expanded(value, scope, context)
    return _inside(value, scope, context)


def _of_part(part: Expr, scope: Scope, context: Context) -> Iterator[Expr]:
    match part:
        case Constant(str() as text):
            yield from _pieces(text, scope, context)
        case _:
            yield part


def _pieces(text: str, scope: Scope, context: Context) -> Iterator[Expr]:
    at = 0
    for match in _NAME.finditer(text):
        if match.start() > at:
            yield Constant(text[at : match.start()])
        at = match.end()
        dollar, bare, braced = match.groups()
        yield Constant("$") if dollar else _reference(bare or braced, scope, context)
    if at < len(text):
        yield Constant(text[at:])


def _reference(name: str, scope: Scope, context: Context) -> Expr:
    if name in context.parameters:
        return ParameterRef(name)
    exported = (one.rstrip("+") for one, _ in scope.exports)
    own = {*scope.env, *scope.secrets, *exported, *context.environment, *context.run_time}
    if name in own:
        raise Refused(f"Jenkins does not put the pipeline's own variable `{name}` into a checkout")
    if not name.isidentifier():
        raise Refused(f"`{name}` in its text is no name that Jenkins puts a value for")
    return EnvironmentRef(name, given=name.startswith(_OF_CHECKOUTS))


def _value(pieces: Iterable[Expr], span: Span) -> Value:
    """The pieces as one text."""
    parts = tuple(pieces)
    constants = [str(part.value) for part in parts if isinstance(part, Constant)]
    if len(constants) == len(parts):
        return Known("".join(constants), span)
    return Symbolic(parts[0] if len(parts) == 1 else Concat(parts), span)
