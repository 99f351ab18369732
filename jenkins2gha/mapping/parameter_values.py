"""Parameters as a run knows them: what was entered, else a default.

https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#inputs-context
"""

from __future__ import annotations

import re

from jenkins2gha.actions import expressions as gha
from jenkins2gha.jenkins.pipeline import Option
from jenkins2gha.jenkins.values import Known, ListOf, text_of
from jenkins2gha.record import dataclass

DISPATCHED = gha.Operation(
    "==", (gha.Context("github.event_name"), gha.Literal("workflow_dispatch"))
)
_SENT = gha.Operation("==", (gha.Context("github.event_name"), gha.Literal("repository_dispatch")))


@dataclass(frozen=True, slots=True)
class Declared(Option):
    """A parameter as a run knows it, its kind one of `string`, `booleanParam`, `choice`,
    `password`. `default` is its value where nobody is asked, `scheduled` that of single entries of
    the schedule, each with the text of its cron, `sent` that of a `repository_dispatch`."""

    default: gha.Expression = gha.Literal("")
    scheduled: tuple[tuple[str, str | bool], ...] = ()
    sent: gha.Expression | None = None


def parameter(option: Option, name: str) -> gha.Expression:
    """A parameter's value on every trigger: what was entered, else its default."""
    if option.name in {"password", "nonStoredPasswordParam"}:
        return gha.Context(f"secrets.{secret_parameter(name)}")
    entered = gha.Context(f"inputs.{input_name(name)}")
    if not isinstance(option, Declared):
        return gha.Function("case", (DISPATCHED, entered, gha.Literal(default_of(option))))
    asked: gha.Expression = DISPATCHED
    if not isinstance(option.default, gha.Literal):
        asked = gha.Operation("&&", (asked, gha.Operation("!=", (entered, gha.Literal("")))))
    scheduled: list[gha.Expression] = []
    for cron, value in option.scheduled:
        this = gha.Operation("==", (gha.Context("github.event.schedule"), gha.Literal(cron)))
        scheduled += [this, gha.Literal(value)]
    sent = () if option.sent is None else (_SENT, option.sent)
    return gha.Function("case", (asked, entered, *scheduled, *sent, option.default))


def secret_parameter(name: str) -> str:
    """The secret that a password parameter is read from."""
    word = re.sub(r"\W+", "_", name).upper()
    return word if re.match(r"(?!GITHUB_)[A-Z_]", word) else f"PARAMETER_{word}"


def input_name(name: str) -> str:
    """A parameter's name as an input of `workflow_dispatch`."""
    word = re.sub(r"[^\w-]+", "_", name)
    return word if re.match(r"[A-Za-z_]", word) else f"_{word}"


def default_of(option: Option) -> str | bool:
    """The default of a declared parameter, `''` where it is not known."""
    given = option.arguments.get("defaultValue")
    if given is None and len(option.positional) > 1:
        given = option.positional[1]
    if option.name == "booleanParam":
        return text_of(given) == "true"
    if isinstance(given, Known) and given.value is None:
        return ""
    choices = option.arguments.get("choices") or (given if option.name == "choice" else None)
    if isinstance(choices, ListOf) and choices.items:
        return text_of(choices.items[0]) or ""
    if choices is not None:
        return (text_of(choices) or "").split("\n")[0]
    return text_of(given) or ""
