"""A variable that is the output of a script: a step that writes it down for the steps behind it.

Jenkins takes the output as it is, its last line end too.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step, Variable
from jenkins2gha.jenkins.values import flag_of
from jenkins2gha.mapping.dedent import dedented
from jenkins2gha.mapping.interpolation import Refusal, interpolate, word
from jenkins2gha.mapping.lower import expression_of
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.rows import merged
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

File: TypeAlias = Literal["GITHUB_ENV", "GITHUB_OUTPUT"]

_END = "END_OF_OUTPUT"
# Commands that print one line, whatever they find.
_ONE_LINE = regex(
    r"(?:git\s+(?:rev-parse|describe|symbolic-ref|branch\s+--show-current|rev-list\s.*--count)"
    r"|date|whoami|hostname|uname|nproc|pwd|id\s+-[ug]|basename|dirname|node\s+-p|jq\s+-r"
    r"|(?:\./)?mvnw?\s.*help:evaluate)\b[^\n;|]*"
    r"|[^\n;]*\|\s*(?:(?:head|tail)\s+(?:-n\s*)?-?1|wc\s+-[clw])"
)

_AROUND = regex(r'[\w\s]*=\s*(?P<open>"\$\{|"""\$\{)?\s*\Z')
_BEHIND = regex(r'\s*(?P<trim>\.trim\(\))?\s*(?P<close>\}"|\}""")?\s*\Z')


def captured(variable: Variable) -> tuple[Step, bool] | None:
    """The step whose output a variable is, and whether its blanks are trimmed; None for any other
    value. `sh(…)`, `sh(…).trim()`, and each of them alone in a string."""
    if isinstance(variable.value, Step):
        return variable.value, False
    if len(variable.steps) != 1:
        return None
    step, span = variable.steps[0], variable.span
    text = span.source.text
    before = _AROUND.fullmatch(text[span.start : step.span.start])
    behind = _BEHIND.fullmatch(text[step.span.end : span.end])
    if not before or not behind or bool(before["open"]) != bool(behind["close"]):
        return None
    return step, bool(behind["trim"])


def capture(
    name: str, step: Step, file: File, scope: Scope, context: Context, *, trimmed: bool
) -> ActionStep | None:
    """The step that runs the script and writes its output into `$GITHUB_ENV` or
    `$GITHUB_OUTPUT`; None for what is no script with an output."""
    if step.name == "readFile":
        given = expression_of(step.arguments["file"]) if "file" in step.arguments else None
        script = None if given is None else word(given, scope, context)
        if script and not isinstance(script, Refusal):
            script = merged(f"cat {script.text}", (script,))
    elif step.name == "sh" and flag_of(step.arguments.get("returnStdout")):
        given = expression_of(step.arguments["script"]) if "script" in step.arguments else None
        script = None if given is None else interpolate(given, "sh", scope, context)
    else:
        return None
    if script is None or isinstance(script, Refusal) or script.text.startswith("#!"):
        return None
    write = _trimmed if trimmed else _whole
    text = write(name, dedented(script.text), file)
    own = shell_step(
        merged(text, (script,)),
        step.span,
        "captured-output",
        scope=scope,
        context=context,
        certainty=Certainty.EQUIVALENT,
        here=True,
    )
    return replace(own, name=f"Set {name}")


def _trimmed(name: str, script: str, file: File) -> str:
    one_line = _ONE_LINE.fullmatch(script.strip())
    if re.search(r"[\n;#]", script):
        script = f"\nset -e\n{script}\n"
    taken = f"{name}=$({script})"
    if one_line:
        return f'{taken}\necho "{name}=${name}" >> "${file}"'
    # A second line would be read as a variable of its own.
    lines = f"  echo '{name}<<{_END}'\n  printf '%s\\n' \"${name}\"\n  echo '{_END}'"
    return f'{taken}\n{{\n{lines}\n}} >> "${file}"'


def _whole(name: str, script: str, file: File) -> str:
    if re.search(r"[\n;#]|\bexit\b", script):
        script = f"(\n{script}\n)"
    lines = script.split("\n")
    body = "\n".join(lines if len(lines) > 1 else [f"  {script}"])
    return f"{{\n  echo '{name}<<{_END}'\n{body}\n  echo\n  echo '{_END}'\n}} >> \"${file}\""
