"""Reads the expressions of table rows: the text of a GitHub expression → its tree."""

from __future__ import annotations

import re
from functools import cache

from jenkins2gha.actions.expressions import Expression
from jenkins2gha.actions.reading import read
from jenkins2gha.actions.workflow import Template, Text
from jenkins2gha.regex import regex

_HOLE = regex(r"\$\{\{(.*?)\}\}", re.DOTALL)


@cache
def formula(text: str) -> Expression:
    """The tree of an expression; raises ExpressionError for what is none.

    >>> formula("github.run_number")
    Context(path='github.run_number')
    """
    return read(text)


@cache
def template(text: str) -> Text:
    """A text with `${{ }}` in it, each of them read as a formula.

    >>> template("#1")
    '#1'
    """
    parts: list[str | Expression] = []
    for number, part in enumerate(_HOLE.split(text)):
        if number % 2:
            parts.append(formula(part))
        elif part:
            parts.append(part)
    if not parts:
        return ""
    return parts[0] if len(parts) == 1 else Template(tuple(parts))
