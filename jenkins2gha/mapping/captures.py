"""What steps give back, kept in outputs for the steps that read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.workflow import Text
from jenkins2gha.jenkins.pipeline import Captured, Groovy, Item, Step, inner_items
from jenkins2gha.mapping.identifiers import provisional
from jenkins2gha.mapping.translation import Context
from jenkins2gha.plan.jobs import Gap
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

_TRIMMED = ".trim()"
_RESERVED = regex(r"(?i)(?:github|runner|actions|input)_.*|path|home|pwd|ifs|shell|tmp|user")


def capture_ids(items: Iterable[Item | Gap]) -> dict[str, tuple[str, str]]:
    """For each result that is read, by its key: the id of the step that gives it, and the output.

    The ids are settled by `with_settled_ids` when the job is whole.
    """
    return {one.key: (_id(one), output_name(one)) for one in _captured(items)}


def with_captures(context: Context, items: Iterable[Item | Gap]) -> Context:
    """The context in which the results of some steps are read from the steps of the same job."""
    found: dict[str, Text] = {}
    for one in _captured(items):
        found[one.key] = Path(f"steps.{_id(one)}.outputs.{output_name(one)}")
        if one.trimmed:
            found[one.key + _TRIMMED] = found[one.key]
    return replace(context, captures={**context.captures, **found}) if found else context


def is_trimmed(key: str, context: Context) -> bool:
    """Whether the job reads the result of a step without the blanks around it."""
    return key + _TRIMMED in context.captures


def output_name(captured: Captured) -> str:
    """The output that holds a result, also the name of the variable in the script that sets it.

    >>> output_name(Captured("1", "gitCommit", "text"))
    'gitCommit'
    """
    name = re.sub(r"\W", "_", captured.name)
    if not name or name[0].isdigit() or _RESERVED.fullmatch(name):
        return f"{name}_result".lstrip("_") if name and name[0].isalpha() else f"result{name}"
    return name


def _id(captured: Captured) -> str:
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1-\2", captured.name)
    return provisional(words, re.sub(r"[.:]", "-", captured.key))


def _captured(items: Iterable[Item | Gap]) -> Iterator[Captured]:
    for item in items:
        if isinstance(item, Step | Groovy) and item.captured:
            yield item.captured
        if not isinstance(item, Gap):
            yield from _captured(inner_items(item))
