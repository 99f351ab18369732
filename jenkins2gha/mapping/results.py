"""Steps that worsen the result of the build, ask for that of the run before, and end the job by it.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-environment-variable
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypedDict, Unpack

from jenkins2gha.actions.conditions import ALWAYS, both
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Literal, Operation
from jenkins2gha.actions.walk import contexts, step_texts
from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.values import Concat, Constant, Expr, Value
from jenkins2gha.mapping.build_result import PREVIOUS, RESULT, SO_FAR, WORSE, written
from jenkins2gha.mapping.interpolation import Refusal, Script, flat, word
from jenkins2gha.mapping.lower import expression_of
from jenkins2gha.mapping.placing import WINDOWS_SHELL, shell_step
from jenkins2gha.mapping.translation import Context, Scope, Translation
from jenkins2gha.record import replace
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span

MARKED, ASKED, ENDED, BEGUN = "build-result", "previous-run", "build-result-end", "begun"
"""The rules in the origins of the steps that are made here."""

_FIND = """\
file="${{GITHUB_WORKFLOW_REF%%@*}}"
gh run list --repo "$GITHUB_REPOSITORY" --workflow "${{file##*/}}" {branch}\\
  --status completed --limit 20 --json conclusion \\
  --jq '"conclusion=" + ({first} // "")' >> "$GITHUB_OUTPUT"
"""
_BRANCH = '--branch "${GITHUB_HEAD_REF:-$GITHUB_REF_NAME}" '
_ASK = """\
const {{ data }} = await github.rest.actions.listWorkflowRuns({{
  ...context.repo,
  workflow_id: process.env.GITHUB_WORKFLOW_REF.split('@')[0].split('/').pop(),
  {branch}status: 'completed',
  per_page: 20,
}});
const before = data.workflow_runs.find(run => run.conclusion !== 'skipped');
return (before?.conclusion ?? '').replace(/timed_out|startup_failure/, 'failure');
"""
_ASKED_BRANCH = "branch: process.env.GITHUB_HEAD_REF || process.env.GITHUB_REF_NAME,\n  "
_FIRST = (
    'map(.conclusion | select(. != "skipped") | sub("timed_out|startup_failure"; "failure"))[0]'
)


class _How(TypedDict, total=False):
    said: Script | None
    name: str | None
    certainty: Certainty


def marked(
    result: str, site: Span, scope: Scope, context: Context, **how: Unpack[_How]
) -> ActionStep:
    """A step that makes the build UNSTABLE, or worse, and lets it go on.

    It never improves a result. `said` are commands in front.
    """
    value, condition = result, scope.condition
    worse = [one for one in WORSE[WORSE.index(result) + 1 :] if one in context.results]
    if worse and result == WORSE[0]:
        value = f"${{{RESULT}:-{result}}}"
    else:
        for one in worse:
            condition = both(condition, Operation("!=", (SO_FAR, Literal(one))))
    said = how.get("said") or Script("")
    lines = [said.text] if said.text else []
    lines.append(f'echo "{RESULT}={value}" >> "$GITHUB_ENV"')
    step = shell_step(
        replace(said, text="\n".join(lines)),
        site,
        MARKED,
        scope=scope.changed(condition=condition),
        context=context,
        certainty=how.get("certainty", Certainty.EQUIVALENT),
    )
    return replace(step, name=how.get("name") or f"Mark the build as {result}")


def fails_run(result: str, site: Span, construct: str) -> Translation:
    """What is said of a result other than FAILURE: the run fails at its end."""
    if result == "FAILURE":
        return Translation()
    rule = "unstable-fails-run" if result == "UNSTABLE" else "result-fails-run"
    message = f"the build goes on as {result}, and the run fails at its end"
    return Translation(diagnostics=(diagnose(rule, site, message, construct=construct),))


def announced(level: str, value: Value | None, scope: Scope, context: Context) -> Script | None:
    """The command that shows a text as an annotation of the run; None for what Groovy computes.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    expression = Constant("") if value is None else expression_of(value)
    script = None if expression is None else word(_command(level, expression), scope, context)
    if script is None or isinstance(script, Refusal):
        return None
    text = script.text if script.text[0] in "'\"" else f"'{script.text}'"
    return replace(script, text=f"echo {text}")


def _command(level: str, expression: Expr) -> Expr:
    parts = [Constant(_escaped(p)) if isinstance(p, str) else p for p in flat(expression)]
    return Concat((Constant(f"::{level}::"), *parts))


def _escaped(text: str) -> str:
    """The text as a workflow command takes it: its line ends written as escapes."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def ending(
    steps: Sequence[ActionStep], context: Context, results: Collection[str] = ()
) -> tuple[ActionStep, ...]:
    """The last step of a job: it fails where the build is worse than SUCCESS although no step did.

    None where nothing can have made it so: neither `steps` nor, by their `results`, jobs before.
    """
    if not (written(steps) or results):
        return ()
    origin = next((one.origin for one in steps if written((one,))), None)
    step = ActionStep(
        name="Fail unless the build is a success",
        condition=Operation("!=", (SO_FAR, Literal(""))),
        run=f'echo "::error::the build is ${RESULT}"\nexit 1',
        shell=WINDOWS_SHELL if context.runner.os == "windows" else None,
        origin=Origin(origin.spans, ENDED, Certainty.APPROXIMATE) if origin else None,
    )
    return (step,)


def with_previous_run(steps: Iterable[ActionStep], context: Context) -> tuple[ActionStep, ...]:
    """The steps, with one that asks for the run before in front of the first that reads of it."""
    steps = tuple(steps)
    first = next((n for n, step in enumerate(steps) if _reads(step, PREVIOUS)), None)
    if first is None:
        return steps
    branch = _BRANCH if context.multibranch else ""
    origin = steps[first].origin
    step = ActionStep(
        name="Find the run before",
        id=PREVIOUS.path.split(".")[1],
        condition=ALWAYS,
        run=_FIND.format(branch=branch, first=_FIRST),
        env={"GH_TOKEN": Path("github.token")},
        shell=WINDOWS_SHELL if context.runner.os == "windows" else None,
        stage=steps[first].stage,
        origin=Origin(origin.spans, ASKED, Certainty.APPROXIMATE) if origin else None,
    )
    bare = context.container is not None or not context.runner.hosted
    found = _without_gh(step, context) if bare else (step,)
    return (*steps[:first], *found, *steps[first:])


def _without_gh(step: ActionStep, context: Context) -> tuple[ActionStep, ...]:
    """The same where `gh` may be missing: in the image of a container, on an own machine."""
    branch = _ASKED_BRANCH if context.multibranch else ""
    asked = f"{step.id}-asked"
    script = _ASK.format(branch=branch)
    inputs: dict[str, Text] = {"result-encoding": "string", "script": script}
    plain = replace(step, run=None, env={}, shell=None)
    ask = replace(plain, id=asked, uses="actions/github-script", inputs=inputs)
    answer = {"CONCLUSION": Path(f"steps.{asked}.outputs.result")}
    text = 'printf \'conclusion=%s\\n\' "$CONCLUSION" >> "$GITHUB_OUTPUT"'
    return ask, replace(step, name="Keep what it came to", run=text, env=answer)


def _reads(step: ActionStep, path: Path) -> bool:
    return any(path.path in contexts(text) for _, text in step_texts(step))


def begin(identifier: str, site: Span, scope: Scope, context: Context) -> ActionStep:
    """A step that does nothing but tell that a block was reached."""
    step = shell_step(Script("true"), site, BEGUN, scope=scope, context=context)
    return replace(step, id=identifier, name="Begin")
