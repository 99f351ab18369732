"""The functions that every expression may call; they ask for their arguments when they need them.

Source: actions/runner, `Expressions/ExpressionConstants.cs` and `Expressions/Sdk/Functions/*.cs`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

from jenkins2gha.simulate.expressions.errors import EvaluationError
from jenkins2gha.simulate.expressions.values import (
    Array,
    Object,
    Value,
    equal,
    is_primitive,
    number_text,
    to_text,
    upper,
    value_of,
)

Arguments: TypeAlias = Sequence[Callable[[], Value]]

_MANY = 255


@dataclass(frozen=True, slots=True)
class Function:
    """How many arguments a function takes, and what it makes of them."""

    call: Callable[[Arguments], Value]
    minimum: int = 0
    maximum: int = 0
    odd: bool = False


def constant(value: Value) -> Function:
    """A function without arguments, such as `always()`."""
    return Function(lambda _: value)


def _case(arguments: Arguments) -> Value:
    *pairs, default = arguments
    for predicate, result in zip(pairs[::2], pairs[1::2], strict=True):
        holds = predicate()
        if not isinstance(holds, bool):
            raise EvaluationError("case predicate must evaluate to a boolean value")
        if holds:
            return result()
    return default()


def _contains(arguments: Arguments) -> Value:
    whole = arguments[0]()
    if isinstance(whole, Array):
        if not whole.items:
            return False
        part = arguments[1]()
        return any(equal(part, item) for item in whole.items)
    return _tested(arguments, lambda text, part: part in text)


def _starts_with(arguments: Arguments) -> Value:
    return _tested(arguments, str.startswith)


def _ends_with(arguments: Arguments) -> Value:
    return _tested(arguments, str.endswith)


def _tested(arguments: Arguments, test: Callable[[str, str], bool]) -> bool:
    whole = arguments[0]()
    if not is_primitive(whole):
        return False
    part = arguments[1]()
    return is_primitive(part) and test(upper(to_text(whole)), upper(to_text(part)))


def _join(arguments: Arguments) -> Value:
    items = arguments[0]()
    if not isinstance(items, Array):
        return to_text(items) if is_primitive(items) else ""
    separator: Value = ","
    if len(items.items) > 1 and len(arguments) > 1:
        separator = arguments[1]()
    glue = to_text(separator) if is_primitive(separator) else ","
    return glue.join(to_text(item) for item in items.items)


_PIECE = re.compile(
    r"(?P<text>[^{}]+)|(?P<brace>\{\{|\}\})"
    r"|\{(?P<index>[0-9]+)(?::(?P<format>(?:[^}]|\}\})*))?\}(?(format)(?!\}))"
)


def _format(arguments: Arguments) -> Value:
    """Arguments that the text does not name are never evaluated."""
    text = to_text(arguments[0]())
    pieces = list(_pieces(text, len(arguments) - 1))
    cache: dict[int, str] = {}
    result = []
    for literal, index, specifiers in pieces:
        if index is not None and index not in cache:
            cache[index] = to_text(arguments[index + 1]())
        if specifiers:
            raise EvaluationError(f"The following format specifiers are not supported: {text}")
        result.append(literal if index is None else cache[index])
    return "".join(result)


def _pieces(text: str, count: int) -> Iterator[tuple[str, int | None, str]]:
    """A text of `format` in pieces: text, or the number of an argument and how it is shown."""
    position = 0
    while position < len(text):
        piece = _PIECE.match(text, position)
        if piece is None:
            raise EvaluationError(f"The following format string is invalid: {text}")
        if piece["index"] is None:
            yield piece["text"] or piece["brace"][0], None, ""
        elif int(piece["index"]) > _MANY:
            raise EvaluationError(f"The following format string is invalid: {text}")
        elif int(piece["index"]) >= count:
            what = "The following format string references more arguments than were supplied"
            raise EvaluationError(f"{what}: {text}")
        else:
            yield "", int(piece["index"]), piece["format"] or ""
        position = piece.end()


def _to_json(arguments: Arguments) -> Value:
    return _shown(arguments[0](), "\n")


def _shown(value: Value, indent: str) -> str:
    deeper = indent + "  "
    match value:
        case None:
            return "null"
        case str():
            return _quoted(value)
        case float():
            return number_text(value)
        case Array(items) if items:
            return f"[{','.join(deeper + _shown(item, deeper) for item in items)}{indent}]"
        case Object(pairs) if pairs:
            shown = (f"{deeper}{_quoted(key)}: {_shown(one, deeper)}" for key, one in pairs)
            return f"{{{','.join(shown)}{indent}}}"
        case Array():
            return "[]"
        case Object():
            return "{}"
    return to_text(value)


_ESCAPED = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).translate(_ESCAPED)


def _from_json(arguments: Arguments) -> Value:
    try:
        data = json.loads(
            to_text(arguments[0]()),
            parse_int=float,
            parse_constant=_no_number,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError) as error:
        raise EvaluationError(f"Error parsing fromJson: {error}") from error
    return value_of(data)


def _object(pairs: list[tuple[str, Any]]) -> Object:
    return Object(tuple((key, value_of(value)) for key, value in pairs))


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"JSON has no {text}")


WELL_KNOWN = {
    upper(name): function
    for name, function in {
        "case": Function(_case, 3, _MANY, odd=True),
        "contains": Function(_contains, 2, 2),
        "endsWith": Function(_ends_with, 2, 2),
        "format": Function(_format, 1, _MANY),
        "fromJSON": Function(_from_json, 1, 1),
        "join": Function(_join, 1, 2),
        "startsWith": Function(_starts_with, 2, 2),
        "toJSON": Function(_to_json, 1, 1),
    }.items()
}
"""By their name in upper case: names of functions ignore case."""
