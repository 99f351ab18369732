"""Reads the text of an expression into its tree; the inverse of `expressions.write`.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from jenkins2gha.actions.expressions import Context, Expression, Function, Literal, Not, Operation
from jenkins2gha.regex import regex

LONGEST = 21_000
DEEPEST = 50
_TOKEN = regex(
    r"""\s*(?:(?P<string>'(?:[^']|'')*')
    |(?P<number>[-+]?(?:0x[0-9a-fA-F]+|0o[0-7]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?))
    |(?P<word>[A-Za-z_][\w-]*(?:\.(?:[A-Za-z_][\w-]*|\*)|\[(?:'(?:[^']|'')*'|\d+|\*)\])*)
    |(?P<sign>&&|\|\||[=!<>]=|[!<>(),])
    |(?P<end>\Z))""",
    re.VERBOSE,
)
_LEVELS = (("||",), ("&&",), ("==", "!="), ("<", "<=", ">", ">="))
_CONSTANTS = {"true": True, "false": False, "null": None}


class ExpressionError(ValueError):
    """The text is no expression, or one that GitHub refuses for its size."""


def read(text: str) -> Expression:
    """The tree of an expression, without the `${{ }}` around it.

    >>> read("!cancelled()")
    Not(operand=Function(name='cancelled', arguments=()))
    """
    if len(text) > LONGEST:
        raise ExpressionError(f"an expression may have {LONGEST} characters, not {len(text)}")
    return _Reader(text).whole()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = self._end = 0
        self._kind = self._lexeme = ""
        self._next()

    def whole(self) -> Expression:
        expression = self._operation(0, 1)
        if self._kind != "end":
            raise self._refused()
        return expression

    def _operation(self, level: int, depth: int) -> Expression:
        if level == len(_LEVELS):
            return self._operand(depth)
        operands = [self._operation(level + 1, depth)]
        operator = ""
        while self._lexeme in _LEVELS[level] and self._kind == "sign":
            if operator and (operator != self._lexeme or level > 1):
                operands = [Operation(operator, tuple(operands))]
            operator = self._next()
            operands.append(self._operation(level + 1, depth))
        return Operation(operator, tuple(operands)) if operator else operands[0]

    def _operand(self, depth: int) -> Expression:
        if depth > DEEPEST:
            raise ExpressionError(f"an expression may be nested {DEEPEST} deep")
        kind = self._kind
        readers: dict[str, Callable[[int], Expression]] = {
            "sign": self._signed,
            "word": self._worded,
        }
        if kind in readers:
            return readers[kind](depth)
        if kind == "string":
            return Literal(self._next()[1:-1].replace("''", "'"))
        if kind == "number":
            return Literal(_number(self._next()))
        raise self._refused()

    def _signed(self, depth: int) -> Expression:
        if self._lexeme == "!":
            self._next()
            return Not(self._operand(depth + 1))
        self._take("(")
        inner = self._operation(0, depth + 1)
        self._take(")")
        return inner

    def _worded(self, depth: int) -> Expression:
        word = self._next()
        if word.lower() in _CONSTANTS:
            return Literal(_CONSTANTS[word.lower()])
        if self._lexeme != "(":
            return Context(word)
        self._next()
        arguments: list[Expression] = []
        while self._lexeme != ")" or self._kind != "sign":
            arguments.append(self._operation(0, depth + 1))
            if self._lexeme != ")":
                self._take(",")
        self._next()
        return Function(word, tuple(arguments))

    def _take(self, sign: str) -> None:
        if self._lexeme != sign or self._kind != "sign":
            raise self._refused()
        self._next()

    def _next(self) -> str:
        """The current token, and goes to the next."""
        token = self._lexeme
        match = _TOKEN.match(self._text, self._end)
        if match is None:
            raise self._refused()
        self._kind = match.lastgroup or "end"
        self._lexeme = match[self._kind]
        self._at, self._end = match.start(self._kind), match.end()
        return token

    def _refused(self) -> ExpressionError:
        return ExpressionError(f"`{self._text}` is no expression from character {self._at + 1} on")


def _number(text: str) -> int | Decimal:
    if re.fullmatch(r"[-+]?(?:\d+|0x[0-9a-fA-F]+|0o[0-7]+)", text):
        return int(text, 10 if re.fullmatch(r"[-+]?\d+", text) else 0)
    return Decimal(text)
