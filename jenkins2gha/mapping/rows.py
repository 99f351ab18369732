"""What a row of `mappings/steps/` says, done: a script, an action, or why there is nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty, Diagnostic, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.formula import template
from jenkins2gha.mapping.interpolation import Refusal, Script, word
from jenkins2gha.mapping.lower import expression_of, lower, remarks
from jenkins2gha.mapping.masks import joined
from jenkins2gha.mapping.placeholder import placeholder
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import replace
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose

Row = Mapping[str, Any]

_ARGUMENT = regex(r"(?<!\$)\{(\w+)\}")


def construct(step: Step) -> str:
    return f"step {step.name}"


def by_row(
    step: Step, row: Row, scope: Scope, context: Context, translate: Translate
) -> Translation:
    """The translation that a row without a mapper gives; a block's body stands behind it."""
    if "drop" in row:
        message = f"`{step.name}`: {row['drop']}"
        own = _said(step, "step-dropped", message)
    elif "run" in row:
        own = _run(step, row, scope, context) + unused_arguments(step, row)
    elif "uses" in row:
        own = _uses(step, row, scope, context) + unused_arguments(step, row)
    else:
        message = f"`{step.name}` is left to a person"
        own = manual(step, "step-manual", message, scope, context, row=row)
    return own + (translate(step.body, scope) if step.body else Translation())


def manual(
    step: Step,
    rule: str,
    message: str,
    scope: Scope,
    context: Context,
    *,
    row: Row | None = None,
) -> Translation:
    """The placeholder of a step."""
    return placeholder(
        step.span,
        rule,
        message,
        scope=scope,
        context=context,
        construct=construct(step),
        notifies=bool((row or {}).get("notifies")),
        hint=(row or {}).get("manual"),
    )


def honoured(step: Step, row: Row) -> Step:
    """The step with the arguments alone that its row honours: of no other is anything said."""
    names = {*row.get("arguments", ()), *_named_in(row)}
    given = {name: value for name, value in step.arguments.items() if name in names}
    return step if len(given) == len(step.arguments) else replace(step, arguments=given)


def unused_arguments(step: Step, row: Row) -> Translation:
    """What is said of arguments that stand in the source and that nothing honours."""
    names = {*row.get("arguments", ()), *_named_in(row)}
    ignores = row.get("ignores", {})
    said: list[Diagnostic] = []
    for name in step.arguments:
        if name in names:
            continue
        rule = "argument-dropped" if name in ignores else "argument-ignored"
        message = f"`{name}` of `{step.name}` {ignores.get(name, 'is not translated')}"
        said.append(diagnose(rule, step.span, message, construct=construct(step)))
    if step.positional:
        message = f"an argument of `{step.name}` has no name and is not translated"
        said.append(diagnose("argument-ignored", step.span, message, construct=construct(step)))
    return Translation(
        diagnostics=tuple(said),
        outcomes=tuple(
            outcome for one in said if one.certainty for outcome in binned(step.span, one.certainty)
        ),
    )


def _named_in(row: Row) -> Iterator[str]:
    for text in (row.get("run", ""), *row.get("with", {}).values()):
        yield from _ARGUMENT.findall(text)


def _said(step: Step, rule: str, message: str) -> Translation:
    diagnostic = diagnose(rule, step.span, message, construct=construct(step))
    return Translation(
        diagnostics=(diagnostic,),
        outcomes=binned(step.span, diagnostic.certainty or Certainty.EXACT),
    )


def _run(step: Step, row: Row, scope: Scope, context: Context) -> Translation:
    scripts: dict[str, Script] = {}
    for name in dict.fromkeys(_ARGUMENT.findall(row["run"])):
        value = step.arguments.get(name)
        expression = expression_of(value) if value else None
        if expression is None:
            if value is not None:
                return _unknown(step, name, row, scope, context)
            scripts[name] = Script("''")
            continue
        script = word(expression, scope, context)
        if isinstance(script, Refusal):
            return _unknown(step, name, row, scope, context)
        scripts[name] = script
    text = _ARGUMENT.sub(lambda match: scripts[match[1]].text, row["run"])
    action = shell_step(
        merged(text, scripts.values()),
        step.span,
        "step-row",
        scope=scope,
        context=context,
        here=True,
        whole=True,
    )
    return _finished(step, row, action, scope, context)


def merged(text: str, scripts: Iterable[Script]) -> Script:
    """A script made of others, with what each of them reads."""
    env: dict[str, Text] = {}
    secrets: dict[str, Text] = {}
    used: frozenset[str] = frozenset()
    for script in scripts:
        env.update(script.env)
        secrets.update(script.secrets)
        used |= script.used
    return Script(text, env, secrets, used)


def _uses(step: Step, row: Row, scope: Scope, context: Context) -> Translation:
    inputs: dict[str, Text] = {}
    for key, pattern in row.get("with", {}).items():
        names = _ARGUMENT.findall(pattern)
        if names and not any(name in step.arguments for name in names):
            continue
        text = _filled(pattern, step, scope, context)
        if text is None:
            return _unknown(step, names[0], row, scope, context)
        inputs[key] = text
    origin = Origin((step.span,), "step-row", _certainty(row))
    action = ActionStep(uses=row["uses"], inputs=inputs, origin=origin)
    return _finished(step, row, action, scope, context)


def _filled(pattern: str, step: Step, scope: Scope, context: Context) -> Text | None:
    pieces: list[Text] = []
    for number, piece in enumerate(_ARGUMENT.split(pattern)):
        text = lower(step.arguments.get(piece), scope, context) if number % 2 else template(piece)
        if text is None:
            return None
        pieces.append(text)
    return joined(pieces, "")


def _unknown(step: Step, name: str, row: Row, scope: Scope, context: Context) -> Translation:
    message = f"`{name}` of `{step.name}` is computed by Groovy"
    return manual(step, "argument-unknown", message, scope, context, row=row)


def _finished(
    step: Step, row: Row, action: ActionStep, scope: Scope, context: Context
) -> Translation:
    said = [
        remark
        for value in step.arguments.values()
        for remark in remarks(value, step.span, construct(step), scope, context)
    ]
    if "note" in row and _certainty(row) is Certainty.APPROXIMATE:
        message = f"`{step.name}`: {row['note']}"
        said.append(diagnose("step-differs", step.span, message, construct=construct(step)))
    bins = [_certainty(row), *(one.certainty for one in said if one.certainty)]
    return Translation((action,), tuple(said), binned(step.span, worst(bins)))


def _certainty(row: Row) -> Certainty:
    return Certainty(row.get("certainty", "exact"))
