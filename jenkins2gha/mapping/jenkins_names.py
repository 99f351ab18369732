"""What the table `variables` says of the names that Jenkins itself sets."""

from __future__ import annotations

from collections.abc import Mapping

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Template, Text
from jenkins2gha.mapping.formula import formula, template
from jenkins2gha.mapping.masks import joined

_ON_PULL_REQUEST = gha.Operation(
    "==", (gha.Context("github.event_name"), gha.Literal("pull_request"))
)


def text_of_row(row: Mapping[str, str], *, pull_request: bool, multibranch: bool) -> Text:
    """The value as a row has it, without the choices that no run of the workflow makes."""
    text = _text(row, multibranch=multibranch)
    return text if pull_request or isinstance(text, str) else _outside_pull_requests(text)


def _text(row: Mapping[str, str], *, multibranch: bool) -> Text:
    if "plain" in row and not multibranch:
        return template(row["plain"])
    return formula(row["value"]) if "value" in row else template(row["template"])


def _outside_pull_requests(text: gha.Expression | Template) -> Text:
    """The text without the choices that only a pull request makes."""
    match text:
        case gha.Function("case", (condition, _, otherwise)) if condition == _ON_PULL_REQUEST:
            return otherwise
        case Template(parts):
            inner = [p if isinstance(p, str) else _outside_pull_requests(p) for p in parts]
            return joined(inner, "")
    return text
