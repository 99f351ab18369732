"""Holds what became of the steps in a piece of Groovy against the steps that are in it."""

from __future__ import annotations

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.jenkins.collect import Found, collect
from jenkins2gha.jenkins.pipeline import Groovy, Step
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.sites import steps_of
from jenkins2gha.jenkins.state import NotEvaluatedError
from jenkins2gha.jenkins.values import Value
from jenkins2gha.record import dataclass


@dataclass(frozen=True, slots=True)
class Accounts:
    """How many steps a state knew at one moment, to see which are new."""

    items: int
    noted: int
    never: int

    @classmethod
    def of(cls, scope: Scope) -> Accounts:
        state = scope.state
        return cls(len(state.items), len(state.noted), len(state.file.never))

    def settle(self, node: Node, scope: Scope, *, statement: bool = False) -> None:
        """Raises NotEvaluatedError where a step in `node` is not among the new ones."""
        self._settle(collect(node, scope, statement=statement), scope)

    def settle_argument(self, node: Node, scope: Scope) -> None:
        """The same for what stands in the arguments of a call."""
        self._settle(collect(node, scope, argument=True), scope)

    def _settle(self, sites: Found, scope: Scope) -> None:
        if not sites:
            return
        state = scope.state
        new: list[Step | Groovy] = list(steps_of(state.items[self.items :]))
        new += state.noted[self.noted :]
        new += state.file.never[self.never :]
        known = {step.span.start for step in new}
        for found, _ in sites:
            if found.last.start not in known and not _is_held(found.last, scope):
                raise NotEvaluatedError(f"it takes the result of `{found.name}`")


def _is_held(call: ast.Call, scope: Scope) -> bool:
    """Whether a step stands in a block that is a value: it runs where the block is called."""
    held = scope.state.file.held
    return any(start <= call.start < end for start, end in held.items())


def checked(node: ast.Expression, scope: Scope) -> Value:
    """The value of an expression all of whose steps are accounted for: run, noted, or never run.

    Raises NotEvaluatedError for a step of which nothing became.
    """
    before = Accounts.of(scope)
    value = scope.value(node)
    before.settle(node, scope)
    return value
