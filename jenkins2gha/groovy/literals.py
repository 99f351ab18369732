"""Names, constants, lists and strings of the tree: one method per alternative of the grammar."""

# The grammar decides what a method is handed, also what it needs not.
# ruff: noqa: ARG002, FBT003

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.errors import GroovySyntaxError
from jenkins2gha.groovy.node import Node
from jenkins2gha.groovy.strings import decode, quote_of

if TYPE_CHECKING:
    from decimal import Decimal

_set_start = Node.start.__set__  # type: ignore[attr-defined]
_set_end = Node.end.__set__  # type: ignore[attr-defined]

Tok = int  # a token: its position in the arrays of the layout
Arguments = list[Any]  # expressions and ast.MapEntry


class Literals:
    """Children come as the grammar has them: tokens as positions, nodes, lists, None for `[x]`."""

    def __init__(self, text: str, starts: Sequence[int], ends: Sequence[int]) -> None:
        self.text = text
        self.starts = starts
        self.ends = ends
        self.groups: dict[int, int] = {}  # start to end of expressions in brackets
        self.self_calls: list[ast.Call] = []  # `this(…)`, `super(…)`

    def of(self, token: Tok) -> str:
        return self.text[self.starts[token] : self.ends[token]]

    def is_group(self, node: Node) -> bool:
        end = self.groups.get(node.start)
        return end is not None and end == node.end

    # --- lists ---

    def first(self, item: Any) -> list[Any]:
        return [item]

    def next(self, items: list[Any], _: Tok, item: Any) -> list[Any]:
        items.append(item)
        return items

    def also(self, items: list[Any], item: Any) -> list[Any]:
        items.append(item)
        return items

    def second(self, _: Tok, node: Any, *rest: Tok) -> Any:
        return node

    def nothing(self, *_: Any) -> None:
        return None

    # --- atoms ---

    def name(self, token: Tok) -> ast.Name:
        start, end = self.starts[token], self.ends[token]
        return ast.Name(start, end, self.text[start:end])

    def word(self, token: Tok) -> ast.StringLiteral:
        start, end = self.starts[token], self.ends[token]
        return ast.StringLiteral(start, end, self.text[start:end], "")

    def string(self, token: Tok) -> ast.StringLiteral:
        text, start, end = self.text, self.starts[token], self.ends[token]
        quote = quote_of(text, start)
        size = len(quote)
        raw = text[start + size : end - size]
        return ast.StringLiteral(start, end, decode(raw, quote), quote)

    def number(self, token: Tok) -> ast.NumberLiteral:
        text = self.of(token)
        return ast.NumberLiteral(self.starts[token], self.ends[token], _number(text), text)

    def true(self, token: Tok) -> ast.BooleanLiteral:
        return ast.BooleanLiteral(self.starts[token], self.ends[token], True)

    def false(self, token: Tok) -> ast.BooleanLiteral:
        return ast.BooleanLiteral(self.starts[token], self.ends[token], False)

    def null(self, token: Tok) -> ast.NullLiteral:
        return ast.NullLiteral(self.starts[token], self.ends[token])

    def group(self, opener: Tok, node: Node, closer: Tok) -> Node:
        start, end = self.starts[opener], self.ends[closer]
        _set_start(node, start)
        _set_end(node, end)
        self.groups[start] = end
        return node

    def list_literal(self, opener: Tok, items: Arguments | None, closer: Tok) -> Node:
        start, end = self.starts[opener], self.ends[closer]
        if not items:
            return ast.ListLiteral(start, end, ())
        entries = [item for item in items if type(item) is ast.MapEntry]
        if not entries:
            return ast.ListLiteral(start, end, tuple(items))
        if len(entries) < len(items):
            stray = next(item for item in items if type(item) is not ast.MapEntry)
            raise GroovySyntaxError(
                "a map holds only `key: value`: give this value a key, or put it into a list",
                stray.start,
                stray.end,
            )
        return ast.MapLiteral(start, end, tuple(entries))

    def empty_map(self, opener: Tok, _: Tok, closer: Tok) -> ast.MapLiteral:
        return ast.MapLiteral(self.starts[opener], self.ends[closer], ())

    # --- strings with holes ---

    def gstring(self, opener: Tok, parts: list[ast.Text | ast.Hole], closer: Tok) -> ast.GString:
        start = self.starts[opener]
        quote = self.of(opener)
        for at, part in enumerate(parts):
            if type(part) is ast.Text:
                parts[at] = ast.Text(part.start, part.end, decode(part.value, quote))
        return ast.GString(start, self.ends[closer], tuple(parts), quote)

    def text_part(self, token: Tok) -> ast.Text:
        start, end = self.starts[token], self.ends[token]
        return ast.Text(start, end, self.text[start:end])

    def path_hole(self, token: Tok) -> ast.Hole:
        start, end = self.starts[token], self.ends[token]
        at = start + 1
        value: ast.Expression | None = None
        for word in self.text[at:end].split("."):
            stop = at + len(word)
            if value is None:
                value = ast.Name(at, stop, word)
            else:
                name = ast.StringLiteral(at, stop, word, "")
                value = ast.Property(start + 1, stop, value, ".", name)
            at = stop + 1
        return ast.Hole(start, end, value)

    def hole(self, opener: Tok, body: list[Any] | None, closer: Tok) -> ast.Hole:
        start, end = self.starts[opener], self.ends[closer]
        if body is None:
            return ast.Hole(start, end, None)
        if len(body) == 1 and type(body[0]) is ast.ExpressionStatement:
            return ast.Hole(start, end, body[0].value)
        return ast.Hole(start, end, ast.Closure(start + 1, end, None, tuple(body)))

    def hole_closure(
        self, opener: Tok, parameters: list[Any] | None, _: Tok, body: list[Any] | None, closer: Tok
    ) -> ast.Hole:
        start, end = self.starts[opener], self.ends[closer]
        closure = ast.Closure(start + 1, end, tuple(parameters or ()), tuple(body or ()))
        return ast.Hole(start, end, closure)

    def closure(self, opener: Tok, body: list[Any] | None, closer: Tok) -> ast.Closure:
        return ast.Closure(self.starts[opener], self.ends[closer], None, tuple(body or ()))

    def closure_parameters(
        self, opener: Tok, parameters: list[Any] | None, _: Tok, body: list[Any] | None, closer: Tok
    ) -> ast.Closure:
        start, end = self.starts[opener], self.ends[closer]
        return ast.Closure(start, end, tuple(parameters or ()), tuple(body or ()))


def _number(text: str) -> int | Decimal:
    digits = text.replace("_", "").lower()
    if digits[:2] == "0x":
        return int(digits.rstrip("lgi"), 16)
    if digits[:2] == "0b":
        return int(digits.rstrip("lgi"), 2)
    if "." in digits or "e" in digits or digits[-1] in "fd":
        from decimal import Decimal  # slow to import, and rarely needed

        return Decimal(digits.rstrip("fdg"))
    digits = digits.rstrip("lgi")
    return int(digits, 8) if digits[0] == "0" else int(digits)
