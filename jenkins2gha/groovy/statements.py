"""Statements of the tree: one method per alternative of the grammar that makes one."""

# The grammar decides what a method is handed, also what it needs not.
# ruff: noqa: ARG002, PLR0913

from __future__ import annotations

from typing import Any

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.checks import check_method, check_names, check_switch
from jenkins2gha.groovy.errors import GroovySyntaxError
from jenkins2gha.groovy.node import Node
from jenkins2gha.groovy.types import Types

Tok = int


class Statements(Types):
    """See `Expressions` for what the children are."""

    def module(self, body: list[Any] | None) -> ast.Module:
        if self.self_calls:
            call = self.self_calls[0]
            raise GroovySyntaxError(
                f"{call.word}(…) may only be the first statement of a constructor",
                call.start,
                call.end,
            )
        statements = tuple(body or ())
        self.settle(statements, 0)
        check_names(statements)
        for statement in statements:
            if type(statement) is ast.Method:
                check_method(statement, "")
            elif type(statement) is ast.Package and statement is not statements[0]:
                raise GroovySyntaxError(
                    "'package' must be the first statement of the file",
                    statement.start,
                    statement.end,
                )
        return ast.Module(0, len(self.text), statements)

    def expression_statement(self, value: Any) -> ast.ExpressionStatement:
        return ast.ExpressionStatement(value.start, value.end, value)

    def block(self, opener: Tok, body: list[Any] | None, closer: Tok) -> ast.Block:
        return ast.Block(self.starts[opener], self.ends[closer], tuple(body or ()))

    def labeled(self, label: Tok, body: Any) -> ast.Labeled:
        name = self.of(label)[:-1].rstrip()
        return ast.Labeled(self.starts[label], body.end, name, body)

    # --- branches ---

    def return_value(self, word: Tok, value: Any) -> ast.Return:
        end = value.end if value is not None else self.ends[word]
        return ast.Return(self.starts[word], end, value)

    def throw(self, word: Tok, value: Any) -> ast.Throw:
        return ast.Throw(self.starts[word], value.end, value)

    def break_loop(self, word: Tok, label: Tok | None) -> ast.Break:
        last = word if label is None else label
        name = None if label is None else self.of(label)
        return ast.Break(self.starts[word], self.ends[last], name)

    def continue_loop(self, word: Tok, label: Tok | None) -> ast.Continue:
        last = word if label is None else label
        name = None if label is None else self.of(label)
        return ast.Continue(self.starts[word], self.ends[last], name)

    def assert_true(self, word: Tok, condition: Any) -> ast.Assert:
        return ast.Assert(self.starts[word], condition.end, condition, None)

    def assert_message(self, word: Tok, condition: Any, _: Tok, message: Any) -> ast.Assert:
        return ast.Assert(self.starts[word], message.end, condition, message)

    # --- conditions and loops ---

    def if_then(self, word: Tok, _: Tok, condition: Any, __: Tok, then: Any) -> ast.If:
        return ast.If(self.starts[word], then.end, condition, then, None)

    def if_else(
        self, word: Tok, _: Tok, condition: Any, __: Tok, then: Any, ___: Tok, otherwise: Any
    ) -> ast.If:
        return ast.If(self.starts[word], otherwise.end, condition, then, otherwise)

    def while_loop(self, word: Tok, _: Tok, condition: Any, __: Tok, body: Any) -> ast.While:
        return ast.While(self.starts[word], body.end, condition, body)

    def while_empty(self, word: Tok, _: Tok, condition: Any, __: Tok, end: Tok) -> ast.While:
        return ast.While(self.starts[word], self.ends[end], condition, None)

    def for_loop(
        self, word: Tok, _: Tok, initial: Any, __: Tok, condition: Any, ___: Tok, update: Any,
        ____: Tok, body: Any,
    ) -> ast.For:  # fmt: skip
        return self.made_for(word, initial, condition, update, body, body.end)

    def for_empty(
        self, word: Tok, _: Tok, initial: Any, __: Tok, condition: Any, ___: Tok, update: Any,
        ____: Tok, end: Tok,
    ) -> ast.For:  # fmt: skip
        return self.made_for(word, initial, condition, update, None, self.ends[end])

    def made_for(
        self, word: Tok, initial: Any, condition: Any, update: Any, body: Any, end: int
    ) -> ast.For:
        first = () if initial is None else (initial,)
        last = () if update is None else (_value(update),)
        test = None if condition is None else _value(condition)
        return ast.For(self.starts[word], end, first, test, last, body)

    def part(self, value: Any) -> ast.ExpressionStatement:
        return ast.ExpressionStatement(value.start, value.end, value)

    def for_in(
        self, word: Tok, _: Tok, variable: Any, __: Tok, values: Any, ___: Tok, body: Any
    ) -> ast.ForIn:
        return ast.ForIn(self.starts[word], body.end, variable, values, body)

    def for_in_empty(
        self, word: Tok, _: Tok, variable: Any, __: Tok, values: Any, ___: Tok, end: Tok
    ) -> ast.ForIn:
        return ast.ForIn(self.starts[word], self.ends[end], variable, values, None)

    def for_name(self, name: Tok) -> ast.Parameter:
        return ast.Parameter(self.starts[name], self.ends[name], self.of(name))

    # --- switch ---

    def switch(
        self, word: Tok, _: Tok, value: Any, __: Tok, ___: Tok, cases: list[Any] | None, end: Tok
    ) -> ast.Switch:
        start, stop = self.starts[word], self.ends[end]
        check_switch(cases or (), start, stop)
        return ast.Switch(start, stop, value, tuple(cases or ()))

    def case(self, labels: list[Any], body: list[Any], _: Tok | None) -> ast.Case:
        values = tuple(value for _, value in labels if value is not None)
        for at, value in labels[:-1]:
            if value is None:
                raise GroovySyntaxError("'default' must be the last label of its group", at)
        return ast.Case(labels[0][0], body[-1].end, values, labels[-1][1] is None, tuple(body))

    def case_label(self, word: Tok, value: Any, _: Tok) -> tuple[int, Any]:
        return self.starts[word], value

    def case_default(self, word: Tok, _: Tok) -> tuple[int, Any]:
        return self.starts[word], None

    # --- exceptions ---

    def try_block(
        self, word: Tok, body: ast.Block, catches: list[ast.Catch] | None, final: ast.Block | None
    ) -> ast.Try:
        start = self.starts[word]
        if not catches and final is None:
            raise GroovySyntaxError(
                "'try' needs a 'catch' or a 'finally' behind its block", start, self.ends[word]
            )
        last: Node = final or (catches[-1] if catches else body)
        return ast.Try(start, last.end, body, tuple(catches or ()), final)

    def catch_any(
        self, word: Tok, _: Tok, modifier: Tok | None, name: Tok, __: Tok, body: ast.Block
    ) -> ast.Catch:
        return ast.Catch(self.starts[word], body.end, (), self.of(name), body)

    def catch_typed(
        self, word: Tok, _: Tok, modifier: Tok | None, types: list[Any], name: Tok, __: Tok,
        body: ast.Block,
    ) -> ast.Catch:  # fmt: skip
        return ast.Catch(self.starts[word], body.end, tuple(types), self.of(name), body)

    def synchronized(
        self, word: Tok, _: Tok, lock: Any, __: Tok, body: ast.Block
    ) -> ast.Synchronized:
        return ast.Synchronized(self.starts[word], body.end, lock, body)

    # --- imports ---

    def import_one(
        self, notes: list[Any] | None, word: Tok, static: Tok | None, name: ast.TypeName
    ) -> ast.Import:
        return self.made_import(notes, word, static, name, name.end, None)

    def import_star(
        self, notes: list[Any] | None, word: Tok, static: Tok | None, name: ast.TypeName, _: Tok,
        star: Tok,
    ) -> ast.Import:  # fmt: skip
        return self.made_import(notes, word, static, name, self.ends[star], None, star=True)

    def import_as(
        self, notes: list[Any] | None, word: Tok, static: Tok | None, name: ast.TypeName, _: Tok,
        alias: Tok,
    ) -> ast.Import:  # fmt: skip
        return self.made_import(notes, word, static, name, self.ends[alias], self.of(alias))

    def made_import(
        self, notes: list[Any] | None, word: Tok, static: Tok | None, name: ast.TypeName,
        end: int, alias: str | None, *, star: bool = False,
    ) -> ast.Import:  # fmt: skip
        start = notes[0].start if notes else self.starts[word]
        annotations = tuple(notes or ())
        made = ast.Import(start, end, name.name, static is not None, star, alias, annotations)
        self.unsettled.append(made)
        return made

    def package_name(self, notes: list[Any] | None, word: Tok, name: ast.TypeName) -> ast.Package:
        start = notes[0].start if notes else self.starts[word]
        package = ast.Package(start, name.end, name.name, tuple(notes or ()))
        self.unsettled.append(package)
        return package


def _value(part: Any) -> Any:
    return part.value if type(part) is ast.ExpressionStatement else part
