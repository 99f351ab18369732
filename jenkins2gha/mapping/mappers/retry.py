"""`retry`: a loop around the shell steps inside.

Jenkins counts all tries, waits for nothing between them, and tries again after a time limit of a
step inside too. https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#retry-retry-the-body-up-to-n-times
"""

from __future__ import annotations

from collections.abc import Sequence

from jenkins2gha.actions.walk import step_texts
from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Known
from jenkins2gha.mapping.build_result import RESULT
from jenkins2gha.mapping.checkout import ACTION
from jenkins2gha.mapping.child_scripts import (
    child_command,
    conflicting,
    merged_env,
    script_file,
    without_others,
)
from jenkins2gha.mapping.containers import STARTED, STOPPED
from jenkins2gha.mapping.credentials import REMOVED, WRITTEN
from jenkins2gha.mapping.masks import joined
from jenkins2gha.mapping.results import BEGUN
from jenkins2gha.mapping.rounds import is_plain, reads, round_of
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import dataclass, replace
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span

_LOOP = """\
for attempt in {attempts}; do
  status=0
  {round}
  if [ "$status" -eq 0 ]; then break; fi
done
exit "$status"
"""
_LIST = 9
_ASSIGNS = regex(r'echo (\S.*) >> "\$GITHUB_ENV"')
_EXPORTS = regex(r'&& export "?(\w+)=')
_ROUND = "for attempt in "
_FOLDER = "$RUNNER_TEMP/"
_RULE = "retry-loop"
_CONTINUED = regex(r"[ \t]+\\\n\s*")


