"""The environment of a whole job: parameters, its `environment`, and the steps that complete it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.actions.workflow import Template, Text
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Credentials, Variable
from jenkins2gha.jenkins.values import Concat, Constant, EnvironmentRef, Expr
from jenkins2gha.mapping.capture import captured
from jenkins2gha.mapping.environment import map_environment
from jenkins2gha.mapping.interpolation import Refusal, Script, flat, is_secret, word
from jenkins2gha.mapping.letters import in_other_letters
from jenkins2gha.mapping.parameter_values import parameter
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.translation import Context, InContainer, Scope, Translation
from jenkins2gha.mapping.variables import with_text
from jenkins2gha.record import dataclass, replace
from jenkins2gha.source import Span

_ANYWHERE = ("github.", "inputs.", "vars.", "needs.", "matrix.", "strategy.")


@dataclass(frozen=True, slots=True)
class JobEnvironment:
    """`env` of the job, what its steps see beyond it, and the steps in front of and behind all."""

    env: dict[str, Text]
    scope: Scope
    context: Context
    before: Translation
    after: Translation


def job_environment(
    variables: tuple[Variable, ...], context: Context, container: InContainer | None = None
) -> JobEnvironment:
    """The environment that a pipeline gives to all its steps; they run in a container, if given."""
    env, scope = _parameters(variables, context)
    scope = scope.changed(container=container, not_yet=context.beginning.now)
    around = {one.name for one in variables}
    passed = {name: text for name, text in context.passed.items() if name not in around}
    for name in passed.keys() & env.keys():
        # What no job in front has set is still what the run was started with.
        passed[name] = gha.Operation(
            "||", (passed[name], parameter(context.parameters[name], name))
        )
    env |= {**context.axes, **passed}
    outputs = dict(context.computed)
    computed = frozenset(one.name for one in variables if captured(one) and one.span not in outputs)
    context = replace(context, run_time=context.run_time | computed | passed.keys())
    mapped = map_environment(variables, scope, context, "GITHUB_ENV", outputs=outputs)
    site = {one.name: one.span for one in variables}
    late: list[ActionStep] = []
    kept = {one.name for one in variables if isinstance(one.value, Credentials)}
    for name, text in mapped.scope.env.items():
        if name in kept:
            continue
        if at_job_level(text):
            # Names that differ in letters alone are one variable, under the letters of the first.
            env[in_other_letters(name, env) or name] = text
        else:
            late.append(_text_step(name, text, site[name], context))
    for name, value in mapped.scope.exports:
        if value is None:
            env.pop(name, None)
        else:
            late += _shell_steps(name, value, site[name.rstrip("+")], context)
    written = {one for one in mapped.scope.env if one not in env and one not in kept}
    written |= {name.rstrip("+") for name, value in mapped.scope.exports if value is not None}
    context = replace(
        context,
        environment={name: text for name, text in env.items() if name in site},
        run_time=context.run_time | written,
        computed={at: text for at, text in outputs.items() if at not in context.computed},
    )
    own = {name: text for name, text in mapped.scope.env.items() if name in kept}
    scope = mapped.scope.changed(env=own, exports=())
    before = mapped.before + Translation(steps=tuple(late))
    return JobEnvironment(env, scope, context, before, mapped.after)


def at_job_level(text: Text) -> bool:
    """Whether the `env:` of a job can hold a text: there are no steps, secrets and runner yet."""
    match text:
        case str() | gha.Literal():
            return True
        case gha.Context(path):
            return path.startswith(_ANYWHERE) or path == "github"
        case gha.Function(_, operands) | gha.Operation(_, operands) | Template(operands):
            return all(at_job_level(one) for one in operands)
        case gha.Not(operand):
            return at_job_level(operand)


def _parameters(variables: Iterable[Variable], context: Context) -> tuple[dict[str, Text], Scope]:
    """The parameters as variables: of the job, or of the shell steps where they are secrets."""
    env: dict[str, Text] = {}
    scope = Scope()
    own = {variable.name for variable in variables}
    for name, option in context.parameters.items():
        if not re.fullmatch(r"[A-Za-z_]\w*", name) or name in own:
            continue
        text = parameter(option, name)
        if is_secret(text):
            scope = with_text(scope, name, text)
        else:
            env[name] = text
    return env, scope


def _text_step(name: str, text: Text, site: Span, context: Context) -> ActionStep:
    script = Script(f'echo "{name}=${{{name}}}" >> "$GITHUB_ENV"', env={name: text})
    return _own(script, name, site, context)


def _shell_steps(name: str, value: Expr, site: Span, context: Context) -> list[ActionStep]:
    own = name.rstrip("+")
    folder = _in_front_of_path(own, value, context)
    file, content = "GITHUB_ENV", Concat((Constant(f"{own}="), value))
    if folder is not None:
        file, content = "GITHUB_PATH", Concat((folder,))
    script = word(content, Scope(), context)
    assert not isinstance(script, Refusal)
    text = f'echo {script.text} >> "${file}"'
    return [_own(replace(script, text=text), own, site, context)]


def _in_front_of_path(name: str, value: Expr, context: Context) -> Expr | None:
    """The directory that a value puts in front of `PATH`, if that is all it does."""
    parts = flat(value)
    separator = ";" if context.runner.os == "windows" else ":"
    if name != "PATH" or len(parts) < 2 or parts[-1] != EnvironmentRef("PATH"):
        return None
    before = parts[-2]
    literals = "".join(part for part in parts[:-1] if isinstance(part, str))
    if not isinstance(before, str) or not before.endswith(separator):
        return None
    if literals.count(separator) != 1:
        return None
    rest = (*parts[:-2], before[: -len(separator)])
    return Concat(tuple(Constant(part) if isinstance(part, str) else part for part in rest))


def _own(script: Script, name: str, site: Span, context: Context) -> ActionStep:
    step = shell_step(
        script,
        site,
        "environment-step",
        scope=Scope(),
        context=context,
        certainty=Certainty.EQUIVALENT,
    )
    return replace(step, name=f"Set {name}")
