"""The planned jobs → the jobs of a workflow, in order: what stands in front of and behind each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Operation
from jenkins2gha.actions.walk import contexts
from jenkins2gha.actions.workflow import Job, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.agent_state import agent_dependencies
from jenkins2gha.mapping.agents import Place, map_agent
from jenkins2gha.mapping.artifact_names import number_artifacts, without_clean
from jenkins2gha.mapping.build_numbers import numbers_again
from jenkins2gha.mapping.build_result import written
from jenkins2gha.mapping.checkout import implied
from jenkins2gha.mapping.container_homes import homeless
from jenkins2gha.mapping.gates import check_of, map_gate, parameters_of
from jenkins2gha.mapping.git_scm import is_own
from jenkins2gha.mapping.graph import Graph, begun_output
from jenkins2gha.mapping.hand_over import gated, given, received
from jenkins2gha.mapping.identifiers import with_settled_ids
from jenkins2gha.mapping.job import JobTranslation, credential_kinds, map_job
from jenkins2gha.mapping.label_workspaces import FILES_LEFT, files_left, not_shared
from jenkins2gha.mapping.locks import group, lock_of
from jenkins2gha.mapping.machine_state import images_elsewhere
from jenkins2gha.mapping.matrix import axes_of, map_matrix
from jenkins2gha.mapping.options import HOSTED_LIMIT, JobOptions
from jenkins2gha.mapping.passing import Passed, Passing
from jenkins2gha.mapping.pipeline_environment import PipelineEnvironment
from jenkins2gha.mapping.result_flow import Inherited, ResultFlow, reads_result
from jenkins2gha.mapping.runners import ANY
from jenkins2gha.mapping.scripts import build_tools, needs_windows, steps_of_job
from jenkins2gha.mapping.set_so_far import Beginnings
from jenkins2gha.mapping.stage_results import StageFlow
from jenkins2gha.mapping.stashes import crossing_stashes
from jenkins2gha.mapping.tools import Use, map_tools
from jenkins2gha.mapping.translation import Context, Runner, Scope, Translation
from jenkins2gha.mapping.unseen_variables import unseen_variables
from jenkins2gha.plan.jobs import Plan, PlannedJob
from jenkins2gha.record import dataclass, replace

_BUILD_FILES = ("pom.xml", "build.gradle", "build.gradle.kts", "build.sbt", "package.json")


@dataclass(frozen=True, slots=True)
class JobsTranslation:
    """The jobs, the runner of each, and what is said of them (the steps stand in the jobs)."""

    jobs: tuple[Job, ...]
    runners: tuple[Runner, ...]
    translation: Translation


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the jobs of a workflow share."""

    options: JobOptions
    graph: Graph
    passing: Passing
    environment: PipelineEnvironment
    results: ResultFlow
    of_stages: StageFlow
    beginnings: Beginnings


def map_jobs(
    plan: Plan,
    options: JobOptions,
    first: tuple[ActionStep, ...],
    conditions: tuple[Expression, ...],
    context: Context,
) -> JobsTranslation:
    """All jobs of a plan; `first` are steps in front of everything, which fail, and `conditions`
    those of the event that started the run."""
    for planned in plan.jobs:
        context = replace(context, credential_kinds=credential_kinds(planned, context))
    graph = Graph(plan.jobs)
    frame = _Frame(
        options,
        graph,
        Passing(graph),
        PipelineEnvironment(graph, plan),
        ResultFlow(graph),
        StageFlow(graph),
        Beginnings(graph),
    )
    jobs: list[Job] = []
    runners: list[Runner] = []
    said = Translation()
    for number, planned in enumerate(plan.jobs):
        inside = replace(context, axes=axes_of(planned))
        place = map_agent(planned, inside, windows=needs_windows(planned))
        before = Translation(steps=() if number else first) + parameters_of(planned, inside)
        job, translation = _job(planned, place, before, frame, inside)
        gate = map_gate(planned, job.condition, inside)
        if gate.check:
            jobs.append(gate.check)
            job = replace(job, needs=(gate.check.id, *job.needs))
            runners.append(ANY)
        jobs.append(replace(job, environment=gate.environment))
        runners.append(place.runner)
        said += translation + gate.translation + files_left(planned, plan.jobs[:number])
    if not any(one.rule == FILES_LEFT for one in said.diagnostics):
        said += not_shared(plan.jobs)
    said += unseen_variables(plan.jobs, context.files) + numbers_again(plan.jobs)
    last = frame.results.last(context)
    if last:
        jobs.append(last)
        runners.append(ANY)
    jobs = [frame.results.telling(job) for job in jobs]
    whole = tuple(with_settled_ids(_under(conditions, without_clean(job))) for job in jobs)
    return JobsTranslation(number_artifacts(whole), tuple(runners), said)