def retry(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`retry(3) { sh 'make' }` → the script in a file, and a loop that runs it."""
    # A limit around the loop is that of the step, not of each try.
    around = scope.changed(timeout=None, repeated=True)
    inner = translate(step.body or (), around)
    parts = _parts(inner.steps)
    if parts.tried and all(one.uses == ACTION for one in parts.tried):
        message = "actions/checkout tries to fetch three times by itself"
        said = diagnose("retry-checkout", step.span, message, construct=construct(step))
        return Translation((), (said,), binned(step.span, Certainty.EQUIVALENT)) + inner
    tried = tuple(_freed(one, scope) for one in parts.tried)
    if not is_plain(tried):
        # The condition is that of the loop, and what is caught inside is caught by the round.
        alone = translate(step.body or (), around.changed(condition=None, caught=False))
        tried = _parts(alone.steps).tried
    own = Translation(outcomes=binned(step.span, Certainty.EQUIVALENT))
    problem = _problem(step, tried, context)
    if problem is None and (_count(step) < 2 or all(map(_begins, tried))):
        return own + translate(step.body or (), scope.changed(timeout=None))
    told: list[Text] = [text for _, text in inner.stage_results]
    told += [text for one in (*parts.before, *parts.after) for _, text in step_texts(one)]
    loop = problem or _looped(step, tried, told, scope, context)
    if isinstance(loop, str):
        left = translate(step.body or (), scope.changed(timeout=None))
        return manual(step, "retry-unmapped", loop, scope, context) + left
    return own + replace(inner, steps=(*parts.before, loop, *parts.after))


def _freed(step: ActionStep, scope: Scope) -> ActionStep:
    """A step without the condition of all."""
    return replace(step, condition=None) if step.condition == scope.condition else step


@dataclass(frozen=True, slots=True)
class _Parts:
    """What writes files of credentials and starts containers, what is tried, and what removes
    them."""

    before: tuple[ActionStep, ...]
    tried: tuple[ActionStep, ...]
    after: tuple[ActionStep, ...]


def _parts(steps: Sequence[ActionStep]) -> _Parts:
    before: list[ActionStep] = []
    tried: list[ActionStep] = []
    after: list[ActionStep] = []
    for one in steps:
        rule = one.origin.rule if one.origin else ""
        places = {WRITTEN: before, STARTED: before, REMOVED: after, STOPPED: after}
        places.get(rule, tried).append(one)
    return _Parts(tuple(before), tuple(tried), tuple(after))


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
    if _sets_for_later(steps):
        return "what is to be tried again sets a variable for the steps behind it"
    if _sets_for_further_try(steps):
        return "what is to be tried again sets a variable, in a loop inside, that a further try has"
    if any(one.timeout_minutes for one in steps) and context.runner.os != "linux":
        return "a time limit inside holds for each try, which only Linux has a command for"
    if any(not isinstance(one.working_directory, str | None) for one in steps):
        return "a step inside runs in a directory that only a run knows"
    name = conflicting(steps, context)
    if name:
        return f"the steps inside have different values of {name}"
    return None


def _looped(
    step: Step,
    steps: Sequence[ActionStep],
    told: Sequence[Text],
    scope: Scope,
    context: Context,
) -> ActionStep | str:
    """The steps as one that tries them again; in words where they take more from each other than
    how they ended, or where texts outside of the loop (`told`) ask that of one of them."""
    files, commands, common = _children(without_others(steps, context), context)
    tried = round_of(steps, commands)
    identifiers = [one.id for one in steps if one.id]
    if tried is None or reads(identifiers, told):
        return "what is to be tried again holds a step whose result is read"
    count = _count(step)
    attempts = " ".join(map(str, range(1, count + 1))) if count <= _LIST else f"$(seq {count})"
    script = _LOOP.format(attempts=attempts, round="\n  ".join(tried.lines)).rstrip("\n")
    scripts = [one for one in steps if not _begins(one)]
    bins = [one.origin.certainty for one in steps if one.origin]
    return replace(
        scripts[0],
        id=None,
        condition=scope.condition,
        continue_on_error=None,
        stage=scripts[0].stage if len({one.stage for one in scripts}) == 1 else None,
        name=_name(scripts, count),
        run="\n".join([*files, script]),
        env={**merged_env(one.env for one in steps), **tried.env},
        secrets=merged_env(one.secrets for one in steps),
        shell="bash -e {0}" if context.runner.os == "windows" else None,
        working_directory=common,
        timeout_minutes=None,
        inner=tuple(script for one in scripts for script in one.inner or (str(one.run),)),
        script_kind="sh" if all(one.script_kind == "sh" for one in steps) else "other",
        origin=Origin(_spans(step, steps), _RULE, worst([Certainty.EQUIVALENT, *bins])),
    )


def _count(step: Step) -> int:
    """How often to try, which is known."""
    count = step.arguments["count"]
    assert isinstance(count, Known)
    assert isinstance(count.value, int)
    return count.value


def _sets_for_later(steps: Sequence[ActionStep]) -> bool:
    """Whether a step sets a variable that the steps behind it would have, but not those in the
    same loop; the result of the build is none, as nothing in a loop asks for it."""
    lines = (line for one in steps[:-1] for line in str(one.run).splitlines())
    return any(
        ("GITHUB_ENV" in line or "GITHUB_PATH" in line)
        and f"{RESULT}=" not in line
        and not _ASSIGNS.fullmatch(line)
        for line in lines
    )


def _sets_for_further_try(steps: Sequence[ActionStep]) -> bool:
    """Whether a loop inside, which is a shell of its own, sets a variable that the next try of all
    would have from its beginning: before something runs that may read it."""
    for number, one in enumerate(steps):
        script = str(one.run) if one.origin and one.origin.rule == _RULE else ""
        for found in _EXPORTS.finditer(script):
            before = script[: found.start()].partition(_ROUND)[2]
            if found[1] != RESULT and (number or _FOLDER in before):
                return True
    return False


def _begins(step: ActionStep) -> bool:
    """Whether a step does nothing but tell that it was reached."""
    return step.origin is not None and step.origin.rule == BEGUN


def _children(
    steps: Sequence[ActionStep], context: Context
) -> tuple[list[str], list[str], str | None]:
    """The lines that write each script into a file, the command that runs each, and the directory
    in which all run."""
    directories = {one.working_directory for one in steps}
    common = directories.pop() if len(directories) == 1 else None
    files: list[str] = []
    commands: list[str] = []
    scripts = sum(not _begins(one) for one in steps)
    for one in steps:
        assigned = _ASSIGNS.fullmatch(str(one.run))
        if _begins(one):
            commands.append("")
            continue
        if assigned and scripts > 1:
            commands.append(f"{one.run} && export {assigned[1]}")
            continue
        name = _file(len(files) + 1 if scripts > 1 else None)
        files.append(script_file(name, str(one.run)))
        commands.append(child_command(name, one, common, context))
    return files, commands, common if isinstance(common, str) else None


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
