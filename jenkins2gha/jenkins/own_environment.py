"""Environment that holds in a block alone, and what variables keep of it behind the block.

Groovy makes its texts at once: what it read in the block stays what it was there. A value that
waits for the run would read the name where it is used, so behind the block it must not hold it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from jenkins2gha.jenkins.conditions import as_expr, reads
from jenkins2gha.jenkins.joining import as_text, joined
from jenkins2gha.jenkins.pipeline import Credentials, Option, Step, Variable
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.state import Location
from jenkins2gha.jenkins.values import (
    Concat,
    Constant,
    Described,
    EnvironmentRef,
    Expr,
    ListOf,
    MapOf,
    Residual,
    Symbolic,
    Value,
    text_of,
)
from jenkins2gha.record import dataclass
from jenkins2gha.source import Span


class Binding(NamedTuple):
    """A name with its text in the block; None for a secret and for what a step gives."""

    name: str
    text: Expr | None

    @property
    def is_as_around(self) -> bool:
        """Whether it hands on what its name is worth around the block: `"X=${X}"`."""
        return self.text in (EnvironmentRef(self.name), Concat((EnvironmentRef(self.name),)))


HIDDEN = "it was read from a variable that this block gives another value"
"""Why a variable is not known inside a block; behind it, it is what it was."""


@dataclass(frozen=True, slots=True)
class OwnEnvironment:
    """Of a block that was entered. `hidden` are the variables that read one of its names around it,
    where that has another value: what they are worth inside, and again behind."""

    bindings: tuple[Binding, ...]
    hidden: Mapping[Location, tuple[Residual, Value]]

    @classmethod
    def enter(cls, bindings: Iterable[Binding], scope: Scope, span: Span) -> OwnEnvironment:
        own = cls(tuple(one for one in bindings if one.name and not one.is_as_around), {})
        names, store = own.names, scope.state.store
        inside = Residual(span, HIDDEN)
        hidden = {at: (inside, value) for at, value in store.items() if reads(value, names)}
        store.update(dict.fromkeys(hidden, inside))
        return cls(own.bindings, hidden)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(binding.name for binding in self.bindings)

    def leave(self, scope: Scope) -> None:
        names, store = self.names, scope.state.store
        for at, value in store.items():
            inside, around = self.hidden.get(at, (None, value))
            if value is inside:
                store[at] = around
            elif reads(value, names):
                store[at] = _kept(value, self.bindings)


# --- what a block binds --------------------------------------------------------------------------


def bound_by_step(name: str, arguments: Mapping[str, Value]) -> Iterator[Binding]:
    """What a step sets in its block: the entries of `withEnv`; for others the names that stand in
    their arguments (`string(credentialsId: 'x', variable: 'Y')`), whose values only a run knows."""
    if name == "withEnv":
        given = arguments.get("overrides")
        yield from map(_entry, given.items if isinstance(given, ListOf) else ())
    else:
        yield from (Binding(variable, None) for variable in _named(arguments.items()))


def _entry(entry: Value) -> Binding:
    """`NAME=text`; `PATH+TOOL=folder` puts a folder in front of the others in PATH."""
    text = as_text(entry)
    first, *rest = text.parts if isinstance(text, Concat) else (text,)
    if not isinstance(first, Constant):
        return Binding("", None)
    variable, _, start = str(first.value).partition("=")
    name, plus, _ = variable.partition("+")
    return Binding(name, None if plus else as_expr(joined([Constant(start), *rest], entry.span)))


def _named(arguments: Iterable[tuple[str, Value]]) -> Iterator[str]:
    for key, value in arguments:
        if key == "variable" or key.endswith("Variable"):
            yield text_of(value) or ""
        elif isinstance(value, Described):
            yield from _named(value.arguments.items())
        elif isinstance(value, MapOf):
            yield from _named(value.entries)
        elif isinstance(value, ListOf):
            yield from _named(("", item) for item in value.items)


def bound_by_stage(variables: Iterable[Variable], options: Iterable[Option]) -> Iterator[Binding]:
    """What a stage sets for itself: by options that are steps, and by `environment`."""
    for option in options:
        yield from bound_by_step(option.name, option.arguments)
    for variable in variables:
        value = variable.value
        if isinstance(value, Credentials):
            yield from (Binding(variable.name + part, None) for part in ("", "_USR", "_PSW"))
        elif isinstance(value, Step) or variable.steps:
            yield Binding(variable.name, None)
        else:
            yield Binding(variable.name, as_text(value))


# --- what is kept behind it ----------------------------------------------------------------------


def _kept(value: Value, bindings: Sequence[Binding]) -> Value:
    """A value with the texts of the bindings in place of their names."""
    match value:
        case ListOf(items, span):
            return ListOf(tuple(_kept(item, bindings) for item in items), span)
        case MapOf(entries, span):
            return MapOf(tuple((key, _kept(item, bindings)) for key, item in entries), span)
        case Symbolic(expr, span):
            kept = _text_behind(expr, span, bindings)
            names = frozenset(binding.name for binding in bindings)
            if not reads(kept, names):
                return kept
    return Residual(value.span, "it was read from a variable that only its own block has")


def _text_behind(expr: Expr, span: Span, bindings: Sequence[Binding]) -> Value:
    """A text made anew, from the last binding on: it may read those in front of it."""
    value: Value = Symbolic(expr, span)
    for name, text in reversed(bindings):
        expr = as_expr(value) or expr
        parts = expr.parts if isinstance(expr, Concat) else (expr,)
        if text is not None and EnvironmentRef(name) in parts:
            value = joined([text if part == EnvironmentRef(name) else part for part in parts], span)
    return value
