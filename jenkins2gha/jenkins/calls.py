"""Tells the calls of steps from all other calls."""

from __future__ import annotations

from typing import NamedTuple

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.values import Described
from jenkins2gha.jenkins.vocabulary import OBJECT_METHODS, kind, plugin_globals

IMAGE = "docker.image"
"""The symbol of an image that a variable holds, and what the names of its steps begin with."""


class StepCall(NamedTuple):
    """A step call: its dotted name, and the calls of its chain, first one first."""

    name: str
    links: tuple[ast.Call, ...]

    @property
    def last(self) -> ast.Call:
        return self.links[-1]

    @property
    def body(self) -> ast.Closure | None:
        """The block that the call ends with."""
        arguments = self.last.arguments
        return arguments[-1] if arguments and isinstance(arguments[-1], ast.Closure) else None


def step_call(
    call: ast.Call, scope: Scope, *, argument: bool = False, statement: bool = False
) -> StepCall | None:
    """The step that `call` calls, or None.

    `argument` says that the call stands in the arguments of another one, where an object that a
    plugin builds is no step; `statement` that it is a whole statement.
    """
    receiver, word = call.receiver, call.word
    if receiver is None or (isinstance(receiver, ast.Name) and receiver.id == "this"):
        if word is None or not _is_step(word, scope, argument=argument, statement=statement):
            return None
        return StepCall(word, (call,))
    if isinstance(receiver, ast.Name) and receiver.id in ("steps", "script"):
        known = word is not None and kind(word) in ("step", "both")
        return StepCall(word, (call,)) if known and word else None
    return _global_call(call, scope)


def _is_step(word: str, scope: Scope, *, argument: bool, statement: bool) -> bool:
    if word in scope.variables or word in scope.names.methods:
        return False
    known = kind(word)
    if known is None:
        taken = word in OBJECT_METHODS or word in scope.names.assigned
        return not argument and not taken and word.isidentifier()
    if known == "symbol":
        return statement and not argument
    return known == "step" or not argument


def held_image(name: ast.Name, scope: Scope) -> Described | None:
    """The image that a variable holds: what `docker.build` and `docker.image` give."""
    held = scope.state.store.get(scope.location(name.id))
    return held if isinstance(held, Described) and held.symbol == IMAGE else None


def _global_call(call: ast.Call, scope: Scope) -> StepCall | None:
    links: list[ast.Call] = []
    words: list[str] = []
    node: ast.Expression | None = call
    while isinstance(node, (ast.Call, ast.Property)):
        if not isinstance(node.name, ast.StringLiteral):
            return None
        words.append(node.name.value)
        if isinstance(node, ast.Call):
            links.append(node)
            node = node.receiver
        else:
            node = node.object
    if isinstance(node, ast.Name) and words and held_image(node, scope):
        return StepCall(".".join((IMAGE, *reversed(words))), tuple(reversed(links)))
    if not isinstance(node, ast.Name) or node.id not in plugin_globals():
        return None
    if node.id in scope.variables or node.id in scope.names.assigned:
        return None
    return StepCall(".".join((node.id, *reversed(words))), tuple(reversed(links)))
