"""Declarations and the heads of statements: what they are made of is marked before it comes."""

from __future__ import annotations

from jenkins2gha.groovy.lookahead import SKIP
from jenkins2gha.groovy.roles import (
    ARGUMENT_STARTS,
    CLASSES,
    DECLARES,
    PATH_ENDS,
    STATEMENT_STARTS,
    TERMINALS,
)
from jenkins2gha.groovy.stream import Stream
from jenkins2gha.groovy.tokens import (
    BUILT_IN_TYPES,
    NEWLINE,
    STRING,
    TYPE_KINDS,
    WORD,
)

_IN_CLASS_HEADER = (
    frozenset(
        (
            WORD,
            ".",
            ",",
            "<",
            ">",
            ">>",
            ">>>",
            "?",
            "&",
            "extends",
            "implements",
            "super",
            "[",
            "]",
        )
    )
    | BUILT_IN_TYPES
)
_IMPORTED = {"static": "MOD", WORD: WORD, ".": "DOT", "*": "IMPORT_STAR", "as": "AS"}


class Declarations(Stream):
    """What begins with a modifier, a type, an annotation or a keyword of its own."""

    __slots__ = ()

    def declare(self, at: int, *, statement: bool = True) -> None:
        """If a declaration starts here: marks its tokens and hands on its marker."""
        kinds, look = self.kinds, self.look
        end = look.modifiers_end(at)
        modified = end > at
        kind = kinds[end]
        if statement:
            if kind in TYPE_KINDS or (kind == "@" and kinds[end + 1] == "interface"):
                self.class_header(end)
                self.begin("CLASSDECL", at, end)
                return
            if self.context in CLASSES and self.constructor(at, end):
                return
            if modified and kind == "<" and self.generic_method(at, end):
                return
            if modified and kind == "(" and "def" in (kinds[end - 1], kinds[end - 2]):
                kinds[end] = "P("
                look.mark_parameters(end + 1, self.closing[end])
                self.begin("MULTIDECL", at, end)
                return
        name = look.declared_name(end, modified=modified)
        if name < 0:
            if modified:
                annotated = kind in ("import", "package") or not statement
                self.begin("" if annotated else "CLASSDECL", at, end)
            return
        look.mark_type(end, name)
        if statement and kinds[name + 1] == "(":
            kinds[name] = "MNAME"
            self.begin("METHDECL", at, end)
        else:
            if kinds[name] == WORD:
                kinds[name] = "DNAME"
            self.begin("VARDECL", at, end)

    def begin(self, marker: str, at: int, modifiers_end: int) -> None:
        self.look.mark_annotations(at, modifiers_end)
        if marker:
            self.mark(marker, at)

    def command(self, at: int) -> None:
        """Marks that what comes is an argument, or the next name of a command chain."""
        if self.chain == 0:
            self.chain = 2 if self.out[-1] in ("RPAR", "RCURLY") else 1
        elif self.chain == 1:
            self.chain = 2
        else:
            self.chain = 1 if self.out[-2] == "CMD" else 2
        self.mark("CMD", at)

    def is_key(self, at: int) -> bool:
        """Whether the keyword is the name of an argument or a key of a map."""
        if self.kinds[at + 1] != ":":
            return False
        previous = self.previous()
        return previous in ARGUMENT_STARTS or previous in PATH_ENDS

    def key(self, at: int) -> int:
        if self.previous() in PATH_ENDS:
            self.command(at)
        self.kinds[at + 1] = "K:"
        return self.emit(WORD, at)

    def constructor(self, at: int, name: int) -> bool:
        kinds = self.kinds
        if kinds[name] != WORD or not self.class_names[-1]:
            return False
        bracket = self.look.after_newline(name + 1)
        if (
            kinds[bracket] != "("
            or self.text[self.starts[name] : self.ends[name]] != self.class_names[-1]
        ):
            return False
        if bracket > name + 1:
            kinds[name + 1] = SKIP
        kinds[name] = "MNAME"
        self.begin("CTORDECL", at, name)
        return True

    def generic_method(self, at: int, angle: int) -> bool:
        """`static <T> T name(…)`."""
        look, kinds = self.look, self.kinds
        end = look.arguments_end(angle)
        name = look.type_end(end) if end >= 0 else -1
        if name < 0 or kinds[name] not in (WORD, STRING):
            return False
        look.mark_type(angle, name)
        kinds[name] = "MNAME"
        self.begin("METHDECL", at, angle)
        return True

    def class_header(self, at: int) -> None:
        """Marks `class A<T> extends B {` from its keyword to its brace."""
        kinds = self.kinds
        name = at + 2 if kinds[at] == "@" else at + 1
        if kinds[name] != WORD:
            return
        end = name + 1
        while kinds[end] in _IN_CLASS_HEADER or kinds[end] == NEWLINE:
            end += 1
        self.look.mark_type(name + 1, end)
        if kinds[end] == "{":
            kinds[end] = "{E" if kinds[at] == "enum" else "{K"
            self.bodies[end] = self.text[self.starts[name] : self.ends[name]]

    def declaration(self, at: int) -> int:
        """A modifier, `def`, or the keyword of a class."""
        kinds = self.kinds
        if self.is_key(at):
            return self.key(at)
        previous = self.previous()
        if previous in STATEMENT_STARTS:
            if kinds[at] == "synchronized" and kinds[at + 1] == "(":
                kinds[at + 1] = "H("
                return self.emit("SYNCHRONIZED", at)
            brace = self.look.after_newline(at + 1)
            if kinds[at] == "static" and kinds[brace] == "{" and self.context in CLASSES:
                kinds[brace] = "{B"
                self.emit("STATIC_INIT", at)
                return brace
            self.declare(at)
        elif previous in ARGUMENT_STARTS and self.context in DECLARES:
            self.declare(at, statement=False)
        return self.emit(TERMINALS[kinds[at]], at)

    def method(self, at: int) -> int:
        """The name of a method: marks parameters, exceptions and body."""
        kinds, look = self.kinds, self.look
        if kinds[at + 1] == "(":
            close = self.closing[at + 1]
            kinds[at + 1] = "P("
            look.mark_parameters(at + 2, close)
            end = self.throws_end(close + 1)
            body = look.after_newline(end)
            if kinds[body] == "{":
                kinds[body] = "{B"
                if body > end:
                    kinds[end] = SKIP
            elif kinds[end] == "default":
                kinds[end] = "METHOD_DEFAULT"
        return self.emit("MNAME", at)

    def throws_end(self, at: int) -> int:
        kinds = self.kinds
        word = self.look.after_newline(at)
        if kinds[word] != "throws":
            return at
        if word > at:
            kinds[at] = SKIP
        end = word + 1
        while kinds[end] in (WORD, ".", ",") or (
            kinds[end] == NEWLINE and kinds[end - 1] in (",", "throws")
        ):
            if kinds[end] == NEWLINE:
                kinds[end] = SKIP
            end += 1
        return end

    def imported(self, at: int) -> int:
        """`import` and `package`, to the end of the statement."""
        kinds = self.kinds
        if self.is_key(at):
            return self.key(at)
        at = self.emit(TERMINALS[kinds[at]], at)
        while True:
            if kinds[at] == NEWLINE and kinds[at - 1] in (".", "as"):
                at += 1
            terminal = _IMPORTED.get(kinds[at])
            if terminal is None:
                if kinds[at] == NEWLINE and kinds[at + 1] == ".":
                    return self.emit("SEP", at)
                return at
            at = self.emit(terminal, at)

    # --- heads in brackets ---

    def header(self, at: int) -> int:
        """`if` and `while`."""
        kinds = self.kinds
        if self.is_key(at):
            return self.key(at)
        if kinds[at + 1] == "(":
            kinds[at + 1] = "W(" if kinds[at] == "while" else "H("
        return self.emit(TERMINALS[kinds[at]], at)

    def switch(self, at: int) -> int:
        kinds = self.kinds
        if self.is_key(at):
            return self.key(at)
        if kinds[at + 1] == "(":
            kinds[at + 1] = "H("
            end = self.closing[at + 1] + 1
            brace = self.look.after_newline(end)
            if kinds[brace] == "{":
                kinds[brace] = "{S"
        return self.emit("SWITCH", at)

    def catch(self, at: int) -> int:
        kinds = self.kinds
        if self.is_key(at):
            return self.key(at)
        if kinds[at + 1] == "(":
            close = self.closing[at + 1]
            kinds[at + 1] = "H("
            for inside in range(at + 2, close):
                if kinds[inside] == "|":
                    kinds[inside] = "PIPE"
            if kinds[close - 1] == WORD:
                kinds[close - 1] = "DNAME"
        return self.emit("CATCH", at)

    def loop(self, at: int) -> int:
        kinds = self.kinds
        if self.is_key(at):
            return self.key(at)
        if kinds[at + 1] != "(":
            return self.emit("FOR", at)
        kinds[at + 1] = "F("
        if self.has_semicolon(at + 2, self.closing[at + 1]):
            return self.emit("FOR", at)
        end = self.look.modifiers_end(at + 2)
        name = self.look.declared_name(end, modified=end > at + 2)
        name = at + 2 if name < 0 else name
        if kinds[name] == WORD:
            if kinds[name + 1] == "in":
                kinds[name + 1] = "FORIN"
            elif kinds[name + 1] == ":":
                kinds[name + 1] = "FORCOLON"
        return self.emit("FOR_IN", at)

    def has_semicolon(self, at: int, end: int) -> bool:
        kinds, closing = self.kinds, self.closing
        while at < end:
            if kinds[at] == ";":
                return True
            at = closing.get(at, at) + 1
        return False

    def case(self, at: int) -> int:
        if self.is_key(at):
            return self.key(at)
        self.case_level = len(self.saved)
        return self.emit("CASE", at)

    def default(self, at: int) -> int:
        if self.is_key(at):
            return self.key(at)
        if self.kinds[at + 1] == ":":
            self.kinds[at + 1] = "C:"
        return self.emit("DEFAULT", at)

    def new(self, at: int) -> int:
        kinds, look = self.kinds, self.look
        if self.is_key(at):
            return self.key(at)
        if self.previous() in PATH_ENDS:
            self.command(at)
        start = look.after_newline(at + 1)
        if kinds[start] == "<" and look.arguments_end(start) >= 0:
            end = look.arguments_end(start)
            look.mark_type(start, end)
            start = end
        end = look.take_type(start)
        bracket = look.after_newline(end)
        if kinds[bracket] == "(" and end > start:
            kinds[bracket] = "N("
            if bracket > end:
                kinds[end] = SKIP
            body = self.closing[bracket] + 1
            if kinds[body] == "{":
                kinds[body] = "{K"
        return self.emit("NEW", at)
