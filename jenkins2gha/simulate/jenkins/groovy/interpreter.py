"""Runs Groovy: holds what a script declares, and asks Jenkins for what the script does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Protocol

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.errors import Unknown, Unsupported
from jenkins2gha.simulate.jenkins.groovy import calls, expressions, statements
from jenkins2gha.simulate.jenkins.groovy.scope import Returned, Scope
from jenkins2gha.simulate.jenkins.groovy.values import Arguments, Closure, Value
from jenkins2gha.source import Source

_STEPS: Final = 200_000


class World(Protocol):
    """What a script finds outside itself."""

    def variable(self, name: str) -> Value:
        """A global variable, or a KeyError."""

    def step(self, call: ast.Call, name: str, arguments: Arguments) -> Value:
        """Runs a step."""

    def describes(self, name: str) -> bool:
        """Whether this names a configuration rather than a step."""


class Interpreter:
    """One script: its methods, its binding, and its variables at the top."""

    def __init__(self, source: Source, world: World) -> None:
        self.source = source
        self.world = world
        self.binding: dict[str, Value] = {}
        self.methods: dict[str, list[ast.Method]] = {}
        self.classes: set[str] = set()
        self.top = Scope()
        self.calling: ast.Call | None = None
        self._left = _STEPS

    def declare(self, module: ast.Module) -> None:
        """Takes in the methods and classes of a script."""
        for statement in module.body:
            if isinstance(statement, ast.Method):
                self.methods.setdefault(statement.name, []).append(statement)
            elif isinstance(statement, ast.Class):
                self.classes.add(statement.name)

    @contextmanager
    def at(self, node: ast.Node) -> Iterator[None]:
        """Gives a place to what is not known within."""
        try:
            yield
        except Unknown as unknown:
            span = self.source.span(node.start, node.end)
            raise Unsupported(span, str(unknown)) from None

    def tick(self, node: ast.Node) -> None:
        """Ends what does not end by itself."""
        self._left -= 1
        if self._left < 0:
            span = self.source.span(node.start, node.end)
            raise Unsupported(span, "it does not end within the steps that a simulation takes")

    def evaluate(self, node: ast.Expression, scope: Scope) -> Value:
        """The value of an expression."""
        return expressions.evaluate(self, node, scope)

    def arguments(self, call: ast.Call, scope: Scope) -> Arguments:
        """What a call is given."""
        return calls.arguments(self, call, scope)

    def execute(self, body: Sequence[ast.Statement], scope: Scope) -> Value:
        """Runs statements one after the other; the value of the last."""
        return statements.execute(self, body, scope)

    def call(self, closure: Value, *given: Value) -> Value:
        """Calls a closure, or what stands for one."""
        return calls.call_value(self, closure, given)

    def block(self, closure: Closure) -> Value:
        """Runs the body of a step."""
        return calls.call_value(self, closure, ())

    def run(self, body: Sequence[ast.Statement], scope: Scope) -> Value:
        """Runs the body of a closure or method; the value that it returns."""
        try:
            return self.execute(body, scope)
        except Returned as returned:
            return returned.value

    def lookup(self, name: str) -> Value:
        """A variable that no scope declares; a KeyError if there is none."""
        if name in self.binding:
            return self.binding[name]
        return self.world.variable(name)
