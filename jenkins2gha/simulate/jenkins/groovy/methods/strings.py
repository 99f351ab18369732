"""Methods of strings."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from jenkins2gha.simulate.jenkins.errors import Unknown, thrown
from jenkins2gha.simulate.jenkins.groovy import arithmetic, coercion
from jenkins2gha.simulate.jenkins.groovy.methods.table import (
    Table,
    closure,
    has_closure,
    plain,
    taking,
    text,
)
from jenkins2gha.simulate.jenkins.groovy.regexes import compiled, replacement
from jenkins2gha.simulate.jenkins.groovy.values import (
    Matcher,
    Regex,
    Value,
    compare,
    equals,
    integer,
    to_text,
    truth,
)

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter

# What Java's trim() takes away at both ends.
_BLANK: Final = "".join(map(chr, range(33)))


def _pattern(value: Value) -> re.Pattern[str]:
    return value.pattern if isinstance(value, Regex) else compiled(to_text(value))


def _substring(target: str, given: list[Value]) -> Value:
    first = integer(given[0])
    last = integer(given[1]) if len(given) > 1 else len(target)
    if not 0 <= first <= last <= len(target):
        raise thrown(
            "StringIndexOutOfBoundsException", f"String index out of range: {last - first}"
        )
    return target[first:last]


def _split(target: str, given: list[Value]) -> Value:
    """Java's split drops what is empty at the end; without an argument Groovy splits at blanks."""
    if not given:
        return target.split()
    limit = integer(given[1]) if len(given) > 1 else 0
    pattern = compiled(to_text(given[0]))
    if not target:
        return [""]
    found: list[Value] = []
    at = 0
    for one in pattern.finditer(target):
        if one.end() == 0 or (one.start() == one.end() == len(target)):
            continue
        if limit > 0 and len(found) == limit - 1:
            break
        found.append(target[at : one.start()])
        at = one.end()
    found.append(target[at:])
    while limit == 0 and len(found) > 1 and not found[-1]:
        found.pop()
    return [] if found == [""] and limit == 0 and target else found


def _tokenize(target: str, given: list[Value]) -> Value:
    signs = text(given) if given else " \t\n\r\f"
    return [one for one in re.split(f"[{re.escape(signs)}]", target) if one]


def _replace_all(interpreter: Interpreter, target: str, given: list[Value], count: int) -> Value:
    pattern = _pattern(given[0])
    if has_closure(given):

        def put(found: re.Match[str]) -> str:
            groups: Value = [found[0], *found.groups()] if found.groups() else found[0]
            return to_text(interpreter.call(given[1], groups))

        return pattern.sub(put, target, count=count)
    return pattern.sub(replacement(text(given, 1)), target, count=count)


def _lines(target: str) -> list[Value]:
    return list(re.sub(r"\n\Z", "", target.replace("\r\n", "\n")).split("\n")) if target else []


def _each_line(interpreter: Interpreter, target: Value, given: list[Value]) -> Value:
    for one in _lines(to_text(target)):
        interpreter.call(closure(given), one)
    return None


def _pad(target: str, given: list[Value], *, left: bool) -> str:
    size, sign = integer(given[0]), text(given, 1) if len(given) > 1 else " "
    if len(sign) != 1:
        raise Unknown("padding with several characters")
    return target.rjust(size, sign) if left else target.ljust(size, sign)


def _real(target: str) -> Decimal:
    try:
        return Decimal(target.strip())
    except InvalidOperation:
        raise thrown("NumberFormatException") from None


def _find(interpreter: Interpreter, target: str, given: list[Value]) -> Value:
    found = _pattern(given[0]).search(target)
    if found is None:
        return None
    if has_closure(given):
        return interpreter.call(
            given[1], [found[0], *found.groups()] if found.groups() else found[0]
        )
    return found[0]


def _find_all(interpreter: Interpreter, target: str, given: list[Value]) -> Value:
    found = list(_pattern(given[0]).finditer(target))
    if not has_closure(given):
        return [one[0] for one in found]
    groups = ([one[0], *one.groups()] if one.groups() else one[0] for one in found)
    return [interpreter.call(given[1], one) for one in groups]


def _strip_indent(target: str) -> str:
    lines = target.split("\n")
    widths = [len(one) - len(one.lstrip()) for one in lines if one.strip()]
    return "\n".join(one[min(widths, default=0) :] for one in lines)


def _strip_margin(target: str, sign: str) -> str:
    return "\n".join(
        one.lstrip(_BLANK)[1:] if one.lstrip(_BLANK).startswith(sign) else one
        for one in target.split("\n")
    )


def _is_integer(target: str) -> bool:
    return re.fullmatch(r"\s*[+-]?\d+\s*", target) is not None


