"""The roles of tokens: which terminal a kind is, and what may stand beside it."""

from __future__ import annotations

from typing import Final

from jenkins2gha.groovy.lookahead import SKIP
from jenkins2gha.groovy.tokens import (
    BUILT_IN_TYPES,
    CLOSE_QUOTE,
    END,
    HOLE_END,
    KEYWORDS,
    MODIFIERS,
    NEWLINE,
    NUMBER,
    OPEN_QUOTE,
    PATH,
    STRING,
    TEXT,
    TYPE_KINDS,
    WORD,
)

# Terminals of tokens that mean the same everywhere.
TERMINALS: Final[dict[str, str]] = {
    **{word: word.upper() for word in KEYWORDS},
    **dict.fromkeys((*MODIFIERS, "def"), "MOD"),
    **dict.fromkeys(BUILT_IN_TYPES, "PRIM"),
    **dict.fromkeys("|| && | ^ & =~ ==~ == != <=> === !== < > <= >= << >> >>>".split(), "BINOP"),
    **dict.fromkeys("+= -= *= /= %= **= <<= >>= >>>= &= ^= |=".split(), "OPASSIGN"),
    **dict.fromkeys(("?.", "*.", ".&"), "NAV"),
    **{
        kind: kind for kind in (WORD, STRING, NUMBER, "DNAME", "MNAME", "FORIN", "FORCOLON", "PIPE")
    },
    OPEN_QUOTE: "GOPEN",
    TEXT: "TEXT",
    PATH: "GPATH",
    CLOSE_QUOTE: "GCLOSE",
    "..": "BINOP",
    "..<": "BINOP",
    "in": "BINOP",
    "+": "SIGN",
    "-": "SIGN",
    "*": "STAR",
    "/": "MULOP",
    "%": "MULOP",
    "**": "POWER",
    "!": "NOT",
    "~": "NOT",
    "++": "INCDEC",
    "--": "INCDEC",
    "=": "ASSIGN",
    ",": "COMMA",
    ".": "DOT",
    "?:": "ELVIS",
    "->": "ARROW",
    "...": "ELLIPSIS",
    "K:": "KCOLON",
    "TNAME": "IDENT",
    "TPRIM": "PRIM",
    "T<": "TLT",
    "T>": "TGT",
    "T?": "WILD",
    "T&": "BOUND",
    "FOR_IN": "FOR_IN",
    "C:": "CCOLON",
    "METHOD_DEFAULT": "METHOD_DEFAULT",
}
PATH_ENDS = frozenset(
    "IDENT STRING NUMBER GCLOSE RPAR RSQB RCURLY THIS SUPER TRUE FALSE NULL PRIM".split()
)
PATH_PARTS = PATH_ENDS | frozenset("DOT NAV AT NEW TGT GOPEN".split())
STATEMENT_STARTS = frozenset(
    "SEP LCLOSURE LBLOCK ARROW HOLE LABEL CCOLON HRPAR ELSE LCLASS LENUM LSWITCH".split()
)
ARGUMENT_STARTS = frozenset("LPAR LSQB COMMA KCOLON CMD SEMI".split())
NO_NEWLINE_BEHIND = STATEMENT_STARTS | frozenset(
    "BINOP SIGN STAR MULOP POWER NOT AS INSTANCEOF COMMA KCOLON COLON QUESTION ELVIS ASSIGN "
    "OPASSIGN DOT NAV LPARAMS HOLE_PARAMS MOD TRY FINALLY NEW CAST PRIM_CAST CRPAR".split()
)
STARTS_ARGUMENT = (
    frozenset(
        (STRING, NUMBER, OPEN_QUOTE, "this", "super", "true", "false", "null", "new", "!", "~")
    )
    | BUILT_IN_TYPES
)
STARTS_CAST_OPERAND = STARTS_ARGUMENT | frozenset((WORD, "(", "[", "{"))
STARTS_SIGNED = STARTS_CAST_OPERAND | frozenset(("+", "-", "++", "--"))
BEFORE_NAME = frozenset((WORD, "<", "[", ".", STRING, "def", "@", *MODIFIERS, *BUILT_IN_TYPES))
BEFORE_BLOCK = frozenset("HRPAR ELSE TRY FINALLY DOT NAV STATIC_INIT".split())
MEMBER = frozenset(("DOT", "NAV"))
DECLARES = frozenset(("(", "for"))
NEWLINES_COUNT = frozenset(("block", "class", "enum"))
CLASSES = frozenset(("class", "enum"))
LOOPS = frozenset(("while", "for"))
SEPARATORS = frozenset((NEWLINE, ";", SKIP))
LAST = frozenset(("}", HOLE_END, END))
CONTINUES = frozenset(("?", "?:", "else", "catch", "finally", "{B", "{K", "{E", "{S"))
DOTS = frozenset((".", "?.", "*.", ".&"))
EMPTY_BEFORE = frozenset("LCLOSURE LBLOCK ARROW HOLE LCLASS LENUM SEP".split())
WANTS_STATEMENT = frozenset("LABEL CCOLON HRPAR ELSE".split())
BARE = frozenset(("LPAR", "LSQB"))
AFTER_LAST_COMMA = frozenset(("}", ";", "{", "def", *MODIFIERS, *BUILT_IN_TYPES, *TYPE_KINDS))
AFTER_CONSTANT = frozenset("{ ( ; , }".split())
LITERALS = frozenset((STRING, NUMBER, OPEN_QUOTE))
AMBIGUOUS = (
    "a brace at the start of a statement: begin a closure with its parameters, {it -> …}, "
    "or an open block with a label, name: {…}"
)
