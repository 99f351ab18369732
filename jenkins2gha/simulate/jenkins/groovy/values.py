"""The values of Groovy: their truth, their equality, their text.

null, booleans, integers, Strings, lists and maps are Python's own; BigDecimal is Decimal, Double is
float. Source: groovy 2.4, DefaultTypeTransformation, InvokerHelper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from jenkins2gha.simulate.jenkins.errors import Throwable, Unknown

if TYPE_CHECKING:
    from re import Match, Pattern

    from jenkins2gha.groovy import ast
    from jenkins2gha.simulate.jenkins.groovy.scope import Scope

Value: TypeAlias = object


@dataclass(frozen=True, slots=True)
class GString:
    """A string with interpolation; as a key of a map it differs from a String."""

    text: str


class Range(list[Value]):
    """`first..last`, a list with a text of its own."""

    def __init__(self, values: Iterable[Value], text: str) -> None:
        super().__init__(values)
        self.text = text


class GroovySet(list[Value]):
    """A set that keeps its order."""


@dataclass(eq=False, slots=True)
class Closure:
    """A closure with the variables around it; `delegate` is where it looks for names first."""

    node: ast.Closure
    scope: Scope
    delegate: Value = None


@dataclass(eq=False, slots=True)
class MethodPointer:
    """`object.&method`."""

    target: Value
    name: str


@dataclass(frozen=True, slots=True)
class ClassReference:
    """A class that is named in an expression."""

    name: str

    @property
    def simple(self) -> str:
        return self.name.rpartition(".")[2]


@dataclass(eq=False, slots=True)
class Matcher:
    """What `text =~ pattern` gives."""

    pattern: Pattern[str]
    text: str
    found: Match[str] | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Regex:
    """`~/pattern/`."""

    pattern: Pattern[str]
    source: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """A configuration that a step is given: `string(credentialsId: 'a', variable: 'B')`."""

    name: str
    positional: tuple[Value, ...] = ()
    named: tuple[tuple[str, Value], ...] = ()

    def get(self, name: str) -> Value:
        return dict(self.named).get(name)


class Host:
    """An object of Jenkins: its properties and methods are those of its class."""

    name = "object"

    def get(self, name: str) -> Value:
        raise Unknown(f"the property {name} of {self.name} is not known")

    def set(self, name: str, _: Value) -> None:
        raise Unknown(f"the property {name} of {self.name} cannot be set here")

    def call(self, name: str, _: Arguments) -> Value:
        raise Unknown(f"the method {name} of {self.name} is not known")


class Steps(Host):
    """What is called `this` or `steps`: what steps and methods of the script are called on."""

    name = "steps"


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a call is given; a closure behind the brackets is the last of `positional`."""

    positional: tuple[Value, ...] = ()
    named: dict[str, Value] = field(default_factory=dict)

    def all(self) -> list[Value]:
        """As a method without named parameters sees them: the named ones are a map, first."""
        return [dict(self.named), *self.positional] if self.named else list(self.positional)


def is_text(value: Value) -> bool:
    return isinstance(value, (str, GString))


def is_number(value: Value) -> bool:
    return isinstance(value, (int, Decimal, float)) and not isinstance(value, bool)


def truth(value: Value) -> bool:
    """Groovy's truth of a value."""
    if isinstance(value, GString):
        return bool(value.text)
    if isinstance(value, Matcher):
        return value.pattern.search(value.text) is not None
    if value is None or isinstance(value, (bool, str, int, float, Decimal, list, dict)):
        return bool(value)
    return True


def equals(left: Value, right: Value) -> bool:
    """`left == right`: numbers by their value, texts by their characters."""
    if is_text(left) and is_text(right):
        return to_text(left) == to_text(right)
    if is_number(left) and is_number(right):
        return number(left) == number(right)
    if isinstance(left, GroovySet) and isinstance(right, GroovySet):
        return len(left) == len(right) and all(contains(right, one) for one in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equals, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equals(left[key], right[key]) for key in left)
    if isinstance(left, bool) or isinstance(right, bool) or left is None or right is None:
        return left is right
    if type(left) is not type(right):
        return False
    return left is right or (isinstance(left, (Regex, ClassReference, Symbol)) and left == right)


def contains(values: Iterable[Value], wanted: Value) -> bool:
    """Whether a list holds a value, as Java's equals sees it: a GString is no String there."""
    return any(same(one, wanted) for one in values)


def same(left: Value, right: Value) -> bool:
    """Java's equals: of one type and equal."""
    if is_text(left) or is_text(right) or is_number(left) or is_number(right):
        return type(left) is type(right) and left == right
    return equals(left, right)


def number(value: Value) -> int | Decimal | float:
    """A value that is a number."""
    if isinstance(value, (int, Decimal, float)) and not isinstance(value, bool):
        return value
    raise Unknown(f"a number was expected, not {to_text(value)}")


def integer(value: Value) -> int:
    """A value that is a whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Unknown(f"a whole number was expected, not {to_text(value)}")


def compare(left: Value, right: Value) -> int:
    """`left <=> right`; null comes first."""
    if left is None or right is None:
        return (left is not None) - (right is not None)
    if is_text(left) and is_text(right):
        one, other = to_text(left), to_text(right)
        return (one > other) - (one < other)
    if is_number(left) and is_number(right):
        a, b = number(left), number(right)
        return (a > b) - (a < b)
    if isinstance(left, bool) and isinstance(right, bool):
        return left - right
    raise Unknown("values of these kinds are not compared")


def by_first(left: tuple[Value, object], right: tuple[Value, object]) -> int:
    """Compares pairs by their first values."""
    return compare(left[0], right[0])


def key_of(value: Value) -> Value:
    """A value as the key of a map."""
    if value is None or isinstance(value, (str, GString, ClassReference)) or type(value) is int:
        return value
    raise Unknown("a key of this kind")


def to_text(value: Value) -> str:
    """The text that Groovy makes of a value."""
    if isinstance(value, str):
        return value
    if isinstance(value, GString):
        return value.text
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return str(value)
    if isinstance(value, float):
        return _double(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_inside, value))}]"
    if isinstance(value, dict):
        pairs = (f"{to_text(key)}:{_inside(one)}" for key, one in value.items())
        return f"[{', '.join(pairs) or ':'}]"
    return _object(value)


def _inside(value: Value) -> str:
    """The text of an element; a range keeps its own form there."""
    return value.text if isinstance(value, Range) else to_text(value)


def _object(value: Value) -> str:
    if isinstance(value, Throwable):
        return str(value)
    if isinstance(value, Regex):
        return value.source
    if isinstance(value, Host) and value.name == "Date":
        return "$DATE"
    if isinstance(value, ClassReference):
        return f"class {value.name}"
    if isinstance(value, Symbol):
        given = [to_text(one) for one in value.positional]
        given += [f"{key}: {to_text(one)}" for key, one in value.named]
        return f"@{value.name}({', '.join(given)})"
    raise Unknown(f"the text of an object ({type(value).__name__})")


def _double(value: float) -> str:
    if value and not 1e-3 <= abs(value) < 1e7:
        raise Unknown("the text of a very large or small floating-point number")
    return repr(value)
