"""Names, properties and elements: `x`, `env.X`, `params['X']`, `currentBuild.result`, `list[0]`."""

from __future__ import annotations

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.build import build_property
from jenkins2gha.jenkins.conditions import PERHAPS
from jenkins2gha.jenkins.joining import CAUGHT
from jenkins2gha.jenkins.lists import size_of
from jenkins2gha.jenkins.picking import element
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import NotEvaluatedError
from jenkins2gha.jenkins.terms import PARTS, picked, term
from jenkins2gha.jenkins.values import (
    FROM_LIBRARY,
    BuildFact,
    ClosureOf,
    Described,
    EnvironmentRef,
    Known,
    ListOf,
    MapOf,
    ParameterRef,
    Perhaps,
    Residual,
    Symbolic,
    Value,
    is_given,
    text_of,
)
from jenkins2gha.jenkins.vocabulary import is_defined_by_jenkins, may_come_from_outside
from jenkins2gha.source import Span

_SAYS = ("message", "localizedMessage")
"""What an error is asked for."""

_LONGEST = 100
"""A chain of more links is no value that anyone wrote by hand."""


def is_long(node: ast.Expression | None) -> bool:
    """Whether a chain of calls, properties and elements has too many links to be followed."""
    links = 0
    while isinstance(node, (ast.Property, ast.Call, ast.Index)) and links <= _LONGEST:
        node = node.receiver if isinstance(node, ast.Call) else node.object
        links += 1
    return links > _LONGEST


def name(node: ast.Name, scope: Scope) -> Value:
    """What a bare name stands for."""
    word, span = node.id, scope.span(node)
    location = scope.location(word)
    held = scope.state.store.get(location)
    if held is not None:
        return held if not isinstance(held, Residual) else Residual(span, held.reason)
    if word in scope.variables:
        return Residual(span, f"`{word}` is a variable that only a run sets")
    if word == "scm":
        return Described("scm", {}, span)
    if word in scope.names.environment or is_defined_by_jenkins(word):
        return _environment(word, scope, span)
    if word in scope.names.assigned:
        return Residual(span, f"`{word}` is a variable that only a run sets")
    if word in scope.names.declared:
        return Residual(span, f"`{word}` is declared in another block")
    if may_come_from_outside(word):
        return _environment(word, scope, span)
    if word in scope.names.classes | scope.names.platform | CLASSES:
        return Residual(span, f"`{word}` is a class or a package, which only Groovy has")
    return Residual(span, f"nothing in this file defines `{word}`")


def is_nobodys(word: str, scope: Scope) -> bool:
    """Whether neither the file nor Jenkins has a variable of this name: a library may."""
    names = scope.names
    own = names.assigned.keys() | names.declared | names.environment | names.parameters
    return (
        word not in scope.variables
        and word not in own | names.classes | names.platform | CLASSES
        and scope.state.store.get(word) is None
        and not is_defined_by_jenkins(word)
        and word not in GLOBALS
    )


GLOBALS = frozenset(
    "env params currentBuild scm docker Artifactory pullRequest openshift steps script this "
    "binding System manager Jenkins Hudson".split()
)
"""Variables of the script that Jenkins and plugins give."""


CLASSES = frozenset(
    """
    groovy groovyx hudson java javax jenkins
    Arrays BigDecimal BigInteger Boolean Byte Calendar Character Class Collection Collections Date
    Double Exception File Float HashMap HashSet InetAddress Integer Iterator LinkedHashMap
    LinkedList List Locale Long Map Math Number Object Objects Optional Process ProcessBuilder
    Properties Random RuntimeException Runtime Scanner Set Short String StringBuilder StringBuffer
    Thread Throwable TimeZone TreeMap URI URL URLDecoder URLEncoder UUID
    """.split()
)
"""Packages of the platform, and classes of Java and Groovy that a script has without an import.
https://groovy-lang.org/structure.html#_default_imports
"""


def _environment(name: str, scope: Scope, span: Span) -> Symbolic:
    scope.state.file.read.add(name)
    return Symbolic(EnvironmentRef(name), span)


