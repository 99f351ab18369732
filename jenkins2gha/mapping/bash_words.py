"""What a script says that only bash reads, where the `sh` of an agent may be another shell.

Jenkins runs `sh`, which is dash on Debian and Ubuntu and bash elsewhere; GitHub runs bash.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
"""

from __future__ import annotations

import re

from jenkins2gha.mapping.other_machines import on_this_machine
from jenkins2gha.regex import regex

_BEFORE = r"(?:^|[\n;&|({!`]|\b(?:if|do|then|else|while|elif)\b)[ \t]*"
_WORDS = (
    ("[[", _BEFORE + r"\[\[\s"),
    ("&>", r"(?<![\w&'\"])&>>?\s*[\w/$]"),
    ("{1..5}", r"\{\w+\.\.\w+\}"),
    ("echo -e", _BEFORE + r"echo\s+-[nE]*e[nE]*\s"),
    ("source", _BEFORE + r"source\s"),
    ("<<<", r"(?<!<)<<<(?!<)"),
    ("<( )", r"(?<=\s)[<>]\((?=\w)"),
    ("$'…'", r"(?<![\w\"'\\$])\$'"),
    ("name=( )", _BEFORE + r"(?:declare\s+-\w+\s+)?\w+=\("),
    ("function", _BEFORE + r"function\s+\w+"),
    ("pushd", _BEFORE + r"pushd\s"),
    ("(( ))", _BEFORE + r"\(\("),
    ("${name//…}", r"\$\{\w+(?://?[^}/]+/|\^|,|:\d)"),
    ("==", r"(?:(?<=\s)|^)\[\s[^\]\n]*\s==\s[^\]\n]*\]"),
)
_PATTERNS = tuple((words, regex(pattern, re.MULTILINE)) for words, pattern in _WORDS)


def bash_words(script: str) -> tuple[str, ...]:
    """What stands in a script that a plain `sh` reads otherwise, in the order of this list.

    >>> bash_words("if [[ $A == b ]]; then source env.sh; fi")
    ('[[', 'source')
    """
    script = on_this_machine(script)
    return tuple(words for words, pattern in _PATTERNS if pattern.search(script))
