"""What the pipeline prints stands in one step with what it runs next.

Jenkins writes each `echo` as a line of the log; a step of GitHub is a fold in it that a reader has
to open. A printed line cannot fail and changes nothing, so it may stand in front of any script that
runs under the same condition.
"""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.actions.expressions import Context, Expression, Literal, Operation
from jenkins2gha.actions.walk import expressions, job_texts, nodes, step_texts
from jenkins2gha.actions.workflow import Env, Job, Origin, Step, Template, Text, Workflow
from jenkins2gha.passes.result import PassResult
from jenkins2gha.passes.scripts import plain_script
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

_PRINTING = "echo"
"""The rule of steps that only print."""
_SHEBANG = "#!"


def join_printing(workflow: Workflow) -> PassResult:
    """Neighbours of a stage become one step where all but the last only print."""
    return PassResult(replace(workflow, jobs=tuple(map(_job, workflow.jobs))))


def _job(job: Job) -> Job:
    asked = _asked_for_more(job)
    steps: list[Step] = []
    for step in job.steps:
        last = step
        if steps and _belongs_in_front(steps[-1], step, asked):
            last = _joined(steps.pop(), step)
        steps.append(last)
    return replace(job, steps=tuple(steps)) if len(steps) < len(job.steps) else job


def _prints(step: Step) -> bool:
    return step.origin is not None and step.origin.rule == _PRINTING and not step.placeholder


def _belongs_in_front(printed: Step, step: Step, asked: frozenset[str]) -> bool:
    if not _prints(printed) or step.run is None or step.placeholder or step.prepares:
        return False
    same = (
        printed.stage == step.stage
        and printed.condition == step.condition
        and printed.shell == step.shell
        and printed.timeout_minutes == step.timeout_minutes
        and not (printed.parallel or step.parallel or printed.inner or printed.prepares)
    )
    if not same or plain_script(step).startswith(_SHEBANG):
        return False
    if printed.id and (step.id or (printed.id in asked and not _prints(step))):
        return False
    return _env_fits(printed, step)


def _env_fits(printed: Step, step: Step) -> bool:
    """Whether each script finds the same variables where both are given the variables of both."""
    before, after = _variables(printed), _variables(step)
    if any(after.get(name, value) != value for name, value in before.items()):
        return False
    if any(_mentions(printed, name) for name in after.keys() - before.keys()):
        return False
    more = before.keys() - after.keys()
    return not more or (_prints(step) and not any(_mentions(step, name) for name in more))


def _variables(step: Step) -> Env:
    return {**step.env, **step.secrets}


def _mentions(step: Step, name: str) -> bool:
    return regex(rf"\b{name}\b").search(plain_script(step)) is not None


def _joined(printed: Step, step: Step) -> Step:
    name = (printed.name or step.name) if _prints(step) else step.name
    comments = [one.comment for one in (printed, step) if one.comment]
    return replace(
        step,
        name=name,
        id=step.id or printed.id,
        env=_merged(printed.env, step.env),
        secrets=_merged(printed.secrets, step.secrets),
        run=_script(printed.run or "", step.run or ""),
        comment="\n".join(comments) or None,
        origin=_origin(printed.origin, step.origin),
    )


def _merged(first: Env, second: Env) -> Env:
    return {**first, **second}


def _script(first: Text, second: Text) -> Text:
    parts = [*_parts(first), "\n", *_parts(second)]
    if all(isinstance(part, str) for part in parts):
        return "".join(part for part in parts if isinstance(part, str))
    return Template(tuple(parts))


def _parts(text: Text) -> Iterator[str | Expression]:
    yield from text.parts if isinstance(text, Template) else (text,)


def _origin(first: Origin | None, second: Origin | None) -> Origin | None:
    if first is None or second is None:
        return second or first
    return replace(second, spans=(*first.spans, *second.spans))


def _asked_for_more(job: Job) -> frozenset[str]:
    """The steps of which the job asks more than whether they were reached."""
    texts = [text for _, text in job_texts(job)]
    texts += [text for step in job.steps for _, text in step_texts(step)]
    found: dict[str, int] = {}
    for text in texts:
        for expression in expressions(text):
            for node in nodes(expression):
                _count(node, found)
    return frozenset(name for name, number in found.items() if number)


def _count(node: object, found: dict[str, int]) -> None:
    match node:
        case Context(path) if path.startswith("steps."):
            name = path.split(".")[1]
            found[name] = found.get(name, 0) + 1
        case Operation("!=", (Context(path), Literal("skipped"))) if path.endswith(".outcome"):
            name = path.split(".")[1]
            found[name] = found.get(name, 0) - 1