def _is_number(target: str) -> bool:
    return re.fullmatch(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", target) is not None


def _capitalize(target: str) -> str:
    return target[:1].upper() + target[1:]


def _multiply(_: Interpreter, target: Value, given: list[Value]) -> Value:
    return arithmetic.times(target, given[0])


METHODS: Final[Table] = {
    "toString": plain(to_text),
    "trim": plain(lambda s: to_text(s).strip(_BLANK)),
    "length": plain(lambda s: len(to_text(s))),
    "size": plain(lambda s: len(to_text(s))),
    "isEmpty": plain(lambda s: not to_text(s)),
    "isAllWhitespace": plain(lambda s: not to_text(s).strip()),
    "toLowerCase": plain(lambda s: to_text(s).lower()),
    "toUpperCase": plain(lambda s: to_text(s).upper()),
    "capitalize": plain(lambda s: _capitalize(to_text(s))),
    "uncapitalize": plain(lambda s: to_text(s)[:1].lower() + to_text(s)[1:]),
    "reverse": plain(lambda s: to_text(s)[::-1]),
    "contains": taking(lambda s, g: text(g) in to_text(s)),
    "startsWith": taking(lambda s, g: to_text(s).startswith(text(g))),
    "endsWith": taking(lambda s, g: to_text(s).endswith(text(g))),
    "matches": taking(lambda s, g: _pattern(g[0]).fullmatch(to_text(s)) is not None),
    "equals": taking(lambda s, g: type(s) is type(g[0]) and s == g[0]),
    "equalsIgnoreCase": taking(
        lambda s, g: g[0] is not None and to_text(s).lower() == text(g).lower()
    ),
    "compareTo": taking(lambda s, g: compare(s, g[0])),
    "indexOf": taking(lambda s, g: to_text(s).find(text(g))),
    "lastIndexOf": taking(lambda s, g: to_text(s).rfind(text(g))),
    "charAt": taking(lambda s, g: to_text(s)[integer(g[0])]),
    "substring": taking(lambda s, g: _substring(to_text(s), g)),
    "replace": taking(lambda s, g: to_text(s).replace(text(g), text(g, 1))),
    "replaceAll": lambda i, s, g: _replace_all(i, to_text(s), g, 0),
    "replaceFirst": lambda i, s, g: _replace_all(i, to_text(s), g, 1),
    "minus": taking(lambda s, g: arithmetic.minus(s, g[0])),
    "plus": taking(lambda s, g: arithmetic.plus(s, g[0])),
    "concat": taking(lambda s, g: to_text(s) + text(g)),
    "multiply": _multiply,
    "split": taking(lambda s, g: _split(to_text(s), g)),
    "tokenize": taking(lambda s, g: _tokenize(to_text(s), g)),
    "readLines": plain(lambda s: _lines(to_text(s))),
    "eachLine": _each_line,
    "toInteger": plain(lambda s: coercion.parse_int(to_text(s).strip())),
    "toLong": plain(lambda s: coercion.parse_int(to_text(s).strip())),
    "toBigDecimal": plain(lambda s: _real(to_text(s))),
    "toDouble": plain(lambda s: float(_real(to_text(s)))),
    "toFloat": plain(lambda s: float(_real(to_text(s)))),
    "toBoolean": plain(lambda s: to_text(s).strip().lower() in ("true", "y", "1")),
    "isInteger": plain(lambda s: _is_integer(to_text(s))),
    "isNumber": plain(lambda s: _is_number(to_text(s))),
    "padLeft": taking(lambda s, g: _pad(to_text(s), g, left=True)),
    "padRight": taking(lambda s, g: _pad(to_text(s), g, left=False)),
    "stripIndent": plain(lambda s: _strip_indent(to_text(s))),
    "stripMargin": taking(lambda s, g: _strip_margin(to_text(s), text(g) if g else "|")),
    "toList": plain(lambda s: list(to_text(s))),
    "count": taking(lambda s, g: to_text(s).count(text(g))),
    "take": taking(lambda s, g: to_text(s)[: integer(g[0])]),
    "drop": taking(lambda s, g: to_text(s)[integer(g[0]) :]),
    "find": lambda i, s, g: _find(i, to_text(s), g),
    "findAll": lambda i, s, g: _find_all(i, to_text(s), g),
    "each": lambda i, s, g: [i.call(closure(g), one) for one in to_text(s)] and s,
    "any": lambda i, s, g: any(truth(i.call(closure(g), one)) for one in to_text(s)),
    "getAt": taking(lambda s, g: to_text(s)[integer(g[0])]),
    "intern": plain(lambda s: s),
    "matcher": taking(lambda s, g: Matcher(_pattern(g[0]), to_text(s))),
    "asBoolean": plain(lambda s: bool(to_text(s))),
    "isCase": taking(lambda s, g: equals(s, g[0])),
    "hashCode": plain(lambda s: _hash(to_text(s))),
}


def _hash(target: str) -> int:
    found = 0
    for char in target:
        found = (31 * found + ord(char)) & 0xFFFFFFFF
    return found - (1 << 32) if found >= 1 << 31 else found
