"""`sh`, `bat`, `powershell`, `pwsh`.

https://www.jenkins.io/doc/pipeline/steps/workflow-durable-task-step/
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty, Diagnostic, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import (
    EnvironmentRef,
    Hole,
    ParameterRef,
    Residual,
    Value,
    flag_of,
    name_of,
    text_of,
)
from jenkins2gha.mapping.containers import in_container
from jenkins2gha.mapping.continuations import with_line_ends
from jenkins2gha.mapping.dedent import dedented
from jenkins2gha.mapping.interpolation import (
    Language,
    Refusal,
    Script,
    flat,
    interpolate,
    is_unset,
    names_read,
)
from jenkins2gha.mapping.lower import certainties, expression_of, read, references, remarks
from jenkins2gha.mapping.placing import directory, placed, shell_of, with_exports
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.shell_names import names_of_settings, sounds_secret
from jenkins2gha.mapping.translation import (
    Context,
    Scope,
    Secret,
    Translate,
    Translation,
    binned,
)
from jenkins2gha.record import dataclass, replace
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose

LONGEST = 21_000
"""GitHub takes no longer text in a `run`."""

_SHEBANG = regex(r"#!\s*(\S+)[ \t]*([^\n\r]*)")
_SHELLS = {"sh", "bash", "dash", "ksh", "zsh", "ash"}


@dataclass(frozen=True, slots=True)
class _Form:
    """How a script is run: its language, the `shell:` and the lines that go in front."""

    language: Language
    kind: str
    shell: str | None
    first: str = ""


def sh(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`sh 'make'` → `run: make`."""
    value = step.arguments.get("script")
    expression = expression_of(value) if value else None
    first = flat(expression)[:1] if expression else []
    text = first[0] if first and isinstance(first[0], str) else ""
    form = _shebang(text) if text.startswith("#!") else None
    return _shell(step, form or _plain(context), scope, context)


