"""The values of expressions: how they are compared, converted and shown.

Source: actions/runner, `Expressions/EvaluationResult.cs`, `Expressions/Sdk/ExpressionUtility.cs`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """A list; `filtered` is one that `.*` made, through which a further index reaches its items."""

    items: tuple[Value, ...] = ()
    filtered: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Object:
    """A map in the order of its pairs; the keys of all contexts but `env` ignore case."""

    pairs: tuple[tuple[str, Value], ...] = ()
    case_sensitive: bool = False
    _index: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        index: dict[str, int] = {}
        kept: list[tuple[str, Value]] = []
        for key, value in self.pairs:
            place = index.setdefault(self._key(key), len(kept))
            kept[place : place + 1] = [(kept[place][0] if place < len(kept) else key, value)]
        object.__setattr__(self, "pairs", tuple(kept))
        object.__setattr__(self, "_index", index)

    def get(self, key: str) -> Value:
        """The value of a key, null where there is none."""
        place = self._index.get(self._key(key))
        return None if place is None else self.pairs[place][1]

    def __contains__(self, key: str) -> bool:
        return self._key(key) in self._index

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self.pairs)

    def values(self) -> tuple[Value, ...]:
        return tuple(value for _, value in self.pairs)

    def _key(self, key: str) -> str:
        return key if self.case_sensitive else upper(key)


Value: TypeAlias = bool | float | str | Array | Object | None
Primitive: TypeAlias = bool | float | str | None


def value_of(data: Any) -> Value:
    """The value that plain data of Python, JSON or YAML stands for."""
    match data:
        case None | bool() | str() | Array() | Object():
            return data
        case int() | float():
            return float(data)
        case Mapping():
            return Object(tuple((str(key), value_of(one)) for key, one in data.items()))
        case Sequence() | Iterable():
            return Array(tuple(value_of(one) for one in data))
    raise TypeError(f"no value of an expression: {data!r}")


def plain(value: Value) -> Any:
    """A value as plain data of Python."""
    if isinstance(value, Array):
        return [plain(one) for one in value.items]
    if isinstance(value, Object):
        return {key: plain(one) for key, one in value.pairs}
    return value


def upper(text: str) -> str:
    """Text as comparisons that ignore case see it: letter by letter, but for the dotless `ı`."""
    if text.isascii():
        return text.upper()
    return "".join(big if len(big := c.upper()) == 1 and c != "ı" else c for c in text)


def is_primitive(value: Value) -> bool:
    return not isinstance(value, (Array, Object))


def truthy(value: Value) -> bool:
    """False are false, 0, NaN, '' and null."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return not is_primitive(value) or bool(value)


def to_text(value: Value) -> str:
    """A value where GitHub wants text; an array or a map has none but its kind."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return number_text(value)
        case str():
            return value
        case Array():
            return "Array"
    return "Object"


def number_text(number: float) -> str:
    """A number with at most 15 digits: .NET's format `G15`."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    mantissa, _, power = f"{number:.14e}".partition("e")
    exponent = int(power)
    if -5 < exponent < 15:
        fixed = f"{number:.{14 - exponent}f}"
        return fixed.rstrip("0").rstrip(".") if "." in fixed else fixed
    digits = mantissa.rstrip("0").rstrip(".")
    return f"{digits}E{'-' if exponent < 0 else '+'}{abs(exponent):02}"


_DECIMAL = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)
_WORD = re.compile(r"[-+]?(infinity|nan)", re.IGNORECASE)
_RADIX = {"0x": (16, re.compile(r"[0-9a-fA-F]+")), "0o": (8, re.compile(r"[0-7]+"))}


def parse_number(text: str) -> float:
    """The number a text holds: 0 for an empty one, NaN for one that holds none.

    Hexadecimal and octal numbers are of 32 bits, the highest of which is their sign.
    """
    text = text.strip()
    if not text:
        return 0.0
    if _DECIMAL.fullmatch(text) or _WORD.fullmatch(text):
        return float(text)
    radix, digits = _RADIX.get(text[:2], (0, _DECIMAL))
    if radix and digits.fullmatch(text[2:]) and (number := int(text[2:], radix)) < 1 << 32:
        return float(number - (1 << 32) if number >= 1 << 31 else number)
    return math.nan


def to_number(value: Value) -> float:
    """A value where GitHub wants a number; NaN for an array or a map."""
    match value:
        case None:
            return 0.0
        case bool() | float():
            return float(value)
        case str():
            return parse_number(value)
    return math.nan


def equal(left: Value, right: Value) -> bool:
    """`==`: text ignores case, unlike kinds become numbers, a list or map equals only itself."""
    left, right = _coerce(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return upper(left) == upper(right)
    if is_primitive(left) and is_primitive(right):
        return _kind(left) is _kind(right) and left == right
    return left is right


def greater(left: Value, right: Value) -> bool:
    """`>`; `<` is the same with its sides exchanged. Of two kinds that stay apart neither is."""
    left, right = _coerce(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return _order(left) > _order(right)
    if isinstance(left, bool | float) and isinstance(right, bool | float):
        return left > right
    return False


def _coerce(left: Value, right: Value) -> tuple[Value, Value]:
    if _kind(left) is _kind(right):
        return left, right
    if isinstance(left, bool | None):
        return _coerce(to_number(left), right)
    if isinstance(right, bool | None):
        return _coerce(left, to_number(right))
    if isinstance(left, float) and isinstance(right, str):
        return left, parse_number(right)
    if isinstance(left, str) and isinstance(right, float):
        return parse_number(left), right
    return left, right


def _kind(value: Value) -> type:
    return type(value)


def _order(text: str) -> bytes:
    """Texts are ordered by their UTF-16 units."""
    return upper(text).encode("utf-16-be", "surrogatepass")
