"""What a script says that only bash reads, where the `sh` of an agent may be another shell.

Jenkins runs `sh`, which is dash on Debian and Ubuntu and bash elsewhere; GitHub runs bash.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
"""

from __future__ import annotations

import re

from jenkins2gha.regex import regex
from jenkins2gha.shell.quotes import QuoteState, quote_states

_BEFORE = r"(?P<before>(?:^|[\n;&|({!`]|\b(?:if|do|then|else|while|elif)\b)[ \t]*)"
_WORDS = (
    ("[[", _BEFORE + r"\[\[\s"),
    ("&>", r"(?<![\w&'])&>>?\s*[\w/$\"]"),
    ("{1..5}", r"\{\w+\.\.\w+\}"),
    ("echo -e", _BEFORE + r"echo\s+-[nE]*e[nE]*\s"),
    ("source", _BEFORE + r"source\s"),
    ("<<<", r"(?<!<)<<<(?!<)"),
    ("<( )", r"(?<=\s)[<>]\((?=\w)"),
    ("$'…'", r"(?<![\w\\$])\$'"),
    ("name=( )", _BEFORE + r"(?:declare\s+-\w+\s+)?\w+=\("),
    ("function", _BEFORE + r"function\s+\w+"),
    ("pushd", _BEFORE + r"pushd\s"),
    ("(( ))", _BEFORE + r"\(\("),
    ("${name//…}", r"\$\{\w+(?://?[^}/]+/|\^|,|:\d)"),
    ("==", r"(?:(?<=\s)|^)\[\s[^\]\n]*\s==\s[^\]\n]*\]"),
)
_PATTERNS = tuple((words, regex(pattern, re.MULTILINE)) for words, pattern in _WORDS)
_AS_CODE = (QuoteState.BARE, QuoteState.NAME)
_IN_TEXTS = (QuoteState.DOUBLE, QuoteState.HEREDOC)


def bash_words(script: str) -> tuple[str, ...]:
    """What stands in a script that a plain `sh` reads otherwise, in the order of this list.

    >>> bash_words("if [[ $A == b ]]; then source env.sh; fi")
    ('[[', 'source')
    """
    return tuple(
        words
        for words, pattern in _PATTERNS
        if any(_is_read(script, match) for match in pattern.finditer(script))
    )


def _is_read(script: str, match: re.Match[str]) -> bool:
    """Whether the shell itself reads the words: they stand in no comment and in no text."""
    at = match.end("before") if match.re.groupindex else match.start()
    (state,) = quote_states([script[:at], None, script[at:]])
    return state in _AS_CODE or (match[0].startswith("${") and state in _IN_TEXTS)
