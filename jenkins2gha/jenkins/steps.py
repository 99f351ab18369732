"""Statements → the steps they call, and Groovy where they do more than that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.jenkins.arguments import bind
from jenkins2gha.jenkins.calls import StepCall, step_call
from jenkins2gha.jenkins.collect import argument_steps, collect
from jenkins2gha.jenkins.evaluate import evaluate
from jenkins2gha.jenkins.pipeline import Groovy, Item, Step
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.values import (
    Concat,
    Described,
    EnvironmentRef,
    Expr,
    Known,
    ListOf,
    MapOf,
    Symbolic,
    Value,
    is_settled,
)
from jenkins2gha.record import replace


def items(statements: Iterable[ast.Statement], scope: Scope) -> tuple[Item, ...]:
    """The steps of some statements in order; a statement that needs evaluation is Groovy.

    A declaration whose value is constant leaves nothing behind: its value stands where its name
    is read.
    """
    read: list[Item] = []
    for statement in statements:
        item, scope = item_of(statement, scope)
        if item is not None:
            read.append(item)
    return tuple(read)


def item_of(statement: ast.Statement, scope: Scope) -> tuple[Item | None, Scope]:
    """One statement's item, if it has any effect, and the scope of the statements behind it."""
    match statement:
        case ast.ExpressionStatement(value=ast.Call() as call):
            return _call_item(call, statement, scope), scope
        case ast.ExpressionStatement(value=ast.Property() as link) if loading := _library(link):
            return _call_item(loading, statement, scope), scope
        case ast.ExpressionStatement(value=ast.Assign() as assign):
            return _assignment(assign, statement, scope)
        case ast.Declaration():
            return _declaration(statement, scope)
        case ast.Import() | ast.Package() | ast.Class() | ast.Method():
            return None, scope
        case ast.Return(value=None | ast.NullLiteral() | ast.Name(id="this")):
            return None, scope
    return groovy(statement, scope, _reason(statement)), scope


def step_item(found: StepCall, scope: Scope) -> Item:
    """A step with its body; Groovy where its arguments call other steps."""
    nested = [] if _is_here(found, scope) else argument_steps(found, scope)
    if nested:
        reason = f"an argument takes the result of `{nested[0].name}`"
        return groovy(found.last, scope, reason)
    closures = sum(isinstance(argument, ast.Closure) for argument in _given(found))
    if closures > (found.body is not None):
        return groovy(found.last, scope, f"`{found.name}` is given blocks as arguments")
    body = found.body
    inner = None if body is None else items(body.body, scope.inside(body))
    step = bare_step(found, scope, inner)
    if _is_here(found, scope):
        here = Known(".", scope.span(found.last.arguments[0]))
        return replace(step, arguments={"path": here}, steps=_called(found, scope))
    return step


def _is_here(found: StepCall, scope: Scope) -> bool:
    """Whether a step is `dir(pwd())`, the directory in which it stands itself."""
    given = found.last.arguments[:-1]
    if found.name != "dir" or found.body is None or found.last.named or len(given) != 1:
        return False
    inner = step_call(given[0], scope) if isinstance(given[0], ast.Call) else None
    return (
        inner is not None and inner.name == "pwd" and not (inner.last.arguments or inner.last.named)
    )


def _called(found: StepCall, scope: Scope) -> tuple[Step, ...]:
    return tuple(bare_step(call, scope, None) for call in argument_steps(found, scope))


def _given(found: StepCall) -> Iterator[ast.Expression]:
    for link in found.links:
        yield from link.arguments
        yield from (entry.value for entry in link.named)


def bare_step(found: StepCall, scope: Scope, body: tuple[Item, ...] | None) -> Step:
    """The step of a call with the body given."""
    bound = bind(found, scope)
    return Step(
        name=bound.name,
        arguments=bound.arguments,
        span=scope.span(found.last),
        callee=scope.span(found.last.name),
        body=body,
        positional=tuple(bound.positional),
        known=bound.known,
    )


