"""Methods of texts that only a run knows, as terms that a workflow can compute."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, get_args

from jenkins2gha.jenkins.conditions import as_expr, is_flag, negated
from jenkins2gha.jenkins.joining import joined
from jenkins2gha.jenkins.texts import strip_indent
from jenkins2gha.jenkins.values import (
    Comparison,
    Concat,
    Constant,
    EnvironmentRef,
    Expr,
    Known,
    Method,
    ParameterRef,
    Symbolic,
    TextTest,
    Truth,
    Value,
)
from jenkins2gha.source import Span

_Test = Literal["contains", "startsWith", "endsWith", "equalsIgnoreCase", "matches", "finds"]
_PLAIN = {
    ("trim", 0): "trim",
    ("strip", 0): "trim",
    ("toLowerCase", 0): "toLowerCase",
    ("toUpperCase", 0): "toUpperCase",
    ("capitalize", 0): "capitalize",
    ("replace", 2): "replace",
    ("replaceAll", 2): "replaceAll",
    ("replaceFirst", 2): "replaceFirst",
    ("take", 1): "take",
    ("drop", 1): "drop",
    ("substring", 1): "substring",
    ("substring", 2): "substring",
    ("length", 0): "length",
    ("size", 0): "length",
    ("toInteger", 0): "toInteger",
    ("toBoolean", 0): "toBoolean",
}
PARTS = ("split", "tokenize", "readLines")
"""Methods that give a list, of which one part can be picked."""

_DEFAULTS = {"split": r"\s+", "tokenize": " \t\n\r\f"}


def term(text: Expr, word: str, arguments: Sequence[Value], span: Span) -> Value | None:
    """What a method of a symbolic text gives; None where no term says it."""
    given = [as_expr(argument) for argument in arguments]
    operands = tuple(expr for expr in given if expr is not None)
    if len(operands) < len(given):
        return None
    if not operands:
        nullary = _nullary(text, word)
        if nullary is not None:
            return Symbolic(nullary, span)
    if word == "equals" and len(operands) == 1:
        return Symbolic(Comparison("==", text, operands[0]), span)
    if len(operands) == 1 and word in get_args(_Test) and word != "finds":
        return Symbolic(_test(word, text, operands[0]), span)
    if word in ("concat", "plus") and len(operands) == 1:
        return joined([text, operands[0]], span)
    if word == "stripIndent" and not operands and isinstance(text, Concat):
        return _without_indent(text, span)
    name = _PLAIN.get((word, len(operands)))
    if name is None or not all(isinstance(one, Constant) for one in operands):
        return None
    return Symbolic(Method(name, (text, *operands)), span)


_HOLE = 0xE000
"""The first of the characters that stand for the holes of a text, which no text holds."""


def _without_indent(text: Concat, span: Span) -> Value | None:
    """A text without the indentation that its lines share; a hole must be a part of one line."""
    holes = [part for part in text.parts if not isinstance(part, Constant)]
    if not all(isinstance(hole, EnvironmentRef | ParameterRef) for hole in holes):
        return None
    marks = iter(range(_HOLE, _HOLE + len(holes)))
    shown = "".join(
        str(part.value) if isinstance(part, Constant) else chr(next(marks)) for part in text.parts
    )
    parts = re.split(f"([{chr(_HOLE)}-{chr(_HOLE + len(holes))}])", strip_indent(shown))
    return joined(
        [holes[ord(part) - _HOLE] if at % 2 else Constant(part) for at, part in enumerate(parts)],
        span,
    )


def _nullary(text: Expr, word: str) -> Expr | None:
    if word == "toString":
        return text if not is_flag(text) else Concat((text,))
    if word == "isEmpty":
        return negated(Truth(text))
    if word == "isBlank":
        return negated(Truth(Method("trim", (text,))))
    if word == "booleanValue":
        return text if is_flag(text) else Truth(text)
    if word == "toBoolean" and is_flag(text):
        return text
    return None


def _test(word: str, text: Expr, part: Expr) -> Expr:
    tests: tuple[_Test, ...] = get_args(_Test)
    return TextTest(next(test for test in tests if test == word), text, part)


def picked(
    text: Expr, word: str, arguments: Sequence[Value], at: Value | None, span: Span
) -> Value | None:
    """One part of `split`, `tokenize` or `readLines` by its number; None where no term says it."""
    number = at.value if isinstance(at, Known) else None
    if word not in PARTS or len(arguments) > 1 or type(number) is not int:
        return None
    if word == "readLines":
        return Symbolic(Method(word, (text, Constant(number))), span) if not arguments else None
    separator = as_expr(arguments[0]) if arguments else Constant(_DEFAULTS[word])
    if not isinstance(separator, Constant) or not isinstance(separator.value, str):
        return None
    if not arguments:
        word = "tokenize"
        separator = Constant(_DEFAULTS["tokenize"])
    return Symbolic(Method(word, (text, separator, Constant(number))), span)
