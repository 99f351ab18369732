"""`echo`, `println`, `print`: a line in the log."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Constant, Hole, Symbolic, Verbatim, name_of
from jenkins2gha.mapping.interpolation import Refusal, Script, flat, word
from jenkins2gha.mapping.lower import certainties, expression_of, remarks
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

_COMMAND = regex(r"^\s*::|##\[", re.MULTILINE)
# Outdated commands of the runner: a script with one of them in it is taken for a fault.
_OUTDATED = regex(r"(?<=::)(?=(?:set-output|save-state|set-env|add-path)\b)")
_PAUSED = "echo '::stop-commands::jenkins-echo'\n{}\necho '::jenkins-echo::'"


def echo(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`echo 'x'` → `run: echo 'x'`, in words that no shell and no runner reads as a command."""
    value = step.arguments.get("message")
    expression = Constant("") if value is None else expression_of(value)
    if expression is None:
        return manual(step, "echo-unknown", "the message is computed by Groovy", scope, context)
    script = word(expression, scope, context)
    if isinstance(script, Refusal) and value is not None:
        value = Symbolic(Verbatim(value.span.text), value.span)
        expression = value.expr
        script = word(expression, scope, context)
    if isinstance(script, Refusal):
        return manual(step, "echo-unknown", script.reason, scope, context)
    parts = flat(expression)
    literal = "".join(part if isinstance(part, str) else "x" for part in parts)
    script = replace(script, text=_print(literal, script, context))
    said = remarks(value, step.span, construct(step), scope, context)
    bins = [*certainties(value, scope, context), *(d.certainty for d in said if d.certainty)]
    if len(parts) > 1 or not isinstance(parts[0], str):
        bins.append(Certainty.EQUIVALENT)
    action = shell_step(
        script, step.span, "echo", scope=scope, context=context, certainty=worst(bins)
    )
    if "\n" in script.text:
        action = replace(action, name=_name(parts))
    return Translation((action,), said, binned(step.span, worst(bins)))


def _name(parts: Sequence[str | Hole]) -> str:
    """What a script of several lines is called: by the first line that it prints."""
    literal = "".join(part if isinstance(part, str) else f"${{{name_of(part)}}}" for part in parts)
    line = next((line.strip() for line in literal.splitlines() if line.strip()), "")
    return f"echo {line}".rstrip()


def _print(literal: str, script: Script, context: Context) -> str:
    odd = "\\" in literal or literal.startswith("-") or (context.container and "$" in script.text)
    command = "printf '%s\\n'" if odd else "echo"
    text = script.text
    if re.fullmatch(r"[\w@%+=:,./-]*", text):
        text = f"'{text}'"
    if not _COMMAND.search(literal):
        return f"{command} {text}"
    # Closed and opened again, the quotes change nothing but that the text holds no command.
    text = _OUTDATED.sub(text[0] * 2, text)
    return _PAUSED.format(f"{command} {text}")
