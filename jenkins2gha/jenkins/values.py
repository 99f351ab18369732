"""What an argument is worth before the pipeline runs, and a small language for what it is not."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from jenkins2gha.record import dataclass
from jenkins2gha.source import Span

Scalar: TypeAlias = str | int | Decimal | bool | None


# --- expressions over what only a run knows ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Constant:
    value: Scalar


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """`params.NAME`."""

    name: str


@dataclass(frozen=True, slots=True)
class EnvironmentRef:
    """`env.NAME`, or a bare `NAME` that is no Groovy variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Concat:
    """The texts of its parts, one after the other: what a GString makes."""

    parts: tuple[Expr, ...]


Expr: TypeAlias = Constant | ParameterRef | EnvironmentRef | Concat


# --- values --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """A constant. For text, `span` is the literal's, its quotes included."""

    value: Scalar
    span: Span


@dataclass(frozen=True, slots=True)
class Symbolic:
    """A value that the run decides, in terms that a workflow can compute."""

    expr: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Residual:
    """Groovy that was not evaluated. `reason` ends the sentence "`…` is not translated: "."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class ListOf:
    items: tuple[Value, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class MapOf:
    entries: tuple[tuple[str, Value], ...]
    span: Span

    def get(self, key: str) -> Value | None:
        return next((value for name, value in self.entries if name == key), None)


@dataclass(frozen=True, slots=True)
class Described:
    """An object that a plugin builds: `string(credentialsId: 'x', variable: 'Y')`, or the long form
    `[$class: 'StringBinding', …]`; `symbol` is `string` or `StringBinding` (the last part of a
    qualified class name)."""

    symbol: str
    arguments: Mapping[str, Value]
    span: Span


Value: TypeAlias = Known | Symbolic | Residual | ListOf | MapOf | Described


def text_of(value: Value | None) -> str | None:
    """The text of a known string, number or boolean as Groovy prints it; None for all else."""
    if not isinstance(value, Known) or value.value is None:
        return None
    if isinstance(value.value, bool):
        return "true" if value.value else "false"
    return str(value.value)


def flag_of(value: Value | None, *, default: bool = False) -> bool | None:
    """A known boolean; `default` where no value was given; None where it is not known."""
    if value is None:
        return default
    if isinstance(value, Known) and isinstance(value.value, bool):
        return value.value
    return None


def is_settled(value: Value | None) -> bool:
    """Whether nothing in the value is Residual."""
    match value:
        case None | Residual():
            return False
        case ListOf(items=items):
            return all(map(is_settled, items))
        case MapOf(entries=entries):
            return all(is_settled(item) for _, item in entries)
        case Described(arguments=arguments):
            return all(map(is_settled, arguments.values()))
    return True
