"""Where an expression stands: its source, the file's names, and the variables in scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.jenkins.names import Names
from jenkins2gha.jenkins.values import Value
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.source import Source, Span


@dataclass(frozen=True, slots=True)
class Scope:
    """`variables` are Groovy's local ones, with their value where it is a constant and None where
    not; `globals` the constants among the undeclared ones, which live in the script's binding.
    `apart` is a call that is read by other means, so that nothing in it is looked for."""

    source: Source
    names: Names
    variables: Mapping[str, Value | None]
    globals: Mapping[str, Value] = field(default_factory=dict)
    apart: ast.Call | None = None

    def span(self, node: Node) -> Span:
        return self.source.span(node.start, node.end)

    def unknown(self, names: Iterable[str]) -> Scope:
        """The scope with variables of which only the name is known."""
        return self.bind(dict.fromkeys(names))

    def bind(self, variables: Mapping[str, Value | None]) -> Scope:
        return replace(self, variables={**self.variables, **variables}) if variables else self

    def inside(self, closure: ast.Closure) -> Scope:
        """The scope of a closure's body."""
        if closure.parameters is None:
            return self if "it" in self.variables else self.unknown(("it",))
        return self.unknown(parameter.name for parameter in closure.parameters)
