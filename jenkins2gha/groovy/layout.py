"""The token pass between lexer and grammar: it tells apart what only the surroundings tell apart.

Newlines become separators or go; braces, brackets, `:` and `<` get the kind of their role; markers
without width say where a declaration or the arguments of a command begin. It follows the syntactic
predicates of Groovy 2.4's own grammar, so that both accept the same texts.
"""

from __future__ import annotations

from collections.abc import Callable

from jenkins2gha.groovy.brackets import Brackets
from jenkins2gha.groovy.lookahead import SKIP
from jenkins2gha.groovy.roles import (
    AFTER_CONSTANT,
    AFTER_LAST_COMMA,
    ARGUMENT_STARTS,
    BARE,
    BEFORE_NAME,
    CONTINUES,
    DECLARES,
    DOTS,
    EMPTY_BEFORE,
    LAST,
    LITERALS,
    MEMBER,
    NEWLINES_COUNT,
    NO_NEWLINE_BEHIND,
    PATH_ENDS,
    PATH_PARTS,
    SEPARATORS,
    STATEMENT_STARTS,
    TERMINALS,
    WANTS_STATEMENT,
)
from jenkins2gha.groovy.tokens import (
    BUILT_IN_TYPES,
    END,
    HOLE,
    HOLE_END,
    KEYWORDS,
    MODIFIERS,
    NEWLINE,
    TYPE_KINDS,
    WORD,
)


class Layout(Brackets):
    """Runs over the tokens once and builds the arrays that the grammar reads."""

    __slots__ = ()

    def run(self) -> None:  # noqa: C901 - the hot loop: plain tokens here, others by kind
        kinds, starts, ends, text = self.kinds, self.starts, self.ends, self.text
        out, out_starts, out_ends = self.out, self.out_starts, self.out_ends
        handlers, terminals, path_ends = _HANDLERS, TERMINALS, PATH_ENDS
        at, last = 0, len(kinds) - 1
        kinds.extend((END, END, END))  # so that looking ahead needs no check
        while at < last:
            kind = kinds[at]
            if kind == WORD:
                previous = out[-1] if out else "SEP"
                behind = kinds[at + 1]
                if previous in path_ends:
                    self.command(at)
                    if behind == ":":
                        kinds[at + 1] = "K:"
                elif previous in STATEMENT_STARTS:
                    if behind == ":":
                        at = self.label(at)
                        continue
                    if behind in (".", "(") or (
                        behind in BEFORE_NAME and text[starts[at]].isupper()
                    ):
                        self.declare(at)
                        if kinds[at] != WORD:
                            continue
                elif previous in ARGUMENT_STARTS:
                    if behind == ":":
                        kinds[at + 1] = "K:"
                    elif (
                        behind in BEFORE_NAME
                        and self.context in DECLARES
                        and (behind == "." or text[starts[at]].isupper())
                    ):
                        self.declare(at, statement=False)
                out.append(WORD)
            elif kind in handlers:
                at = handlers[kind](self, at)
                continue
            else:
                if kind in LITERALS:
                    self.literal(at)
                out.append(terminals.get(kind, kind))
            out_starts.append(starts[at])
            out_ends.append(ends[at])
            at += 1
        self.emit(END, last)

    # --- newlines and semicolons ---

    def separator(self, at: int) -> int:
        kinds = self.kinds
        if self.context not in NEWLINES_COUNT:
            return self.emit("SEMI", at)
        end, semicolon = at, -1
        while kinds[end] in SEPARATORS:
            if semicolon < 0 and kinds[end] == ";":
                semicolon = end
            end += 1
        following = kinds[end]
        previous = self.previous()
        if semicolon < 0:
            if self.joins(previous, following):
                return end
        elif previous == "HRPAR" and self.loop_end == len(self.out) - 1:
            return self.emit("SEMI", semicolon)
        elif previous in EMPTY_BEFORE:
            return end
        if following in LAST and previous not in WANTS_STATEMENT:
            return end
        if following == "else" and ";" not in kinds[max(at, semicolon) + 1 : end]:
            return end
        self.questions = self.chain = 0
        self.case_level = -1
        self.emit("SEP", at)
        return end

    def joins(self, previous: str, following: str) -> bool:
        """Whether a newline between these two separates nothing."""
        if previous in NO_NEWLINE_BEHIND or following in LAST or following in CONTINUES:
            return True
        if following in DOTS:
            return previous in PATH_ENDS
        if following == ":":
            return self.questions > 0
        if following == "{":
            return previous in PATH_ENDS and self.is_leftmost()
        return following == "," and self.context == "enum"

    def is_leftmost(self) -> bool:
        """Whether the path before begins its statement or initial value."""
        out, partner, at = self.out, self.partner, len(self.out) - 1
        while at >= 0 and out[at] in PATH_PARTS:
            at = partner.get(at, at) - 1
        return at < 0 or out[at] in STATEMENT_STARTS or out[at] in ("ASSIGN", "OPASSIGN")

    def skip(self, at: int) -> int:
        return at + 1

    # --- calls without parentheses ---

    def sign(self, at: int) -> int:
        if self.is_chained_name():
            self.command(at)
        return self.emit("SIGN", at)

    def step(self, at: int) -> int:
        if self.is_chained_name():
            self.command(at)
        return self.emit("INCDEC", at)

    def is_chained_name(self) -> bool:
        return self.chain == 2 and self.out[-2] == "CMD" and self.out[-1] in PATH_ENDS

    def label(self, at: int) -> int:
        self.emit("LABEL", at)
        self.out_ends[-1] = self.ends[at + 1]
        return at + 2

    def literal(self, at: int) -> None:
        previous = self.previous()
        if previous in PATH_ENDS:
            self.command(at)
        elif previous not in ARGUMENT_STARTS:
            return
        behind = self.closing.get(at, at) + 1
        if self.kinds[behind] == ":":
            self.kinds[behind] = "K:"

    def atom(self, at: int) -> int:
        if self.is_key(at):
            return self.key(at)
        previous = self.previous()
        if previous in PATH_ENDS:
            self.command(at)
        elif self.kinds[at] in BUILT_IN_TYPES and self.kinds[at + 1] in BEFORE_NAME:
            if previous in STATEMENT_STARTS:
                self.declare(at)
            elif previous in ARGUMENT_STARTS and self.context in DECLARES:
                self.declare(at, statement=False)
        return self.emit(TERMINALS[self.kinds[at]], at)

    # --- keywords and single marks ---

    def keyword(self, at: int) -> int:
        return self.key(at) if self.is_key(at) else self.emit(TERMINALS[self.kinds[at]], at)

    def operator_word(self, at: int) -> int:
        if self.kinds[at + 1] == ":" and self.previous() in ARGUMENT_STARTS:
            return self.key(at)
        terminal = TERMINALS[self.kinds[at]]
        if terminal != "BINOP":
            self.look.take_type(self.look.after_newline(at + 1))
        return self.emit(terminal, at)

    def assign(self, at: int) -> int:
        self.chain = 0
        return self.emit(TERMINALS[self.kinds[at]], at)

    def arrow(self, at: int) -> int:
        self.questions = self.chain = 0
        return self.emit("ARROW", at)

    def question(self, at: int) -> int:
        self.questions += 1
        return self.emit("QUESTION", at)

    def colon(self, at: int) -> int:
        if self.previous() == "STAR":
            return self.emit("KCOLON", at)
        if self.questions:
            self.questions -= 1
        elif self.case_level == len(self.saved):
            self.case_level = -1
            return self.emit("CCOLON", at)
        return self.emit("COLON", at)

    def comma(self, at: int) -> int:
        kinds, previous = self.kinds, self.previous()
        if self.context == "(":
            last = kinds[at + 1] in (")", "]")
            if (last != (previous == "COMMA")) and self.commas == 0 and previous not in BARE:
                self.commas = 1
                return at + 1
        elif self.context == "enum" and kinds[self.look.after_newline(at + 1)] in AFTER_LAST_COMMA:
            return at + 1
        return self.emit("COMMA", at)

    def dot(self, at: int) -> int:
        kinds, look = self.kinds, self.look
        name = look.after_newline(at + 1)
        if kinds[name] == "@":
            name += 1
        if kinds[name] in KEYWORDS:
            kinds[name] = WORD
        elif kinds[name] == "<":
            look.mark_type(name, look.arguments_end(name))
        return self.emit("DOT" if kinds[at] == "." else "NAV", at)

    def angles(self, at: int) -> int:
        start, end = self.starts[at], self.ends[at]
        for place in range(start, end):
            self.emit("TGT", at)
            self.out_starts[-1], self.out_ends[-1] = place, place + 1
        return at + 1

    def dimension(self, at: int) -> int:
        self.emit("DIM", at)
        self.out_ends[-1] = self.ends[at + 1]
        return at + 2

    def annotation(self, at: int) -> int:
        previous = self.previous()
        if previous in MEMBER or self.kinds[at + 1] == "interface":
            if previous in STATEMENT_STARTS:
                self.declare(at)
            return self.emit("AT", at)
        if previous in STATEMENT_STARTS:
            if previous != "LENUM" or not self.is_constant(at):
                self.declare(at)
        elif previous in ARGUMENT_STARTS and self.context in DECLARES:
            self.declare(at, statement=False)
        end = self.look.annotation_end(at)
        self.look.mark_annotations(at, end)
        if self.context == "enum" and self.kinds[end] == WORD:
            self.kinds[end] = "TNAME"
        return self.emit("AT", at)

    def is_constant(self, at: int) -> bool:
        """Whether the annotations at `at` belong to the constant of an enum."""
        name = self.look.modifiers_end(at)
        behind = self.look.after_newline(name + 1)
        return self.kinds[name] == WORD and self.kinds[behind] in AFTER_CONSTANT


