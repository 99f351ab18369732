"""`readFile` whose text nobody uses: what is left of it is that the file must be there."""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.interpolation import Refusal, word
from jenkins2gha.mapping.lower import expression_of
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.rows import manual, merged
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import replace


def read_file(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`readFile 'x'` → `run: test -r x`."""
    value = step.arguments.get("file")
    expression = expression_of(value) if value else None
    path = None if expression is None else word(expression, scope, context)
    if path is None or isinstance(path, Refusal):
        message = "the name of the file is computed by Groovy"
        return manual(step, "file-unknown", message, scope, context)
    action = shell_step(
        merged(f"test -r {path.text}", (path,)),
        step.span,
        "read-file",
        scope=scope,
        context=context,
        certainty=Certainty.EQUIVALENT,
        here=True,
    )
    name = text_of(value)
    action = replace(action, name=f"Read {name}") if name else action
    return Translation((action,), outcomes=binned(step.span, Certainty.EQUIVALENT))