def flat_steps(
    node: Node, scope: Scope, *, argument: bool = False, statement: bool = False
) -> tuple[Step, ...]:
    """All step calls in a piece of Groovy, in source order, none with its body."""
    found = collect(node, scope, argument=argument, statement=statement)
    return tuple(bare_step(call, inner, None if call.body is None else ()) for call, inner in found)


def groovy(node: Node, scope: Scope, reason: str) -> Groovy:
    """A statement that is not evaluated, with the step calls in it."""
    return Groovy(scope.span(node), reason, flat_steps(node, scope, statement=True))


def _call_item(call: ast.Call, statement: ast.Statement, scope: Scope) -> Item:
    found = step_call(call, scope, statement=True)
    if found is not None:
        return step_item(found, scope)
    name = call.word or "a value"
    return groovy(statement, scope, f"it calls `{name}`")


def _library(link: ast.Property) -> ast.Call | None:
    """The call in `library('x') _`, whose underscore says nothing."""
    call = link.object
    unnamed = isinstance(link.name, ast.StringLiteral) and link.name.value == "_"
    if unnamed and isinstance(call, ast.Call) and call.receiver is None and call.word == "library":
        return call
    return None


def _assignment(
    assign: ast.Assign, statement: ast.Statement, scope: Scope
) -> tuple[Item | None, Scope]:
    target = assign.target
    if isinstance(target, ast.Name) and target.id not in scope.variables:
        once = scope.names.assigned.get(target.id) == 1 and target.id not in scope.names.changed
        if once and assign.operator == "=":
            value = evaluate(assign.value, scope)
            if is_constant(value, scope) and not collect(assign.value, scope):
                return None, replace(scope, globals={**scope.globals, target.id: value})
    reason = "it sets a variable" if isinstance(target, ast.Name) else "it sets a property"
    return groovy(statement, scope, reason), scope


def _declaration(declared: ast.Declaration, scope: Scope) -> tuple[Item | None, Scope]:
    bound: dict[str, Value | None] = {}
    open_values = declared.destructuring
    for variable in declared.variables:
        value = None if variable.value is None else evaluate(variable.value, scope)
        stable = variable.name not in scope.names.changed | scope.names.assigned.keys()
        given = variable.value
        if value and given and is_constant(value, scope) and not collect(given, scope):
            bound[variable.name] = value if stable else None
            open_values |= not stable
        else:
            bound[variable.name] = None
            open_values |= value is not None
    after = scope.bind(bound)
    if not open_values:
        return None, after
    return groovy(declared, scope, "it sets a variable"), after


def is_constant(value: Value, scope: Scope) -> bool:
    """Whether the value is the same wherever it is read."""
    return is_settled(value) and all(
        name not in scope.names.environment_assigned for name in _environment_read(value)
    )


def _environment_read(value: Value) -> Iterator[str]:
    match value:
        case Symbolic(expr=expr):
            yield from _references(expr)
        case ListOf(items=parts):
            for part in parts:
                yield from _environment_read(part)
        case MapOf(entries=entries):
            for _, part in entries:
                yield from _environment_read(part)
        case Described(arguments=arguments):
            for part in arguments.values():
                yield from _environment_read(part)


def _references(expr: Expr) -> Iterator[str]:
    if isinstance(expr, EnvironmentRef):
        yield expr.name
    elif isinstance(expr, Concat):
        for part in expr.parts:
            yield from _references(part)


_REASONS: dict[type, str] = {
    ast.If: "it runs under a condition",
    ast.While: "it is a loop",
    ast.For: "it is a loop",
    ast.ForIn: "it is a loop",
    ast.Switch: "it runs under a condition",
    ast.Try: "it handles errors",
    ast.Throw: "it throws an error",
    ast.Return: "it returns a value",
}


def _reason(statement: ast.Statement) -> str:
    return _REASONS.get(type(statement), "it is Groovy that only a run evaluates")
