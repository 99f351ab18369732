"""The regular expressions of the shell lexer: one for each lexical mode."""

from __future__ import annotations

import re

from jenkins2gha.regex import regex

HOLE = "\ue000"
"""Stands for an inserted value in the text that the lexer reads."""

_OPEN = rf"""(?P<arith>\$\(\()|(?P<sub>\$\()|(?P<brace>\$\{{)
 |(?P<name>\$(?:[A-Za-z_]\w*)?{HOLE})|(?P<dollar>\$(?:[A-Za-z_]\w*|[0-9@*\#?$!-])?)|(?P<tick>`)
 |(?P<escape>\\[\s\S]?)|(?P<hole>{HOLE})"""

SCRIPT = regex(
    rf"""(?P<blank>[ \t]+)
 |(?P<chunk>[^ \t\n'"`$\\|&;()<>\#{HOLE}][^ \t\n'"`$\\|&;()<>{HOLE}]*)
 |(?P<newline>\n)|(?P<plain>"[^"\\`${HOLE}]*")|(?P<single>')|(?P<double>\$?")
 |(?P<ansi>\$'(?:[^\\']|\\[\s\S])*'?)|{_OPEN}|(?P<comment>\#[^\n]*)
 |(?P<process>[<>]\()|(?P<heredoc><<-?(?!<))|(?P<redirect><<<|&>>?|<&|>&|<>|>>|>\||[<>])
 |(?P<operator>;;&|;;|;&|&&|\|\||\|&|[;|&])|(?P<open>\()|(?P<close>\))""",
    re.VERBOSE,
)
DOUBLE = regex(rf"""(?P<text>[^"\\`${HOLE}]+)|(?P<close>")|{_OPEN}""", re.VERBOSE)
HEREDOC = regex(rf"(?P<text>[^\\`${HOLE}]+)|{_OPEN}", re.VERBOSE)
BRACE = regex(
    rf"""(?P<text>[^}}'"\\`${HOLE}]+)|(?P<close>\}})|(?P<single>')|(?P<double>\$?")|{_OPEN}""",
    re.VERBOSE,
)
ARITHMETIC = regex(rf"(?P<text>[^()\\`${HOLE}]+)|(?P<open>\()|(?P<close>\))|{_OPEN}", re.VERBOSE)

PARAMETER = regex(rf"[!#]?(?:[\w{HOLE}]+|[@*#?$!-])?(?:\[[^\]\n]{{0,200}}\])?([#%/^,])?")
"""The name in `${…}`, its subscript, and an operator behind which a pattern stands."""

PARENTHESES = regex(r"[()]|\\[\s\S]")
TICKED = regex(r"(?:[^\\`]|\\[\s\S])*")
ASSIGNMENT = regex(r"[A-Za-z_]\w*(?:\[[^\]]{0,200}\])?\+?=")
ASSIGNED = regex(rf"[\w{HOLE}]*\+?=")
EMPTY_PARENTHESES = regex(r"\([ \t]*\)")
QUOTING = regex(r"\\([\s\S])|['\"]")
UNQUOTED = regex(
    r"""([^'"\\$`]+)|\\(?:\n|([\s\S]))|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|([$`'"])""",
)
"""The pieces of a word: plain, escaped, single- and double-quoted text, anything else."""