def _job(
    planned: PlannedJob, place: Place, first: Translation, frame: _Frame, context: Context
) -> tuple[Job, Translation]:
    graph, options = frame.graph, frame.options
    passed, before_it = frame.passing.of(planned), frame.results.into(planned)
    given_it = frame.environment.into(planned)
    context = replace(
        context,
        runner=place.runner,
        container=place.container,
        lock=lock_of(planned),
        captures=passed.captures,
        unread=passed.unread,
        passed=passed.variables,
        computed={place: text for place, (_, text) in given_it.items()},
        again=frame.environment.again(planned),
        elsewhere=frame.environment.elsewhere(planned),
        stashes=crossing_stashes(planned, graph.jobs.values()),
        inherited=before_it.results,
        of_stage=frame.of_stages.into(planned),
        beginning=frame.beginnings.of(planned, context),
        ends=before_it.marks if frame.results.ends(planned) else None,
        analysed=_is_analysed(planned, graph),
    )
    use = _use(planned, context)
    before = first + place.translation
    if planned.checkout:
        scope = Scope(directory=options.subdirectory)
        before += Translation(steps=(implied(planned.checkout, scope, context),))
    unsure = bool(planned.over)
    sources = [(graph.jobs[one], unsure or graph.optional(one)) for one in planned.receives]
    before += received(planned, sources, context)
    apart = [graph.jobs[one] for one in graph.above(planned) if one not in planned.receives]
    before += images_elsewhere(apart, planned)
    boxes = place.boxes
    inside = boxes is not None and boxes.default is not None
    setup = map_tools(planned.tools, context, use, inside=inside)
    mapped = map_job(planned, context, before=before, setup=setup, use=use, boxes=boxes)
    if not reads_result(mapped.job.steps):
        before_it = Inherited()
    frame.results.ask((*before_it.gated, *gated(planned, graph.jobs)))
    ends = context.ends is not None and bool(context.ends or written(mapped.job.steps))
    strategy, cells = map_matrix(planned, fails_late=ends)
    last = given(planned, context, whatever=_is_looked_at(planned, graph))
    read = (*passed.needs, *before_it.needs, *(maker for maker, _ in given_it.values()))
    checks = (check_of(graph.jobs[one], context) for one in planned.over)
    graph.tell(planned, mapped.begun)
    condition = graph.condition(planned, mapped.job.condition)
    computed = frame.environment.out_of(planned, mapped.context.computed)
    job = replace(
        mapped.job,
        name=_name(planned, graph),
        steps=mapped.job.steps + last.steps,
        needs=_needs(planned, sources, (*read, *filter(None, checks))),
        env={**mapped.job.env, **before_it.env},
        outputs={**computed, **_outputs(passed, mapped), **_begun(planned, mapped)},
        condition=condition,
        strategy=strategy,
        services=place.services,
        timeout_minutes=_limit(options, place.runner),
        concurrency=group(context.lock) if context.lock else None,
    )
    job = frame.results.out_of(planned, job)
    job = frame.of_stages.out_of(planned, job, mapped.of_stages)
    said = replace(mapped.translation, steps=()) + cells
    said += agent_dependencies(planned, said, context, inside=inside)
    if place.runner.hosted:
        said += homeless(job.steps)
    return job, said


def _is_analysed(planned: PlannedJob, graph: Graph) -> bool:
    """Whether the files of a job hold what SonarQube's scanner wrote, as far as is known where."""
    scanning = [job.id for job in graph.jobs.values() if any(map(_scans, steps_of_job(job)))]
    return not scanning or not {planned.id, *planned.receives}.isdisjoint(scanning)


def _scans(step: Step) -> bool:
    return step.name == "withSonarQubeEnv"


def _begun(planned: PlannedJob, mapped: JobTranslation) -> dict[str, Text]:
    """That a job came to the stages whose `post` stands in another."""
    found = mapped.begun
    return {begun_output(planned, stage): ran for stage, ran in found.items()}


def _limit(options: JobOptions, runner: Runner) -> int | None:
    """The minutes that a job may take; none of a machine of GitHub's takes more than it gives."""
    limit = options.timeout_minutes
    return min(limit, HOSTED_LIMIT) if limit and runner.hosted else limit


def _under(conditions: tuple[Expression, ...], job: Job) -> Job:
    """The job under conditions of the event that started the run."""
    operands = (*conditions, *((job.condition,) if job.condition else ()))
    if not conditions:
        return job
    whole = operands[0] if len(operands) == 1 else Operation("&&", operands)
    return replace(job, condition=whole)


def _name(planned: PlannedJob, graph: Graph) -> str | None:
    """Among several jobs, what a job is called where its id does not say it."""
    if len(graph.jobs) == 1 or planned.name.lower() in ("", planned.id):
        return None
    return " ".join(planned.name.split())


def _needs(
    planned: PlannedJob, sources: Iterable[tuple[PlannedJob, bool]], read: Iterable[str]
) -> tuple[str, ...]:
    """The jobs in front, those of which it is asked whether they ran, and those it reads of."""
    asked = (source.id for source, optional in sources if optional)
    return tuple(dict.fromkeys((*planned.needs, *asked, *read)))


def _outputs(passed: Passed, mapped: JobTranslation) -> dict[str, Text]:
    """What other jobs read of a job; a step that never runs gives nothing."""
    captures, there = mapped.context.captures, {step.id for step in mapped.job.steps}
    results = {
        name: captures[key]
        for key, name in passed.results.items()
        if all(path.split(".")[1] in there for path in contexts(captures[key]))
    }
    return results | {name: Path(f"env.{name}") for name in sorted(passed.written)}


def _is_looked_at(planned: PlannedJob, graph: Graph) -> bool:
    """Whether a `post` behind the job goes on in its workspace, even where the job failed."""
    return any(planned.id in job.receives and job.over for job in graph.jobs.values())


def _use(planned: PlannedJob, context: Context) -> Use:
    """A setup action that caches fails where it finds no file to hash: it must know of one."""
    own = planned.checkout is not None and not any(_foreign(planned))
    known = any(context.files(path) is not None for path in _BUILD_FILES)
    return Use(build_tools(planned), checked_out=planned.checkout is not None and (own or known))


def _foreign(planned: PlannedJob) -> Iterator[bool]:
    """For each checkout among the steps, whether it is of another repository."""
    for step in steps_of_job(planned):
        if step.name == "git":
            yield True
        elif step.name == "checkout":
            yield not is_own(step.arguments.get("scm"))
