r"""Where a text literal had a backslash at the end of a line, which Groovy takes out.

https://groovy-lang.org/syntax.html#_escaping_special_characters
"""

from __future__ import annotations

from jenkins2gha.groovy.strings import decode
from jenkins2gha.regex import regex

LINE_END = "\ue00a"
"""Stands for a backslash and a line end that are no part of the text; no script holds it."""

_ESCAPED = regex(r"\\(\r\n?|\n|[^\r\n])")
_VALUE = regex(r"(?<!\\)\$(?:\{[^{}]*\}|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)")


def continued_texts(literal: str) -> list[str]:
    r"""The constant texts of a literal in triple quotes, split at its values, marks included.

    Empty where it is no such literal, or no line of it is continued.

    >>> continued_texts("'''a \\\n b'''") == [f"a {LINE_END} b"]
    True
    """
    quote = literal[:3]
    if quote not in ("'''", '"""') or not literal.endswith(quote):
        return []
    raw = _ESCAPED.sub(lambda match: LINE_END if match[1][0] in "\r\n" else match[0], literal[3:-3])
    if LINE_END not in raw:
        return []
    return [decode(text, quote) for text in (_VALUE.split(raw) if quote == '"""' else [raw])]
