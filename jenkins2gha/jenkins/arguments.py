"""Binds the arguments of a step call to the parameters of its signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.calls import StepCall, held_image
from jenkins2gha.jenkins.evaluate import map_entries
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.values import Described, MapOf, Residual, Value
from jenkins2gha.jenkins.vocabulary import kind, signature
from jenkins2gha.record import dataclass, field


@dataclass(slots=True)
class Bound:
    """The step's own name, what its parameters are bound to, and what could not be bound."""

    name: str
    known: bool
    arguments: dict[str, Value] = field(default_factory=dict)
    positional: list[Value] = field(default_factory=list)


def bind(found: StepCall, scope: Scope) -> Bound:
    """Binds what the calls of a step's chain give to the signatures of its links."""
    if len(found.links) == 1 and "." not in found.name:
        return _bind_step(found.name, found.last, scope)
    path = found.name.split(".")
    words = [link.word or "" for link in found.links]
    bound = Bound(found.name, signature(found.name) is not None)
    owner = found.links[0].receiver
    held = held_image(owner, scope) if isinstance(owner, ast.Name) else None
    if held is not None:
        bound.arguments.update(held.arguments)
    at = 0
    for link, word in zip(found.links, words, strict=True):
        at = path.index(word, at + 1)
        known = signature(".".join(path[: at + 1]))
        _bind_call(link, known[1] if known else {}, bound, scope)
    return bound


def _bind_step(word: str, call: ast.Call, scope: Scope) -> Bound:
    known = signature(word) if kind(word) != "symbol" else None
    name, row = known or (word, {})
    bound = Bound(name, known is not None)
    _bind_call(call, row, bound, scope)
    if name in ("step", "wrap"):
        return _unwrapped(bound)
    return bound


def _bind_call(call: ast.Call, row: Mapping[str, Any], bound: Bound, scope: Scope) -> None:
    given = [argument for argument in call.arguments if not isinstance(argument, ast.Closure)]
    named = tuple(entry for entry in call.named if not isinstance(entry.value, ast.Closure))
    told = [entry for entry in named if _word_of(entry) in row.get("tells", ())]
    bound.arguments.update({_word_of(entry): _told(entry.value, scope) for entry in told})
    entries = map_entries(tuple(entry for entry in named if entry not in told), scope)
    if entries is None:
        bound.positional.append(Residual(scope.span(call), "an argument's name is not constant"))
    else:
        bound.arguments.update(entries)
    if len(given) == 1 and not call.named and _spread(given[0], row, bound, scope):
        return
    order = list(row.get("positional", ()))
    for argument in given:
        name = order.pop(0) if order and order[0] not in bound.arguments else ""
        value = _told(argument, scope) if name in row.get("tells", ()) else scope.value(argument)
        if name:
            bound.arguments[name] = value
        else:
            bound.positional.append(value)
    _unwrap(row, bound)


def _word_of(entry: ast.MapEntry) -> str:
    return entry.key.value if isinstance(entry.key, ast.StringLiteral) else ""


def _told(node: ast.Expression, scope: Scope) -> Value:
    """The value of words that only people read."""
    with scope.state.asking("words"):
        return scope.state.file.interpreter.asked(node, scope, "value")


def _spread(given: ast.Expression, row: Mapping[str, Any], bound: Bound, scope: Scope) -> bool:
    """`sh([script: 'x'])` gives its arguments by name, as Jenkins' DSL reads a map."""
    if not isinstance(given, ast.MapLiteral):
        return False
    entries = map_entries(given.entries, scope)
    parameters = row.get("parameters", {})
    if not entries or not all(key in parameters for key, _ in entries):
        return False
    bound.arguments.update(entries)
    return True


def _unwrap(row: Mapping[str, Any], bound: Bound) -> None:
    target = row.get("unwrap")
    value = bound.arguments.get(target) if target else None
    if isinstance(value, MapOf):
        fields: Mapping[str, Value] = dict(value.entries)
    elif isinstance(value, Described):
        fields = value.arguments
    else:
        return
    del bound.arguments[str(target)]
    bound.arguments.update(fields)


def _unwrapped(bound: Bound) -> Bound:
    """The step that the object inside `step([$class: 'X'])` or `wrap(…)` is known as."""
    delegate = bound.arguments.get("delegate")
    if isinstance(delegate, Described) and len(bound.arguments) == 1 and not bound.positional:
        inner = signature(delegate.symbol)
        if inner is not None and inner[1].get("kind", "step") != "symbol":
            arguments = dict(delegate.arguments)
            return Bound(inner[0], known=True, arguments=arguments)
    return bound
