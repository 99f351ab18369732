"""Text with `${{ }}` in it, as one expression.

Source: actions/runner, `WorkflowParser/ObjectTemplating/TemplateReader.cs` (ParseScalar).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jenkins2gha.simulate.expressions.errors import SyntaxFault

_OPEN = "${{"
_ONLY_STRING = re.compile(r"'((?:[^']|'')*)'")


def template(text: str) -> tuple[str, bool]:
    """A text and False, or the expression that a text stands for and True.

    >>> template("a ${{ b }}c")
    ("format('a {0}c', b)", True)
    """
    if _OPEN not in text:
        return text, False
    segments = list(_segments(text))
    if len(segments) == 1:
        only = _ONLY_STRING.fullmatch(segments[0][0])
        return (only[1].replace("''", "'"), False) if only else segments[0]
    pattern, arguments = "", ""
    count = 0
    for segment, is_expression in segments:
        if is_expression:
            pattern += f"{{{count}}}"
            arguments += f", {segment}"
            count += 1
        else:
            pattern += segment.replace("'", "''").replace("{", "{{").replace("}", "}}")
    return f"format('{pattern}'{arguments})", True


def _segments(text: str) -> Iterator[tuple[str, bool]]:
    position = 0
    while (start := text.find(_OPEN, position)) >= 0:
        if start > position:
            yield text[position:start], False
        end = _end(text, start + len(_OPEN))
        expression = text[start + len(_OPEN) : end - 2].strip()
        if not expression:
            raise SyntaxFault("An expression was expected")
        yield expression, True
        position = end
    if position < len(text):
        yield text[position:], False


def _end(text: str, position: int) -> int:
    """Behind the `}}` that closes an expression; one inside a string does not."""
    in_string = False
    for place in range(position, len(text)):
        if text[place] == "'":
            in_string = not in_string
        elif not in_string and text.startswith("}}", place - 1):
            return place + 1
    raise SyntaxFault("The expression is not closed. An unescaped ${{ sequence was found")
