"""The failing step that stands where a person has to act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from textwrap import dedent
from typing import Any, TypedDict, Unpack

from jenkins2gha.actions.workflow import Origin
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty, Diagnostic, Outcome
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.translation import Context, Hole, Scope, Translation
from jenkins2gha.plan.jobs import Gap, HoleKind
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span
from jenkins2gha.tables import table

_LINES = 20
_UNSAFE = regex(r'["$`\\%!\u201c-\u201f]')


class _About(TypedDict, total=False):
    kind: HoleKind
    notifies: bool
    groovy: bool
    hint: str | None
    shown: Span | None
    quoted: bool


def placeholder(
    span: Span,
    rule: str,
    message: str,
    *,
    scope: Scope,
    context: Context,
    construct: str,
    **about: Unpack[_About],
) -> Translation:
    """A construct that is left to a person: one failing step, what is said of it, its hole.

    `span` starts at the construct's site. `kind` says what would fill the hole (`steps` unless
    given). In `post`, what only `notifies` warns instead. `groovy` marks a statement that is no
    construct, `hint` stands in for the rule's, and `shown` is the part of the source that stands
    beside the step (all of the span unless given; none if not `quoted`).
    """
    shown, harmless = about.get("shown") or span, about.get("notifies", False)
    comment = excerpt(shown) if about.get("quoted", True) else None
    said = diagnose(rule, span, message, construct=construct, hint=about.get("hint"))
    return Translation(
        steps=_steps(said, comment, scope, context, harmless=harmless),
        diagnostics=(said,),
        outcomes=(Outcome(span, Certainty.MANUAL, about.get("groovy", False)),),
        holes=(Hole(about.get("kind", "steps"), span, construct),),
    )


def gap(item: Gap, scope: Scope, context: Context) -> Translation:
    """The placeholder of what the plan left open."""
    return placeholder(
        item.span,
        item.rule,
        item.message,
        scope=scope,
        context=context,
        construct=item.construct,
        kind=item.kind,
    )


def in_groovy(steps: Iterable[Step], scope: Scope, context: Context) -> Translation:
    """The steps inside Groovy that is not evaluated, each left to a person."""
    result = Translation()
    for step in steps:
        rule, message = "step-in-groovy", f"`{step.name}` stands in Groovy that is not evaluated"
        if not step.known and context.libraries:
            rule, message = "library-missing", from_library(step, context)
        result += placeholder(
            step.span,
            rule,
            message,
            scope=scope,
            context=context,
            construct=f"step {step.name}",
            notifies=notifies(step, context),
            quoted=False,
        )
    return result


def from_library(step: Step, context: Context) -> str:
    """What is said of a step that only a library can have."""
    libraries = ", ".join(context.libraries)
    return f"`{step.name}` comes from a shared library without source ({libraries})"


def notifies(step: Step, context: Context) -> bool:
    """Whether a step only tells people of a result."""
    return bool((row_of(step.name, context) or {}).get("notifies"))


def row_of(name: str, context: Context) -> Mapping[str, Any] | None:
    """The row of a step: the user's, else ours."""
    own: Mapping[str, Any] | None = context.configuration.rows.get("steps", {}).get(name)
    return own or table("steps").get(name)


def _steps(
    said: Diagnostic, comment: str | None, scope: Scope, context: Context, *, harmless: bool
) -> tuple[ActionStep, ...]:
    mode = context.configuration.on_manual
    if mode == "skip":
        return ()
    fails = mode == "fail" and not (harmless and scope.post)
    step = ActionStep(
        condition=scope.condition,
        run=announcement(f"{_place(said.span)}: {said.message}", fails=fails),
        comment=comment,
        placeholder=True,
        stage=scope.stage or None,
        origin=Origin((said.span,), said.rule, Certainty.MANUAL),
    )
    return (step,)


def _place(span: Span) -> str:
    elsewhere = f" of {span.file.name}" if span.file.name != span.source.name else ""
    return f"line {span.line}{elsewhere}"


def announcement(message: str, *, fails: bool) -> str:
    """The script of a placeholder; safe in the double quotes of bash and of PowerShell."""
    text = " ".join(_UNSAFE.sub(_stand_in, message).split())
    line = f'echo "::{"error" if fails else "warning"} title=jenkins2gha::{text}"'
    return f"{line}\nexit 1" if fails else line


def _stand_in(match: re.Match[str]) -> str:
    return {"%": " percent"}.get(match[0], "" if match[0] in "$\\!" else "'")


def _indent(span: Span) -> str:
    """The blanks in front of the first line; none where a line behind it has none either."""
    text = span.source.text
    first, *others = (
        text[text.rfind("\n", 0, span.start) + 1 : span.start],
        *span.text.splitlines()[1:],
    )
    if any(line and not line[0].isspace() for line in others):
        return ""
    return first[: len(first) - len(first.lstrip())]


def excerpt(span: Span) -> str:
    """At most 20 lines of the source that a span holds."""
    lines = (_indent(span) + span.text).expandtabs(4).splitlines()
    text = dedent("\n".join(line.rstrip() for line in lines[:_LINES])).strip("\n")
    return text if len(lines) <= _LINES else text[: text.rfind("\n")] + "\n…"
