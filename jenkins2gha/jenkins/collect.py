"""Finds every step call in a piece of Groovy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.groovy.walk import children
from jenkins2gha.jenkins.calls import StepCall, step_call
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.vocabulary import LEAVES

Found: TypeAlias = list[tuple[StepCall, Scope]]
Link: TypeAlias = ast.Call | ast.Property | ast.Index


def collect(node: Node, scope: Scope, *, argument: bool = False, statement: bool = False) -> Found:
    """The step calls in `node` in source order, each with the scope it stands in."""
    found: Found = []
    _visit(node, scope, found, argument=argument, statement=statement)
    return found


def argument_steps(call: StepCall, scope: Scope) -> list[StepCall]:
    """The step calls in the arguments of a call, its block apart."""
    found: Found = []
    _arguments(call, scope, found, body=False)
    return [step for step, _ in found]


def _arguments(call: StepCall, scope: Scope, found: Found, *, body: bool) -> None:
    for link in call.links:
        for entry in link.named:
            if entry.key is not None:
                _visit(entry.key, scope, found, argument=True)
            _visit(entry.value, scope, found, argument=True)
        for given in link.arguments:
            if body or given is not call.body:
                _visit(given, scope, found, argument=True)


def _visit(
    node: Node,
    scope: Scope,
    found: Found,
    *,
    argument: bool = False,
    statement: bool = False,
) -> Scope:
    """Visits one node; gives the scope of what follows it in the same block."""
    if type(node) in LEAVES:
        return scope
    match node:
        case ast.Call() | ast.Property() | ast.Index():
            _call(node, scope, found, argument=argument, statement=statement)
        case ast.Closure():
            _block(node.body, scope.inside(node), found)
        case ast.ExpressionStatement(value=value):
            _visit(value, scope, found, statement=True)
        case ast.Declaration():
            return _declaration(node, scope, found)
        case ast.New() | ast.Class():
            _class(node, scope, found)
        case ast.Block() | ast.Case() | ast.For() | ast.ForIn() | ast.Catch() | ast.Method():
            _binding_statement(node, scope, found)
        case ast.Binary():
            _binary(node, scope, found, argument=argument)
        case _:
            for child in children(node):
                _visit(child, scope, found, argument=argument)
    return scope


def _binary(node: ast.Binary, scope: Scope, found: Found, *, argument: bool) -> None:
    """A row of operators leans to the left and may be long."""
    rights: list[ast.Expression] = []
    left: ast.Expression = node
    while isinstance(left, ast.Binary):
        rights.append(left.right)
        left = left.left
    for operand in (left, *reversed(rights)):
        _visit(operand, scope, found, argument=argument)


def _call(node: Link, scope: Scope, found: Found, *, argument: bool, statement: bool) -> None:
    if node is scope.apart:
        return
    chain: list[Link] = []
    link: ast.Expression | None = node
    while isinstance(link, (ast.Call, ast.Property, ast.Index)):
        if isinstance(link, ast.Call) and _may_be_step(link, chain):
            first = link is node
            step = step_call(link, scope, argument=argument, statement=statement and first)
            if step is not None:
                found.append((step, scope))
                _arguments(step, scope, found, body=True)
                link = None
                break
        chain.append(link)
        link = link.receiver if isinstance(link, ast.Call) else link.object
    if link is not None:
        _visit(link, scope, found, argument=argument)
    for each in reversed(chain):
        _link(each, scope, found, argument=argument)


def _link(link: Link, scope: Scope, found: Found, *, argument: bool) -> None:
    """What a link of a chain holds beside the links before it."""
    if isinstance(link, ast.Index):
        for given in link.arguments:
            _visit(given, scope, found, argument=argument)
        return
    if not isinstance(link.name, ast.StringLiteral):
        _visit(link.name, scope, found, argument=argument)
    if isinstance(link, ast.Call):
        for given in (*(entry.value for entry in link.named), *link.arguments):
            _visit(given, scope, found, argument=True)


def _may_be_step(link: ast.Call, chain: list[Link]) -> bool:
    """Of a chain only the outermost call and the root can be steps, as all have the same root;
    and what stands below a link whose name is not constant."""
    rooted = not isinstance(link.receiver, (ast.Call, ast.Property))
    if rooted or not chain or isinstance(chain[-1], ast.Index):
        return True
    return not isinstance(chain[-1].name, ast.StringLiteral)


def _block(statements: Iterable[ast.Statement], scope: Scope, found: Found) -> None:
    for statement in statements:
        scope = _visit(statement, scope, found)


def _declaration(node: ast.Declaration, scope: Scope, found: Found) -> Scope:
    if node.value is not None:
        _visit(node.value, scope, found)
    for variable in node.variables:
        if variable.value is not None:
            _visit(variable.value, scope, found)
        scope = scope.unknown((variable.name,))
    return scope


_Binding: TypeAlias = ast.Block | ast.Case | ast.For | ast.ForIn | ast.Catch | ast.Method


def _binding_statement(node: _Binding, scope: Scope, found: Found) -> None:
    """Visits a statement that opens a scope of its own."""
    match node:
        case ast.Block():
            _block(node.body, scope, found)
        case ast.Case():
            _all(node.values, scope, found)
            _block(node.body, scope, found)
        case ast.For():
            for first in node.initial:
                scope = _visit(first, scope, found)
            _all((node.condition, *node.update, node.body), scope, found)
        case ast.ForIn():
            _visit(node.values, scope, found)
            _all((node.body,), scope.unknown((node.variable.name,)), found)
        case ast.Catch():
            _visit(node.body, scope.unknown((node.name,)), found)
        case ast.Method():
            _all((parameter.default for parameter in node.parameters), scope, found)
            inner = scope.unknown(parameter.name for parameter in node.parameters)
            _all((node.body,), inner, found)


def _all(nodes: Iterable[Node | None], scope: Scope, found: Found) -> None:
    for node in nodes:
        if node is not None:
            _visit(node, scope, found)


def _class(node: ast.New | ast.Class, scope: Scope, found: Found) -> None:
    if isinstance(node, ast.New):
        for given in (*node.arguments, *(entry.value for entry in node.named)):
            _visit(given, scope, found, argument=True)
    for member in (node.body or ()) if isinstance(node, ast.New) else node.members:
        _class_member(member, scope, found)


def _class_member(member: Node, scope: Scope, found: Found) -> None:
    """In a class a call without receiver reaches the class's own methods and no step."""
    inner: Found = []
    _visit(member, scope, inner)
    found.extend((step, at) for step, at in inner if not _is_own(step.links[0]))


def _is_own(call: ast.Call) -> bool:
    receiver = call.receiver
    return receiver is None or (isinstance(receiver, ast.Name) and receiver.id == "this")
