"""The tokens of Groovy: arrays of kinds and offsets, and what their kinds mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from jenkins2gha.groovy.errors import GroovySyntaxError

MODIFIERS = frozenset(
    "private public protected static transient final abstract native threadsafe synchronized "
    "volatile strictfp".split()
)
BUILT_IN_TYPES = frozenset("void boolean byte char short int float long double".split())
TYPE_KINDS = frozenset(("class", "interface", "enum", "trait"))
# Java's words that are names in Groovy unless they come before a dot or after one.
SOFT_WORDS = frozenset(("as", "def", "in", "trait"))
KEYWORDS = (
    MODIFIERS
    | BUILT_IN_TYPES
    | TYPE_KINDS
    | frozenset(
        "as assert break case catch const continue def default do else extends false finally for "
        "goto if implements import in instanceof new null package return super switch this throw "
        "throws true try while".split()
    )
)

# Kinds of the lexer beside keywords and operators, which are their own kinds.
WORD, NUMBER, STRING, NEWLINE, END, ERROR = "IDENT", "NUMBER", "STRING", "NL", "$END", "ERROR"
# A string with holes: opening quote, constant text, `$a.b`, `${` … `}`, closing quote.
OPEN_QUOTE, TEXT, PATH, HOLE, HOLE_END, CLOSE_QUOTE = "GOPEN", "TEXT", "GPATH", "${", "}$", "GCLOSE"


@dataclass(slots=True)
class Tokens:
    """What the lexer made of a text: three parallel arrays, closed by one END token.

    `closing` leads from an opening bracket or quote to its partner, both as positions in the
    arrays; `error` is set where the text stops being Groovy (its token is the last before END).
    """

    kinds: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    closing: dict[int, int] = field(default_factory=dict)
    error: GroovySyntaxError | None = None

    def add(self, kind: str, start: int, end: int) -> None:
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
