"""The variables of a piece of Groovy."""

from __future__ import annotations

from jenkins2gha.simulate.jenkins.groovy.values import Value


class Scope:
    """The local variables of a block, and those around it; `delegate` is that of a closure."""

    __slots__ = ("delegate", "parent", "variables")
    safe = True  # whether `?.` is more than `.` here

    def __init__(self, parent: Scope | None = None, delegate: Value = None) -> None:
        self.parent = parent
        self.variables: dict[str, Value] = {}
        self.delegate = delegate

    def holder(self, name: str) -> Scope | None:
        """The innermost scope that declares a name."""
        scope: Scope | None = self
        while scope is not None and name not in scope.variables:
            scope = scope.parent
        return scope

    def callee(self, name: str) -> Scope | None:
        """The scope whose variable a call of that name calls."""
        return self.holder(name)

    def declare(self, name: str, value: Value) -> None:
        self.variables[name] = value

    def delegates(self) -> list[Value]:
        """The delegates of the closures around, the innermost first."""
        found, scope = [], self
        while True:
            if scope.delegate is not None:
                found.append(scope.delegate)
            if scope.parent is None:
                return found
            scope = scope.parent


class Jump(Exception):
    """Leaves a piece of Groovy early."""


class Returned(Jump):
    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


class Broken(Jump):
    def __init__(self, label: str | None) -> None:
        super().__init__()
        self.label = label


class Continued(Broken):
    pass
