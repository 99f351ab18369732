"""Calls of steps → Step, with arguments and body; and the steps in what is not evaluated."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.jenkins.accounts import Accounts
from jenkins2gha.jenkins.arguments import bind
from jenkins2gha.jenkins.calls import StepCall, step_call
from jenkins2gha.jenkins.captures import SHELLS, running_name
from jenkins2gha.jenkins.collect import argument_steps, collect
from jenkins2gha.jenkins.frames import Frame
from jenkins2gha.jenkins.own_environment import OwnEnvironment, bound_by_step
from jenkins2gha.jenkins.pipeline import Choice, Groovy, Item, Step
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import NotEvaluatedError
from jenkins2gha.jenkins.values import Known, MapOf
from jenkins2gha.jenkins.vocabulary import signature
from jenkins2gha.jenkins.ways import either
from jenkins2gha.record import replace

_SWALLOWING = ("catchError", "warnError")
_REPEATING = ("retry", "waitUntil")
_UNSURE = "it is set in a block that may end early, or not run at all"


def step_of(found: StepCall, scope: Scope) -> Step:
    """A step with its body. What its arguments take from other steps is put in front of it.

    Raises NotEvaluatedError for arguments that take the result of a step in another way.
    """
    closures = sum(isinstance(argument, ast.Closure) for argument in _given(found))
    if closures > (found.body is not None):
        raise NotEvaluatedError(f"`{found.name}` is given blocks as arguments")
    if _is_here(found, scope):
        return _here(found, scope)
    before = Accounts.of(scope)
    with scope.state.asking("step" if found.name in SHELLS else ""):
        step = bare_step(found, scope, None)
    for given in _given(found):
        if given is not found.body:
            before.settle_argument(given, scope)
    noted = scope.state.take_noted()
    own = OwnEnvironment.enter(bound_by_step(step.name, step.arguments), scope, step.span)
    body = None if found.body is None else _body(found, found.body, scope)
    own.leave(scope)
    return replace(step, body=body, steps=noted)


def _given(found: StepCall) -> Iterator[ast.Expression]:
    for link in found.links:
        yield from link.arguments
        yield from (entry.value for entry in link.named)


def _is_here(found: StepCall, scope: Scope) -> bool:
    """Whether a step is `dir(pwd())`, the directory in which it stands itself."""
    given = found.last.arguments[:-1]
    if found.name != "dir" or found.body is None or found.last.named or len(given) != 1:
        return False
    inner = step_call(given[0], scope) if isinstance(given[0], ast.Call) else None
    return (
        inner is not None and inner.name == "pwd" and not (inner.last.arguments or inner.last.named)
    )


def _here(found: StepCall, scope: Scope) -> Step:
    assert found.body is not None
    sealed = scope.sealed()
    called = tuple(bare_step(call, sealed, None) for call in argument_steps(found, sealed))
    step = bare_step(found, sealed, _body(found, found.body, scope))
    here = Known(".", scope.span(found.last.arguments[0]))
    return replace(step, arguments={"path": here}, steps=called)


def _body(found: StepCall, body: ast.Closure, scope: Scope) -> tuple[Item, ...]:
    """The items of a step's block. Behind a block that may end early, run again, or not at all,
    what it sets is not known."""
    state = scope.state
    here = replace(scope.inside(body), more=False)
    inner = _with_container(found, body, here).within(state.body())
    before = state.fork()
    frame = Frame(body.body, inner.variables)
    state.file.interpreter.run(frame, inner)
    if found.name in (*_SWALLOWING, *_REPEATING) or not _is_known(found):
        either(before, inner.state, state, _UNSURE, scope.span(body))
    noted = inner.state.take_noted()
    if noted:
        inner.state.items.append(Choice((), (), scope.span(body), noted))
    return tuple(inner.state.items)


def _with_container(found: StepCall, body: ast.Closure, scope: Scope) -> Scope:
    """`withRun { c -> … }`: the container that the block is given, which its name stands for."""
    if not found.name.endswith(".withRun") or not body.parameters:
        return scope
    words = bare_step(found, scope.sealed(), None).arguments.get("args")
    if words is not None and "--name" in words.span.text:
        return scope
    span = scope.span(found.last)
    container = MapOf((("id", Known(running_name(span), span)),), span)
    return scope.declare(body.parameters[0].name, container)


def _is_known(found: StepCall) -> bool:
    return signature(found.name) is not None


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
    found = collect(node, scope.sealed(), argument=argument, statement=statement)
    return tuple(bare_step(call, inner, None if call.body is None else ()) for call, inner in found)


def groovy(node: Node, scope: Scope, reason: str) -> Groovy:
    """A statement that is not evaluated, with the step calls in it."""
    return Groovy(scope.span(node), reason, flat_steps(node, scope, statement=True))
