"""`throw` and `assert`: errors, as the step `error` makes them."""

from __future__ import annotations

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.accounts import checked
from jenkins2gha.jenkins.calls import StepCall
from jenkins2gha.jenkins.conditions import as_expr, negated, truth
from jenkins2gha.jenkins.joining import CAUGHT, as_text, joined
from jenkins2gha.jenkins.pipeline import Branch, Choice, Step
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import End, NotEvaluatedError
from jenkins2gha.jenkins.values import Constant, Described, Known, Residual, Value
from jenkins2gha.source import Span


def throw(statement: ast.Throw, scope: Scope) -> End:
    """Follows `throw new Exception("…")` as the step `error`; `throw e` of what was caught adds
    nothing, for the error goes on."""
    value = statement.value
    span = scope.span(statement)
    if isinstance(value, ast.New):
        given = [checked(argument, scope) for argument in value.arguments]
        message: Value = given[0] if given else Known(value.type.name.rsplit(".", 1)[-1], span)
        if as_text(message) is None:
            message = Known(value.type.name.rsplit(".", 1)[-1], span)
        scope.state.items.append(error(message, span))
        return End("failed")
    thrown = checked(value, scope)
    if isinstance(thrown, Described) and thrown.symbol == CAUGHT:
        return End("failed")
    reason = thrown.reason if isinstance(thrown, Residual) else "it throws an error"
    raise NotEvaluatedError(reason)


def error(message: Value, span: Span) -> Step:
    """The step `error`, for what ends a run in other words."""
    return Step("error", {"message": message}, span, span)


def is_exit(found: StepCall, scope: Scope) -> bool:
    """Whether a call is the shell's `exit` in Groovy, which knows no such step: the build fails.

    That error is no Exception, so that a `catch` of those lets it pass.
    """
    call = found.last
    numbers = all(isinstance(given, ast.NumberLiteral) for given in call.arguments)
    return found.name == "exit" and not call.named and numbers and not scope.trying


def leave(found: StepCall, scope: Scope) -> End:
    """Follows `exit 1`."""
    message = Known("No such DSL method 'exit' found among steps", scope.span(found.last.name))
    scope.state.items.append(
        Step(
            "error",
            {"message": message},
            scope.span(found.last),
            scope.span(found.last.name),
        )
    )
    return End("failed")


def assertion(statement: ast.Assert, scope: Scope) -> None:
    """Follows an `assert`."""
    span = scope.span(statement)
    holds = truth(checked(statement.condition, scope), span)
    if isinstance(holds, Known) and holds.value:
        return
    condition = as_expr(holds)
    if condition is None:
        raise NotEvaluatedError("it asserts what only a run knows")
    text = as_text(checked(statement.message, scope)) if statement.message else None
    shown = Constant(f"assert {scope.span(statement.condition).text}")
    message = joined([shown if text is None else text], span)
    steps = scope.state.take_noted()
    branch = Branch(negated(condition), (error(message, span),))
    scope.state.items.append(Choice((branch,), (), span, steps))
