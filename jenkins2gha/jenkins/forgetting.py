"""What is no longer known behind a statement that was not evaluated."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.groovy.walk import walk
from jenkins2gha.jenkins.names import CHANGING, environment_name
from jenkins2gha.jenkins.pipeline import Captured, Step
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import Location
from jenkins2gha.jenkins.steps import groovy
from jenkins2gha.jenkins.values import ListOf, MapOf, Residual, ResultOf, Symbolic, Value
from jenkins2gha.jenkins.ways import forget_readers
from jenkins2gha.record import dataclass, replace


@dataclass(frozen=True, slots=True)
class Mark:
    """A state as it was before a statement, to go back to."""

    store: dict[Location, Value]
    items: int
    noted: tuple[Step, ...]
    never: int
    following: int

    @classmethod
    def of(cls, scope: Scope) -> Mark:
        state = scope.state
        store, items, noted = dict(state.store), len(state.items), tuple(state.noted)
        return cls(store, items, noted, len(state.file.never), len(state.file.following))

    def restore(self, scope: Scope) -> None:
        """Undoes what a statement did that turned out not to be evaluable."""
        state = scope.state
        state.become(self.store)
        del state.items[self.items :]
        state.noted[:] = self.noted
        del state.file.never[self.never :]
        del state.file.following[self.following :]


def left_to_a_person(statement: ast.Statement, scope: Scope, reason: str) -> Scope:
    """Adds a statement as Groovy; gives the scope behind it, in which less is known."""
    left = groovy(statement, scope, reason)
    given = _given_by(statement)
    captured = Captured(scope.state.file.key(given), given, "value") if given else None
    scope.state.items.append(replace(left, captured=captured))
    forget(statement, scope)
    if captured:
        value = Symbolic(ResultOf(captured.key, given, "value"), scope.span(statement))
        if isinstance(statement, ast.Declaration) and given not in scope.state.file.fields:
            return scope.declare(given, value)
        scope.set(given, value)
        return scope
    if isinstance(statement, ast.Declaration):
        span = scope.span(statement)
        for variable in statement.variables:
            if variable.name in scope.state.file.fields:
                scope.forget(variable.name, span)
            else:
                unknown = Residual(span, f"`{variable.name}` is a variable that only a run sets")
                scope = scope.declare(variable.name, unknown)
    return scope


def _given_by(statement: ast.Statement) -> str:
    """The one variable that a statement gives a value which a text can be; '' for none."""
    value: ast.Expression | None = None
    name = ""
    match statement:
        case ast.Declaration(variables=(one,), destructuring=False):
            name, value = one.name, one.value
        case ast.ExpressionStatement(
            value=ast.Assign(operator="=", target=ast.Name(id=word), value=given)
        ):
            name, value = word, given
    objects = isinstance(value, ast.New | ast.Closure | ast.ListLiteral | ast.MapLiteral)
    loads = isinstance(value, ast.Call) and value.word in ("load", "library")
    return "" if value is None or objects or loads else name


def forget(node: Node, scope: Scope) -> None:
    """Forgets what a piece of Groovy may change when it runs."""
    span = scope.span(node)
    for name in dict.fromkeys(assigned_in(node)):
        scope.forget(name, span)
    for name in dict.fromkeys(_given_away(node, scope)):
        scope.forget(name, span)
    changed = set(environment_in(node))
    reached = _methods_called(node, scope)
    if reached:
        scope.state.file.opaque.update(reached)
        for name in (*scope.names.assigned, *scope.state.file.fields):
            if name not in scope.variables or name in scope.state.file.fields:
                scope.forget(name, span)
        changed |= scope.names.environment_assigned
    forget_readers(scope, changed, span)


def _given_away(node: Node, scope: Scope) -> Iterator[str]:
    """The variables with lists and maps that some call is given, which may change them."""
    for call in walk(node):
        for given in call.arguments if isinstance(call, ast.Call) else ():
            held = None
            if isinstance(given, ast.Name):
                held = scope.state.store.get(scope.location(given.id))
            if isinstance(given, ast.Name) and isinstance(held, (ListOf, MapOf)):
                yield given.id


def _methods_called(node: Node, scope: Scope) -> set[str]:
    """The file's methods that a piece of Groovy reaches, those that they call too."""
    methods = scope.state.file.methods
    found: set[str] = set()
    waiting: list[Node] = [node]
    while waiting:
        for part in walk(waiting.pop()):
            word = part.word if isinstance(part, ast.Call) else None
            if word in methods and word is not None and word not in found:
                found.add(word)
                waiting.extend(methods[word])
    return found


def environment_in(node: Node) -> Iterator[str]:
    """The variables of the environment that a piece of Groovy sets; `''` for the build's result."""
    for part in walk(node):
        if isinstance(part, ast.Assign):
            yield environment_name(part.target) or ""


def assigned_in(node: Node) -> Iterator[str]:
    """The names of variables that a piece of Groovy sets or changes."""
    for part in walk(node):
        match part:
            case ast.Assign(target=target):
                targets = target.items if isinstance(target, ast.ListLiteral) else (target,)
                for one in targets:
                    yield from root(one)
            case ast.Postfix(operand=operand):
                yield from root(operand)
            case ast.Unary(operator="++" | "--", operand=operand):
                yield from root(operand)
            case ast.Binary(operator="<<", left=left):
                yield from root(left)
            case ast.Call(receiver=receiver) if receiver is not None and part.word in CHANGING:
                yield from root(receiver)


def root(target: ast.Expression) -> Iterator[str]:
    """The variable that a property or an element belongs to."""
    while isinstance(target, (ast.Property, ast.Index)):
        target = target.object
    if isinstance(target, ast.Name):
        yield target.id
