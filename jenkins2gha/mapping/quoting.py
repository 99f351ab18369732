"""Literal texts as words of a shell, of cmd and of PowerShell."""

from __future__ import annotations

import re
from functools import lru_cache

from jenkins2gha.regex import regex

_PLAIN = regex(r"[\w@%+=:,./-]+")
_ASSIGNED = regex(r"(?<![\w$.-])(\w+)\+?=")
_DECLARED = regex(
    r"\b(?:for|read|unset|mapfile|readarray|getopts|select|declare|local|typeset|readonly)\b"
    r"([^\n;]*)"
)
_NAME = regex(r"(?<![\w$])(?<!\$\{)\w+")


def shell_word(text: str) -> str:
    r"""One word of a POSIX shell that stands for exactly this text.

    >>> shell_word("it's")
    '\'it\'"\'"\'s\''
    """
    if _PLAIN.fullmatch(text):
        return text
    return "'" + text.replace("'", "'\"'\"'") + "'"


def in_double_quotes(text: str) -> str:
    r"""The text as it stands between the double quotes of a POSIX shell.

    >>> in_double_quotes('a"$b')
    'a\\"\\$b'
    """
    return re.sub(r'([\\"$`])', r"\\\1", text)


def is_plain(text: str) -> bool:
    """Whether a text, put unquoted into a script, is read as words that stand for themselves.

    >>> is_plain("clean verify"), is_plain("a && b")
    (True, False)
    """
    return all(_PLAIN.fullmatch(word) for word in text.split(" ") if word)


def assigns(script: str, name: str) -> bool:
    """Whether a script may give `name` a new value before it reads it.

    >>> assigns("VERSION=1 make", "VERSION"), assigns("make -DVERSION=1", "VERSION")
    (True, False)
    >>> assigns("for X in a; do", "X"), assigns("echo for ${X}", "X")
    (True, False)
    """
    return name in _names_assigned(script)


@lru_cache(maxsize=16)
def _names_assigned(script: str) -> frozenset[str]:
    declared = (_NAME.findall(words) for words in _DECLARED.findall(script))
    return frozenset(_ASSIGNED.findall(script)).union(*declared)


def powershell_word(text: str) -> str:
    """A PowerShell string that stands for exactly this text."""
    return "'" + re.sub("(['\u2018\u2019\u201a\u201b])", r"\1\1", text) + "'"