_METHODS = {
    "separator": f"{NEWLINE} ;",
    "skip": SKIP,
    "parenthesis": "(",
    "bracket": "[",
    "brace": "{",
    "hole": HOLE,
    "close": f") ] }} {HOLE_END}",
    "open_header": "H(",
    "open_while": "W(",
    "open_for": "F(",
    "open_parameters": "P(",
    "open_annotation": "A(",
    "open_new": "N(",
    "open_block": "{B",
    "open_class": "{K",
    "open_enum": "{E",
    "open_switch": "{S",
    "colon": ":",
    "question": "?",
    "comma": ",",
    "dot": ". ?. *. .&",
    "operator_word": "as instanceof in",
    "annotation": "@",
    "sign": "+ -",
    "step": "++ --",
    "assign": "= += -= *= /= %= **= <<= >>= >>>= &= ^= |=",
    "arrow": "->",
    "angles": "T>> T>>>",
    "dimension": "T[",
    "new": "new",
    "header": "if while",
    "loop": "for",
    "switch": "switch",
    "catch": "catch",
    "case": "case",
    "default": "default",
    "imported": "import package",
    "method": "MNAME",
    "declaration": " ".join((*MODIFIERS, *TYPE_KINDS, "def")),
    "atom": " ".join((*BUILT_IN_TYPES, "this super true false null ! ~")),
}
_HANDLERS: dict[str, Callable[[Layout, int], int]] = {
    **dict.fromkeys(KEYWORDS, Layout.keyword),
    **{kind: getattr(Layout, name) for name, kinds in _METHODS.items() for kind in kinds.split()},
}
