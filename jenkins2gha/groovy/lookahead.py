"""What Groovy finds out by reading ahead: types, modifiers, declarations, closure parameters.

The functions mark what they recognise by changing the kinds of tokens that are still to come.
"""

from __future__ import annotations

from typing import Final

from jenkins2gha.groovy.tokens import (
    BUILT_IN_TYPES,
    END,
    HOLE,
    KEYWORDS,
    MODIFIERS,
    NEWLINE,
    OPEN_QUOTE,
    STRING,
    WORD,
    Tokens,
)

SKIP: Final = "SKIP"  # a token that is not handed on
_IN_TYPE_ARGUMENTS = frozenset((WORD, ".", ",", "?", "extends", "super", "&", "[", "]", NEWLINE))
_CLOSES = {">": 1, ">>": 2, ">>>": 3}
_MARKS: Final[dict[str, str]] = {
    "<": "T<",
    ">": "T>",
    ">>": "T>>",
    ">>>": "T>>>",
    "?": "T?",
    "&": "T&",
    "[": "T[",
    "]": SKIP,
    NEWLINE: SKIP,
    WORD: "TNAME",
    **dict.fromkeys(BUILT_IN_TYPES, "TPRIM"),
}
_STARTS_TYPE = frozenset((WORD, *BUILT_IN_TYPES))
_BEHIND_TYPE = frozenset(("<", "[", WORD, STRING, "def", "@", *MODIFIERS, *BUILT_IN_TYPES))
_OPENING = frozenset(("(", "[", "{", OPEN_QUOTE, HOLE))
_GOES_ON = frozenset(
    "+ - * / % ** = += -= *= /= %= **= && || & | ^ == != === !== < > <= >= <=> << >> >>> =~ ==~ "
    ".. ..< in as instanceof ? : ?: . ?. *. .& !".split()
)


