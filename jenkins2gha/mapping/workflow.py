"""A planned pipeline → a workflow: its events and inputs, and its jobs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.actions.expressions import Expression, Operation
from jenkins2gha.actions.workflow import Job, Workflow
from jenkins2gha.configuration import Configuration, Files, no_files
from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.jenkins.pipeline import Pipeline
from jenkins2gha.jenkins.values import ListOf, text_of
from jenkins2gha.mapping.agents import Place, dependencies, map_agent
from jenkins2gha.mapping.artifact_names import number_artifacts, without_clean
from jenkins2gha.mapping.assignments import not_followed
from jenkins2gha.mapping.branches import not_stopped, scattered
from jenkins2gha.mapping.checkout import implied
from jenkins2gha.mapping.declared import with_properties
from jenkins2gha.mapping.gates import map_gate, parameters_of
from jenkins2gha.mapping.git_scm import is_own
from jenkins2gha.mapping.graph import Graph
from jenkins2gha.mapping.hand_over import given, received
from jenkins2gha.mapping.identifiers import with_settled_ids
from jenkins2gha.mapping.job import map_job
from jenkins2gha.mapping.locks import group, lock_of
from jenkins2gha.mapping.matrix import axes_of, map_matrix
from jenkins2gha.mapping.options import JobOptions, map_options
from jenkins2gha.mapping.parameters import map_parameters
from jenkins2gha.mapping.runners import ANY
from jenkins2gha.mapping.scripts import (
    build_tools,
    needs_windows,
    outline,
    script_of,
    steps_of_job,
)
from jenkins2gha.mapping.tools import Use, map_tools
from jenkins2gha.mapping.translation import Context, Runner, Scope, Translation, together
from jenkins2gha.mapping.triggers import map_triggers, pull_requests
from jenkins2gha.mapping.variables import place
from jenkins2gha.plan.jobs import Plan, PlannedJob, stages_of
from jenkins2gha.record import dataclass, replace
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span

_NAMED = 3
_WHERE = regex(r"PATH(?:\+\w+)?|\w+_HOME")
_NO_CONFIGURATION = Configuration()
_BUILD_FILES = ("pom.xml", "build.gradle", "build.gradle.kts", "build.sbt", "package.json")


@dataclass(frozen=True, slots=True)
class WorkflowTranslation:
    """The workflow, all that is said of the pipeline, and the runners of its jobs."""

    workflow: Workflow
    translation: Translation
    runners: tuple[Runner, ...]


def map_workflow(
    plan: Plan,
    pipeline: Pipeline,
    *,
    name: str = "pipeline",
    configuration: Configuration = _NO_CONFIGURATION,
    files: Files = no_files,
) -> WorkflowTranslation:
    """The workflow of a pipeline. `name` is the full name of its job, of which `H` is computed."""
    context = _context(pipeline, name, configuration, files)
    inputs = map_parameters(pipeline.parameters, context)
    context = replace(context, parameters=inputs.parameters, left={**context.left, **inputs.left})
    options = map_options(pipeline.options, context)
    context = replace(context, retention_days=options.retention_days)
    events = map_triggers(pipeline, inputs.inputs, context)
    context = replace(
        context, parameters=events.parameters, run_time=context.run_time | events.env.keys()
    )
    whole = (
        Translation(outcomes=plan.outcomes)
        + _libraries(pipeline)
        + inputs.translation
        + options.translation
        + events.translation
        + together([not_stopped(site) for site in plan.fail_fast])
        + together([scattered(site) for site in plan.scattered])
    )
    whole = with_properties(pipeline.properties, whole)
    jobs: list[Job] = []
    runners: list[Runner] = []
    said = replace(whole, steps=())
    graph = Graph(plan.jobs)
    for number, planned in enumerate(plan.jobs):
        inside = replace(context, axes=axes_of(planned))
        place = map_agent(planned.agent, inside, windows=needs_windows(planned))
        first = Translation(steps=whole.steps) if number == 0 else Translation()
        first += parameters_of(planned, inside)
        job, translation = _job(planned, place, first, options, graph, inside)
        gate = map_gate(planned, job.condition, inside)
        if gate.check:
            jobs.append(gate.check)
            job = replace(job, needs=(gate.check.id, *job.needs))
            runners.append(ANY)
        jobs.append(replace(job, environment=gate.environment))
        runners.append(place.runner)
        said += translation + gate.translation
    said += _other_agents(pipeline, plan)
    workflow = Workflow(
        name=name,
        triggers=events.triggers,
        env=events.env,
        jobs=number_artifacts(
            tuple(
                with_settled_ids(_under(events.conditions, without_clean(job))) for job in jobs
            )
        ),
        concurrency=options.concurrency,
    )
    return WorkflowTranslation(workflow, said, tuple(runners))


def _under(conditions: tuple[Expression, ...], job: Job) -> Job:
    """The job under conditions of the event that started the run."""
    operands = (*conditions, *((job.condition,) if job.condition else ()))
    if not conditions:
        return job
    whole = operands[0] if len(operands) == 1 else Operation("&&", operands)
    return replace(job, condition=whole)


def _context(pipeline: Pipeline, name: str, configuration: Configuration, files: Files) -> Context:
    multibranch = configuration.job_kind == "multibranch"
    return Context(
        runner=ANY,
        configuration=configuration,
        pull_request=pull_requests(pipeline, multibranch=multibranch),
        multibranch=multibranch,
        branches=tuple(filter(None, map(text_of, pipeline.branches))),
        job_name=name,
        files=files,
        libraries=(*(library.name for library in pipeline.libraries), *pipeline.loaded),
        left={name: place(spans) for name, spans in not_followed(pipeline).items()},
    )


def _job(
    planned: PlannedJob,
    place: Place,
    first: Translation,
    options: JobOptions,
    graph: Graph,
    context: Context,
) -> tuple[Job, Translation]:
    context = replace(
        context, runner=place.runner, container=place.container, lock=lock_of(planned)
    )
    use = _use(planned, context)
    before = first + place.translation
    if planned.checkout:
        scope = Scope(directory=options.subdirectory)
        before += Translation(steps=(implied(planned.checkout, scope, context),))
    unsure = bool(planned.over)
    sources = [(graph.jobs[one], unsure or graph.optional(one)) for one in planned.receives]
    before += received(planned, sources, context)
    setup = map_tools(planned.tools, context, use)
    mapped = map_job(planned, context, before=before, setup=setup, use=use)
    strategy, cells = map_matrix(planned)
    last = given(planned, context, whatever=_is_looked_at(planned, graph))
    job = replace(
        mapped.job,
        name=_name(planned, graph),
        steps=mapped.job.steps + last.steps,
        needs=_needs(planned, sources),
        condition=graph.condition(planned, mapped.job.condition),
        strategy=strategy,
        timeout_minutes=options.timeout_minutes,
        concurrency=group(context.lock) if context.lock else None,
    )
    said = replace(mapped.translation, steps=()) + cells
    return job, said + _dependencies(planned, said, context)


def _name(planned: PlannedJob, graph: Graph) -> str | None:
    """Among several jobs, what a job is called where its id does not say it."""
    if len(graph.jobs) == 1 or planned.name.lower() in ("", planned.id):
        return None
    return " ".join(planned.name.split())


def _needs(planned: PlannedJob, sources: Iterable[tuple[PlannedJob, bool]]) -> tuple[str, ...]:
    """The jobs in front, and those of which it is asked whether they ran."""
    asked = (source.id for source, optional in sources if optional)
    return tuple(dict.fromkeys((*planned.needs, *asked)))


def _is_looked_at(planned: PlannedJob, graph: Graph) -> bool:
    """Whether a `post` behind the job goes on in its workspace, even where the job failed."""
    return any(planned.id in job.receives and job.over for job in graph.jobs.values())


def _dependencies(planned: PlannedJob, said: Translation, context: Context) -> Translation:
    """What the scripts take from their agent; a container has paths of its own."""
    manual = {one.site.start for one in said.outcomes if one.certainty is Certainty.MANUAL}
    result = Translation()
    for step in steps_of_job(planned):
        found = dependencies(script_of(step) or "")
        if context.container:
            found = [one for one in found if not one.startswith("the path")]
        if found and step.span.start not in manual:
            named = ", ".join(found[:_NAMED]) + (", …" if len(found) > _NAMED else "")
            message = f"the script takes from its agent: {named}"
            one = diagnose("agent-dependency", step.span, message, construct=f"step {step.name}")
            outcome = Outcome(step.span, Certainty.APPROXIMATE)
            result += Translation(diagnostics=(one,), outcomes=(outcome,))
    return result + _tools_of_agent(planned, manual, context)


def _tools_of_agent(planned: PlannedJob, manual: set[int], context: Context) -> Translation:
    """Folders of the agent in which programs are looked for."""
    result = Translation()
    for name, text, site, construct in () if context.container else _settings(planned):
        found = [one for one in dependencies(text) if one.startswith("the path")]
        if found and site.start not in manual:
            message = f"`{name}` names a folder of its agent: {', '.join(found[:_NAMED])}"
            said = diagnose("agent-dependency", site, message, construct=construct)
            outcome = Outcome(site, Certainty.APPROXIMATE)
            result += Translation(diagnostics=(said,), outcomes=(outcome,))
    return result


def _settings(planned: PlannedJob) -> Iterator[tuple[str, str, Span, str]]:
    """The variables that say where programs are: name, value, place and construct of each."""
    stages = (variable for stage in stages_of(planned.stages) for variable in stage.environment)
    for variable in (*planned.environment, *stages):
        if _WHERE.fullmatch(variable.name):
            yield (
                variable.name,
                variable.span.text,
                variable.span,
                f"environment {variable.name}",
            )
    for step in steps_of_job(planned):
        given = step.arguments.get("overrides") if step.name == "withEnv" else None
        for item in given.items if isinstance(given, ListOf) else ():
            name, _, value = (outline(item) or "").partition("=")
            if _WHERE.fullmatch(name):
                yield name, value, step.span, "step withEnv"


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


def _libraries(pipeline: Pipeline) -> Translation:
    """A library is only as good as its calls: each of those has its own bin."""
    result = Translation()
    for library in pipeline.libraries:
        message = f"the library '{library.name}' is not loaded; its calls are looked at one by one"
        said = diagnose("library-declared", library.span, message, construct="library")
        outcome = Outcome(library.span, Certainty.DROPPED)
        result += Translation(diagnostics=(said,), outcomes=(outcome,))
    return result


def _other_agents(pipeline: Pipeline, plan: Plan) -> Translation:
    """`agent none` at the top of a pipeline whose only stage lends its agent to the job."""
    if any(job.agent is pipeline.agent for job in plan.jobs):
        return Translation()
    return Translation(outcomes=(Outcome(pipeline.agent.span, Certainty.EXACT),))
