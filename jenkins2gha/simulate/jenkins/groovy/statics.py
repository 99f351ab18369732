"""Static methods of Java's classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from jenkins2gha.simulate.jenkins.errors import Unknown
from jenkins2gha.simulate.jenkins.groovy import coercion, formatting, objects
from jenkins2gha.simulate.jenkins.groovy.regexes import compiled
from jenkins2gha.simulate.jenkins.groovy.values import (
    Arguments,
    ClassReference,
    Regex,
    Value,
    equals,
    number,
    to_text,
)


def call(kind: ClassReference, name: str, given: Arguments) -> Value:
    """`Class.name(given)`."""
    if kind.name.startswith("hudson.model.Result.") and name == "toString":
        return kind.simple
    known = _METHODS.get((kind.simple, name))
    if known is None:
        raise Unknown(f"{kind.name}.{name}()")
    return known(*given.positional)


def _parse(value: Value) -> Value:
    return value if isinstance(value, int) else coercion.parse_int(to_text(value))


def _boolean(value: Value) -> Value:
    return to_text(value).lower() == "true"


def _join(separator: Value, *parts: Value) -> Value:
    whole = parts[0] if len(parts) == 1 else list(parts)
    return to_text(separator).join(map(to_text, coercion.items(whole)))


def _pattern(source: Value) -> Value:
    return Regex(compiled(to_text(source)), to_text(source))


_SOME_UUID: Final = "6ba7b810-9dad-41d1-80b4-00c04fd430c8"

_METHODS: Final[dict[tuple[str, str], Callable[..., Value]]] = {
    ("Integer", "parseInt"): _parse,
    ("Integer", "valueOf"): _parse,
    ("Long", "parseLong"): _parse,
    ("Long", "valueOf"): _parse,
    ("String", "valueOf"): to_text,
    ("String", "format"): lambda text, *values: formatting.formatted(to_text(text), values),
    ("String", "join"): _join,
    ("Boolean", "parseBoolean"): _boolean,
    ("Boolean", "valueOf"): _boolean,
    ("Math", "max"): lambda one, other: max(number(one), number(other)),
    ("Math", "min"): lambda one, other: min(number(one), number(other)),
    ("Math", "abs"): lambda one: abs(number(one)),
    ("Objects", "equals"): equals,
    ("UUID", "randomUUID"): lambda: _SOME_UUID,
    ("Arrays", "asList"): lambda *values: list(values),
    ("Collections", "emptyList"): list,
    ("Collections", "emptyMap"): dict,
    ("JsonOutput", "toJson"): objects.written,
    ("TimeZone", "getTimeZone"): lambda name: ClassReference(f"java.util.TimeZone.{name}"),
    ("Pattern", "compile"): _pattern,
    ("Pattern", "quote"): lambda text: f"\\Q{to_text(text)}\\E",
    ("Result", "fromString"): lambda text: ClassReference(f"hudson.model.Result.{to_text(text)}"),
}
