"""Methods of the file and closures in variables: followed where they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.frames import Frame
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import DEPTH, End, NotEvaluatedError
from jenkins2gha.jenkins.values import ClosureOf, Known, ListOf, MapOf, Value
from jenkins2gha.record import replace
from jenkins2gha.source import Span

_TWICE = 2


def inline(call: ast.Call, scope: Scope, *, wanted: bool) -> End | None:
    """Follows the call of a method of the file or of a closure; None for other calls."""
    own = call.receiver is None or (
        isinstance(call.receiver, ast.Name) and call.receiver.id == "this"
    )
    if not own:
        return None
    word = call.word
    if word is None:
        return _of_value(call, scope, wanted=wanted)
    if word in scope.variables:
        held = scope.state.store.get(scope.location(word))
        if not isinstance(held, ClosureOf):
            return None
        return call_closure(held, _arguments(call, scope), scope, wanted=wanted)
    if word in scope.state.file.methods:
        return _method(word, call, scope, wanted=wanted)
    held = scope.state.store.get(word)
    if isinstance(held, ClosureOf):
        return call_closure(held, _arguments(call, scope), scope, wanted=wanted)
    return None


def _of_value(call: ast.Call, scope: Scope, *, wanted: bool) -> End | None:
    if call.receiver is not None or isinstance(call.name, (ast.StringLiteral, ast.GString)):
        return None
    held = scope.value(call.name)
    if isinstance(held, ClosureOf):
        return call_closure(held, _arguments(call, scope), scope, wanted=wanted)
    return None


def _arguments(call: ast.Call, scope: Scope) -> list[Value]:
    """The values of the arguments; those with names are one map, in front of the others."""
    given: list[Value] = []
    if call.named:
        entries: dict[str, Value] = {}
        literal = ast.MapLiteral(call.start, call.end, call.named)
        named = scope.value(literal)
        if not isinstance(named, MapOf):
            raise NotEvaluatedError("it passes arguments with names that a run computes")
        entries.update(named.entries)
        given.append(MapOf(tuple(entries.items()), scope.span(call)))
    for argument in call.arguments:
        if isinstance(argument, ast.Spread):
            spread = scope.value(argument.value)
            if not isinstance(spread, ListOf):
                raise NotEvaluatedError("it passes a list that only a run knows")
            given.extend(spread.items)
        else:
            given.append(scope.value(argument))
    return given


# --- methods -------------------------------------------------------------------------------------


def _method(word: str, call: ast.Call, scope: Scope, *, wanted: bool) -> End:
    file = scope.state.file
    given = _arguments(call, scope)
    method = _overload(file.methods[word], len(given))
    if method is None or method.body is None:
        raise NotEvaluatedError(f"it calls `{word}` with other arguments than it takes")
    if file.following.count(word) >= _TWICE:
        raise NotEvaluatedError(f"`{word}` calls itself")
    shared = _shared(call, method, given, scope)
    inner = replace(scope, variables=dict(file.fields))
    inner = _bound(method.parameters, given, inner, scope.span(call), shared)
    return _followed(word, method.body.body, inner, wanted=wanted)


def _overload(methods: Sequence[ast.Method], count: int) -> ast.Method | None:
    fitting = [method for method in methods if _takes(method.parameters, count)]
    return fitting[0] if len(fitting) == 1 else None


def _takes(parameters: Sequence[ast.Parameter], count: int) -> bool:
    needed = sum(parameter.default is None for parameter in parameters)
    if parameters and _is_open(parameters[-1]):
        return count >= needed - 1
    return needed <= count <= len(parameters) or (count == 0 and len(parameters) == 1)


def _is_open(parameter: ast.Parameter) -> bool:
    return parameter.varargs or (parameter.type is not None and parameter.type.dimensions > 0)


def _shared(
    call: ast.Call, method: ast.Method, given: Sequence[Value], scope: Scope
) -> dict[str, int]:
    """Parameters that name a list or map of the caller: what the method changes, it changes there.

    Their location is that of the caller's variable.
    """
    shared: dict[str, int] = {}
    if call.named or len(call.arguments) != len(given):
        return shared
    for parameter, argument, value in zip(method.parameters, call.arguments, given, strict=False):
        if not isinstance(argument, ast.Name) or not isinstance(value, (ListOf, MapOf)):
            continue
        location = scope.variables.get(argument.id)
        if parameter.name in scope.names.changed:
            if not location:
                raise NotEvaluatedError("it passes on a list that the method changes")
            shared[parameter.name] = location
    return shared


def _bound(
    parameters: Sequence[ast.Parameter],
    given: Sequence[Value],
    scope: Scope,
    span: Span,
    shared: Mapping[str, int],
) -> Scope:
    """The scope of a method's body: its parameters bound to what is given, or to their defaults."""
    values = list(given)
    if parameters and _is_open(parameters[-1]):
        fixed = len(parameters) - 1
        rest = values[fixed:]
        if not (len(rest) == 1 and isinstance(rest[0], ListOf)):
            values = [*values[:fixed], ListOf(tuple(rest), span)]
    left = len(values) - sum(parameter.default is None for parameter in parameters)
    for parameter in parameters:
        if parameter.default is not None and left <= 0:
            value = scope.value(parameter.default)
        elif values:
            left -= parameter.default is not None
            value = values.pop(0)
        else:
            value = Known(None, span)
        if parameter.name in shared:
            location = shared[parameter.name]
            scope = replace(scope, variables={**scope.variables, parameter.name: location})
        else:
            scope = scope.declare(parameter.name, value)
    return scope


def _followed(
    name: str, statements: tuple[ast.Statement, ...], scope: Scope, *, wanted: bool
) -> End:
    file = scope.state.file
    scope = replace(scope, more=False)
    if len(file.following) >= DEPTH:
        raise NotEvaluatedError("its methods call each other too deeply")
    locations, closures = file.locations, file.closures
    file.following.append(name)
    file.nesting += 1
    try:
        frame = Frame(statements, scope.variables)
        end = file.interpreter.run(frame, scope, wanted=wanted)
    finally:
        file.nesting -= 1
        file.following.pop()
    if file.closures == closures:
        _drop(locations, scope)
    return end


def _drop(last: int, scope: Scope) -> None:
    """Drops the variables of a method that is left: no closure holds them."""
    store = scope.state.store
    for location in [one for one in store if isinstance(one, int) and one > last]:
        del store[location]


# --- closures ------------------------------------------------------------------------------------


def call_closure(
    closure: ClosureOf, arguments: Sequence[Value], scope: Scope, *, wanted: bool
) -> End:
    """Follows a closure where it is called, with the variables of where it was written."""
    inner = replace(scope, variables=closure.variables)
    parameters = closure.code.parameters
    span = closure.span
    if parameters is None:
        inner = inner.declare("it", arguments[0] if arguments else Known(None, span))
    else:
        given = list(arguments)
        if len(given) == 1 and len(parameters) > 1 and isinstance(given[0], ListOf):
            given = list(given[0].items)
        if not _takes(parameters, len(given)):
            raise NotEvaluatedError("a closure is called with other arguments than it takes")
        inner = _bound(parameters, given, inner, span, {})
    return _followed("{", closure.code.body, inner, wanted=wanted)
