"""The regular expressions of the shell lexer: one for each lexical mode."""

from __future__ import annotations

import re

HOLE = "\ue000"
"""Stands for an inserted value in the text that the lexer reads."""

_OPEN = rf"""(?P<arith>\$\(\()|(?P<sub>\$\()|(?P<brace>\$\{{)
 |(?P<name>\$(?:[A-Za-z_]\w*)?{HOLE})|(?P<dollar>\$(?:[A-Za-z_]\w*|[0-9@*\#?$!-])?)|(?P<tick>`)
 |(?P<escape>\\[\s\S]?)|(?P<hole>{HOLE})"""

SCRIPT = re.compile(
    rf"""(?P<blank>[ \t]+)
 |(?P<chunk>[^ \t\n'"`$\\|&;()<>\#{HOLE}][^ \t\n'"`$\\|&;()<>{HOLE}]*)
 |(?P<newline>\n)|(?P<plain>"[^"\\`${HOLE}]*")|(?P<single>')|(?P<double>\$?")
 |(?P<ansi>\$'(?:[^\\']|\\[\s\S])*'?)|{_OPEN}|(?P<comment>\#[^\n]*)
 |(?P<process>[<>]\()|(?P<heredoc><<-?(?!<))|(?P<redirect><<<|&>>?|<&|>&|<>|>>|>\||[<>])
 |(?P<operator>;;&|;;|;&|&&|\|\||\|&|[;|&])|(?P<open>\()|(?P<close>\))""",
    re.VERBOSE,
)
DOUBLE = re.compile(rf"""(?P<text>[^"\\`${HOLE}]+)|(?P<close>")|{_OPEN}""", re.VERBOSE)
HEREDOC = re.compile(rf"(?P<text>[^\\`${HOLE}]+)|{_OPEN}", re.VERBOSE)
BRACE = re.compile(
    rf"""(?P<text>[^}}'"\\`${HOLE}]+)|(?P<close>\}})|(?P<single>')|(?P<double>\$?")|{_OPEN}""",
    re.VERBOSE,
)
ARITHMETIC = re.compile(
    rf"(?P<text>[^()\\`${HOLE}]+)|(?P<open>\()|(?P<close>\))|{_OPEN}", re.VERBOSE
)

PARAMETER = re.compile(rf"[!#]?(?:[\w{HOLE}]+|[@*#?$!-])?(?:\[[^\]\n]{{0,200}}\])?([#%/^,])?")
"""The name in `${…}`, its subscript, and an operator behind which a pattern stands."""

PARENTHESES = re.compile(r"[()]|\\[\s\S]")
TICKED = re.compile(r"(?:[^\\`]|\\[\s\S])*")
ASSIGNMENT = re.compile(r"[A-Za-z_]\w*(?:\[[^\]]{0,200}\])?\+?=")
ASSIGNED = re.compile(rf"[\w{HOLE}]*\+?=")
EMPTY_PARENTHESES = re.compile(r"\([ \t]*\)")
QUOTING = re.compile(r"\\([\s\S])|['\"]")
UNQUOTED = re.compile(
    r"""([^'"\\$`]+)|\\(?:\n|([\s\S]))|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|([$`'"])""",
)
"""The pieces of a word: plain, escaped, single- and double-quoted text, anything else."""
