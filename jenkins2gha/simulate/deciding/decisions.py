"""The decisions of a pipeline: its `when`, `if`, `?:` and `switch`, each with those around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.walk import children, walk
from jenkins2gha.simulate.deciding.terms import Group, Not, Part, Term

_TIMES = frozenset(("beforeAgent", "beforeInput", "beforeOptions"))
_GROUPS = {"allOf": True, "anyOf": False}

Constants = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Decision:
    """A condition, and what must hold for it to be asked at all."""

    term: Term
    around: tuple[Term, ...]


def decisions(module: ast.Module) -> list[Decision]:
    """All of them, those around first."""
    return list(_below(module, (), {}))


def parts(term: Term) -> Iterator[Part]:
    """The parts of a condition."""
    match term:
        case Part():
            yield term
        case Not():
            yield from parts(term.term)
        case Group():
            for one in term.terms:
                yield from parts(one)


def _below(node: ast.Node, around: tuple[Term, ...], constants: Constants) -> Iterator[Decision]:
    match node:
        case ast.If():
            term = _expression(node.condition, constants)
            yield Decision(term, around)
            yield from _below(node.then, (*around, term), constants)
            if node.otherwise is not None:
                yield from _below(node.otherwise, (*around, Not(term)), constants)
        case ast.Ternary():
            term = _expression(node.condition, constants)
            yield Decision(term, around)
            yield from _below(node.then, (*around, term), constants)
            yield from _below(node.otherwise, (*around, Not(term)), constants)
        case ast.Switch():
            yield from _switch(node, around, constants)
        case ast.Call(word="when"):
            return
        case ast.Closure():
            constants = {**constants, **_environment(node)}
            asked = _when(node, constants)
            if asked is not None:
                yield Decision(asked, around)
                around = (*around, asked)
            for statement in node.body:
                yield from _below(statement, around, constants)
        case _:
            for one in children(node):
                yield from _below(one, around, constants)


def _switch(node: ast.Switch, around: tuple[Term, ...], constants: Constants) -> Iterator[Decision]:
    """Each case is a comparison that is asked where none before it held."""
    before: list[Term] = []
    for case in node.cases:
        labels = [
            Part(ast.Binary(one.start, one.end, "==", node.value, one), constants)
            for one in case.values
        ]
        term = Group(tuple(labels), every=False)
        nothing: tuple[Term, ...] = tuple(Not(one) for one in before)
        if labels:
            yield Decision(term, (*around, *nothing))
            before.append(term)
            nothing = (*nothing, term)
        for statement in case.body:
            yield from _below(statement, (*around, *nothing), constants)


def _expression(node: ast.Expression, constants: Constants) -> Term:
    match node:
        case ast.Binary(operator="&&" | "||"):
            sides = (_expression(node.left, constants), _expression(node.right, constants))
            return Group(sides, every=node.operator == "&&")
        case ast.Unary(operator="!"):
            return Not(_expression(node.operand, constants))
    return Part(node, constants)


def _directives(closure: ast.Closure, word: str) -> Iterator[ast.Closure]:
    for statement in closure.body:
        call = statement.value if isinstance(statement, ast.ExpressionStatement) else None
        if isinstance(call, ast.Call) and call.receiver is None and call.word == word:
            last = call.arguments[-1] if call.arguments else None
            if isinstance(last, ast.Closure):
                yield last


def _environment(closure: ast.Closure) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for block in _directives(closure, "environment"):
        for one in walk(block):
            if isinstance(one, ast.Assign) and isinstance(one.target, ast.Name):
                text = one.value
                found[one.target.id] = text.value if isinstance(text, ast.StringLiteral) else None
    return found


def _when(closure: ast.Closure, constants: Constants) -> Term | None:
    terms = [
        term for block in _directives(closure, "when") for term in _conditions(block, constants)
    ]
    return Group(tuple(terms), every=True) if terms else None


def _conditions(block: ast.Closure, constants: Constants) -> Iterator[Term]:
    for statement in block.body:
        call = statement.value if isinstance(statement, ast.ExpressionStatement) else None
        if isinstance(call, ast.Call) and call.word not in _TIMES:
            yield _condition(call, constants)


def _condition(call: ast.Call, constants: Constants) -> Term:
    last = call.arguments[-1] if call.arguments else None
    if not isinstance(last, ast.Closure):
        return Part(call, constants)
    if call.word == "expression":
        value = _value(last.body)
        return _expression(value, constants) if value is not None else Part(call, constants)
    inside = tuple(_conditions(last, constants))
    if call.word == "not" and len(inside) == 1:
        return Not(inside[0])
    return Group(inside, every=_GROUPS.get(call.word or "", True))


def _value(body: Sequence[ast.Statement]) -> ast.Expression | None:
    """What a block that is one expression gives."""
    if len(body) != 1:
        return None
    only = body[0]
    if isinstance(only, ast.Return):
        return only.value
    return only.value if isinstance(only, ast.ExpressionStatement) else None
