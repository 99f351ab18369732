"""Where an expression stands: its source, the file's names, and the variables in scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.jenkins.names import Names
from jenkins2gha.jenkins.state import UNKNOWN, Location, State
from jenkins2gha.jenkins.values import Residual, Value
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.source import Source, Span


@dataclass(frozen=True, slots=True)
class Scope:
    """`variables` are Groovy's local ones, by their location in the store of `state`, which says
    what they are worth at this point. `apart` is a call that is read by other means, so that
    nothing in it is looked for; `more` says that something comes behind the `try` or the loop
    around, unless it returns; `trying` that a `catch` around takes exceptions, but no errors of
    Java."""

    source: Source
    names: Names
    state: State
    variables: Mapping[str, int] = field(default_factory=dict)
    apart: ast.Call | None = None
    more: bool = False
    trying: bool = False

    def span(self, node: Node) -> Span:
        return self.source.span(node.start, node.end)

    def value(self, expression: ast.Expression) -> Value:
        """What an expression is worth here; steps in it are run in front."""
        return self.state.file.interpreter.value(expression, self)

    def location(self, name: str) -> Location:
        """Where the variable of this name is: a local one, else that of the script's binding."""
        return self.variables.get(name, name)

    def unknown(self, names: Iterable[str]) -> Scope:
        """The scope with variables of which only the name is known."""
        added = dict.fromkeys(names, UNKNOWN)
        return replace(self, variables={**self.variables, **added}) if added else self

    def declare(self, name: str, value: Value) -> Scope:
        """The scope with one local variable more."""
        location = self.state.file.location()
        self.state.store[location] = value
        return replace(self, variables={**self.variables, name: location})

    def set(self, name: str, value: Value) -> None:
        """Gives a variable another value."""
        location = self.location(name)
        if location != UNKNOWN:
            self.state.store[location] = value

    def forget(self, name: str, span: Span, reason: str = "") -> None:
        """From here on only a run knows what a variable is worth."""
        reason = reason or f"`{name}` is a variable that only a run sets"
        self.set(name, Residual(span, reason))

    def inside(self, closure: ast.Closure) -> Scope:
        """The scope of a closure's body, its parameters unknown."""
        if closure.parameters is None:
            return self if "it" in self.variables else self.unknown(("it",))
        return self.unknown(parameter.name for parameter in closure.parameters)

    def within(self, state: State) -> Scope:
        """The same place on another way."""
        return replace(self, state=state)

    def sealed(self) -> Scope:
        """The same place where nothing can run: steps in expressions stay what they are."""
        if self.state.sealed:
            return self
        state = self.state
        return self.within(State(state.file, state.store, sealed=True))

    def fork(self) -> Scope:
        return self.within(self.state.fork())
