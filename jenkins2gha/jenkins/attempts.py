"""`try`, `catch` and `finally`."""

from __future__ import annotations

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.conditions import same
from jenkins2gha.jenkins.frames import Frame, is_over
from jenkins2gha.jenkins.handlers import (
    Handlers,
    handlers_of,
    refuse_interruptions,
    run_body,
    takes,
)
from jenkins2gha.jenkins.pipeline import Attempt, Choice, Item
from jenkins2gha.jenkins.returning import flagged, returns_at_once
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import End, NotEvaluatedError, State
from jenkins2gha.jenkins.values import Known, Residual, Value
from jenkins2gha.jenkins.ways import either
from jenkins2gha.record import replace
from jenkins2gha.source import Span

_UNSURE = "it is set where an error may have come before"


def attempt(statement: ast.Try, rest: Frame, scope: Scope, *, wanted: bool) -> tuple[End, Frame]:
    """Follows a `try`; adds it as an Attempt. Gives how it ends, and what then comes.

    Where its statements return on every way, what comes behind it comes behind the handler only.
    """
    handlers = handlers_of(statement)
    file = scope.state.file
    file.nesting += 1
    try:
        return _followed(statement, handlers, rest, scope, wanted=wanted)
    finally:
        file.nesting -= 1


def _followed(
    statement: ast.Try, handlers: Handlers, rest: Frame, scope: Scope, *, wanted: bool
) -> tuple[End, Frame]:
    span = scope.span(statement)
    before = scope.state.fork()
    more = scope.more or not is_over(rest)
    tried = replace(scope.fork(), more=more, trying=scope.trying or _lets_pass(handlers))
    end = run_body(statement.body, tried, wanted=wanted)
    if handlers.interruption is not None:
        refuse_interruptions(tried.state.items)
    handled, handler_end = scope.fork(), None
    if handlers:
        either(before, tried.state, handled.state, _UNSURE, span)
        behind = None
        if end.kind == "returned" and statement.final is None:
            behind, rest, more = rest, Frame((), scope.variables), scope.more
        inner = replace(handled, more=more)
        handler_end = handlers.follow(inner, behind, span, wanted=wanted)
    rethrows = handler_end is not None and handler_end.kind == "failed"
    handling = None if handler_end is None else (handled, handler_end)
    together = _together((tried, end), handling, statement, span, more=more)
    if handler_end is None or rethrows:
        scope.state.become(tried.state.store)
    elif end.kind == "failed":
        scope.state.become(handled.state.store)
    else:
        either(tried.state, handled.state, scope.state, _UNSURE, span)
    last = _last(statement, before, scope, span)
    if last is not None and last[1].kind == "mixed":
        raise NotEvaluatedError("it returns from `finally` on some ways")
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
    return together, rest


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
    end = run_body(statement.final, inner)
    for location, value in inner.state.store.items():
        if location not in start or not same(start[location], value):
            scope.state.store[location] = value
    return _items(inner, span), end


def _lets_pass(handlers: Handlers) -> bool:
    """Whether the handlers take exceptions only, and none of Java's errors."""
    return handlers.general is not None and not takes(handlers.general, ("Throwable", "Error"))


def _together(
    tried: tuple[Scope, End],
    handled: tuple[Scope, End] | None,
    statement: ast.Try,
    span: Span,
    *,
    more: bool,
) -> End:
    """How the statements and their handler end together."""
    end = tried[1]
    if handled is None or handled[1].kind == "failed":
        return end
    handler = handled[1]
    if end.kind == "failed":
        return handler
    value = _value(end, handler, span, more=more)
    if end.kind == handler.kind != "mixed":
        return End(end.kind, value)
    if not more:
        return End("mixed", value)
    if handler.kind == "done" and returns_at_once(end, tried[0].state.items):
        return replace(end, value=value, at_once=False)
    word = tried[0].source.span(statement.start, statement.start + len("try"))
    return End("mixed", value, flagged((tried, handled), word))


def _value(end: End, handler: End, span: Span, *, more: bool) -> Value | None:
    """What both are worth, whichever of them was left last."""
    if end.value is None and handler.value is None:
        return None
    if more and "done" in (end.kind, handler.kind):
        return handler.value if end.kind == "done" else end.value
    nothing = Known(None, span)
    one, other = end.value or nothing, handler.value or nothing
    return one if same(one, other) else Residual(span, "it depends on an error")
