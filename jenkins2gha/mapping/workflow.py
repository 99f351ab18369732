"""A planned pipeline → a workflow: its events and inputs, and its jobs."""

from __future__ import annotations

from jenkins2gha.actions.workflow import Workflow
from jenkins2gha.configuration import Configuration, Files, no_files
from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.jenkins.pipeline import Pipeline
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.assignments import not_followed
from jenkins2gha.mapping.branches import not_stopped, scattered
from jenkins2gha.mapping.declared import with_properties
from jenkins2gha.mapping.jobs import map_jobs
from jenkins2gha.mapping.options import map_options
from jenkins2gha.mapping.parameters import map_parameters
from jenkins2gha.mapping.pipeline_environment import stands_elsewhere
from jenkins2gha.mapping.runners import ANY
from jenkins2gha.mapping.said_once import said_once
from jenkins2gha.mapping.settings_of_all import names_for_others
from jenkins2gha.mapping.translation import Context, Runner, Translation, together
from jenkins2gha.mapping.triggers import map_triggers, pull_requests
from jenkins2gha.mapping.variables import place
from jenkins2gha.plan.jobs import Plan
from jenkins2gha.record import dataclass, replace
from jenkins2gha.rules import diagnose

_NO_CONFIGURATION = Configuration()


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
    options = map_options(pipeline.options, context, jobs=len(plan.jobs))
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
    mapped = map_jobs(plan, options, whole.steps, events.conditions, context)
    settings = names_for_others(mapped)
    if settings:
        context = replace(context, settings=settings)
        mapped = map_jobs(plan, options, whole.steps, events.conditions, context)
    said = replace(whole, steps=()) + mapped.translation
    said += _other_agents(pipeline, plan) + stands_elsewhere(pipeline, plan, said)
    workflow = Workflow(
        name=name,
        triggers=events.triggers,
        env=events.env,
        jobs=mapped.jobs,
        concurrency=options.concurrency,
    )
    return WorkflowTranslation(workflow, said_once(said), mapped.runners)


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
        read=pipeline.read,
        libraries=(*(library.name for library in pipeline.libraries), *pipeline.loaded),
        left={name: place(spans) for name, spans in not_followed(pipeline).items()},
        skips_unstable=any(one.name == "skipStagesAfterUnstable" for one in pipeline.options),
    )


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
