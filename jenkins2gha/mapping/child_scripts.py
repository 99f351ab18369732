"""Several shell steps as one: each script in a file of its own, verbatim, and how it is run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jenkins2gha.actions.workflow import Env, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.mapping.quoting import shell_word
from jenkins2gha.mapping.translation import Context
from jenkins2gha.record import replace


def conflicting(steps: Sequence[ActionStep], context: Context) -> str | None:
    """A variable that two of the steps give different values, so that one step cannot hold both, or
    that one of them has otherwise from the job, and no script can say it."""
    shared: dict[str, Text] = {}
    for one in steps:
        for name, text in (*one.env.items(), *one.secrets.items()):
            if shared.setdefault(name, text) != text:
                return name
    for one in steps:
        for name in _of_others(one, shared):
            if name in context.environment and not _says(one, context.environment[name]):
                return name
    return None


def without_others(steps: Sequence[ActionStep], context: Context) -> list[ActionStep]:
    """The scripts as they are to run in one step: without the credentials of the others, and with
    what the job has where others have it otherwise."""
    texts = merged_env(one.env for one in steps)
    secrets = merged_env(one.secrets for one in steps)
    return [_alone(one, {**texts, **secrets}, secrets, context) for one in steps]


def _alone(step: ActionStep, shared: Env, secrets: Env, context: Context) -> ActionStep:
    names = _of_others(step, shared) if step.script_kind == "sh" else []
    held = {name: context.environment.get(name) for name in names}
    unset = [name for name, text in held.items() if text is None and name in secrets]
    lines = [f"unset {' '.join(unset)}"] if unset else []
    lines += [f"export {n}={shell_word(t)}" for n, t in held.items() if isinstance(t, str)]
    inner = step.inner or (str(step.run),)
    return replace(step, run="\n".join([*lines, str(step.run)]), inner=inner) if lines else step


def _says(step: ActionStep, text: Text) -> bool:
    """Whether a script can set a variable back to what it holds in the job."""
    return isinstance(text, str) and step.script_kind == "sh"


def _of_others(step: ActionStep, shared: Env) -> list[str]:
    return [name for name in shared if name not in step.env and name not in step.secrets]


def merged_env(envs: Iterable[Env]) -> Env:
    """The variables of all the steps; none of them may be in conflict."""
    return {name: text for env in envs for name, text in env.items()}


def script_file(name: str, script: str) -> str:
    """The lines that write a script, verbatim, into a file of its own."""
    lines, end = script.split("\n"), "SCRIPT"
    while end in lines:
        end += "_"
    return f"cat > \"$RUNNER_TEMP/{name}\" <<'{end}'\n{script}\n{end}"


def child_command(name: str, step: ActionStep, common: object, context: Context) -> str:
    """How one script is run, as its own step would be, in a directory that is there."""
    child = "sh -e {0}" if context.container else "bash -e {0}"
    command = (step.shell or child).replace("{0}", f'"$RUNNER_TEMP/{name}"')
    if step.timeout_minutes:
        command = f"timeout {step.timeout_minutes}m {command}"
    if common is None and isinstance(step.working_directory, str):
        place = shell_word(step.working_directory)
        command = f"(mkdir -p {place} && cd {place} && {command})"
    return command
