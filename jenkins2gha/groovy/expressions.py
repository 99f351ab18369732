"""Expressions of the tree: one method per alternative of the grammar that makes one."""

# The grammar decides what a method is handed, also what it needs not.
# ruff: noqa: ARG002, FBT003

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.checks import check_duplicates, check_target
from jenkins2gha.groovy.errors import GroovySyntaxError
from jenkins2gha.groovy.literals import Arguments, Literals, Tok
from jenkins2gha.groovy.tokens import BUILT_IN_TYPES

if TYPE_CHECKING:
    pass

RANKS: Final = {
    "||": 1, "&&": 2, "|": 3, "^": 4, "&": 5, "=~": 6, "==~": 6, "==": 7, "!=": 7, "<=>": 7,
    "===": 7, "!==": 7, "<": 8, ">": 8, "<=": 8, ">=": 8, "in": 8, "instanceof": 8, "as": 8,
    "<<": 9, ">>": 9, ">>>": 9, "..": 9, "..<": 9, "+": 10, "-": 10, "*": 11, "/": 11, "%": 11,
    "**": 12,
}  # fmt: skip
_RELATION, _SHIFT = 8, 9


class Expressions(Literals):
    """Paths, calls and operators; `Literals` says what the children are."""

    # --- paths and calls ---

    def attribute(self, _: Tok, name: ast.Expression) -> tuple[str, ast.Expression]:
        return "@", name

    def typed_member(self, _: Tok, __: Any, ___: Tok, name: ast.Expression) -> ast.Expression:
        return name

    def member(self, path: Any, dot: Tok, name: Any) -> ast.Property:
        kind: Any = self.of(dot)
        if type(name) is tuple:
            kind, name = kind + "@", name[1]
        return ast.Property(path.start, name.end, path, kind, name)

    def index(self, path: Any, _: Tok, items: Arguments | None, closer: Tok) -> ast.Index:
        arguments = tuple(items or ())
        if items and any(type(item) is ast.MapEntry for item in items):
            entries = tuple(item for item in items if type(item) is ast.MapEntry)
            first, last = entries[0], entries[-1]
            others = tuple(item for item in items if type(item) is not ast.MapEntry)
            arguments = (ast.MapLiteral(first.start, last.end, entries), *others)
        return ast.Index(path.start, self.ends[closer], path, arguments)

    def call(self, path: Any, opener: Tok, items: Arguments | None, closer: Tok) -> ast.Call:
        return self.made_call(path, items or (), self.ends[closer])

    def command(self, path: Any, _: Tok, items: Arguments) -> ast.Call:
        return self.made_call(path, items, items[-1].end, command=True)

    def append_closure(self, path: Any, closure: ast.Closure) -> ast.Call:
        if type(path) is ast.Call and not self.is_group(path):
            call = ast.Call(
                path.start, closure.end, path.receiver, path.name,
                (*path.arguments, closure), path.named, path.kind, path.command,
            )  # fmt: skip
            if self.self_calls and self.self_calls[-1] is path:
                self.self_calls[-1] = call
            return call
        return self.made_call(path, (closure,), closure.end)

    def made_call(
        self, path: Any, items: Sequence[Any], end: int, *, command: bool = False
    ) -> ast.Call:
        receiver: ast.Expression | None = None
        name: Any = path
        kind: Any = "."
        own = False
        if not self.is_group(path):
            if type(path) is ast.Name and path.id != "void":
                name = ast.StringLiteral(path.start, path.end, path.id, "")
                own = path.id in ("this", "super")
                if path.id in BUILT_IN_TYPES:
                    raise GroovySyntaxError(
                        f"'{path.id}' is a type and no method", path.start, path.end
                    )
            elif type(path) is ast.Property and path.kind in (".", "?.", "*."):
                receiver, name, kind = path.object, path.name, path.kind
                if type(name) is ast.StringLiteral and name.value in ("this", "super"):
                    raise _misplaced(name.start, name.end)
        elif type(path) is ast.StringLiteral or type(path) is ast.GString:
            # ('text')() calls the text, 'text'() the method of that name
            receiver, name = path, ast.StringLiteral(path.end, path.end, "call", "")
        for item in items:
            if type(item) is ast.MapEntry:
                named = tuple(item for item in items if type(item) is ast.MapEntry)
                check_duplicates(items, named)
                items = [item for item in items if type(item) is not ast.MapEntry]
                break
        else:
            named = ()
        call = ast.Call(path.start, end, receiver, name, tuple(items), named, kind, command)
        if own:
            self.self_calls.append(call)
        return call

    def chain_name(self, path: Any, _: Tok, name: Any) -> ast.Property:
        if type(name) is ast.Name and not self.is_group(name):
            name = ast.StringLiteral(name.start, name.end, name.id, "")
        return ast.Property(path.start, name.end, path, ".", name)

    def named_word(self, word: Tok, _: Tok, value: Any) -> ast.MapEntry:
        return ast.MapEntry(self.starts[word], value.end, self.word(word), value)

    def named_value(self, key: Any, _: Tok, value: Any) -> ast.MapEntry:
        return ast.MapEntry(key.start, value.end, key, value)

    def spread(self, star: Tok, value: Any) -> ast.Spread:
        return ast.Spread(self.starts[star], value.end, value)

    def spread_map(self, star: Tok, _: Tok, value: Any) -> ast.MapEntry:
        return ast.MapEntry(self.starts[star], value.end, None, value)

    # --- operators ---

    def unary(self, operator: Tok, operand: Any) -> ast.Unary:
        return ast.Unary(self.starts[operator], operand.end, self.of(operator), operand)

    def postfix(self, operand: Any, operator: Tok) -> ast.Postfix:
        return ast.Postfix(operand.start, self.ends[operator], self.of(operator), operand)

    def cast(self, opener: Tok, type_name: ast.TypeName, _: Tok, value: Any) -> ast.Cast:
        return ast.Cast(self.starts[opener], value.end, type_name, value, False)

    def ternary(self, condition: Any, _: Tok, then: Any, __: Tok, otherwise: Any) -> ast.Ternary:
        return ast.Ternary(condition.start, otherwise.end, condition, then, otherwise)

    def elvis(self, value: Any, _: Tok, otherwise: Any) -> ast.Elvis:
        return ast.Elvis(value.start, otherwise.end, value, otherwise)

    def assign(self, target: Any, operator: Tok, value: Any) -> ast.Assign:
        at = self.starts[operator]
        check_target(target, at, self.ends[operator])
        return ast.Assign(target.start, value.end, target, self.of(operator), value)

    def tuple_word(self, token: Tok) -> list[Any]:
        return [self.name(token)]

    def tuple_words(self, names: list[Any], _: Tok, token: Tok) -> list[Any]:
        names.append(self.name(token))
        return names

    def assign_tuple(
        self, opener: Tok, names: list[Any], closer: Tok, operator: Tok, value: Any
    ) -> ast.Assign:
        start = self.starts[opener]
        target = ast.ListLiteral(start, self.ends[closer], tuple(names))
        return ast.Assign(start, value.end, target, "=", value)

    def row(self, left: Any, operator: Tok, right: Any) -> list[Any]:
        return [left, operator, right]

    def row_more(self, row: list[Any], operator: Tok, right: Any) -> list[Any]:
        row.append(operator)
        row.append(right)
        return row

    def binary(self, row: list[Any]) -> Any:
        """Gives a row of operands and operators its precedence."""
        if len(row) == 3:
            left, right = row[0], row[2]
            operator = self.of(row[1])
            if operator != "**" or type(left) is not ast.Unary:
                return _joined(left, operator, right)
        values: list[Any] = []
        waiting: list[str] = []
        for at in range(0, len(row), 2):
            values.append(row[at])
            if at + 1 == len(row):
                break
            operator = self.of(row[at + 1])
            rank = RANKS[operator]
            while waiting and RANKS[waiting[-1]] >= rank:
                if rank == RANKS[waiting[-1]] == _RELATION:
                    raise self.not_associative(row[at + 1], waiting[-1])
                right = values.pop()
                values[-1] = _joined(values[-1], waiting.pop(), right)
            if waiting and waiting[-1] in ("as", "instanceof") and rank > _RELATION:
                raise self.not_associative(row[at + 1], waiting[-1])
            if rank == 12 and self.binds_weaker(values[-1], waiting):
                row[at + 2] = self.signed_power(values.pop(), row[at + 2])
                continue
            waiting.append(operator)
        while waiting:
            right = values.pop()
            values[-1] = _joined(values[-1], waiting.pop(), right)
        return values[0]

    def shifted(self, row: list[Any]) -> Any:
        """A row as the values of `for (x in …)`, where nothing weaker than a shift may stand."""
        for operator in row[1::2]:
            if RANKS[self.of(operator)] < _SHIFT:
                raise GroovySyntaxError(
                    f"'{self.of(operator)}' needs brackets here: for (x in (…))",
                    self.starts[operator],
                    self.ends[operator],
                )
        return self.binary(row)

    def binds_weaker(self, left: Any, waiting: list[str]) -> bool:
        """Whether a sign before `**` is applied last: it is, where a term begins."""
        if type(left) is not ast.Unary or left.operator in "!~" or self.is_group(left):
            return False
        return not waiting or RANKS[waiting[-1]] < 11

    def signed_power(self, left: ast.Unary, right: Any) -> ast.Unary:
        power = ast.Binary(left.operand.start, right.end, "**", left.operand, right)
        return ast.Unary(left.start, right.end, left.operator, power)

    def not_associative(self, operator: Tok, before: str) -> GroovySyntaxError:
        return GroovySyntaxError(
            f"'{self.of(operator)}' cannot follow '{before}': write (a {before} b) in brackets",
            self.starts[operator],
            self.ends[operator],
        )


def _joined(left: Any, operator: str, right: Any) -> Any:
    start, end = left.start, right.end
    if operator == "as":
        return ast.Cast(start, end, right, left, True)
    if operator == "instanceof":
        return ast.InstanceOf(start, end, left, right)
    if operator in ("..", "..<"):
        return ast.Range(start, end, left, right, operator == "..")
    return ast.Binary(start, end, operator, left, right)


def _misplaced(start: int, end: int) -> GroovySyntaxError:
    return GroovySyntaxError(
        "a call of this(…) or super(…) may only be the first statement of a constructor", start, end
    )
