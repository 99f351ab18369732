"""Several shell steps as one: each script in a file of its own, verbatim, and how it is run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jenkins2gha.actions.workflow import Env, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.mapping.quoting import shell_word
from jenkins2gha.mapping.translation import Context


def conflicting(steps: Sequence[ActionStep]) -> str | None:
    """A variable that two of the steps give different values, so that one step cannot hold both."""
    shared: dict[str, Text] = {}
    for one in steps:
        for name, text in (*one.env.items(), *one.secrets.items()):
            if shared.setdefault(name, text) != text:
                return name
    return None


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
    """How one script is run, as its own step would be."""
    child = "sh -e {0}" if context.container else "bash -e {0}"
    command = (step.shell or child).replace("{0}", f'"$RUNNER_TEMP/{name}"')
    if step.timeout_minutes:
        command = f"timeout {step.timeout_minutes}m {command}"
    if common is None and isinstance(step.working_directory, str):
        command = f"(cd {shell_word(step.working_directory)} && {command})"
    return command
