"""`error`: the build fails, with a message."""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Concat, Constant, Expr, text_of
from jenkins2gha.mapping.interpolation import Refusal, flat, word
from jenkins2gha.mapping.lower import certainties, expression_of, remarks
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import replace


def error(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`error 'no'` → `echo '::error::no'` and `exit 1`.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    value = step.arguments.get("message")
    expression = Constant("") if value is None else expression_of(value)
    script = None if expression is None else word(_message(expression), scope, context)
    if script is None or isinstance(script, Refusal):
        message = "the message of the error is computed by Groovy"
        return manual(step, "error-unknown", message, scope, context)
    text = script.text if script.text[0] in "'\"" else f"'{script.text}'"
    script = replace(script, text=f"echo {text}\nexit 1")
    said = remarks(value, step.span, construct(step), scope, context)
    bins = [*certainties(value, scope, context), *(one.certainty for one in said if one.certainty)]
    bins.append(Certainty.EQUIVALENT)
    action = shell_step(
        script, step.span, "error", scope=scope, context=context, certainty=worst(bins)
    )
    shown = text_of(value)
    action = replace(action, name=f"Fail: {shown}" if shown else "Fail")
    return Translation((action,), said, binned(step.span, worst(bins)))


def _message(expression: Expr) -> Expr:
    parts = [Constant(_escaped(p)) if isinstance(p, str) else p for p in flat(expression)]
    return Concat((Constant("::error::"), *parts))


def _escaped(text: str) -> str:
    """The text as a workflow command takes it: its line ends written as escapes."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
