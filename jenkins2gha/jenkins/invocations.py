"""Calls: of steps, of the file's own methods and closures, of objects' methods."""

from __future__ import annotations

from collections.abc import Sequence

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.build import build_method
from jenkins2gha.jenkins.calls import step_call
from jenkins2gha.jenkins.captures import result, trim
from jenkins2gha.jenkins.joining import CAUGHT
from jenkins2gha.jenkins.lists import MOST, collection_method
from jenkins2gha.jenkins.lists import call as call_closure
from jenkins2gha.jenkins.members import is_long, is_nobodys, member, part_of
from jenkins2gha.jenkins.operators import as_string, operated
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import End, NotEvaluatedError
from jenkins2gha.jenkins.terms import term
from jenkins2gha.jenkins.texts import text_method
from jenkins2gha.jenkins.values import (
    FROM_LIBRARY,
    BuildFact,
    ClosureOf,
    Constant,
    Described,
    Known,
    ListOf,
    MapOf,
    Residual,
    Symbolic,
    Value,
    is_given,
    text_of,
)
from jenkins2gha.jenkins.vocabulary import kind, signature
from jenkins2gha.source import Span


def call(node: ast.Call, scope: Scope) -> Value:
    """What a call gives."""
    span = scope.span(node)
    found = step_call(node, scope, argument=True)
    if found is not None:
        return result(found, scope)
    if not scope.state.sealed:
        end = scope.state.file.interpreter.inline(node, scope, wanted=True)
        if end is not None:
            return _returned(end, span)
    if node.receiver is not None:
        return _method(node, scope)
    word = node.word
    if word is None or word in scope.variables or word in scope.names.methods:
        return Residual(span, f"it calls `{word or 'a value'}`")
    closures = any(isinstance(argument, ast.Closure) for argument in node.arguments)
    if kind(word) is None and (closures or not node.named or node.arguments):
        return Residual(span, f"it calls `{word}`")
    return described(node, word, scope)


def _returned(end: End, span: Span) -> Value:
    if end.kind == "failed":
        raise NotEvaluatedError("it ends with an error in the middle of an expression")
    return end.value or Known(None, span)


def described(node: ast.Call, word: str, scope: Scope) -> Value:
    """The object that `symbol(name: value)` builds; arguments without a name are bound to the
    symbol's own order, or numbered from `0`."""
    arguments: dict[str, Value] = {}
    for entry in node.named:
        key = None if entry.key is None else text_of(scope.value(entry.key))
        if key is None:
            reason = f"it calls `{word}` with names that a run computes"
            return Residual(scope.span(node), reason)
        arguments[key] = scope.value(entry.value)
    known = signature(word)
    order = tuple(known[1].get("positional", ())) if known else ()
    for at, argument in enumerate(node.arguments):
        value = scope.value(argument)
        arguments[order[at] if at < len(order) else str(at)] = value
    return Described(word, arguments, scope.span(node))


# --- methods of objects --------------------------------------------------------------------------


def _method(node: ast.Call, scope: Scope) -> Value:
    word, span = node.word, scope.span(node)
    if node.receiver is None or word is None or is_long(node):
        return Residual(span, "it is a very long chain")
    if node.kind == "*.":
        return Residual(span, "it calls a method of each element")
    if word in ("get", "getProperty", "getAt") and len(node.arguments) == 1:
        key = text_of(scope.value(node.arguments[0]))
        owner = node.receiver.id if isinstance(node.receiver, ast.Name) else None
        if key is not None and owner in ("env", "params"):
            return member(node, node.receiver, key, scope)
    arguments = [scope.value(argument) for argument in node.arguments]
    fact = build_method(node.receiver, word, arguments, scope, span)
    if fact is not None:
        return fact
    part = _part(node.receiver, word, arguments, scope, span)
    if part is not None:
        return part
    receiver = scope.value(node.receiver)
    if isinstance(receiver, Residual):
        known = _unknown_method(node.receiver, receiver, word, scope)
        return Residual(span, known if known.endswith(FROM_LIBRARY) else receiver.reason)
    found = None if node.named else method(receiver, word, arguments, scope, span)
    if found is None:
        return Residual(span, _unknown_method(node.receiver, receiver, word, scope))
    if word == "trim" and isinstance(node.receiver, ast.Call):
        return _trimmed(node.receiver, receiver, found, scope)
    return found


