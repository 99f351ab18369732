"""Puts a script into a step at its place: environment, directory, shell, time limit, condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict, Unpack

from jenkins2gha.actions.expressions import Expression
from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.values import Expr
from jenkins2gha.mapping.interpolation import Language, Refusal, Script, interpolate, word
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.record import replace
from jenkins2gha.source import Span

WINDOWS_SHELL = "bash -e {0}"
"""What `sh` finds on a Windows runner; `bash` alone would add `pipefail`."""

OPEN = "DIRECTORY-OF-LINE-"
"""What the name of a directory starts with that a person has to put in; nothing makes it."""

_INSTANT = ("echo", "error", "credential-file", "credential-file-removed")
"""Rules of steps that end at once: a time limit on them would only be noise."""


class _How(TypedDict, total=False):
    certainty: Certainty
    here: bool
    whole: bool


def placed(step: ActionStep, scope: Scope) -> ActionStep:
    """A step of any kind with what holds for all of a scope: stage, condition, time limit."""
    stage = step.stage or scope.stage or None
    condition = scope.condition if step.condition is None else step.condition
    timeout = _limit(step, scope)
    same = stage == step.stage and condition is step.condition and timeout == step.timeout_minutes
    if same:
        return step
    return replace(step, stage=stage, condition=condition, timeout_minutes=timeout)


def _limit(step: ActionStep, scope: Scope) -> int | Expression | None:
    own, instant = step.timeout_minutes, step.origin is not None and step.origin.rule in _INSTANT
    if scope.timeout is None or step.placeholder or instant:
        return own
    return min(own, scope.timeout) if isinstance(own, int) else scope.timeout


def shell_step(
    script: Script,
    site: Span,
    rule: str,
    *,
    scope: Scope,
    context: Context,
    **how: Unpack[_How],
) -> ActionStep:
    """A script of our own for a POSIX shell, with only what it reads in its environment.

    `here` runs it in the directory of the scope; without, it does not matter where it runs.
    `whole` gives it the whole environment of the scope, as for a program that reads it by itself.
    `certainty` is `exact` unless given.
    """
    whole = how.get("whole", False)
    step = ActionStep(
        run=script.text,
        env={**(scope.env if whole else _named(scope.env, script)), **script.env},
        secrets={**(scope.secrets if whole else _named(scope.secrets, script)), **script.secrets},
        shell=shell_of(context),
        working_directory=directory(scope) if how.get("here") else None,
        origin=Origin((site,), rule, how.get("certainty", Certainty.EXACT)),
    )
    only = None if whole else script.used
    return placed(with_exports(step, scope, context, only=only), scope)


def shell_of(context: Context) -> str | None:
    """The `shell:` of a script for a POSIX shell; None where that is what GitHub takes anyway."""
    windows = context.runner.os == "windows" or context.runner.mixed
    return WINDOWS_SHELL if windows else None


def directory(scope: Scope) -> Text | None:
    """The working directory of a shell step, None for the workspace."""
    return scope.dynamic if scope.dynamic is not None else scope.directory or None


def _named(texts: Mapping[str, Text], script: Script) -> dict[str, Text]:
    return {name: text for name, text in texts.items() if name in script.used}


def with_exports(
    step: ActionStep,
    scope: Scope,
    context: Context,
    language: Language = "sh",
    only: frozenset[str] | None = None,
) -> ActionStep:
    """The step with lines in front of its script that set what only its shell can compute."""
    lines: list[str] = []
    for number, (name, value) in enumerate(scope.exports):
        if only is not None and name.rstrip("+") not in only:
            continue
        earlier = scope.changed(exports=scope.exports[:number])
        script = _export(name, value, language, earlier, context)
        if isinstance(script, Refusal):
            continue
        lines.append(script.text)
        step = replace(
            step,
            env={**step.env, **_named(scope.env, script), **script.env},
            secrets={**step.secrets, **_named(scope.secrets, script), **script.secrets},
        )
    if not lines:
        return step
    return replace(step, run="\n".join([*lines, str(step.run)]))


def _export(
    name: str, value: Expr | None, language: Language, scope: Scope, context: Context
) -> Script | Refusal:
    own = name.rstrip("+")
    if value is None:
        unset = {"sh": f"unset {own}", "bat": f'set "{own}="', "powershell": f"$env:{own} = $null"}
        return Script(unset[language])
    if language == "sh":
        script = word(value, scope, context)
    else:
        script = interpolate(value, "bat", scope, context)
    if isinstance(script, Refusal):
        return script
    return replace(script, text=_assignment(name, script.text, language, context))


def _assignment(name: str, text: str, language: Language, context: Context) -> str:
    own, first = name.rstrip("+"), name.endswith("+")
    separator = ";" if context.runner.os == "windows" else ":"
    if language == "sh":
        return f'export {own}={text}:"${{{own}}}"' if first else f"export {own}={text}"
    if language == "bat":
        return f'set "{own}={text}{separator}%{own}%"' if first else f'set "{own}={text}"'
    inside = _percent_to_powershell(text)
    return f'$env:{own} = "{inside}{separator}$env:{own}"' if first else f'$env:{own} = "{inside}"'


def _percent_to_powershell(text: str) -> str:
    parts = text.split("%")
    return "".join(f"${{env:{part}}}" if n % 2 else part for n, part in enumerate(parts))
