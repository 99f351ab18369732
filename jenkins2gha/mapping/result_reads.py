"""What asks for the result of the build so far, and whether a script called it a SUCCESS."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from jenkins2gha.jenkins.pipeline import (
    Assignment,
    BuildProperty,
    Choice,
    Groovy,
    Item,
    Step,
    inner_items,
)
from jenkins2gha.jenkins.values import (
    BuildFact,
    ClosureOf,
    Described,
    Expr,
    Known,
    ListOf,
    MapOf,
    Perhaps,
    Residual,
    Symbolic,
    Value,
    operands,
    text_of,
)
from jenkins2gha.mapping.build_result import FACTS, named
from jenkins2gha.mapping.mail_tokens import mails_status
from jenkins2gha.plan.jobs import Gap


def reads_result(items: Iterable[Item | Gap]) -> bool:
    """Whether something among items asks for the result of the build so far."""
    return any(_reads(value, FACTS) for value in _values(items))


def given_success(items: Iterable[Item | Gap]) -> bool:
    """Whether items say that the build is a SUCCESS, and ask for what was said: without that the
    result is `null` as long as nothing worsens it."""
    items = tuple(items)
    return _gives_success(items) and any(_reads(one, FACTS[:1]) for one in _values(items))


def _gives_success(items: Iterable[Item | Gap]) -> bool:
    return any(
        (isinstance(item, BuildProperty) and item.name == "result" and _says_success(item))
        or (not isinstance(item, Gap | Groovy) and _gives_success(inner_items(item)))
        for item in items
    )


def _says_success(item: BuildProperty) -> bool:
    return named(text_of(item.value) or "FAILURE") == "SUCCESS"


def _values(items: Iterable[Item | Gap]) -> Iterator[Value | Expr]:
    for item in items:
        if isinstance(item, Gap | Groovy):
            continue
        if isinstance(item, Step):
            yield from item.arguments.values()
            if mails_status(item):
                yield BuildFact("currentResult")
        elif isinstance(item, Choice):
            yield from (branch.condition for branch in item.branches)
        elif isinstance(item, Assignment | BuildProperty):
            yield item.value
        yield from _values(inner_items(item))


def _reads(value: Value | Expr | None, facts: Collection[str]) -> bool:
    match value:
        case BuildFact(name):
            return name in facts
        case Symbolic(expr):
            return _reads(expr, facts)
        case ListOf(items):
            return any(_reads(one, facts) for one in items)
        case MapOf(entries):
            return any(_reads(one, facts) for _, one in entries)
        case Described(_, arguments):
            return any(_reads(one, facts) for one in arguments.values())
        case None | Known() | Residual() | ClosureOf() | Perhaps():
            return False
        case _:
            return any(_reads(one, facts) for one in operands(value))
