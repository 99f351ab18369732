"""Brackets and braces: what each of them is, from what stands before it."""

from __future__ import annotations

from jenkins2gha.groovy.declarations import Declarations
from jenkins2gha.groovy.roles import (
    AMBIGUOUS,
    ARGUMENT_STARTS,
    BEFORE_BLOCK,
    CLASSES,
    MEMBER,
    PATH_ENDS,
    STARTS_CAST_OPERAND,
    STARTS_SIGNED,
    STATEMENT_STARTS,
)
from jenkins2gha.groovy.tokens import BUILT_IN_TYPES, WORD


class Brackets(Declarations):
    """Opens each bracket as the terminal of its role."""

    __slots__ = ()

    def parenthesis(self, at: int) -> int:
        kinds, look, previous = self.kinds, self.look, self.previous()
        if previous in PATH_ENDS:
            return self.open(at, "LPAR", "RPAR", "(")
        close = self.closing[at]
        following = kinds[close + 1]
        if following == ":" and previous in ARGUMENT_STARTS:
            kinds[close + 1] = "K:"
        if following == "=" and self.is_names(at + 1, close):
            return self.open(at, "TUPLE", "PRPAR", "tuple")
        if previous not in MEMBER and look.type_end(at + 1) == close:
            built_in = kinds[at + 1] in BUILT_IN_TYPES
            empty = following == "(" and kinds[close + 2] == ")"
            if not empty and following in (STARTS_SIGNED if built_in else STARTS_CAST_OPERAND):
                look.mark_type(at + 1, close)
                return self.open(at, "PRIM_CAST" if built_in else "CAST", "CRPAR", "cast")
        return self.open(at, "LPAR", "RPAR", "group")

    def is_names(self, at: int, close: int) -> bool:
        kinds = self.kinds
        while kinds[at] == WORD and kinds[at + 1] == ",":
            at += 2
        return kinds[at] == WORD and at + 1 == close

    def bracket(self, at: int) -> int:
        kinds = self.kinds
        if kinds[at + 1] == ":" and kinds[at + 2] == "]":
            kinds[at + 1] = "K:"
            if self.previous() in PATH_ENDS:  # no index can begin like this
                self.command(at)
        return self.open(at, "LSQB", "RSQB", "(")

    def brace(self, at: int) -> int:
        previous = self.previous()
        if previous in BEFORE_BLOCK:
            return self.open_block(at)
        if self.context == "enum" and previous in PATH_ENDS:
            return self.open_class(at)
        if previous in STATEMENT_STARTS:
            if self.context in CLASSES:
                return self.open_block(at)
            if self.look.arrow(at + 1) < 0:
                if previous == "LABEL":
                    return self.open_block(at)
                self.messages[len(self.out)] = AMBIGUOUS
                return self.open(at, "LBRACE", "RBLOCK", "block")
        arrow = self.look.arrow(at + 1)
        if arrow < 0:
            return self.open(at, "LCLOSURE", "RCURLY", "block")
        self.look.mark_parameters(at + 1, arrow)
        return self.open(at, "LPARAMS", "RCURLY", "block")

    def hole(self, at: int) -> int:
        arrow = self.look.arrow(at + 1)
        if arrow >= 0:
            self.look.mark_parameters(at + 1, arrow)
        return self.open(at, "HOLE" if arrow < 0 else "HOLE_PARAMS", "HOLE_END", "block")

    def open_block(self, at: int) -> int:
        return self.open(at, "LBLOCK", "RBLOCK", "block")

    def open_switch(self, at: int) -> int:
        return self.open(at, "LSWITCH", "RBLOCK", "block")

    def open_class(self, at: int) -> int:
        self.class_names.append(self.bodies.get(at, ""))
        return self.open(at, "LCLASS", "RBLOCK", "class")

    def open_enum(self, at: int) -> int:
        self.class_names.append(self.bodies.get(at, ""))
        return self.open(at, "LENUM", "RBLOCK", "enum")

    def open_header(self, at: int) -> int:
        return self.open(at, "LPAR", "HRPAR", "header")

    def open_while(self, at: int) -> int:
        return self.open(at, "LPAR", "HRPAR", "while")

    def open_for(self, at: int) -> int:
        return self.open(at, "LPAR", "HRPAR", "for")

    def open_parameters(self, at: int) -> int:
        return self.open(at, "PLPAR", "PRPAR", "parameters")

    def open_annotation(self, at: int) -> int:
        return self.open(at, "ALPAR", "ARPAR", "annotation")

    def open_new(self, at: int) -> int:
        return self.open(at, "LPAR", "RPAR", "(")