def bat(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`bat 'x'` → `shell: cmd`; the status is that of the last command, in both."""
    if context.runner.os != "windows" and not context.runner.mixed:
        return _elsewhere(step, scope, context)
    return _shell(step, _Form("bat", "bat", "cmd"), scope, context)


def powershell(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`powershell 'x'` → `shell: powershell`, without the runner's `stop` on every error; what ends
    a statement ends the script, as in the `try` that Jenkins puts around it.

    Source: durable-task-plugin, PowershellScript;
    https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_trap
    """
    elsewhere = context.runner.os != "windows" and not context.runner.mixed
    in_container = context.container is not None or scope.container is not None
    if step.name == "powershell" and elsewhere and (in_container or not context.runner.hosted):
        return _elsewhere(step, scope, context)
    if scope.container:
        message = f"`{step.name}` in a container of its own is left to a person"
        return manual(step, "container-step", message, scope, context)
    first = "$ErrorActionPreference = 'Continue'; trap { break }\n"
    shell = "pwsh" if elsewhere else step.name
    result = _shell(step, _Form("powershell", "powershell", shell, first), scope, context)
    if shell == step.name:
        return result
    message = f"the script runs in PowerShell 7; this job runs on {context.runner.os}"
    said = diagnose("powershell-is-pwsh", step.span, message, construct=construct(step))
    outcomes = binned(step.span, Certainty.APPROXIMATE)
    return result + Translation(diagnostics=(said,), outcomes=outcomes)


def _elsewhere(step: Step, scope: Scope, context: Context) -> Translation:
    message = f"`{step.name}` needs Windows; this job runs on {context.runner.os}"
    return manual(step, "windows-step", message, scope, context)


def _plain(context: Context) -> _Form:
    asked = context.configuration.shell
    return _Form("sh", "sh", asked or shell_of(context))


def _shebang(text: str) -> _Form | None:
    """A script that starts with `#!` is run by that program, with its own flags."""
    match = _SHEBANG.match(text)
    if match is None:
        return None
    words = [match[1], *match[2].split()]
    if posixpath.basename(words[0]) == "env":
        words = [word for word in words[1:] if word not in ("-S", "--split-string")]
    if not words:
        return None
    program = posixpath.basename(words[0])
    in_path = posixpath.dirname(words[0]) in ("", "/bin", "/usr/bin", "/usr/local/bin")
    kind = "sh" if program in _SHELLS else "other"
    command = [program if in_path else words[0], *words[1:], "{0}"]
    return _Form("sh", kind, " ".join(command))


def _shell(step: Step, form: _Form, scope: Scope, context: Context) -> Translation:
    value = step.arguments.get("script")
    expression = expression_of(value) if value else None
    if value is None or expression is None:
        return _unknown(step, value, scope, context)
    written = with_line_ends(value, expression) if form.kind == "sh" else expression
    script = interpolate(written, form.language, scope, context)
    if isinstance(script, Refusal):
        return manual(step, script.rule, script.reason, scope, context)
    if form.kind == "other" and any(references(value)):
        message = "a value is put into a script that is no shell script"
        return manual(step, "script-language", message, scope, context)
    if not script.text.strip():
        return _empty(step)
    interpolated = any(references(value))
    own = _of_settings(script, step, form, scope, context)
    hidden = [name for name in own if sounds_secret(name)]
    script, names = _with_names(script, form, scope, context, own)
    action = _step(step, script, form, scope, context)
    if len(str(action.run)) > LONGEST:
        message = f"the script has more than {LONGEST:,} characters"
        return manual(step, "script-too-long", message, scope, context)
    said = (
        *remarks(value, step.span, construct(step), scope, context),
        *(d for name in names for d in _remarks(name, step, scope, context)),
        *_loose(step, script),
        *_secrets_unset(step, hidden),
        *_of_machine(script, own, step, form, scope, context),
        *(_continued(step) if flat(written) != flat(expression) else ()),
    )
    bins = [
        *([Certainty.EQUIVALENT] if interpolated else []),
        *certainties(value, scope, context),
        *(read(EnvironmentRef(name), scope, context).certainty for name in names),
        *(one.certainty for one in said if one.certainty),
    ]
    ignored = flag_of(step.arguments.get("returnStatus")) is True
    bins += [Certainty.EQUIVALENT] if ignored else []
    secrets = tuple(Secret(name, None, "service", f"value of `{name}`") for name in hidden)
    outcomes = binned(step.span, worst(bins))
    return Translation((_origin(action, step, bins),), said, outcomes, secrets=secrets)


def _continued(step: Step) -> Iterator[Diagnostic]:
    message = "long lines are continued with a backslash, as they are in the source"
    yield diagnose("lines-continued", step.span, message, construct=construct(step))


def _unknown(step: Step, value: Value | None, scope: Scope, context: Context) -> Translation:
    message = "the script is computed by Groovy"
    if isinstance(value, Residual):
        message = f"the script is not known: {value.reason}"
    return manual(step, "script-unknown", message, scope, context)


def _empty(step: Step) -> Translation:
    said = diagnose("script-empty", step.span, "the script is empty", construct=construct(step))
    return Translation(diagnostics=(said,), outcomes=binned(step.span, Certainty.DROPPED))


def _remarks(name: str, step: Step, scope: Scope, context: Context) -> Iterable[Diagnostic]:
    return remarks(EnvironmentRef(name), step.span, construct(step), scope, context)


def _loose(step: Step, script: Script) -> tuple[Diagnostic, ...]:
    if script.code:
        message = "the whole script is a value; a child shell reads it"
        return (diagnose("script-from-value", step.span, message, construct=construct(step)),)
    if not script.loose:
        return ()
    names = ", ".join(f"`{_written(reference)}`" for reference in script.loose)
    message = f"quotes and operators in the value of {names} are no longer read as shell code"
    return (diagnose("value-not-parsed", step.span, message, construct=construct(step)),)


def _written(reference: Hole) -> str:
    owner = {ParameterRef: "params.", EnvironmentRef: "env."}.get(type(reference), "")
    return f"{owner}{name_of(reference)}"


def _with_names(
    script: Script, form: _Form, scope: Scope, context: Context, own: Iterable[str]
) -> tuple[Script, list[str]]:
    """The script with the names of Jenkins' environment that its text reads by itself; `own` are
    those of its settings."""
    secrets: dict[str, Text] = {one: Path(f"secrets.{one}") for one in own if sounds_secret(one)}
    env: dict[str, Text] = {}
    lines: list[str] = []
    names = []
    for name in (*names_read(script.text, context), *(one for one in own if one not in secrets)):
        reading = read(EnvironmentRef(name), scope, context)
        if reading.alias and reading.alias.lower() == name.lower():
            continue  # A shell looks a name up by its letters, unlike Groovy.
        if reading.alias:
            lines.append(f'export {name}="${{{reading.alias}}}"')
        if reading.present or name in script.env or name in script.secrets:
            continue
        names.append(name)
        if reading.text is not None:
            env[name] = reading.text
    text = "\n".join([*lines, dedented(script.text, shell=form.kind == "sh")])
    env, secrets = {**script.env, **env}, {**script.secrets, **secrets}
    return replace(script, text=text, env=env, secrets=secrets), names


def _of_settings(
    script: Script, step: Step, form: _Form, scope: Scope, context: Context
) -> list[str]:
    """The names that Jenkins' settings give to a script. The machine of one's own and the image of
    a whole job may set a name by themselves, unless a hosted machine has it from the settings."""
    if form.kind != "sh":
        return []
    hosted = context.container is None and context.runner.hosted
    return [
        name for name in _unset(script, step, scope, context) if hosted or name in context.settings
    ]


def _unset(script: Script, step: Step, scope: Scope, context: Context) -> Iterator[str]:
    given = {*context.read, *script.env, *script.secrets}
    for name in names_of_settings(script.text, step.span.source.text):
        if name not in given and is_unset(EnvironmentRef(name), scope, context):
            yield name


def _of_machine(
    script: Script,
    own: Iterable[str],
    step: Step,
    form: _Form,
    scope: Scope,
    context: Context,
) -> Iterator[Diagnostic]:
    """What is said of names that nothing sets where the machine may do so by itself."""
    if form.kind != "sh" or context.container or context.runner.hosted:
        return
    for name in _unset(script, step, scope, context):
        if name not in own:
            message = f"`{name}` is not set by this pipeline; the runner has to have it"
            yield diagnose("variable-of-machine", step.span, message, construct=construct(step))


def _secrets_unset(step: Step, names: Iterable[str]) -> Iterator[Diagnostic]:
    for name in names:
        message = f"`{name}` is not set by this pipeline; it is read from the secret of that name"
        yield diagnose("secret-unset", step.span, message, construct=construct(step))


def _step(step: Step, script: Script, form: _Form, scope: Scope, context: Context) -> ActionStep:
    text = _in_child(script, scope, context) if script.code else script.text
    action = ActionStep(
        name=_label(step),
        run=text,
        env={**scope.env, **script.env},
        secrets={**scope.secrets, **script.secrets},
        shell=form.shell,
        working_directory=directory(scope),
        script_kind=form.kind,
        continue_on_error=True if flag_of(step.arguments.get("returnStatus")) else None,
    )
    if form.language == "sh":
        action = in_container(action, scope, context, step.span)
    action = with_exports(action, scope, context, form.language)
    return placed(replace(action, run=form.first + str(action.run)), scope)


def _in_child(script: Script, scope: Scope, context: Context) -> str:
    shell = "sh" if context.container or scope.container else "bash"
    return f'{shell} -ec "{script.text.strip()}"'


def _origin(action: ActionStep, step: Step, bins: list[Certainty]) -> ActionStep:
    return replace(action, origin=Origin((step.span,), "shell-step", worst(bins)))


def _label(step: Step) -> str | None:
    """The label, which Jenkins cuts at 100 characters."""
    label = text_of(step.arguments.get("label"))
    return " ".join(label.split())[:100] or None if label else None
