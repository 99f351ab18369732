"""`retry`: a loop around the shell steps inside.

Jenkins counts all tries, waits for nothing between them, and tries again after a time limit of a
step inside too. https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#retry-retry-the-body-up-to-n-times
"""

from __future__ import annotations

from collections.abc import Sequence

from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Known
from jenkins2gha.mapping.checkout import ACTION
from jenkins2gha.mapping.child_scripts import (
    child_command,
    conflicting,
    merged_env,
    script_file,
)
from jenkins2gha.mapping.containers import STARTED, STOPPED
from jenkins2gha.mapping.credentials import REMOVED, WRITTEN
from jenkins2gha.mapping.masks import joined
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import replace
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span

_LOOP = """\
for attempt in {attempts}; do
  status=0
  {commands} || status=$?
  if [ "$status" -eq 0 ]; then break; fi
done
exit "$status"
"""
_LIST = 9
_CONTINUED = regex(r"[ \t]+\\\n\s*")


def retry(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`retry(3) { sh 'make' }` → the script in a file, and a loop that runs it."""
    # A limit around the loop is that of the step, not of each try.
    inner = translate(step.body or (), scope.changed(timeout=None))
    before, tried, after = _parts(inner.steps)
    if tried and all(one.uses == ACTION for one in tried):
        message = "actions/checkout tries to fetch three times by itself"
        said = diagnose("retry-checkout", step.span, message, construct=construct(step))
        return Translation((), (said,), binned(step.span, Certainty.EQUIVALENT)) + inner
    problem = _problem(step, tried, context) or _apart(tried, scope)
    if problem:
        return manual(step, "retry-unmapped", problem, scope, context) + inner
    count = step.arguments["count"]
    assert isinstance(count, Known)
    assert isinstance(count.value, int)
    own = Translation(outcomes=binned(step.span, Certainty.EQUIVALENT))
    if count.value > 1 and tried:
        action = _loop(step, count.value, tried, context)
        inner = replace(inner, steps=(*before, action, *after))
    return own + inner


def _parts(steps: Sequence[ActionStep]) -> tuple[list[ActionStep], ...]:
    """What writes files of credentials and starts containers, what is tried, and what removes
    them."""
    before: list[ActionStep] = []
    tried: list[ActionStep] = []
    after: list[ActionStep] = []
    for one in steps:
        rule = one.origin.rule if one.origin else ""
        places = {WRITTEN: before, STARTED: before, REMOVED: after, STOPPED: after}
        places.get(rule, tried).append(one)
    return before, tried, after


def _apart(steps: Sequence[ActionStep], scope: Scope) -> str | None:
    """Why the steps are more than scripts one behind the other: in a loop there is no `if:`."""
    if any(one.condition != scope.condition for one in steps):
        return "what is to be tried again holds a step under a condition of its own"
    if any(one.id for one in steps):
        return "what is to be tried again holds a step whose result is read"
    return None


def _problem(step: Step, steps: Sequence[ActionStep], context: Context) -> str | None:
    """Why the steps inside cannot become one loop, in words; None where they can."""
    count = step.arguments.get("count")
    if (
        not isinstance(count, Known)
        or not isinstance(count.value, int)
        or "conditions" in step.arguments
    ):
        return "how often to try is only known to a run, or depends on the kind of failure"
    if any(one.placeholder for one in steps):
        return "what is to be tried again holds a step that is not translated"
    if any(one.uses or one.script_kind not in ("sh", "other") for one in steps):
        return "what is to be tried again holds a step that is no shell script"
    if any(one.continue_on_error for one in steps):
        return "what is to be tried again holds a step whose status is ignored"
    if any(one.timeout_minutes for one in steps) and context.runner.os != "linux":
        return "a time limit inside holds for each try, which only Linux has a command for"
    if any(not isinstance(one.working_directory, str | None) for one in steps):
        return "a step inside runs in a directory that only a run knows"
    name = conflicting(steps)
    if name:
        return f"the steps inside have different values of {name}"
    return None


def _loop(step: Step, count: int, steps: Sequence[ActionStep], context: Context) -> ActionStep:
    directories = {one.working_directory for one in steps}
    common = directories.pop() if len(directories) == 1 else None
    files, commands = [], []
    for number, one in enumerate(steps, start=1):
        name = _file(number) if len(steps) > 1 else _file(None)
        files.append(script_file(name, str(one.run)))
        commands.append(child_command(name, one, common, context))
    attempts = (
        " ".join(str(n) for n in range(1, count + 1)) if count <= _LIST else f"$(seq {count})"
    )
    script = _LOOP.format(attempts=attempts, commands=" &&\n    ".join(commands))
    first = steps[0]
    bins = [one.origin.certainty for one in steps if one.origin]
    return replace(
        first,
        name=_name(steps, count),
        run="\n".join([*files, script.rstrip("\n")]),
        env=merged_env(one.env for one in steps),
        secrets=merged_env(one.secrets for one in steps),
        shell="bash -e {0}" if context.runner.os == "windows" else None,
        working_directory=common,
        timeout_minutes=None,
        inner=tuple(script for one in steps for script in one.inner or (str(one.run),)),
        script_kind="sh" if all(one.script_kind == "sh" for one in steps) else "other",
        origin=Origin(_spans(step, steps), "retry-loop", worst([Certainty.EQUIVALENT, *bins])),
    )


def _spans(step: Step, steps: Sequence[ActionStep]) -> tuple[Span, ...]:
    """Where the loop stands, and what is in it: `options { retry(2) }` has that elsewhere."""
    inner = (span for one in steps if one.origin for span in one.origin.spans)
    return tuple(dict.fromkeys((step.span, *inner)))


def _file(number: int | None) -> str:
    """A script's file. A loop in a loop, or in a branch beside, is another shell: `$$` is its own,
    and so no loop writes over the files of another that still reads them."""
    return "retry-$$.sh" if number is None else f"retry-$$-{number}.sh"


def _name(steps: Sequence[ActionStep], count: int) -> Text:
    """What the loop is called: after its first command, which its first line is not."""
    scripts = (script for one in steps for script in one.inner or (str(one.run),))
    lines = (
        line.strip() for script in scripts for line in _CONTINUED.sub(" ", script).splitlines()
    )
    label = steps[0].name or next((line for line in lines if line and line[0] != "#"), "scripts")
    return joined((label, f" (up to {count} times)"), "")