def property_(node: ast.Property, scope: Scope) -> Value:
    """`object.name`."""
    span = scope.span(node)
    if is_long(node):
        return Residual(span, "it is a very long chain")
    key = _key(node.name, scope)
    if key is None or node.kind not in (".", "?.", "*."):
        return Residual(span, "it reads a property that only a run knows")
    if node.kind == "*.":
        owner = scope.value(node.object)
        if not isinstance(owner, ListOf):
            return Residual(span, "it reads the properties of a list that only a run knows")
        return ListOf(tuple(_of_value(item, key, node, scope) for item in owner.items), span)
    return member(node, node.object, key, scope)


def _key(name: ast.Expression, scope: Scope) -> str | None:
    if isinstance(name, ast.StringLiteral):
        return name.value
    return text_of(scope.value(name)) if isinstance(name, ast.GString) else None


def index(node: ast.Index, scope: Scope) -> Value:
    """`object[key]`."""
    span = scope.span(node)
    if is_long(node):
        return Residual(span, "it is a very long chain")
    if len(node.arguments) == 1:
        if isinstance(node.object, ast.Name) and node.object.id in ("env", "params"):
            key = text_of(scope.value(node.arguments[0]))
            if key is not None:
                return member(node, node.object, key, scope)
        part = part_of(node.object, scope.value(node.arguments[0]), scope, span)
        found = part or element(scope.value(node.object), scope.value(node.arguments[0]))
        if found is not None:
            return found
    return Residual(span, "it picks an element that only a run knows")


def part_of(receiver: ast.Expression, at: Value, scope: Scope, span: Span) -> Value | None:
    """The part `at` of `text.split(…)` for a text that only a run knows; None for all else."""
    if not isinstance(receiver, ast.Call) or receiver.receiver is None:
        return None
    if receiver.word not in PARTS or receiver.named:
        return None
    before = len(scope.state.items)
    text = scope.value(receiver.receiver)
    arguments = [scope.value(argument) for argument in receiver.arguments]
    found = None
    if isinstance(text, Symbolic) and not is_given(text):
        found = picked(text.expr, receiver.word, arguments, at, span)
    if found is None and len(scope.state.items) > before:
        raise NotEvaluatedError("it takes a part of what a step gives")
    return found


def member(node: ast.Expression, owner: ast.Expression, key: str, scope: Scope) -> Value:
    """The property `key` of an object."""
    span = scope.span(node)
    if isinstance(owner, ast.Name) and owner.id not in scope.variables:
        if owner.id == "params":
            scope.state.file.read.add(key)
            return Symbolic(ParameterRef(key), span)
        if owner.id == "env":
            return _environment(key, scope, span)
        if owner.id == "scm":
            return Described(f"scm.{key}", {}, span)
    fact = build_property(owner, key, scope, span)
    if fact is not None:
        return fact
    if isinstance(owner, ast.Name) and owner.id in ("this", "script", "binding"):
        return name(ast.Name(node.start, node.end, key), scope)
    if isinstance(owner, ast.Name) and is_nobodys(owner.id, scope):
        return Residual(span, f"`{owner.id}.{key}` {FROM_LIBRARY}")
    return _of_value(scope.value(owner), key, node, scope)


def _of_value(value: Value, key: str, node: ast.Expression, scope: Scope) -> Value:
    span = scope.span(node)
    match value:
        case MapOf():
            found = value.get(key) or Known(None, span)
            return Residual(span, PERHAPS) if isinstance(found, Perhaps) else found
        case ListOf(items=items) if not isinstance(node, ast.Property) or node.kind != "*.":
            return ListOf(tuple(_of_value(item, key, node, scope) for item in items), span)
        case Known() | ListOf() if key in ("size", "length"):
            return size_of(value, span)
        case Known(value=str() as text) if key == "empty":
            return Known(not text, span)
        case Symbolic(expr) if key == "empty" and not is_given(value):
            return term(expr, "isEmpty", (), span) or Residual(span, "it is no text")
        case Described(symbol="checkout"):
            return Symbolic(EnvironmentRef(key), span)
        case Described(symbol=symbol) if symbol == CAUGHT and key in _SAYS:
            return Symbolic(BuildFact("error"), span)
        case Residual(reason=reason):
            return Residual(span, reason)
        case ClosureOf():
            return Residual(span, "it reads a property of a closure")
    return Residual(span, f"it reads the property `{key}` of an object")
