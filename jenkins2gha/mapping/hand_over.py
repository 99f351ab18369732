"""The workspace of a job handed over to the job that goes on in it.

Jenkins keeps the machine of an agent; on GitHub each job starts on a new one. What was installed or
logged into on the first does not come along, its files do: as a tar file, which keeps modes and
links, in an artifact of one day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jenkins2gha.actions.conditions import ALWAYS, equal
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Literal, Operation
from jenkins2gha.actions.workflow import Origin
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.mapping.build_result import BEGUN_OUTPUT
from jenkins2gha.mapping.crossing import DOWNLOAD, UPLOAD, file, folder, quoted, tar
from jenkins2gha.mapping.interpolation import Script
from jenkins2gha.mapping.machine_state import machine_state
from jenkins2gha.mapping.mappers.delete_dir import EMPTY_HERE
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.translation import Context, Scope, Translation
from jenkins2gha.plan.jobs import PlannedJob
from jenkins2gha.record import replace
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span

_NAME = "workspace"
_RULE = "workspace-handed-over"


def given(job: PlannedJob, context: Context, *, whatever: bool) -> Translation:
    """The last steps of a job in whose workspace another goes on; `whatever` came of it."""
    if not job.gives:
        return Translation()
    condition = ALWAYS if whatever else None
    scope = Scope(condition=condition)
    exclude = " --exclude=./.git" if job.checkout else ""
    pack = _script(f"{tar(context)} -czf {quoted(_NAME, context)}{exclude} .", job, scope, context)
    upload = ActionStep(
        name="Keep the workspace",
        condition=condition,
        uses=UPLOAD,
        inputs={
            "name": f"workspace-{job.id}",
            "path": file(_NAME, context),
            "if-no-files-found": "error",
            "retention-days": 1,
            "compression-level": 0,
        },
        origin=_origin(job),
    )
    return Translation((replace(pack, name="Pack the workspace"), upload))


def received(
    job: PlannedJob, before: Iterable[tuple[PlannedJob, bool]], context: Context
) -> Translation:
    """The first steps of a job that goes on in the workspace of others, the latest of them first.

    Each comes with whether it may have been skipped; what stands behind one that cannot have been
    is of no account.
    """
    sources: list[tuple[PlannedJob, bool]] = []
    for source, optional in before:
        sources.append((source, optional))
        if not optional:
            break
    steps: list[ActionStep] = []
    if job.empty and not context.runner.hosted:
        emptied = _script(EMPTY_HERE, job, Scope(), context)
        steps.append(replace(emptied, name="Empty the workspace"))
    if not sources:
        return Translation(tuple(steps))
    for source, optional in reversed(sources):
        steps += _fetched(source, job, _ran(source, job) if optional else None, context)
    names = ", ".join(f"`{source.id}`" for source, _ in sources)
    message = f"the workspace comes as an artifact from the job {names}"
    said = diagnose(_RULE, _site(job), message)
    return Translation(tuple(steps), (said,)) + machine_state([one for one, _ in sources], job)


def gated(job: PlannedJob, jobs: Mapping[str, PlannedJob]) -> tuple[str, ...]:
    """The jobs whose workspace a job goes on in although their approval may have been refused:
    GitHub says then that they failed, but they never began and kept nothing."""
    return tuple(one for one in job.receives if _may_be_refused(jobs[one], job))


def _may_be_refused(source: PlannedJob, job: PlannedJob) -> bool:
    return source.gate is not None and bool(job.over)


def _ran(source: PlannedJob, job: PlannedJob) -> Expression:
    if _may_be_refused(source, job):
        return equal(Path(f"needs.{source.id}.outputs.{BEGUN_OUTPUT}"), "true")
    return Operation("!=", (Path(f"needs.{source.id}.result"), Literal("skipped")))


def _fetched(
    source: PlannedJob, job: PlannedJob, condition: Expression | None, context: Context
) -> Iterator[ActionStep]:
    yield ActionStep(
        name=f"Fetch the workspace of {source.id}",
        condition=condition,
        uses=DOWNLOAD,
        inputs={"name": f"workspace-{source.id}", "path": folder(context)},
        origin=_origin(job),
    )
    keep = " ! -name .git" if job.checkout else ""
    lines = (
        f"find . -mindepth 1 -maxdepth 1{keep} -exec rm -rf {{}} +",
        f"{tar(context)} -xzf {quoted(_NAME, context)}",
    )
    unpack = _script("\n".join(lines), job, Scope(condition=condition), context)
    yield replace(unpack, name=f"Go on in the workspace of {source.id}")


def _script(text: str, job: PlannedJob, scope: Scope, context: Context) -> ActionStep:
    return shell_step(
        Script(text),
        _site(job),
        _RULE,
        scope=scope,
        context=context,
        certainty=Certainty.EQUIVALENT,
    )


def _site(job: PlannedJob) -> Span:
    return job.stages[0].span if job.stages else job.agent.span


def _origin(job: PlannedJob) -> Origin:
    return Origin((_site(job),), _RULE, Certainty.EQUIVALENT)
