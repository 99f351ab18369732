"""`if` and `switch`: the way that is taken where it is known, else both, and what they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.conditions import (
    any_of,
    as_expr,
    compared,
    is_among,
)
from jenkins2gha.jenkins.forks import Fork
from jenkins2gha.jenkins.frames import Frame, escapes, is_over
from jenkins2gha.jenkins.never import all_never_run, never_runs
from jenkins2gha.jenkins.patterns import matched
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import End, NotEvaluatedError
from jenkins2gha.jenkins.values import Constant, Expr, Known, ListOf, Residual, Value
from jenkins2gha.record import dataclass
from jenkins2gha.source import Span


def branch(statement: ast.If, rest: Frame, scope: Scope, *, wanted: bool) -> Frame | End | None:
    """Follows an `if`."""
    ways = statement.then, statement.otherwise
    return part(statement.condition, ways, statement, rest, scope, wanted=wanted)


def part(
    condition: ast.Expression,
    ways: tuple[ast.Statement | None, ast.Statement | None],
    statement: ast.Statement,
    rest: Frame,
    scope: Scope,
    *,
    wanted: bool,
) -> Frame | End | None:
    """Follows one of two statements, or both where only a run decides."""
    then, otherwise = ways
    span = scope.span(statement)
    value = scope.state.file.interpreter.asked(condition, scope, "flag")
    if isinstance(value, Residual):
        raise NotEvaluatedError(value.reason)
    if isinstance(value, Known):
        taken, other = (then, otherwise) if value.value else (otherwise, then)
        never_runs(other, scope)
        return rest if taken is None else Frame((taken,), scope.variables, rest)
    expr = as_expr(value)
    assert expr is not None
    whole = is_over(rest) or escapes(then) or escapes(otherwise)
    after = rest if whole else None
    first = Frame((then,) if then else (), scope.variables, after)
    second = Frame((otherwise,) if otherwise else (), scope.variables, after)
    fork = Fork(expr, span, wanted=wanted and whole, chain=isinstance(otherwise, ast.If))
    end = fork.follow(fork.way(first), fork.way(second), scope)
    return end if whole or end.kind == "failed" else rest


# --- switch --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Case:
    """When a case of a `switch` is taken, and the statements from it to the end."""

    test: Expr
    statements: tuple[ast.Statement, ...]


def switch(statement: ast.Switch, rest: Frame, scope: Scope, *, wanted: bool) -> Frame | End | None:
    """Follows a `switch`: cases fall through to the next one until a `break`."""
    span = scope.span(statement)
    value = scope.state.file.interpreter.asked(statement.value, scope, "value")
    if isinstance(value, Residual):
        raise NotEvaluatedError(value.reason)
    cases: list[_Case] = []
    last: tuple[ast.Statement, ...] = ()
    for at, case in enumerate(statement.cases):
        behind = tuple(one for each in statement.cases[at:] for one in each.body)
        if case.default:
            last = behind
        elif case.values:
            tests = [_test(value, each, scope, span) for each in case.values]
            cases.append(_Case(any_of(*tests), behind))
    open_cases = list(takewhile(lambda case: not _holds(case), cases))
    known = next(filter(_holds, cases), None)
    open_cases = [case for case in open_cases if case.test != Constant(value=False)]
    last = known.statements if known else last
    _pass_by(statement, (*(case.statements for case in open_cases), last), scope)
    if not open_cases:
        return Frame(last, scope.variables, Frame((), scope.variables, rest, kind="switch"))
    taken = [one for case in open_cases for one in case.statements] + list(last)
    whole = is_over(rest) or any(escapes(one, switch=True) for one in taken)
    behind_all = Frame((), scope.variables, rest if whole else None, kind="switch")
    end = _cascade(open_cases, last, behind_all, scope, span, wanted=wanted and whole)
    return end if whole or end.kind == "failed" else rest


def _holds(case: _Case) -> bool:
    return case.test == Constant(value=True)


def _test(value: Value, case: ast.Expression, scope: Scope, span: Span) -> Expr:
    """Whether a case takes a value: it equals it, holds it, or matches it (`~/x/`)."""
    against = scope.value(case)
    if isinstance(case, ast.Unary) and case.operator == "~":
        found = matched("==~", value, against, span)
    elif isinstance(against, ListOf):
        found = is_among(value, against.items, span)
    else:
        found = compared("==", value, against, span)
    test = as_expr(found)
    if test is None:
        raise NotEvaluatedError("a case of it is Groovy that only a run evaluates")
    return test


def _pass_by(
    statement: ast.Switch, taken: Iterable[tuple[ast.Statement, ...]], scope: Scope
) -> None:
    """Notes the statements of cases that are never taken."""
    kept = {id(one) for statements in taken for one in statements}
    passed = (one for case in statement.cases for one in case.body if id(one) not in kept)
    all_never_run(passed, scope)


def _cascade(
    cases: Sequence[_Case],
    last: tuple[ast.Statement, ...],
    behind: Frame,
    scope: Scope,
    span: Span,
    *,
    wanted: bool,
) -> End:
    """The cases one after the other: each is taken where none before it is."""
    first, others = cases[0], cases[1:]
    fork = Fork(first.test, span, wanted=wanted, chain=bool(others))
    then = fork.way(Frame(first.statements, scope.variables, behind))
    if not others:
        return fork.follow(then, fork.way(Frame(last, scope.variables, behind)), scope)

    def otherwise(inner: Scope) -> End:
        return _cascade(others, last, behind, inner, span, wanted=wanted)

    return fork.follow(then, otherwise, scope)
