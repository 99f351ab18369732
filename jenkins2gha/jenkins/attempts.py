"""`try`, `catch` and `finally`."""

from __future__ import annotations

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.conditions import same
from jenkins2gha.jenkins.frames import Frame
from jenkins2gha.jenkins.joining import CAUGHT
from jenkins2gha.jenkins.pipeline import Attempt, Choice, Item
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import End, NotEvaluatedError, State
from jenkins2gha.jenkins.values import Described, Known, Residual
from jenkins2gha.jenkins.ways import either
from jenkins2gha.source import Span

_GENERAL = ("Exception", "Throwable", "AbortException", "Error", "Object", "def")
_UNSURE = "it is set where an error may have come before"


def attempt(statement: ast.Try, scope: Scope, *, wanted: bool) -> End:
    """Follows a `try`; adds it as an Attempt."""
    caught = _caught(statement)
    span = scope.span(statement)
    file = scope.state.file
    file.nesting += 1
    try:
        return _followed(statement, caught, scope, span, wanted=wanted)
    finally:
        file.nesting -= 1


def _followed(
    statement: ast.Try, caught: ast.Catch | None, scope: Scope, span: Span, *, wanted: bool
) -> End:
    before = scope.state.fork()
    tried = scope.fork()
    end = _run(statement.body, tried, wanted=wanted)
    handled, handler_end = scope.fork(), None
    if caught is not None:
        either(before, tried.state, handled.state, _UNSURE, span)
        inner = handled.declare(caught.name, Described(CAUGHT, {}, span))
        handler_end = _run(caught.body, inner, wanted=wanted)
    rethrows = handler_end is not None and handler_end.kind == "failed"
    together = _together(end, handler_end, span, wanted=wanted)
    if handler_end is None or rethrows:
        scope.state.become(tried.state.store)
    elif end.kind == "failed":
        scope.state.become(handled.state.store)
    else:
        either(tried.state, handled.state, scope.state, _UNSURE, span)
    last = _last(statement, before, scope, span)
    if last is not None and last[1].kind != "done":
        together = last[1]
    item = Attempt(
        _items(tried, span),
        None if handler_end is None else _items(handled, span),
        last[0] if last else (),
        span,
        rethrows=rethrows,
    )
    if item.items or item.handler or item.last:
        scope.state.items.append(item)
    return together


def _run(body: ast.Block, scope: Scope, *, wanted: bool = False) -> End:
    frame = Frame(body.body, scope.variables)
    return scope.state.file.interpreter.run(frame, scope, wanted=wanted)


def _items(scope: Scope, span: Span) -> tuple[Item, ...]:
    noted = scope.state.take_noted()
    if noted:
        scope.state.items.append(Choice((), (), span, noted))
    return tuple(scope.state.items)


def _last(
    statement: ast.Try, before: State, scope: Scope, span: Span
) -> tuple[tuple[Item, ...], End] | None:
    """The `finally` block, which runs from wherever the rest was left; what it sets is known."""
    if statement.final is None:
        return None
    inner = scope.fork()
    either(before, scope.state, inner.state, _UNSURE, span)
    start = dict(inner.state.store)
    end = _run(statement.final, inner)
    for location, value in inner.state.store.items():
        if location not in start or not same(start[location], value):
            scope.state.store[location] = value
    return _items(inner, span), end


def _caught(statement: ast.Try) -> ast.Catch | None:
    """The only `catch`, which must take every error."""
    if not statement.catches:
        return None
    if len(statement.catches) > 1:
        raise NotEvaluatedError("it handles errors by their kind")
    caught = statement.catches[0]
    kinds = [kind.name.rsplit(".", 1)[-1] for kind in caught.types]
    if kinds and not any(kind in _GENERAL for kind in kinds):
        raise NotEvaluatedError(f"it handles only `{kinds[0]}`")
    return caught


def _together(end: End, handler: End | None, span: Span, *, wanted: bool) -> End:
    """How the statements and their handler end together."""
    if handler is None or handler.kind == "failed":
        return end
    if end.kind == "failed":
        return handler
    if end.kind != handler.kind:
        return End("mixed")
    if not wanted and end.kind == "done":
        return End("done")
    if end.value is not None and handler.value is not None and same(end.value, handler.value):
        return end
    if end.value is None and handler.value is None:
        return End(end.kind, Known(None, span) if wanted else None)
    return End(end.kind, Residual(span, "it depends on an error"))
