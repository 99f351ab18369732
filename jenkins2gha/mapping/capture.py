"""A variable that is the output of a script: a step that writes it down for the steps behind it.

Jenkins takes the output as it is, its last line end too.
"""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step, Variable
from jenkins2gha.jenkins.values import flag_of
from jenkins2gha.mapping.interpolation import Refusal, Script, word
from jenkins2gha.mapping.keeping import File, keeping_output
from jenkins2gha.mapping.lower import expression_of
from jenkins2gha.mapping.mappers.shell import bat, powershell, sh
from jenkins2gha.mapping.placing import WINDOWS_SHELL, shell_step
from jenkins2gha.mapping.rows import manual, merged
from jenkins2gha.mapping.scripts import SHELLS
from jenkins2gha.mapping.tool_homes import Home, home_of
from jenkins2gha.mapping.translation import NOTHING, Context, Scope, Translation, binned
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

__all__ = ["File", "capture", "captured", "printing"]

_ONE_LINE = ("pwd", "tool")
_RETURNS = ("returnStdout", "returnStatus")
_OF_FILES = {"readFile": "cat {}", "fileExists": "test -e {}"}
_AROUND = regex(r'[\w\s]*=\s*(?P<open>"\$\{|"""\$\{)?\s*\Z')
_BEHIND = regex(r'\s*(?P<trim>\.trim\(\))?\s*(?P<close>\}"|\}""")?\s*\Z')


def captured(variable: Variable) -> tuple[Step, bool] | None:
    """The step whose output a variable is, and whether its blanks are trimmed; None for any other
    value. `sh(…)`, `sh(…).trim()`, and each of them alone in a string."""
    if isinstance(variable.value, Step):
        return variable.value, variable.value.name in _ONE_LINE
    if len(variable.steps) != 1:
        return None
    step, span = variable.steps[0], variable.span
    text = span.source.text
    before = _AROUND.fullmatch(text[span.start : step.span.start])
    behind = _BEHIND.fullmatch(text[step.span.end : span.end])
    if not before or not behind or bool(before["open"]) != bool(behind["close"]):
        return None
    return step, bool(behind["trim"]) or step.name in _ONE_LINE


def is_computed(variable: Variable) -> bool:
    """Whether steps compute a variable."""
    return captured(variable) is not None or bool(variable.steps)


def capture(
    name: str, step: Step, file: File, scope: Scope, context: Context, *, trimmed: bool
) -> Translation | None:
    """The steps, the last of which runs the script and writes its output into `$GITHUB_ENV` or
    `$GITHUB_OUTPUT`; None for what is no script with an output."""
    if step.name in SHELLS and not flag_of(step.arguments.get("returnStdout")):
        return None
    plain = printing(step, scope, context)
    if not plain.steps or plain.steps[-1].placeholder:
        return None
    own = WINDOWS_SHELL if context.runner.os == "windows" else None
    kept = keeping_output(plain.steps[-1], name, file, trimmed=trimmed, shell=own)
    if kept is None:
        return None
    steps = (*plain.steps[:-1], replace(kept, name=f"Set {name}"))
    return replace(plain, steps=steps, outcomes=())


def printing(step: Step, scope: Scope, context: Context) -> Translation:
    """The step that prints what a step gives back: its script, a file, a directory."""
    if step.name in SHELLS:
        own = {name: one for name, one in step.arguments.items() if name not in _RETURNS}
        shells = {"sh": sh, "bat": bat}
        mapper = shells.get(step.name, powershell)
        return mapper(replace(step, arguments=own), scope, context, _nothing)
    if step.name == "tool":
        found = home_of(step, scope, context)
        if not isinstance(found, Home):
            return found
        return found.before + _printed(found.script, step, scope, context)
    if step.name == "pwd":
        return _printed(Script("pwd"), step, scope, context)
    value = expression_of(step.arguments["file"]) if "file" in step.arguments else None
    path = Refusal("it is computed by Groovy") if value is None else word(value, scope, context)
    if isinstance(path, Refusal) or step.name not in _OF_FILES:
        message = f"what `{step.name}` gives back is not passed on"
        return manual(step, "result-unknown", message, scope, context)
    script = merged(_OF_FILES[step.name].format(path.text), (path,))
    return _printed(script, step, scope, context)


def _printed(script: Script, step: Step, scope: Scope, context: Context) -> Translation:
    own = shell_step(
        script,
        step.span,
        "captured-output",
        scope=scope,
        context=context,
        certainty=Certainty.EQUIVALENT,
        here=True,
    )
    return Translation((own,), outcomes=binned(step.span, Certainty.EQUIVALENT))


def _nothing(_: object, __: Scope) -> Translation:
    return NOTHING
