"""Gathers what Jenkins' validation would reject."""

from __future__ import annotations

from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.groovy.node import Node
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import State
from jenkins2gha.record import dataclass, field
from jenkins2gha.rules import diagnose


@dataclass(frozen=True, slots=True)
class Reader:
    """What every section is read with: the scope it stands in, and the list of problems.

    `before` is what was known in front of the stage or pipeline whose `post` is read.
    """

    scope: Scope
    problems: list[Diagnostic] = field(default_factory=list)
    before: State | None = None

    def reject(self, rule: str, node: Node, message: str, hint: str | None = None) -> None:
        """Notes an error at the first line of `node`."""
        self.problems.append(diagnose(rule, self.scope.span(node), message, hint=hint))