def _unknown_method(node: ast.Expression, receiver: Value, word: str, scope: Scope) -> str:
    """Why a method is not known: it may be one of an object that only a library has."""
    if isinstance(receiver, Described) and receiver.symbol == FROM_LIBRARY:
        return f"`{scope.span(node).text}.{word}` {FROM_LIBRARY}"
    if isinstance(node, ast.Name) and is_nobodys(node.id, scope):
        return f"`{node.id}.{word}` {FROM_LIBRARY}"
    return f"it calls the method `{word}`"


def _trimmed(call: ast.Call, receiver: Value, found: Value, scope: Scope) -> Value:
    """`sh(returnStdout: true, …).trim()`: the step is told to trim, for nobody else reads it."""
    direct = step_call(call, scope, argument=True)
    if direct is None or scope.state.sealed:
        return found
    return trim(receiver, scope)


def _part(
    receiver: ast.Expression, word: str, arguments: Sequence[Value], scope: Scope, span: Span
) -> Value | None:
    """`text.split('/').last()`, `.first()`, `.get(0)` of a text that only a run knows."""
    ends = {"first": 0, "head": 0, "last": -1}
    at: Value | None = Known(ends[word], span) if word in ends and not arguments else None
    if word in ("get", "getAt") and len(arguments) == 1:
        at = arguments[0]
    return None if at is None else part_of(receiver, at, scope, span)


_SAYS = ("getMessage", "getLocalizedMessage", "toString")
"""What an error is asked for."""

_TESTS = ("equals", "contains", "startsWith", "endsWith", "equalsIgnoreCase", "matches")
_OPERATORS = {
    "plus": "+",
    "minus": "-",
    "multiply": "*",
    "mod": "%",
    "intdiv": "intdiv",
    "equals": "==",
}


def method(
    receiver: Value, word: str, arguments: Sequence[Value], scope: Scope, span: Span
) -> Value | None:
    """What a method of a value gives; None where that is not known."""
    if isinstance(receiver, Symbolic):
        if is_given(receiver) and word not in ("trim", "toString"):
            return None
        return term(receiver.expr, word, arguments, span)
    if isinstance(receiver, Described) and receiver.symbol == CAUGHT:
        return Symbolic(BuildFact("error"), span) if word in _SAYS and not arguments else None
    if isinstance(receiver, (ListOf, MapOf)):
        found = collection_method(receiver, word, arguments, scope, span)
    elif isinstance(receiver, Known):
        found = _of_scalar(receiver, word, arguments, scope, span)
    elif isinstance(receiver, ClosureOf) and word in ("call", "doCall"):
        return _returned(
            scope.state.file.interpreter.call(receiver, arguments, scope, wanted=True), span
        )
    else:
        return None
    if found is None and word in _OPERATORS and len(arguments) == 1:
        return operated(_OPERATORS[word], receiver, arguments[0], span)
    return found


def _of_scalar(
    receiver: Known, word: str, arguments: Sequence[Value], scope: Scope, span: Span
) -> Value | None:
    if isinstance(receiver.value, str):
        found = text_method(receiver.value, word, arguments, span)
        return found or _test_of(receiver, word, arguments, span)
    if type(receiver.value) is int and arguments and isinstance(arguments[-1], ClosureOf):
        return _repeated(receiver.value, word, arguments, scope, span)
    if arguments:
        return None
    if word in ("toString", "toPlainString"):
        return as_string(receiver, span)
    if word in ("toInteger", "intValue", "toLong") and type(receiver.value) is int:
        return receiver
    if word in ("toBoolean", "booleanValue") and isinstance(receiver.value, bool):
        return receiver
    return None


def _test_of(receiver: Known, word: str, arguments: Sequence[Value], span: Span) -> Value | None:
    """`'main'.equals(env.BRANCH_NAME)` and the like: the other side is what the run knows."""
    other = arguments[0] if len(arguments) == 1 else None
    if isinstance(other, Symbolic) and word in _TESTS:
        return term(Constant(receiver.value), word, [other], span)
    return None


def _repeated(
    number: int, word: str, arguments: Sequence[Value], scope: Scope, span: Span
) -> Value | None:
    """`3.times { }`, `1.upto(3) { }`."""
    last = arguments[0].value if len(arguments) > 1 and isinstance(arguments[0], Known) else None
    if word == "times" and len(arguments) == 1:
        numbers = range(number)
    elif word == "upto" and type(last) is int:
        numbers = range(number, last + 1)
    elif word == "downto" and type(last) is int:
        numbers = range(number, last - 1, -1)
    else:
        return None
    if len(numbers) > MOST:
        raise NotEvaluatedError(f"it repeats more than {MOST} times")
    for each in numbers:
        call_closure(arguments[-1], (Known(each, span),), scope, span, wanted=False)
    return Known(None, span)
