"""Statements → the items that they lead to, with the worth of variables at each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.accounts import checked
from jenkins2gha.jenkins.attempts import attempt
from jenkins2gha.jenkins.branching import branch, switch
from jenkins2gha.jenkins.calls import StepCall
from jenkins2gha.jenkins.evaluate import evaluate
from jenkins2gha.jenkins.expressions import expression
from jenkins2gha.jenkins.forgetting import Mark, left_to_a_person
from jenkins2gha.jenkins.forks import unless_returned
from jenkins2gha.jenkins.frames import Frame, broken, continued, escapes, is_over, remaining
from jenkins2gha.jenkins.holes import known_or_asked
from jenkins2gha.jenkins.inlining import call_closure, inline
from jenkins2gha.jenkins.loops import again, loop
from jenkins2gha.jenkins.names import Names
from jenkins2gha.jenkins.never import all_never_run
from jenkins2gha.jenkins.pipeline import Choice, Item, Step
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.setting import assign, declare
from jenkins2gha.jenkins.state import (
    AT_ONCE,
    DEEPEST,
    End,
    File,
    NotEvaluatedError,
    State,
    TooMuchError,
)
from jenkins2gha.jenkins.steps import step_of
from jenkins2gha.jenkins.throwing import assertion, throw
from jenkins2gha.jenkins.values import ClosureOf, Form, Known, Value
from jenkins2gha.record import dataclass, replace
from jenkins2gha.source import Source


class _Interpreter:
    """Expressions and statements as one whole, for those that need both."""

    def value(self, expression: ast.Expression, scope: Scope) -> Value:
        return evaluate(expression, scope)

    def step(self, found: StepCall, scope: Scope) -> Step:
        return step_of(found, scope)

    def call(
        self, code: ClosureOf, arguments: Sequence[Value], scope: Scope, *, wanted: bool
    ) -> End:
        return call_closure(code, arguments, scope, wanted=wanted)

    def inline(self, call: ast.Call, scope: Scope, *, wanted: bool) -> End | None:
        return inline(call, scope, wanted=wanted)

    def assign(self, assignment: ast.Assign, scope: Scope) -> Value:
        return assign(assignment, scope)

    def run(self, frame: Frame | None, scope: Scope, *, wanted: bool = False) -> End:
        return run(frame, scope, wanted=wanted)

    def asked(self, node: ast.Expression, scope: Scope, form: Form) -> Value:
        return known_or_asked(node, scope, form)


def first_scope(module: ast.Module, source: Source, names: Names) -> Scope:
    """The scope in which a file begins: its methods known, its `@Field` variables not yet set."""
    methods: dict[str, tuple[ast.Method, ...]] = {}
    for statement in module.body:
        if isinstance(statement, ast.Method):
            methods[statement.name] = (*methods.get(statement.name, ()), statement)
    file = File(_Interpreter(), methods)
    file.fields = {name: file.location() for name in _fields(module)}
    return Scope(source, names, State(file, {}), file.fields)


def _fields(module: ast.Module) -> Iterable[str]:
    """Names of `@Field` variables, which methods see too."""
    for statement in module.body:
        if isinstance(statement, ast.Declaration):
            names = (annotation.name for annotation in statement.modifiers.annotations)
            if any(name.rsplit(".", 1)[-1] == "Field" for name in names):
                yield from (variable.name for variable in statement.variables)


def items(statements: Iterable[ast.Statement], scope: Scope) -> tuple[Item, ...]:
    """What the statements of a block lead to, in order.

    What cannot be evaluated is Groovy, with the steps in it. A declaration or an assignment leaves
    nothing behind: its value stands where its name is read.
    """
    inner = scope.within(scope.state.body())
    run(Frame(tuple(statements), scope.variables), inner)
    return finished(inner)


def finished(scope: Scope) -> tuple[Item, ...]:
    """The items of a state; steps of known result that none of them carries stand in a Choice."""
    noted = scope.state.take_noted()
    if noted:
        scope.state.items.append(Choice((), (), noted[0].span, noted))
    return tuple(scope.state.items)


def follow(
    statement: ast.Statement, scope: Scope, behind: Sequence[ast.Statement] = ()
) -> tuple[Scope, bool]:
    """One statement at the top of a file: the scope behind it, and whether it is the last to run.

    What it leads to is added to the items of the scope's state. One that may return on some ways
    only is followed with all that is `behind` it.
    """
    if isinstance(statement, ast.Declaration):
        frame = Frame((statement,), scope.variables)
        outcome = _follow(statement, frame.behind(), scope, wanted=False)
        assert isinstance(outcome, Frame)
        return replace(scope, variables=outcome.variables), False
    whole = (statement, *behind) if escapes(statement) else (statement,)
    ended = run(Frame(whole, scope.variables), scope).kind != "done"
    if ended and len(whole) == 1:
        all_never_run(behind, scope)
    return scope, ended or len(whole) > 1


def run(frame: Frame | None, scope: Scope, *, wanted: bool = False) -> End:
    """Follows statements to their end; `wanted` says that somebody reads what they are worth."""
    file = scope.state.file
    if file.depth >= DEEPEST:
        raise TooMuchError("it is nested too deeply to be followed")
    file.depth += 1
    try:
        return _run(frame, scope, wanted=wanted)
    finally:
        file.depth -= 1


def _run(frame: Frame | None, scope: Scope, *, wanted: bool) -> End:
    file = scope.state.file
    while frame is not None:
        if frame.kind == "again" and frame.loop is not None:
            frame = again(frame, scope)
            continue
        if frame.bind is not None and frame.at == 0:
            scope.state.store[frame.bind[0]] = frame.bind[1]
        if frame.at >= len(frame.statements):
            frame = frame.next
            continue
        statement = frame.statements[frame.at]
        file.ran.add(statement.start)
        here = replace(scope, variables=frame.variables)
        outcome = _follow(statement, frame.behind(), here, wanted=wanted)
        if isinstance(outcome, End):
            return outcome
        frame = outcome
    return End("done")


def _follow(statement: ast.Statement, rest: Frame, scope: Scope, *, wanted: bool) -> _Outcome:
    """Follows one statement: what comes next, or how the way ends."""
    file = scope.state.file
    mark = Mark.of(scope)
    if not file.nesting:
        file.limit = file.left - AT_ONCE
    try:
        file.spend()
        return _READERS[type(statement)](statement, _Here(rest, scope, wanted))
    except NotEvaluatedError as error:
        if isinstance(error, TooMuchError) and file.nesting:
            raise
        mark.restore(scope)
        return rest.seeing(left_to_a_person(statement, scope, error.reason).variables)


_Outcome: TypeAlias = Frame | End | None
"""What comes next, or how the way ends; None where nothing comes any more."""


@dataclass(frozen=True, slots=True)
class _Here:
    """Where a statement stands; `wanted` says that somebody reads what it is worth."""

    rest: Frame
    scope: Scope
    wanted: bool


def _expression(statement: ast.ExpressionStatement, here: _Here) -> _Outcome:
    if here.wanted and is_over(here.rest) and not here.scope.more:
        return End("done", checked(statement.value, here.scope))
    end = expression(statement.value, statement, here.rest, here.scope, wanted=here.wanted)
    return _ended(end, here)


def _declaration(statement: ast.Declaration, here: _Here) -> _Outcome:
    return here.rest.seeing(declare(statement, here.scope).variables)


def _block(statement: ast.Block, here: _Here) -> _Outcome:
    return Frame(statement.body, here.scope.variables, here.rest)


def _branch(statement: ast.If, here: _Here) -> _Outcome:
    return branch(statement, here.rest, here.scope, wanted=here.wanted)


def _switch(statement: ast.Switch, here: _Here) -> _Outcome:
    return switch(statement, here.rest, here.scope, wanted=here.wanted)


def _loop(statement: ast.For | ast.ForIn | ast.While, here: _Here) -> _Outcome:
    end = loop(statement, replace(here.scope, more=True), wanted=here.wanted)
    worth = here.wanted and not here.scope.more
    return _ended(end, here, statement if worth or not is_over(here.rest) else None)


def _try(statement: ast.Try, here: _Here) -> _Outcome:
    end, rest = attempt(statement, here.rest, here.scope, wanted=here.wanted)
    return _ended(end, replace(here, rest=rest), None if is_over(rest) else statement)


def _throw(statement: ast.Throw, here: _Here) -> _Outcome:
    return _ended(throw(statement, here.scope), here)


def _assert(statement: ast.Assert, here: _Here) -> _Outcome:
    assertion(statement, here.scope)
    return here.rest


def _jump(statement: ast.Break | ast.Continue, here: _Here) -> _Outcome:
    leaves = broken if isinstance(statement, ast.Break) else continued
    target = leaves(here.rest)
    if target is None or statement.label is not None:
        raise NotEvaluatedError("it leaves a loop that only a run follows")
    return target


def _within(statement: ast.Labeled | ast.Synchronized, here: _Here) -> _Outcome:
    return Frame((statement.body,), here.scope.variables, here.rest)


def _nothing(_: ast.Statement, here: _Here) -> _Outcome:
    return here.rest


def _ended(end: End | Frame | None, here: _Here, asked: ast.Statement | None = None) -> _Outcome:
    """What comes behind a statement that may have ended its way; `asked` is the statement where it
    matters on which ways it has."""
    if not isinstance(end, End):
        return end if isinstance(end, Frame) else here.rest
    if end.kind == "done":
        return here.rest if end.value is None else end
    if end.kind == "mixed":
        if asked is None:
            return end

        def rest(inner: Scope) -> End:
            return run(here.rest, inner, wanted=here.wanted)

        return unless_returned(end, rest, here.scope, here.scope.span(asked), wanted=here.wanted)
    all_never_run(remaining(here.rest), here.scope)
    return end


def _return(statement: ast.Return, here: _Here) -> _Outcome:
    scope = here.scope
    value: Value | None = Known(None, scope.span(statement))
    if statement.value is not None and not _is_this(statement.value):
        if here.wanted:
            value = checked(statement.value, scope)
        else:
            alone = ast.ExpressionStatement(
                statement.value.start, statement.value.end, statement.value
            )
            last = Frame((), scope.variables)
            end = expression(statement.value, alone, last, scope, wanted=False)
            if isinstance(end, Frame):
                end = run(end, scope)
            if isinstance(end, End) and end.kind == "failed":
                value = None
    all_never_run(remaining(here.rest), here.scope)
    return End("returned", value)


def _is_this(value: ast.Expression) -> bool:
    return isinstance(value, ast.Name) and value.id == "this"


_READERS: dict[type, Callable[[Any, _Here], _Outcome]] = {
    ast.ExpressionStatement: _expression,
    ast.Declaration: _declaration,
    ast.Block: _block,
    ast.If: _branch,
    ast.Switch: _switch,
    ast.For: _loop,
    ast.ForIn: _loop,
    ast.While: _loop,
    ast.Try: _try,
    ast.Return: _return,
    ast.Throw: _throw,
    ast.Assert: _assert,
    ast.Break: _jump,
    ast.Continue: _jump,
    ast.Labeled: _within,
    ast.Synchronized: _within,
    ast.Import: _nothing,
    ast.Package: _nothing,
    ast.Class: _nothing,
    ast.Method: _nothing,
}
