"""Types, annotations, declarations and classes: one method per alternative of the grammar."""

# The grammar decides what a method is handed, also what it needs not.
# ruff: noqa: ARG002, FBT003, PLR0913, PLR0917

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.checks import (
    check_class,
    check_constructor,
    check_duplicates,
    check_loop_variable,
    check_method,
    check_modifiers,
    check_parameters,
)
from jenkins2gha.groovy.errors import GroovySyntaxError
from jenkins2gha.groovy.expressions import Expressions
from jenkins2gha.groovy.strings import decode, quote_of

Tok = int


class Types(Expressions):
    """See `Expressions` for what the children are."""

    def __init__(self, text: str, starts: Sequence[int], ends: Sequence[int]) -> None:
        super().__init__(text, starts, ends)
        # Definitions that no class and not the file has claimed yet, in source order.
        self.unsettled: list[ast.Method | ast.Class | ast.Import | ast.Package] = []

    def settle(self, owned: Sequence[Any], start: int) -> None:
        """Definitions since `start` must be members of the class, or statements of the file."""
        claimed = {id(one) for one in owned}
        while self.unsettled and self.unsettled[-1].start >= start:
            made = self.unsettled.pop()
            if id(made) not in claimed:
                what = {ast.Method: "a method", ast.Class: "a class"}.get(type(made), "this")
                raise GroovySyntaxError(
                    f"{what} cannot be defined inside a block: move it to the top of the file",
                    made.start,
                    made.end,
                )

    # --- types ---

    def type_name(self, token: Tok) -> ast.TypeName:
        start, end = self.starts[token], self.ends[token]
        return ast.TypeName(start, end, self.text[start:end])

    def type_member(self, outer: ast.TypeName, _: Tok, name: Tok) -> ast.TypeName:
        return ast.TypeName(
            outer.start, self.ends[name], f"{outer.name}.{self.of(name)}", outer.arguments
        )

    def type_diamond(self, name: ast.TypeName, _: Tok, end: Tok) -> ast.TypeName:
        return ast.TypeName(name.start, self.ends[end], name.name)

    def type_generic(
        self, name: ast.TypeName, _: Tok, arguments: list[Any], end: Tok
    ) -> ast.TypeName:
        return ast.TypeName(name.start, self.ends[end], name.name, tuple(arguments))

    def array_type(self, name: ast.TypeName, end: Tok) -> ast.TypeName:
        return ast.TypeName(
            name.start, self.ends[end], name.name, name.arguments, name.dimensions + 1
        )

    def wildcard(self, mark: Tok) -> ast.TypeName:
        return ast.TypeName(self.starts[mark], self.ends[mark], "?")

    def wildcard_bound(self, mark: Tok, _: Tok, bound: ast.TypeName) -> ast.TypeName:
        return ast.TypeName(self.starts[mark], bound.end, "?", (bound,))

    # --- annotations and modifiers ---

    def annotation(self, at: Tok, name: ast.TypeName) -> ast.Annotation:
        return ast.Annotation(self.starts[at], name.end, name.name)

    def annotation_empty(self, at: Tok, name: ast.TypeName, _: Tok, end: Tok) -> ast.Annotation:
        return ast.Annotation(self.starts[at], self.ends[end], name.name)

    def annotation_value(
        self, at: Tok, name: ast.TypeName, _: Tok, value: Any, end: Tok
    ) -> ast.Annotation:
        return ast.Annotation(self.starts[at], self.ends[end], name.name, (("value", value),))

    def annotation_pairs(
        self, at: Tok, name: ast.TypeName, _: Tok, pairs: list[Any], end: Tok
    ) -> ast.Annotation:
        seen = set()
        for key, value in pairs:
            if key in seen:
                raise GroovySyntaxError(f"'{key}' is given twice: remove one", value.start)
            seen.add(key)
        return ast.Annotation(self.starts[at], self.ends[end], name.name, tuple(pairs))

    def annotation_pair(self, name: Tok, _: Tok, value: Any) -> tuple[str, Any]:
        return self.of(name), value

    def made_modifiers(self, items: list[Any] | None, start: int) -> ast.Modifiers:
        if not items:
            return ast.Modifiers(start, start)
        tokens = [item for item in items if type(item) is int]
        notes = tuple(item for item in items if type(item) is not int)
        words = tuple(self.of(token) for token in tokens)
        first, last = items[0], items[-1]
        made = ast.Modifiers(
            self.starts[first] if type(first) is int else first.start,
            self.ends[last] if type(last) is int else last.end,
            words,
            notes,
        )
        check_modifiers(made, [self.starts[token] for token in tokens])
        return made

    # --- variables ---

    def variable(self, name: Tok) -> ast.Variable:
        return ast.Variable(self.starts[name], self.ends[name], self.of(name), None, None)

    def variable_value(self, name: Tok, _: Tok, value: Any) -> ast.Variable:
        return ast.Variable(self.starts[name], value.end, self.of(name), None, value)

    def modified_variables(
        self, _: Tok, items: list[Any], type_name: ast.TypeName | None, variables: list[Any]
    ) -> ast.Declaration:
        modifiers = self.made_modifiers(items, 0)
        return self.made_declaration(modifiers, type_name, variables, modifiers.start)

    def typed_variables(
        self, _: Tok, type_name: ast.TypeName, variables: list[Any]
    ) -> ast.Declaration:
        modifiers = self.made_modifiers(None, type_name.start)
        return self.made_declaration(modifiers, type_name, variables, type_name.start)

    def modified_variable(
        self, marker: Tok, items: list[Any], type_name: ast.TypeName | None, variable: Any
    ) -> ast.Declaration:
        return self.modified_variables(marker, items, type_name, [variable])

    def typed_variable(
        self, marker: Tok, type_name: ast.TypeName, variable: Any
    ) -> ast.Declaration:
        return self.typed_variables(marker, type_name, [variable])

    def made_declaration(
        self, modifiers: ast.Modifiers, type_name: ast.TypeName | None, variables: list[Any],
        start: int,
    ) -> ast.Declaration:  # fmt: skip
        if type_name is not None:
            variables = [
                ast.Variable(one.start, one.end, one.name, type_name, one.value)
                for one in variables
            ]
        return ast.Declaration(start, variables[-1].end, modifiers, tuple(variables))

    def tuple_declaration(
        self, _: Tok, items: list[Any], __: Tok, names: list[Any], ___: Tok, ____: Tok, value: Any
    ) -> ast.Declaration:
        modifiers = self.made_modifiers(items, 0)
        return ast.Declaration(modifiers.start, value.end, modifiers, tuple(names), True, value)

    def tuple_name(self, type_name: ast.TypeName | None, name: Tok) -> ast.Variable:
        start = type_name.start if type_name else self.starts[name]
        return ast.Variable(start, self.ends[name], self.of(name), type_name, None)

    def for_typed(
        self, _: Tok, items: list[Any], type_name: ast.TypeName | None, name: Tok
    ) -> ast.Parameter:
        modifiers = self.made_modifiers(items, 0)
        check_loop_variable(modifiers)
        return ast.Parameter(
            modifiers.start, self.ends[name], self.of(name), type_name, modifiers=modifiers
        )

    def for_type(self, _: Tok, type_name: ast.TypeName, name: Tok) -> ast.Parameter:
        return ast.Parameter(type_name.start, self.ends[name], self.of(name), type_name)

    # --- methods ---

    def parameter(
        self, items: list[Any] | None, type_name: ast.TypeName | None, dots: Tok | None, name: Tok
    ) -> ast.Parameter:
        return self.made_parameter(items, type_name, dots, name, None)

    def parameter_default(
        self, items: list[Any] | None, type_name: ast.TypeName | None, dots: Tok | None, name: Tok,
        _: Tok, value: Any,
    ) -> ast.Parameter:  # fmt: skip
        return self.made_parameter(items, type_name, dots, name, value)

    def made_parameter(
        self, items: list[Any] | None, type_name: ast.TypeName | None, dots: Tok | None, name: Tok,
        default: Any,
    ) -> ast.Parameter:  # fmt: skip
        start = self.starts[name] if dots is None else self.starts[dots]
        if type_name is not None:
            start = type_name.start
        modifiers = None
        if items:
            modifiers = self.made_modifiers(items, start)
            start = modifiers.start
        end = self.ends[name] if default is None else default.end
        return ast.Parameter(
            start, end, self.of(name), type_name, default, dots is not None, modifiers
        )

    def method(
        self, marker: Tok, items: list[Any] | None, generics: None, type_name: ast.TypeName | None,
        name: Tok, _: Tok, parameters: list[Any] | None, close: Tok, throws: list[Any] | None,
        body: ast.Block | None,
    ) -> ast.Method:  # fmt: skip
        start, end = self.starts[marker], self.ends[close]
        if throws:
            end = throws[-1].end
        if body:
            end = body.end
        check_parameters(parameters or ())
        made = ast.Method(
            start, end, self.made_modifiers(items, start), type_name, self.method_name(name),
            tuple(parameters or ()), tuple(throws or ()), body,
        )  # fmt: skip
        self.unsettled.append(made)
        return made

    def method_default(
        self, marker: Tok, items: list[Any] | None, generics: None, type_name: ast.TypeName | None,
        name: Tok, _: Tok, parameters: list[Any] | None, close: Tok, word: Tok, value: Any,
    ) -> ast.Method:  # fmt: skip
        start = self.starts[marker]
        statement = ast.ExpressionStatement(value.start, value.end, value)
        body = ast.Block(value.start, value.end, (statement,))
        modifiers = self.made_modifiers(items, start)
        made = ast.Method(
            start, value.end, modifiers, type_name, self.of(name), tuple(parameters or ()), (), body
        )
        self.unsettled.append(made)
        return made

    def method_name(self, name: Tok) -> str:
        raw = self.of(name)
        if raw[0] not in "'\"/$" or (raw[0] == "$" and not raw.startswith("$/")):
            return raw
        quote = quote_of(raw, 0)
        return decode(raw[len(quote) : len(raw) - len(quote)], quote)

    def constructor(
        self, marker: Tok, items: list[Any] | None, name: Tok, _: Tok,
        parameters: list[Any] | None, close: Tok, throws: list[Any] | None, body: ast.Block,
    ) -> ast.Method:  # fmt: skip
        start = self.starts[marker]
        check_parameters(parameters or ())
        if body.body and type(body.body[0]) is ast.ExpressionStatement:
            first = body.body[0].value
            if type(first) is ast.Call and not first.command:
                self.self_calls = [call for call in self.self_calls if call is not first]
        made = ast.Method(
            start, body.end, self.made_modifiers(items, start), None, self.of(name),
            tuple(parameters or ()), tuple(throws or ()), body, True,
        )  # fmt: skip
        check_constructor(made)
        return made

    # --- classes ---

    def class_definition(
        self, marker: Tok, items: list[Any] | None, kind: Tok, name: Tok, generics: None,
        extends: list[Any] | None, implements: list[Any] | None, _: Tok,
        members: list[Any] | None, end: Tok,
    ) -> ast.Class:  # fmt: skip
        word: Any = self.of(kind)
        return self.made_class(marker, items, word, name, extends, implements, members, end)

    def interface_definition(
        self, marker: Tok, items: list[Any] | None, kind: Tok, name: Tok, generics: None,
        extends: list[Any] | None, _: Tok, members: list[Any] | None, end: Tok,
    ) -> ast.Class:  # fmt: skip
        return self.made_class(marker, items, "interface", name, extends, None, members, end)

    def annotation_definition(
        self, marker: Tok, items: list[Any] | None, at: Tok, kind: Tok, name: Tok, _: Tok,
        members: list[Any] | None, end: Tok,
    ) -> ast.Class:  # fmt: skip
        return self.made_class(marker, items, "@interface", name, None, None, members, end)

    def enum_definition(
        self, marker: Tok, items: list[Any] | None, kind: Tok, name: Tok,
        implements: list[Any] | None, _: Tok, members: list[Any] | None, end: Tok,
    ) -> ast.Class:  # fmt: skip
        return self.made_class(marker, items, "enum", name, None, implements, members, end)

    def made_class(
        self, marker: Tok, items: list[Any] | None,
        kind: Literal["class", "interface", "enum", "trait", "@interface"], name: Tok,
        extends: list[Any] | None, implements: list[Any] | None, members: list[Any] | None,
        end: Tok,
    ) -> ast.Class:  # fmt: skip
        start = self.starts[marker]
        made = ast.Class(
            start, self.ends[end], kind, self.made_modifiers(items, start), self.of(name),
            tuple(extends or ()), tuple(implements or ()), tuple(members or ()),
        )  # fmt: skip
        self.settle(made.members, start)
        check_class(made)
        self.unsettled.append(made)
        return made

    def superclass(self, _: Tok, type_name: ast.TypeName) -> list[ast.TypeName]:
        return [type_name]

    def static_initializer(self, word: Tok, body: ast.Block) -> ast.Initializer:
        return ast.Initializer(self.starts[word], body.end, True, body)

    def initializer(self, body: ast.Block) -> ast.Initializer:
        return ast.Initializer(body.start, body.end, False, body)

    def joined(self, constants: list[Any], _: Tok, members: list[Any]) -> list[Any]:
        return constants + members

    def constant(
        self, notes: list[Any] | None, name: Tok, arguments: Any, body: Any
    ) -> ast.EnumConstant:
        start = notes[0].start if notes else self.starts[name]
        end = self.ends[name]
        items: list[Any] = []
        if arguments is not None:
            items, end = arguments
        members = None
        if body is not None:
            members, end = body
        named = tuple(item for item in items if type(item) is ast.MapEntry)
        others = tuple(item for item in items if type(item) is not ast.MapEntry)
        return ast.EnumConstant(
            start, end, self.of(name), others, named, members, tuple(notes or ())
        )

    def enum_arguments(self, _: Tok, items: list[Any] | None, end: Tok) -> tuple[list[Any], int]:
        return items or [], self.ends[end]

    def class_body(self, opener: Tok, members: list[Any] | None, end: Tok) -> tuple[Any, int]:
        self.settle(members or (), self.starts[opener])
        for member in members or ():
            if type(member) is ast.Method and not member.constructor:
                check_method(member, "class")
        return tuple(members or ()), self.ends[end]

    def new(
        self, word: Tok, made: None, type_name: ast.TypeName, _: Tok, items: list[Any] | None,
        close: Tok, body: Any,
    ) -> ast.New:  # fmt: skip
        members, end = body if body is not None else (None, self.ends[close])
        arguments = items or []
        named = tuple(item for item in arguments if type(item) is ast.MapEntry)
        others = tuple(item for item in arguments if type(item) is not ast.MapEntry)
        check_duplicates(arguments, named)
        return ast.New(self.starts[word], end, type_name, others, named, members)

    def new_array(
        self, word: Tok, made: None, type_name: ast.TypeName, sizes: list[Any]
    ) -> ast.NewArray:
        given = tuple(size for size, _ in sizes if size is not None)
        start, end = self.starts[word], sizes[-1][1]
        if sizes[0][0] is None:
            raise GroovySyntaxError("a new array needs a size in its first brackets", start, end)
        return ast.NewArray(start, end, type_name, given, len(sizes))

    def size(self, _: Tok, value: Any, end: Tok) -> tuple[Any, int]:
        return value, self.ends[end]

    def empty_size(self, _: Tok, end: Tok) -> tuple[None, int]:
        return None, self.ends[end]

    def no_size(self, brackets: Tok) -> tuple[None, int]:
        return None, self.ends[brackets]
