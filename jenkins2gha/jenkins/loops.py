"""Loops over what is known, written out."""

from __future__ import annotations

from functools import partial

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.accounts import checked
from jenkins2gha.jenkins.conditions import PERHAPS, truth
from jenkins2gha.jenkins.forks import unless_returned
from jenkins2gha.jenkins.frames import Frame, breaks
from jenkins2gha.jenkins.lists import MOST
from jenkins2gha.jenkins.never import never_runs
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.setting import declare
from jenkins2gha.jenkins.state import End, NotEvaluatedError
from jenkins2gha.jenkins.values import Known, ListOf, MapOf, Residual, Value, is_whole
from jenkins2gha.record import replace
from jenkins2gha.source import Span

_LIST = "it repeats for each of a list that only a run knows"
_CONDITION = "it repeats under a condition that only a run decides"


def loop(statement: ast.For | ast.ForIn | ast.While, scope: Scope, *, wanted: bool = False) -> End:
    """Follows a loop pass by pass; how it ends, `done` behind the last.

    Where a `break` may leave it, each pass is what comes behind the one before, so that a `break`
    under a condition passes all others by. Else a pass is on its own.
    """
    file = scope.state.file
    file.nesting += 1
    try:
        if breaks(statement.body):
            return file.interpreter.run(_first(statement, scope), scope, wanted=wanted)
        return _each_alone(_first(statement, scope), scope, scope.span(statement), wanted=wanted)
    finally:
        file.nesting -= 1


def _each_alone(frame: Frame | None, scope: Scope, span: Span, *, wanted: bool) -> End:
    while frame is not None and frame.kind != "loop":
        behind = frame.next
        if frame.kind == "again":
            begun = again(frame, scope)
            if begun is None or begun.kind == "loop":
                break
            frame, behind = replace(begun, kind="iteration"), begun.next
        alone = replace(frame, next=Frame((), scope.variables))
        end = scope.state.file.interpreter.run(alone, scope, wanted=wanted)
        if end.kind == "mixed":
            others = partial(_each_alone, behind, span=span, wanted=wanted)
            return unless_returned(end, others, scope, span, wanted=wanted)
        if end.kind != "done":
            return end
        frame = behind
    return End("done")


def _first(statement: ast.For | ast.ForIn | ast.While, scope: Scope) -> Frame:
    end = Frame((), scope.variables, kind="loop")
    if isinstance(statement, ast.ForIn):
        return _passes(statement, end, scope)
    if isinstance(statement, ast.For):
        for first in statement.initial:
            scope = _begun(first, scope)
    return Frame((), scope.variables, end, kind="again", loop=statement)


def _begun(first: ast.Statement, scope: Scope) -> Scope:
    if isinstance(first, ast.Declaration):
        return declare(first, scope)
    if not isinstance(first, ast.ExpressionStatement):
        raise NotEvaluatedError("it is a loop")
    value = checked(first.value, scope)
    if isinstance(value, Residual):
        raise NotEvaluatedError(value.reason)
    return scope


def _passes(statement: ast.ForIn, end: Frame, scope: Scope) -> Frame:
    """One frame for each element; all of them set the same variable, as Jenkins' loop does."""
    elements = _elements(checked(statement.values, scope))
    if len(elements) > MOST:
        raise NotEvaluatedError(f"it repeats more than {MOST} times")
    if not elements:
        never_runs(statement.body, scope)
    location = scope.state.file.location()
    variables = {**scope.variables, statement.variable.name: location}
    body = (statement.body,) if statement.body else ()
    frame = end
    for element in reversed(elements):
        frame = Frame(body, variables, frame, kind="iteration", bind=(location, element))
    return frame


def _elements(value: Value) -> list[Value]:
    match value:
        case ListOf(items=items):
            return list(items)
        case MapOf() if not is_whole(value):
            raise NotEvaluatedError(PERHAPS)
        case MapOf(entries=entries, span=span):
            pairs = ((("key", Known(key, span)), ("value", item)) for key, item in entries)
            return [MapOf(pair, span) for pair in pairs]
        case Residual(reason=reason):
            raise NotEvaluatedError(f"{_LIST} ({reason})")
    raise NotEvaluatedError(_LIST)


def again(frame: Frame, scope: Scope) -> Frame | None:
    """The next pass of a loop whose condition holds, or what is behind the loop."""
    loop = frame.loop
    assert loop is not None
    file = scope.state.file
    file.spend()
    here = replace(scope, variables=frame.variables)
    if isinstance(loop, ast.For) and frame.passes:
        for update in loop.update:
            if isinstance(checked(update, here), Residual):
                raise NotEvaluatedError(_CONDITION)
    holds: Value = Known(value=True, span=here.span(loop))
    if loop.condition is not None:
        holds = truth(checked(loop.condition, here), here.span(loop))
    if not isinstance(holds, Known):
        raise NotEvaluatedError(_CONDITION)
    if not holds.value:
        if not frame.passes:
            never_runs(loop.body, here)
        return frame.next
    if frame.passes >= MOST:
        raise NotEvaluatedError(f"it repeats more than {MOST} times")
    body = (loop.body,) if loop.body else ()
    return Frame(body, frame.variables, replace(frame, passes=frame.passes + 1))
