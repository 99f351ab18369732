"""Texts of the model as GitHub reads them: literals escaped, expressions in `${{ }}`."""

from __future__ import annotations

import re
from itertools import groupby

from jenkins2gha.actions.expressions import Expression, write
from jenkins2gha.actions.workflow import Template, Text
from jenkins2gha.regex import regex

OPENING = "${{"
_ESCAPED = "${{ '${{' }}"
_CONTROL = regex(r"[\x00-\x08\n-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def render(text: Text) -> str:
    """The string that GitHub evaluates to the text.

    >>> render("echo ${{ x }}")
    "echo ${{ '${{' }} x }}"
    """
    match text:
        case str():
            return text.replace(OPENING, _ESCAPED)
        case Template(parts):
            groups = groupby(parts, lambda part: isinstance(part, str))
            return "".join(_render(tuple(group), literal=literal) for literal, group in groups)
        case _:
            return f"${{{{ {write(text)} }}}}"


def _render(parts: tuple[str | Expression, ...], *, literal: bool) -> str:
    # Neighbouring literals are one: the `${{` may stand half in each.
    if literal:
        return render("".join(str(part) for part in parts))
    return "".join(render(part) for part in parts)


def render_condition(condition: Expression) -> str | bool:
    """The value of an `if:`: bare where that is safe (`!` starts a YAML tag).

    https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
    """
    text = write(condition)
    if text in ("true", "false"):
        return text == "true"
    return f"${{{{ {text} }}}}" if text.startswith("!") or OPENING in text else text


def unevaluated(text: str) -> str:
    """The text for a key where GitHub refuses any `${{`: a name of a workflow, a description."""
    return text.replace(OPENING, "$ {{")


def comment_lines(text: str) -> list[str]:
    """The lines of a comment, each on one line of the file, whatever characters it holds."""
    lines = re.split(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", text)
    return [f"# {_CONTROL.sub('', line)}".rstrip() for line in lines]
