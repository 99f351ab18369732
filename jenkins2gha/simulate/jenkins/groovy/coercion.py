"""Types: assignment to a typed variable, casts, membership of a case."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.errors import Throwable, Unknown, known_throwable, thrown
from jenkins2gha.simulate.jenkins.groovy.values import (
    ClassReference,
    Closure,
    GroovySet,
    GString,
    Matcher,
    MethodPointer,
    Range,
    Regex,
    Value,
    contains,
    equals,
    is_text,
    to_text,
    truth,
)

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter

_WHOLE: Final = frozenset("int Integer long Long short byte BigInteger".split())
_REAL: Final = frozenset("double Double float Float".split())
_ZERO: Final[dict[str, Value]] = {"boolean": False, "double": 0.0, "float": 0.0}
_KINDS: Final[dict[str, tuple[type, ...]]] = {
    "String": (str,),
    "GString": (GString,),
    "CharSequence": (str, GString),
    "Integer": (int,),
    "Number": (int, Decimal, float),
    "BigDecimal": (Decimal,),
    "Double": (float,),
    "Boolean": (bool,),
    "List": (list,),
    "ArrayList": (list,),
    "Collection": (list,),
    "Iterable": (list,),
    "Set": (GroovySet,),
    "Map": (dict,),
    "LinkedHashMap": (dict,),
    "HashMap": (dict,),
    "Closure": (Closure, MethodPointer),
}


def initial(kind: ast.TypeName | None) -> Value:
    """What a variable holds that is given nothing."""
    name = kind.name if kind and not kind.dimensions else ""
    return 0 if name in ("int", "long", "short", "byte") else _ZERO.get(name)


def assigned(kind: ast.TypeName | None, value: Value) -> Value:
    """A value as a variable of that type takes it."""
    if kind is None or kind.dimensions:
        return value
    name = kind.name.rpartition(".")[2]
    if name == "String" and value is not None:
        return to_text(value)
    if name in ("boolean", "Boolean") and not (name == "Boolean" and value is None):
        return truth(value)
    if name in _WHOLE and isinstance(value, (Decimal, float)):
        return int(value)
    if name in _REAL and isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return float(value)
    if name in _WHOLE and is_text(value):
        if len(to_text(value)) == 1:
            return ord(to_text(value))
        raise thrown("GroovyCastException", f"Cannot cast object '{to_text(value)}' to int")
    if name in ("Set", "HashSet", "LinkedHashSet") and type(value) is list:
        return distinct(value)
    return value


def cast(kind: ast.TypeName, value: Value, *, coercion: bool) -> Value:
    """`(Type) value`, or `value as Type`."""
    name = kind.name.rpartition(".")[2]
    if kind.dimensions:
        if name == "String" and isinstance(value, list):
            return [None if one is None else to_text(one) for one in value]
        return value
    if name == "String":
        return None if value is None else to_text(value)
    if name in _WHOLE:
        return _whole(value, coercion=coercion)
    if name in ("BigDecimal", *_REAL):
        return _real(name, value)
    if name in ("boolean", "Boolean"):
        return truth(value)
    if name in ("Set", "LinkedHashSet"):
        return distinct(items(value))
    if name in ("List", "ArrayList", "Collection"):
        return list(items(value)) if isinstance(value, (list, dict)) else _refuse(kind)
    if name in ("Map", "Object", "def", "Closure", "GString"):
        return value
    return _refuse(kind)


def _refuse(kind: ast.TypeName) -> Value:
    raise Unknown(f"a cast to {kind.name}")


def _whole(value: Value, *, coercion: bool) -> Value:
    if value is None:
        return None
    if is_text(value):
        if not coercion:
            raise thrown("GroovyCastException", f"Cannot cast object '{to_text(value)}' to int")
        return parse_int(to_text(value))
    if isinstance(value, (int, Decimal, float)) and not isinstance(value, bool):
        return int(value)
    raise Unknown("a cast of this value to a whole number")


def _real(name: str, value: Value) -> Value:
    if value is None:
        return None
    if is_text(value) or (isinstance(value, (int, Decimal, float)) and not isinstance(value, bool)):
        try:
            found = Decimal(to_text(value))
        except ArithmeticError:
            raise thrown("NumberFormatException") from None
        return found if name == "BigDecimal" else float(found)
    raise Unknown("a cast of this value to a number")


def parse_int(text: str) -> int:
    """Integer.parseInt."""
    digits = text[1:] if text[:1] in "+-" else text
    if not (digits.isascii() and digits.isdigit()):
        raise thrown("NumberFormatException", f'For input string: "{text}"')
    return int(text)


def distinct(values: Iterable[Value]) -> GroovySet:
    """The values of a set."""
    found = GroovySet()
    for one in values:
        if not contains(found, one):
            found.append(one)
    return found


class Entry:
    """An entry of a map."""

    __slots__ = ("key", "value")

    def __init__(self, key: Value, value: Value) -> None:
        self.key = key
        self.value = value


def items(value: Value) -> list[Value]:
    """What a loop goes through: copied, so that a body may change the collection."""
    if value is None:
        return []
    if isinstance(value, list):
        return list(value)
    if isinstance(value, dict):
        return [Entry(key, one) for key, one in value.items()]
    if is_text(value):
        return list(to_text(value))
    raise Unknown("a loop over this value")


def is_instance(kind: str, value: Value) -> bool:
    """`value instanceof Type`."""
    name = kind.rpartition(".")[2]
    if name == "Object":
        return value is not None
    if isinstance(value, Throwable) or known_throwable(name):
        return isinstance(value, Throwable) and known_throwable(name) and value.is_a(name)
    if name not in _KINDS:
        raise Unknown(f"the class {kind} is not known")
    if isinstance(value, bool) and name in ("Integer", "Number"):
        return False
    if name == "ArrayList" and isinstance(value, (Range, GroovySet)):
        return False
    if name == "List" and isinstance(value, GroovySet):
        return False
    return isinstance(value, _KINDS[name])


def is_case(interpreter: Interpreter, label: Value, value: Value) -> bool:
    """Whether a `case` takes a value; `value in label` asks the same.

    Source: groovy 2.4, DefaultGroovyMethods.isCase.
    """
    if label is None:
        return value is None
    if isinstance(label, ClassReference):
        return is_instance(label.name, value)
    if isinstance(label, Closure):
        return truth(interpreter.call(label, value))
    if isinstance(label, Regex):
        return value is not None and label.pattern.fullmatch(to_text(value)) is not None
    if isinstance(label, list):
        return contains(label, value)
    if isinstance(label, dict):
        return value in label and truth(label[value])
    if isinstance(label, Matcher):
        raise Unknown("a matcher as a case")
    if is_text(label):
        return value is not None and to_text(label) == to_text(value)
    return equals(label, value)
