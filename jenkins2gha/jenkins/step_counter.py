"""Finds step calls in Groovy, for the account of constructs.

It shares no code with what reads pipelines; see `constructs` for what counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.groovy.walk import children
from jenkins2gha.jenkins.vocabulary import LEAVES, OBJECT_METHODS, kind, plugin_globals
from jenkins2gha.record import dataclass, field

Variables: TypeAlias = frozenset[str]


_Link: TypeAlias = ast.Call | ast.Property | ast.Index


def _is_named(link: _Link) -> bool:
    return not isinstance(link, ast.Index) and isinstance(link.name, ast.StringLiteral)


class StepSite(NamedTuple):
    """A step call; `implied` says that it has no receiver but the script."""

    name: str
    call: ast.Call
    implied: bool


@dataclass(slots=True)
class StepCounter:
    """Visits Groovy and gathers the step calls in it.

    `methods` are those of the file, `assigned` its undeclared variables; `pipeline` is the call
    whose block is no Groovy, so that `on_pipeline` takes it over.
    """

    methods: frozenset[str]
    assigned: frozenset[str]
    pipeline: ast.Call | None
    on_pipeline: Callable[[Variables], None]
    found: list[StepSite] = field(default_factory=list)

    def block(self, statements: Iterable[ast.Statement], variables: Variables) -> None:
        for statement in statements:
            variables = self.visit(statement, variables)

    def visit(
        self,
        node: Node,
        variables: Variables,
        *,
        argument: bool = False,
        statement: bool = False,
    ) -> Variables:
        """Counts below one node; gives the variables that what follows it can see."""
        if type(node) in LEAVES:
            return variables
        if isinstance(node, (ast.Call, ast.Property, ast.Index)):
            self._chain(node, variables, argument=argument, statement=statement)
        elif isinstance(node, ast.Binary):
            self._operands(node, variables, argument=argument)
        elif isinstance(node, ast.Closure):
            names = ("it",) if node.parameters is None else (each.name for each in node.parameters)
            self.block(node.body, variables.union(names))
        elif isinstance(node, ast.ExpressionStatement):
            self.visit(node.value, variables, statement=True)
        elif isinstance(node, ast.Declaration):
            return self._declaration(node, variables)
        elif isinstance(node, (ast.Block, ast.Case)):
            self._statements(node, variables)
        elif isinstance(node, (ast.New, ast.Class)):
            self._class(node, variables)
        elif isinstance(node, (ast.For, ast.ForIn, ast.Catch, ast.Method)):
            self._binder(node, variables)
        else:
            for child in children(node):
                self.visit(child, variables, argument=argument)
        return variables

    def _statements(self, node: ast.Block | ast.Case, variables: Variables) -> None:
        for value in node.values if isinstance(node, ast.Case) else ():
            self.visit(value, variables)
        self.block(node.body, variables)

    def _operands(self, node: ast.Binary, variables: Variables, *, argument: bool) -> None:
        operands: list[ast.Expression] = []
        at: ast.Expression = node
        while isinstance(at, ast.Binary):
            operands.append(at.right)
            at = at.left
        for operand in (at, *reversed(operands)):
            self.visit(operand, variables, argument=argument)

    def _declaration(self, node: ast.Declaration, variables: Variables) -> Variables:
        if node.value is not None:
            self.visit(node.value, variables)
        for variable in node.variables:
            if variable.value is not None:
                self.visit(variable.value, variables)
            variables = variables | {variable.name}
        return variables

    def _binder(
        self, node: ast.For | ast.ForIn | ast.Catch | ast.Method, variables: Variables
    ) -> None:
        parts: tuple[Node | None, ...]
        if isinstance(node, ast.For):
            for first in node.initial:
                variables = self.visit(first, variables)
            parts = (node.condition, *node.update, node.body)
        elif isinstance(node, ast.ForIn):
            self.visit(node.values, variables)
            variables, parts = variables | {node.variable.name}, (node.body,)
        elif isinstance(node, ast.Catch):
            variables, parts = variables | {node.name}, (node.body,)
        else:
            for parameter in node.parameters:
                if parameter.default is not None:
                    self.visit(parameter.default, variables)
            variables, parts = variables.union(each.name for each in node.parameters), (node.body,)
        for part in parts:
            if part is not None:
                self.visit(part, variables)

    def _class(self, node: ast.New | ast.Class, variables: Variables) -> None:
        if isinstance(node, ast.Class):
            self._members(node.members, variables)
            return
        for given in (*node.arguments, *(entry.value for entry in node.named)):
            self.visit(given, variables, argument=True)
        self._members(node.body or (), variables)

    def _members(self, members: Iterable[Node], variables: Variables) -> None:
        outer, self.found = self.found, []
        for member in members:
            self.visit(member, variables)
        own, self.found = self.found, outer
        self.found.extend(each for each in own if not each.implied)

    def _chain(
        self,
        node: _Link,
        variables: Variables,
        *,
        argument: bool,
        statement: bool,
    ) -> None:
        """Counts along a chain of calls and properties, which may be long."""
        if node is self.pipeline:
            self.on_pipeline(variables)
            return
        passed: list[_Link] = []
        at: ast.Expression | None = node
        open_end = True
        while open_end and isinstance(at, (ast.Call, ast.Property, ast.Index)):
            below = at.receiver if isinstance(at, ast.Call) else at.object
            dynamic = bool(passed) and not _is_named(passed[-1])
            plain = not isinstance(below, (ast.Call, ast.Property))
            if isinstance(at, ast.Call) and (plain or dynamic or not passed):
                whole = statement and at is node
                open_end = not self._count(at, variables, argument=argument, statement=whole)
            if open_end:
                passed.append(at)
                at = below
        if open_end and at is not None:
            self.visit(at, variables, argument=argument)
        for link in reversed(passed):
            if isinstance(link, ast.Index):
                for given in link.arguments:
                    self.visit(given, variables, argument=argument)
            elif not _is_named(link):
                self.visit(link.name, variables, argument=argument)
            if isinstance(link, ast.Call):
                self._given(link, variables)

    def _count(
        self, call: ast.Call, variables: Variables, *, argument: bool, statement: bool
    ) -> bool:
        name, links = self._step(call, variables, argument=argument, statement=statement)
        if not name:
            return False
        root = links[0].receiver
        implied = root is None or (isinstance(root, ast.Name) and root.id == "this")
        self.found.append(StepSite(name, call, implied))
        for link in links:
            self._given(link, variables)
        return True

    def _given(self, call: ast.Call, variables: Variables) -> None:
        for given in (*(entry.value for entry in call.named), *call.arguments):
            self.visit(given, variables, argument=True)

    def _step(
        self, call: ast.Call, variables: Variables, *, argument: bool, statement: bool
    ) -> tuple[str, tuple[ast.Call, ...]]:
        receiver, word = call.receiver, call.word
        if receiver is None or (isinstance(receiver, ast.Name) and receiver.id == "this"):
            counts = word is not None and self._is_step(
                word, variables, argument=argument, statement=statement
            )
            return (word, (call,)) if counts and word else ("", ())
        if isinstance(receiver, ast.Name) and receiver.id in ("steps", "script"):
            known = word is not None and kind(word) in ("step", "both")
            return (word, (call,)) if known and word else ("", ())
        return self._on_global(call, variables)

    def _is_step(self, word: str, variables: Variables, *, argument: bool, statement: bool) -> bool:
        if word in variables or word in self.methods:
            return False
        known = kind(word)
        if known == "step":
            return True
        if known == "both":
            return not argument
        if known == "symbol":
            return statement and not argument
        free = word.isidentifier() and word not in OBJECT_METHODS and word not in self.assigned
        return free and not argument

    def _on_global(self, call: ast.Call, variables: Variables) -> tuple[str, tuple[ast.Call, ...]]:
        words: list[str] = []
        links: list[ast.Call] = []
        node: ast.Expression | None = call
        while isinstance(node, (ast.Call, ast.Property)):
            if not isinstance(node.name, ast.StringLiteral):
                return "", ()
            words.append(node.name.value)
            if isinstance(node, ast.Call):
                links.append(node)
            node = node.receiver if isinstance(node, ast.Call) else node.object
        if not isinstance(node, ast.Name) or node.id not in plugin_globals():
            return "", ()
        if node.id in variables or node.id in self.assigned:
            return "", ()
        return ".".join((node.id, *reversed(words))), tuple(reversed(links))
