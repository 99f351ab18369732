"""`build job: 'x'`: the workflow that the configuration names for a job, started and waited for.

https://www.jenkins.io/doc/pipeline/steps/pipeline-build-step/
https://github.blog/changelog/2026-02-19-workflow-dispatch-api-now-returns-run-ids/
"""

from __future__ import annotations

from urllib.parse import unquote

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Text
from jenkins2gha.configuration import JobSetting
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Described, ListOf, Value, flag_of, text_of
from jenkins2gha.mapping.interpolation import Refusal, Script, word
from jenkins2gha.mapping.lower import expression_of
from jenkins2gha.mapping.parameter_values import input_name
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.quoting import shell_word
from jenkins2gha.mapping.rows import manual, merged
from jenkins2gha.mapping.stated import stated
from jenkins2gha.mapping.translation import Context, Scope, Secret, Translate, Translation
from jenkins2gha.record import replace

_TOKEN = "WORKFLOW_TOKEN"  # noqa: S105
_KINDS = frozenset(
    "string text booleanParam choice stringParam StringParameterValue TextParameterValue "
    "BooleanParameterValue".split()
)

_NEXT = " \\\n  "


def build(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`build job: 'deploy', parameters: […]` → its workflow dispatched, and waited for."""
    name = text_of(step.arguments.get("job"))
    if not name:
        message = "which job is started is only known to a run"
        return manual(step, "build-unknown", message, scope, context)
    found = _setting(name, context)
    if found is None:
        message = f"the configuration names no workflow for the job '{name.strip('/')}'"
        return manual(step, "build-unmapped", message, scope, context)
    setting, ref = found
    flags = [flag_of(step.arguments.get(key), default=True) for key in ("wait", "propagate")]
    inputs = _inputs(step, scope, context)
    if step.captured or None in flags or inputs is None:
        message = f"a parameter or the outcome of the job '{name}' is left to Groovy"
        return manual(step, "build-unknown", message, scope, context)
    script = _script(setting, ref, inputs, flags)
    own = setting.repository is None
    token = gha.Context("github.token") if own else gha.Context(f"secrets.{_TOKEN}")
    secrets: tuple[Secret, ...] = ()
    if not own:
        what = f"token that may write the actions of {setting.repository}"
        secrets = (Secret(_TOKEN, None, "service", what),)
    variables: dict[str, Text] = {"GH_TOKEN": token}
    script = replace(
        script,
        env={**script.env, **(variables if own else {})},
        secrets={**script.secrets, **({} if own else variables)},
    )
    action = shell_step(
        script,
        step.span,
        "build-dispatched",
        scope=scope,
        context=context,
        certainty=Certainty.APPROXIMATE,
    )
    action = replace(action, name=f"Run {setting.workflow}")
    message = f"the workflow {setting.workflow} stands for the job '{name.strip('/')}'"
    return stated(
        step, ("build-dispatched", message), scope, context, steps=(action,), secrets=secrets
    )


def _setting(name: str, context: Context) -> tuple[JobSetting, str] | None:
    """Where the workflow of a job is, and the branch that it runs on.

    `shop/feature%2Fx` is the branch `feature/x` of the multibranch job `shop`.
    """
    jobs = {key.strip("/"): one for key, one in context.configuration.jobs.items()}
    whole = name.strip("/")
    folder, _, branch = whole.rpartition("/")
    here = context.configuration.default_branch
    for key, ref in ((whole, here), (folder, unquote(branch))):
        if key in jobs and jobs[key].workflow:
            return jobs[key], ref
    return None


def _inputs(step: Step, scope: Scope, context: Context) -> list[Script] | None:
    """`--field inputs[NAME]=VALUE` for each parameter; None where one is not known."""
    given = step.arguments.get("parameters")
    if given is None:
        return []
    if not isinstance(given, ListOf):
        return None
    found: list[Script] = []
    for value in given.items:
        script = _input(value, scope, context)
        if script is None:
            return None
        found.append(script)
    return found


def _input(value: Value, scope: Scope, context: Context) -> Script | None:
    if not isinstance(value, Described) or value.symbol not in _KINDS:
        return None
    name, what = text_of(value.arguments.get("name")), value.arguments.get("value")
    expression = expression_of(what) if what is not None else None
    script = word(expression, scope, context) if expression is not None else None
    if not name or script is None or isinstance(script, Refusal):
        return None
    text = f"--raw-field {shell_word(f'inputs[{input_name(name)}]=')}{script.text}"
    return replace(script, text=text)


def _script(
    setting: JobSetting, ref: str, inputs: list[Script], flags: list[bool | None]
) -> Script:
    wait, propagate = flags
    repository = setting.repository or "$GITHUB_REPOSITORY"
    place = f'"repos/{repository}/actions/workflows/{setting.workflow}/dispatches"'
    words = [
        f"gh api --method POST {place}",
        f"--raw-field ref={shell_word(ref)}",
        *(one.text for one in inputs),
    ]
    if not wait:
        return merged(_NEXT.join(words), inputs)
    words += ["--field return_run_details=true", "--jq .workflow_run_id"]
    strict = " --exit-status" if propagate else ""
    command = _NEXT.join(words)
    lines = [
        f"run=$({command})",
        f'gh run watch "$run" --repo "{repository}" --interval 10{strict}',
    ]
    return merged("\n".join(lines), inputs)
