"""Adjacent placeholders of a job become one: a run stops at the first of them anyway."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jenkins2gha.actions.conditions import both, equal
from jenkins2gha.actions.expressions import Context, Expression
from jenkins2gha.actions.rewrite import rewrite
from jenkins2gha.actions.workflow import Job, Origin, Step, Workflow
from jenkins2gha.passes.result import PassResult
from jenkins2gha.record import replace

_LINES = 20
_FAILING = "exit 1"
_TITLE = "title=jenkins2gha::"
_IN_GROOVY = "step-in-groovy"


def merge_placeholders(workflow: Workflow) -> PassResult:
    """One failing step for a run of adjacent ones under the same condition (design, promise 2)."""
    return PassResult(replace(workflow, jobs=tuple(map(_job, workflow.jobs))))


def _job(job: Job) -> Job:
    runs = list(_runs(job.steps))
    if len(runs) == len(job.steps):
        return job
    ids = {step.id: run[0].id for run in runs for step in run[1:] if step.id}
    return _renamed(replace(job, steps=tuple(map(_one, runs))), ids)


def _runs(steps: tuple[Step, ...]) -> Iterator[Sequence[Step]]:
    """The steps, neighbours that belong together in one list."""
    run: list[Step] = []
    for step in steps:
        if run and not _belong_together(run[0], run[-1], step):
            yield run
            run = []
        run.append(step)
    if run:
        yield run


def _belong_together(first: Step, last: Step, later: Step) -> bool:
    if not (first.placeholder and later.placeholder and first.shell == later.shell):
        return False
    if first.continue_on_error != later.continue_on_error:
        return False
    if last.id is not None and later.condition == _after(last.id, first.condition):
        return first.id is not None
    # An id tells others whether its step ran, which another step's cannot tell them.
    return later.id is None and later.condition == first.condition


def _after(identifier: str, condition: Expression | None) -> Expression | None:
    """The condition of what runs under another one and only after the success of a step."""
    return both(condition, equal(Context(f"steps.{identifier}.outcome"), "success"))


def _renamed(job: Job, ids: Mapping[str, str | None]) -> Job:
    """The job reading a merged step where it read one of those that are in it."""
    if not ids:
        return job

    def change(node: Expression) -> Expression:
        if isinstance(node, Context):
            root, _, rest = node.path.partition(".")
            read, _, field = rest.partition(".")
            if root == "steps" and ids.get(read):
                return Context(f"steps.{ids[read]}.{field}")
        return node

    return rewrite(job, change)


def _one(steps: Sequence[Step]) -> Step:
    first = steps[0]
    if len(steps) == 1:
        return first
    stages = dict.fromkeys(step.stage for step in steps if step.stage)
    steps = sorted(steps, key=_place)
    return replace(
        first,
        run=_script(steps),
        comment=_comment(steps),
        stage=", ".join(stages) or None,
        origin=_origin([step.origin for step in steps if step.origin]),
    )


def _place(step: Step) -> int:
    """Where in the source stands what a step stands for."""
    return step.origin.spans[0].start if step.origin else 0


def _script(steps: Sequence[Step]) -> str:
    said = [step for number, step in enumerate(steps) if not _is_told(step, steps[:number])]
    lines = dict.fromkeys(
        line for step in said if isinstance(step.run, str) for line in step.run.splitlines()
    )
    announced = [line for line in lines if line != _FAILING]
    if len(announced) > _LINES:
        more = f"and {len(announced) - _LINES + 1} more that the report names"
        title = announced[0].partition(_TITLE)[0] + _TITLE
        announced = [*announced[: _LINES - 1], f'{title}{more}"']
    return "\n".join([*announced, _FAILING] if _FAILING in lines else announced)


def _is_told(step: Step, before: Sequence[Step]) -> bool:
    """Whether a step stands in a Groovy statement that is announced: the report names it."""
    rule = step.origin.rule if step.origin else ""
    return rule == _IN_GROOVY and any(_inside(step, other) for other in before)


def _comment(steps: Sequence[Step]) -> str | None:
    shown: list[Step] = []
    for step in steps:
        if not shown or not _inside(step, shown[-1]):
            shown.append(step)
    lines = [line for step in shown if step.comment for line in step.comment.split("\n")]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], "…"]
    return "\n".join(lines) or None


def _inside(inner: Step, outer: Step) -> bool:
    """Whether what a step stands for is part of what another one shows already."""
    if inner.origin is None or outer.origin is None:
        return False
    part, whole = inner.origin.spans[0], outer.origin.spans[0]
    return part.source is whole.source and whole.start <= part.start <= part.end <= whole.end


def _origin(origins: Sequence[Origin]) -> Origin | None:
    if not origins:
        return None
    return replace(origins[0], spans=tuple(span for one in origins for span in one.spans))
