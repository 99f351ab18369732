"""Options, triggers and parameters: what they share, and those that a table row answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jenkins2gha.diagnostics import Certainty, Outcome, worst
from jenkins2gha.jenkins.pipeline import Option, Step
from jenkins2gha.jenkins.values import Known, Value, text_of
from jenkins2gha.mapping.placeholder import placeholder
from jenkins2gha.mapping.translation import Context, Scope, Translation, binned
from jenkins2gha.record import replace
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span
from jenkins2gha.tables import table


def argument(option: Option, name: str, position: int | None = None) -> Value | None:
    """A named argument, or the positional one that stands for it."""
    if name in option.arguments:
        return option.arguments[name]
    if position is not None and position < len(option.positional):
        return option.positional[position]
    return None


def number(value: Value | None) -> int | None:
    """A known whole number, also one in quotes."""
    if isinstance(value, Known) and isinstance(value.value, int):
        return None if isinstance(value.value, bool) else value.value
    text = text_of(value)
    return int(text) if text and text.strip().isdecimal() else None


def row_of(kind: str, name: str, context: Context) -> Mapping[str, Any] | None:
    """The row of an option, trigger or parameter, the user's before ours; an old long form has
    that of the class it names."""
    own: Mapping[str, Any] | None = context.configuration.rows.get(f"{kind}s", {}).get(name)
    if own:
        return own
    rows = table(f"{kind}s")
    row: Mapping[str, Any] | None = rows.get(name)
    if row is None and name.endswith(("Property", "Definition")):
        short = name.removesuffix("Property").removesuffix("ParameterDefinition")
        row = rows.get(short[:1].lower() + short[1:])
    return row


def by_row(kind: str, option: Option, context: Context) -> Translation:
    """What a row says of an option, trigger or parameter: it is dropped, or left to a person.

    One that no row names is left to a person too.
    """
    row = row_of(kind, option.name, context)
    if row is None:
        message = f"the {kind} `{option.name}` is not translated"
        return left(f"{kind}-unknown", option, kind, message, context)
    if "drop" in row:
        return said(f"{kind}-dropped", option, kind, f"`{option.name}`: {row['drop']}")
    message = f"the {kind} {_called(kind, option)} is left to a person"
    return left(f"{kind}-manual", option, kind, message, context, hint=row["manual"])


def _called(kind: str, option: Option) -> str:
    """What a person calls an option: a parameter has a name of its own beside its kind."""
    name = text_of(argument(option, "name", 0)) if kind == "parameter" else None
    return f"`{name}` of the kind `{option.name}`" if name else f"`{option.name}`"


def said(
    rule: str, option: Option, kind: str, message: str, certainty: Certainty | None = None
) -> Translation:
    """One statement about an option, in the bin of its rule."""
    diagnostic = diagnose(
        rule, option.span, message, construct=f"{kind} {option.name}", certainty=certainty
    )
    return Translation(
        diagnostics=(diagnostic,),
        outcomes=binned(option.span, diagnostic.certainty or Certainty.EXACT),
    )


def left(
    rule: str,
    option: Option,
    kind: str,
    message: str,
    context: Context,
    *,
    hint: str | None = None,
) -> Translation:
    """An option that is left to a person: a failing first step."""
    construct = f"{kind} {option.name}"
    return first_step(rule, option.span, message, context, construct, hint)


def first_step(
    rule: str,
    span: Span,
    message: str,
    context: Context,
    construct: str,
    hint: str | None = None,
) -> Translation:
    """The failing first step of a job for what concerns all of it."""
    return placeholder(
        span,
        rule,
        message,
        scope=Scope(),
        context=context,
        construct=construct,
        kind="value",
        hint=hint,
    )


def with_properties(calls: Sequence[Step], said: Translation) -> Translation:
    """What is said, with the step `properties` in the worst bin of all that it sets.

    A call before the last has no effect. Of several manual things in one call the first stands for
    it, the others keep their words only.
    """
    for call in calls[:-1]:
        message = "a later call of `properties` replaces all that this one sets"
        said += _of_call("properties-replaced", call, message)
    if not calls:
        return said
    last = calls[-1]
    bins = [one.certainty for one in said.outcomes if _inside(one.site, last)]
    manual = [
        one
        for one in said.diagnostics
        if one.certainty is Certainty.MANUAL and _inside(one.span, last)
    ]
    diagnostics = (
        replace(one, certainty=None) if one in manual[1:] else one for one in said.diagnostics
    )
    said = replace(said, diagnostics=tuple(diagnostics))
    return said + Translation(outcomes=(Outcome(last.span, worst(bins)),))


def _of_call(rule: str, call: Step, message: str) -> Translation:
    diagnostic = diagnose(rule, call.span, message, construct="step properties")
    return Translation(diagnostics=(diagnostic,), outcomes=(Outcome(call.span, Certainty.DROPPED),))


def _inside(site: Span, call: Step) -> bool:
    return call.span.start <= site.start and site.end <= call.span.end


def exact(span: Span) -> Translation:
    """A construct that lost nothing and needs no words."""
    return Translation(outcomes=binned(span, Certainty.EXACT))
