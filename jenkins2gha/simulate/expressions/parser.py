"""Tokens of an expression to its tree.

Source: actions/runner, `Expressions/ExpressionParser.cs` and `Expressions/Tokens/Token.cs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jenkins2gha.simulate.expressions.errors import MAX_DEPTH, SyntaxFault
from jenkins2gha.simulate.expressions.functions import WELL_KNOWN, Function
from jenkins2gha.simulate.expressions.lexer import Token, tokens
from jenkins2gha.simulate.expressions.tree import (
    Call,
    Index,
    Literal,
    Name,
    Node,
    Operation,
    Star,
    children,
)
from jenkins2gha.simulate.expressions.values import upper

_PRECEDENCE = {
    "||": 5,
    "&&": 6,
    "==": 10,
    "!=": 10,
    ">": 11,
    ">=": 11,
    "<": 11,
    "<=": 11,
    "!": 16,
    ".": 19,
}


def parse(
    text: str, contexts: Iterable[str] = (), functions: Mapping[str, Function] | None = None
) -> Node | None:
    """The tree of an expression that may use these contexts and, beside GitHub's own, functions.

    None for a text without tokens.
    """
    node = _Parser(text, contexts, functions or {}).parse()
    if node is not None:
        _check_depth(node, 1)
    return node


def _check_depth(node: Node, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise SyntaxFault(f"Exceeded max expression depth {MAX_DEPTH}")
    for child in children(node):
        _check_depth(child, depth + 1)


class _Parser:
    """Two stacks, of operators and of operands, as the runner has them: no recursion on depth."""

    def __init__(
        self, text: str, contexts: Iterable[str], functions: Mapping[str, Function]
    ) -> None:
        self._text = text
        self._contexts = {upper(name) for name in contexts}
        own = {upper(name): function for name, function in functions.items()}
        self._functions = own | WELL_KNOWN
        self._operators: list[tuple[Token, int]] = []
        self._operands: list[Node] = []

    def parse(self) -> Node | None:
        for token in tokens(self._text):
            match token.kind:
                case "(" | "[" | "call(" | "function":
                    self._open(token)
                case ")" | "]" | "call)" | ",":
                    self._close(token)
                case "." | "operator":
                    self._operator(token)
                case _:
                    self._operands.append(self._operand(token))
        self._reduce(0)
        return self._operands[0] if self._operands else None

    def _operand(self, token: Token) -> Node:
        match token.kind:
            case "literal":
                return Literal(token.value)
            case "property":
                return Literal(token.text)
            case "*":
                return Star()
        if upper(token.text) not in self._contexts:
            raise self._fault("Unrecognized named-value", token)
        return Name(token.text)

    def _open(self, token: Token) -> None:
        if token.kind == "function" and upper(token.text) not in self._functions:
            raise self._fault("Unrecognized function", token)
        if token.kind == "[":
            self._reduce(_PRECEDENCE["."])
        self._operators.append((token, len(self._operands)))

    def _close(self, token: Token) -> None:
        self._reduce(0)
        if token.kind == ",":
            return
        opener, base = self._operators.pop()
        if token.kind == "]":
            index, of = self._operands.pop(), self._operands.pop()
            self._operands.append(Index(of, index))
        elif token.kind == "call)":
            function, base = self._operators.pop()
            arguments = tuple(self._operands[base:])
            del self._operands[base:]
            self._check_count(function, opener, len(arguments))
            self._operands.append(Call(function.text, arguments))

    def _check_count(self, token: Token, opener: Token, count: int) -> None:
        function = self._functions[upper(token.text)]
        if count < function.minimum:
            raise self._fault("Too few parameters supplied", opener)
        if count > function.maximum:
            raise self._fault("Too many parameters supplied", opener)
        if function.odd and count % 2 == 0:
            what = "Even number of parameters supplied, requires an odd number of parameters"
            raise self._fault(what, opener)

    def _operator(self, token: Token) -> None:
        if token.text != "!":
            self._reduce(_PRECEDENCE[token.text])
        self._operators.append((token, len(self._operands)))

    def _reduce(self, precedence: int) -> None:
        """Applies the operators on top that bind as tightly, down to the last opening token."""
        while self._operators:
            operator = self._operators[-1][0].text
            if self._operators[-1][0].kind not in (".", "operator"):
                return
            if _PRECEDENCE[operator] < precedence:
                return
            self._operators.pop()
            self._apply(operator)

    def _apply(self, operator: str) -> None:
        right = self._operands.pop()
        if operator == "!":
            self._operands.append(Operation(operator, (right,)))
            return
        left = self._operands.pop()
        if operator == ".":
            self._operands.append(Index(left, right))
        elif operator in ("&&", "||"):
            sides = (*_sides(operator, left), *_sides(operator, right))
            self._operands.append(Operation(operator, sides))
        else:
            self._operands.append(Operation(operator, (left, right)))

    def _fault(self, what: str, token: Token) -> SyntaxFault:
        return SyntaxFault.at(what, token.text, token.position, self._text)


def _sides(operator: str, node: Node) -> tuple[Node, ...]:
    """A chain is one operation: `a && b && c` is no deeper than `a && b`."""
    nested = isinstance(node, Operation) and node.operator == operator
    return node.operands if nested and isinstance(node, Operation) else (node,)
