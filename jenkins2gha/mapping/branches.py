"""Branches of `parallel` on one workspace: at the same time where GitHub can, else in order.

GitHub runs the steps of a `parallel:` group at the same time; what one of them leaves to others
(outputs, variables) is seen only behind the group, and a group within a group is not possible.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from jenkins2gha.actions.conditions import TRUE
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Literal, Operation
from jenkins2gha.actions.rewrite import rewrite
from jenkins2gha.actions.walk import contexts, step_texts
from jenkins2gha.actions.workflow import Origin
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty, Outcome, worst
from jenkins2gha.jenkins.pipeline import Branches
from jenkins2gha.mapping.chaining import stops_by_itself
from jenkins2gha.mapping.child_scripts import (
    child_command,
    conflicting,
    merged_env,
    script_file,
    without_others,
)
from jenkins2gha.mapping.identifiers import apart
from jenkins2gha.mapping.results import MARKED
from jenkins2gha.mapping.serial_branches import Branch, Site, begin_of, in_order
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, together
from jenkins2gha.plan.jobs import FailFast
from jenkins2gha.record import dataclass, replace
from jenkins2gha.rules import diagnose
from jenkins2gha.slug import slug
from jenkins2gha.source import Span

AT_ONCE = 10
"""GitHub runs so many steps of a group at the same time; more of them wait."""

_FILES = ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH", "BUILD_RESULT")


def map_branches(branches: Sequence[Branch], site: Site, context: Context) -> Translation:
    """The steps of all branches, and what is said of how they run."""
    branches = _told_apart(branches)
    said = together([replace(branch.translation, steps=()) for branch in branches])
    steps = [branch.translation.steps for branch in branches]
    parts = [_parts(own) for own in steps]
    if len([own for own in steps if own]) < 2:
        whole = tuple(one for own in steps for one in own)
        return replace(said, steps=whole) + _fail_fast(site) + _binned(site, Certainty.EXACT)
    if not site.in_order and _together(parts, context):
        return replace(said, steps=tuple(_grouped(branches, parts, site, context))) + (
            _binned(site, Certainty.EQUIVALENT) + _fail_fast(site)
        )
    message = f"the branches of `{site.name}` run one after the other, each whatever the others do"
    note = diagnose("parallel-serialised", site.span, message, construct="parallel")
    serial = Translation(tuple(in_order(branches, site, context)), (note,))
    return said + serial + _binned(site, Certainty.APPROXIMATE) + _fail_fast(site)


def _told_apart(branches: Sequence[Branch]) -> list[Branch]:
    """The branches without ids that two of them have, as where both call one method."""
    told: list[Branch] = []
    seen: set[str] = set()
    for branch in branches:
        steps = apart(branch.translation.steps, seen, branch.name)
        seen |= {one.id for one in steps if one.id}
        told.append(Branch(branch.name, replace(branch.translation, steps=steps)))
    return told


def parallel(item: Branches, scope: Scope, context: Context, translate: Translate) -> Translation:
    """The step `parallel`, whose branches share the workspace of the steps around it."""
    branches = [
        Branch(name, _named(translate(items, scope.changed(stage=name)), name))
        for name, items in item.branches
    ]
    # Steps of `post` and of blocks that catch wait for each other, which those of a group cannot;
    # nor does a group stand in a loop.
    waits = scope.post is not None or scope.caught or scope.repeated
    fail_fast = FailFast(item.span, item.span) if item.fail_fast else None
    site = Site(item.span, scope.stage, fail_fast, in_order=waits)
    return map_branches(branches, site, context)


def _named(branch: Translation, name: str) -> Translation:
    steps = (replace(one, stage=one.stage or name) for one in branch.steps)
    return replace(branch, steps=tuple(steps))


def _binned(site: Site, certainty: Certainty) -> Translation:
    return Translation(outcomes=(Outcome(site.span, certainty),))


def _fail_fast(site: Site) -> Translation:
    return Translation() if site.fail_fast is None else not_stopped(site.fail_fast)


def not_stopped(fail_fast: FailFast) -> Translation:
    """What is said where a branch that fails should stop the others."""
    message = "a branch that fails does not stop the others"
    said = diagnose("fail-fast", fail_fast.site, message, construct="failFast")
    return Translation((), (said,), (Outcome(fail_fast.asked, Certainty.APPROXIMATE),))


def scattered(parallel: Span) -> Translation:
    """What is said where branches that share a workspace in Jenkins are jobs."""
    message = "each branch is a job with a workspace of its own; no later stage sees its files"
    said = diagnose("parallel-workspace", parallel, message, construct="parallel")
    return Translation((), (said,), (Outcome(parallel, Certainty.APPROXIMATE),))


# --- at the same time ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Parts:
    """The scripts of a branch, and what reports on them behind the group."""

    scripts: tuple[ActionStep, ...]
    tail: tuple[ActionStep, ...]


def _parts(steps: Sequence[ActionStep]) -> _Parts:
    scripts = tuple(takewhile(lambda one: one.run is not None, steps))
    return _Parts(scripts, tuple(steps[len(scripts) :]))


def _together(parts: Sequence[_Parts], context: Context) -> bool:
    """Whether the branches can be the steps of one group."""
    if context.configuration.target == "ghes" or len(parts) > AT_ONCE:
        return False
    return all(_is_one_step(part, context) for part in parts)


def _is_one_step(part: _Parts, context: Context) -> bool:
    """Whether the scripts of a branch can be one step, and what is behind them a report on it."""
    scripts = part.scripts
    if not scripts or any(one.parallel or one.placeholder for one in scripts):
        return False
    reports = all(map(_reports, part.tail))
    ids = {one.id for one in scripts if one.id}
    if part.tail and not (reports and _asks_only_whether_begun(part.tail, ids)):
        return False
    if any("GITHUB_OUTPUT" in str(one.run) for one in scripts):
        return False
    if len(scripts) == 1:
        return True
    first = scripts[0]
    return (
        context.runner.os != "windows"
        and all(one.condition == first.condition for one in scripts)
        and not any(one.continue_on_error or one.timeout_minutes for one in scripts)
        and not any(file in str(one.run) for one in scripts for file in _FILES)
        and all(isinstance(one.working_directory, str | None) for one in scripts)
        and all(one.script_kind == "sh" or one.shell is None for one in scripts)
        and conflicting(scripts, context) is None
        and not _read({one.id for one in scripts[1:] if one.id}, scripts)
    )


def _asks_only_whether_begun(steps: Sequence[ActionStep], ids: set[str]) -> bool:
    """Whether all that steps ask of those with these ids is that they were not skipped."""
    others = _without_begun(steps, ids)
    return not _read(ids, others)


def _without_begun(steps: Sequence[ActionStep], ids: set[str]) -> list[ActionStep]:
    def change(node: Expression) -> Expression:
        match node:
            case Operation("!=", (Path(path), Literal("skipped"))) if path in asked:
                return TRUE
        return node

    asked = {f"steps.{one}.outcome" for one in ids}
    return [rewrite(step, change) for step in steps]


def _reports(step: ActionStep) -> bool:
    """Whether a step stands behind its branch, whatever became of that, and only tells of it."""
    marks = step.origin is not None and step.origin.rule == MARKED
    return not stops_by_itself(step.condition) and (step.run is None or marks)


def _read(ids: set[str], steps: Sequence[ActionStep]) -> bool:
    """Whether some step looks at what another one of these ids came to."""
    paths = [path for step in steps for _, text in step_texts(step) for path in contexts(text)]
    return any(path.split(".")[1] in ids for path in paths if path.startswith("steps."))


def _grouped(
    branches: Sequence[Branch], parts: Sequence[_Parts], site: Site, context: Context
) -> Iterator[ActionStep]:
    """The group, and the reports behind it. What those ask of a step inside, which a reader of the
    job does not see there, they ask of a step in front."""
    group = f"{site.name}:{site.span.start}"
    heads: list[ActionStep] = []
    tails: list[ActionStep] = []
    for branch, part in zip(branches, parts, strict=True):
        one = part.scripts[0]
        if len(part.scripts) > 1:
            one = _joined(branch.name, part.scripts, context)
        tail = list(part.tail)
        if one.id and _read({one.id}, tail):
            first = begin_of(branch.name, one, site.span, context)
            yield first
            tail = [rewrite(step, _instead(one.id, first.id)) for step in tail]
            one = replace(one, id=None)
        heads.append(replace(one, parallel=group))
        tails += tail
    yield from (*heads, *tails)


def _instead(old: str, new: str | None) -> Callable[[Expression], Expression]:
    def change(node: Expression) -> Expression:
        return Path(f"steps.{new}.outcome") if node == Path(f"steps.{old}.outcome") else node

    return change


def _joined(name: str, steps: Sequence[ActionStep], context: Context) -> ActionStep:
    """The scripts of a branch as one step: each in a file of its own, one behind the other."""
    directories = {one.working_directory for one in steps}
    common = directories.pop() if len(directories) == 1 else None
    lines: list[str] = []
    for number, one in enumerate(without_others(steps, context), start=1):
        file = f"{slug(name) or 'branch'}-{number}.sh"
        lines += (script_file(file, str(one.run)), child_command(file, one, common, context))
    spans = tuple(dict.fromkeys(span for one in steps if one.origin for span in one.origin.spans))
    bins = [one.origin.certainty for one in steps if one.origin]
    return replace(
        steps[0],
        name=", ".join(map(_label, steps)),
        run="\n".join(lines),
        env=merged_env(one.env for one in steps),
        secrets=merged_env(one.secrets for one in steps),
        shell=None,
        working_directory=common,
        script_kind="sh",
        inner=tuple(script for one in steps for script in one.inner or (str(one.run),)),
        origin=Origin(spans, "parallel-branch", worst([Certainty.EQUIVALENT, *bins])),
    )


def _label(step: ActionStep) -> str:
    """What a script is called: by its name, else its first command."""
    if isinstance(step.name, str):
        return step.name
    lines = (line.strip() for line in str(step.run).splitlines())
    return next((line for line in lines if line and line[0] != "#"), "script")