class Lookahead:
    """Questions about the tokens from a position on; the answer is a position, or -1 for no."""

    __slots__ = ("closing", "kinds", "starts", "text")

    def __init__(self, text: str, tokens: Tokens) -> None:
        self.text = text
        self.kinds = tokens.kinds
        self.starts = tokens.starts
        self.closing = tokens.closing

    def after_newline(self, at: int) -> int:
        return at + 1 if self.kinds[at] == NEWLINE else at

    def is_capital(self, at: int) -> bool:
        return self.text[self.starts[at]].isupper()

    # --- types ---

    def type_end(self, at: int) -> int:
        """Behind `a.b.C<D>[]`."""
        kinds = self.kinds
        if kinds[at] not in _STARTS_TYPE:
            return -1
        plain = kinds[at] != WORD
        at += 1
        while not plain:
            if kinds[at] == "<":
                at = self.arguments_end(at)
                if at < 0:
                    return -1
            if kinds[at] != "." or kinds[at + 1] != WORD:
                break
            at += 2
        while kinds[at] == "[" and kinds[at + 1] == "]":
            at += 2
        return at

    def arguments_end(self, at: int) -> int:
        """Behind `<A, ? extends B>`."""
        kinds, depth = self.kinds, 0
        while True:
            kind = kinds[at]
            if kind == "<":
                depth += 1
            elif kind in _CLOSES:
                if kind != ">" and kinds[at - 1] == "<":
                    return -1
                depth -= _CLOSES[kind]
                if depth == 0:
                    # Groovy looks for more brackets behind `>>`, and drops a newline there
                    return at + 1 if kind == ">" else self.after_newline(at + 1)
                if depth < 0:
                    return -1
            elif kind not in _IN_TYPE_ARGUMENTS and kind not in BUILT_IN_TYPES:
                return -1
            at += 1

    def mark_type(self, start: int, end: int) -> None:
        kinds = self.kinds
        for at in range(start, end):
            mark = _MARKS.get(kinds[at])
            if mark:
                kinds[at] = mark

    def take_type(self, at: int) -> int:
        """Marks the type at `at`; the position behind it, or `at` if there is none."""
        end = self.type_end(at)
        if end < 0:
            return at
        kinds = self.kinds
        self.mark_type(at, end)
        if kinds[end] == ".":
            kinds[end] = "no type goes on like this"
        elif kinds[end] == NEWLINE and kinds[end + 1] in (".", "?.", "*.", ".&"):
            kinds[end] = ";"
        return end

    # --- modifiers and annotations ---

    def annotation_end(self, at: int) -> int:
        """Behind `@a.B(…)`, with its newline where more may follow."""
        kinds = self.kinds
        at += 1
        if kinds[at] != WORD:
            return -1
        at += 1
        while kinds[at] == ".":
            follows = self.after_newline(at + 1)
            if kinds[follows] != WORD:
                break
            at = follows + 1
        bracket = self.after_newline(at)
        if kinds[bracket] == "(":
            return self.after_newline(min(self.closing[bracket] + 1, len(kinds) - 1))
        return bracket

    def modifiers_end(self, at: int) -> int:
        """Behind modifiers, `def` and annotations; `at` if there is none."""
        kinds = self.kinds
        while True:
            kind = kinds[at]
            if kind in MODIFIERS or kind == "def":
                at = self.after_newline(at + 1)
            elif kind == "@" and kinds[at + 1] != "interface":
                end = self.annotation_end(at)
                if end < 0:
                    return at
                at = end
            else:
                return at

    def mark_annotations(self, start: int, end: int) -> None:
        """Marks the brackets of annotations between two positions, and drops newlines."""
        kinds, at = self.kinds, start
        while at < end:
            kind = kinds[at]
            if kind == NEWLINE:
                kinds[at] = SKIP
            elif kind == "(":
                kinds[at] = "A("
                self._mark_pairs(at)
                at = self.closing[at]
            at += 1

    def _mark_pairs(self, opener: int) -> None:
        """The names in `(a = 1, default = 2)` may be keywords."""
        kinds, at, close = self.kinds, opener + 1, self.closing[opener]
        while at < close:
            if kinds[at + 1] == "=" and kinds[at] in KEYWORDS:
                kinds[at] = WORD
            while at < close and kinds[at] != ",":
                at = self.closing[at] if kinds[at] in _OPENING else at
                at += 1
            at += 1

    # --- declarations ---

    def declared_name(self, at: int, *, modified: bool) -> int:  # noqa: C901, PLR0912
        """The name that a declaration starting here gives, by Groovy's own rule of thumb."""
        kinds, seen = self.kinds, modified
        while True:
            kind = kinds[at]
            if kind in BUILT_IN_TYPES:
                at += 1
            elif kind == WORD:
                behind = kinds[at + 1]
                if behind == ".":
                    at = self._qualified_end(at)
                    if at < 0:
                        return -1
                elif behind in _BEHIND_TYPE:
                    if not self.is_capital(at):
                        return -1
                    at += 1
                else:
                    return at if seen else -1
            elif kind == STRING:
                return at if seen else -1
            else:
                end = self.modifiers_end(at)
                if end == at:
                    return -1
                at, seen = end, True
                continue
            seen = True
            if kinds[at] == "<":
                at = -1 if kinds[at + 1] == ">" else self.arguments_end(at)
                if at < 0:
                    return -1
            while kinds[at] == "[":
                at = self.closing[at] + 1
                if at >= len(kinds):
                    return -1

    def _qualified_end(self, at: int) -> int:
        kinds = self.kinds
        while kinds[at + 1] == "." and kinds[at + 2] == WORD:
            at += 2
        return at + 1 if kinds[at + 1] != "." and self.is_capital(at) else -1

    # --- parameters ---

    def parameter_end(self, at: int, *, mark: bool) -> int:
        """Behind the name of the parameter at `at`."""
        kinds = self.kinds
        if kinds[at] == WORD and kinds[at + 1] in ("->", ",", "=", ")"):
            if mark:
                kinds[at] = "DNAME"
            return at + 1
        start, at = at, self.modifiers_end(at)
        if mark:
            self.mark_annotations(start, at)
        if kinds[at] in _STARTS_TYPE:
            end = self.type_end(at)
            if end >= 0 and kinds[end] in (WORD, "..."):
                if mark:
                    self.mark_type(at, end)
                at = end
        if kinds[at] == "...":
            at += 1
        if kinds[at] != WORD:
            return -1
        if mark:
            kinds[at] = "DNAME"
        return at + 1

    def default_end(self, at: int) -> int:
        """Behind the default value that starts at `at`: at a comma, an arrow, or a bracket."""
        kinds = self.kinds
        while True:
            kind = kinds[at]
            if kind in _OPENING:
                at = self.closing[at]
            elif kind in (",", "->", ")", "}", ";", END) or (
                kind == NEWLINE and kinds[at - 1] not in _GOES_ON
            ):
                return at
            if at + 1 >= len(kinds):
                return at
            at += 1

    def arrow(self, at: int) -> int:
        """The `->` behind closure parameters that start at `at`."""
        kinds = self.kinds
        at = self.after_newline(at)
        if kinds[at] == "->":
            return at
        while True:
            at = self.parameter_end(at, mark=False)
            if at < 0:
                return -1
            if kinds[at] == "=":
                at = self.default_end(at + 1)
            if kinds[at] == ",":
                at = self.after_newline(at + 1)
                continue
            at = self.after_newline(at)
            return at if kinds[at] == "->" else -1

    def mark_parameters(self, at: int, end: int) -> None:
        """Marks names and types of the parameters up to the bracket or arrow at `end`."""
        kinds = self.kinds
        at = self.after_newline(at)
        while at < end:
            behind = self.parameter_end(at, mark=True)
            if behind < 0:
                return
            if kinds[behind] == "=":
                behind = self.default_end(behind + 1)
            at = self.after_newline(behind + 1) if kinds[behind] == "," else end
        if kinds[end - 1] == NEWLINE:
            kinds[end - 1] = SKIP
