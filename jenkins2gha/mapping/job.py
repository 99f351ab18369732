"""One planned job → a job of the workflow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jenkins2gha.actions.expressions import Expression
from jenkins2gha.actions.workflow import Job
from jenkins2gha.jenkins.pipeline import Credentials, Step, Variable
from jenkins2gha.jenkins.values import ListOf, text_of
from jenkins2gha.mapping.bash_words import bash_words
from jenkins2gha.mapping.build_result import StageResults, possible
from jenkins2gha.mapping.computed_once import computed_once
from jenkins2gha.mapping.conditions import Post, map_post
from jenkins2gha.mapping.containers import restarted
from jenkins2gha.mapping.credentials import Binding
from jenkins2gha.mapping.directories import with_directories
from jenkins2gha.mapping.guards import of_job
from jenkins2gha.mapping.jenkins_checkout import checked_out_once
from jenkins2gha.mapping.job_containers import Boxes, default_container, start
from jenkins2gha.mapping.job_environment import job_environment
from jenkins2gha.mapping.machine_scripts import machine_scripts
from jenkins2gha.mapping.mappers.with_credentials import binding_of
from jenkins2gha.mapping.missing_files import plain_before_failures
from jenkins2gha.mapping.repositories import with_addresses
from jenkins2gha.mapping.result_reads import given_success, reads_result
from jenkins2gha.mapping.results import ending, with_previous_run
from jenkins2gha.mapping.run_values import with_values
from jenkins2gha.mapping.scripts import script_of, steps_of_job
from jenkins2gha.mapping.set_so_far import at_end
from jenkins2gha.mapping.so_far import SoFar
from jenkins2gha.mapping.stages import Frame, map_stages
from jenkins2gha.mapping.tools import Use
from jenkins2gha.mapping.translation import NOTHING, Context, Translation
from jenkins2gha.mapping.workspace import without_needless_deletions, without_unread_checkout
from jenkins2gha.plan.jobs import PlannedJob, PlannedStage, stages_of
from jenkins2gha.plan.reads import items_of
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span


@dataclass(frozen=True, slots=True)
class JobTranslation:
    """The job, and what is said of it (the steps stand in the job alone); `context` is what holds
    for its steps, `of_stages` what only its stages come to, `begun` that some were reached."""

    job: Job
    translation: Translation
    context: Context
    of_stages: tuple[tuple[Span, StageResults], ...] = ()
    begun: Mapping[Span, Expression] = field(default_factory=dict)


def map_job(
    job: PlannedJob,
    context: Context,
    use: Use,
    before: Translation = NOTHING,
    setup: Translation = NOTHING,
    boxes: Boxes | None = None,
) -> JobTranslation:
    """The job: `before` (what fails first, checkout), the containers of its steps (`boxes`),
    environment, `setup` (tools), stages, post.

    https://www.jenkins.io/doc/book/pipeline/syntax/
    """
    context = replace(
        context,
        results=context.inherited | possible(items_of(job)),
        reads_result=reads_result(items_of(job)),
        given_success=given_success(items_of(job)),
    )
    context = with_values(items_of(job), context)
    environment = job_environment(job.environment, context, default_container(boxes))
    opened = start(boxes, job, environment.scope, environment.context)
    ends = (one.span for one in stages_of(job.stages) if one.ends and context.of_stage)
    so_far = SoFar(context.inherited, ((span, context.of_stage) for span in ends))
    frame = Frame(opened.scope, opened.context, use, so_far)
    asked = of_job(job, frame.decided, frame.scope, frame.context)
    frame = replace(frame, tells=tuple(_told(job, frame.decided, environment.before)))
    result = before + opened.before + environment.before + setup + asked.before
    result += map_stages(job.stages, frame)
    whole = SoFar(context.inherited)
    whole.add(result, job.agent.span)
    ended, succeeded = at_end(job, context.beginning)
    post = Post("post", "", results=whole.results, open=whole.open, succeeded=succeeded)
    scope = frame.scope.changed(not_yet=ended)
    result += map_post(job.post, post, scope, frame.context, frame.translate)
    result += environment.after + opened.after + _trace(job, context)
    end = () if context.ends is None else ending(result.steps, context, context.ends)
    result = replace(result, steps=(*with_previous_run(result.steps, context), *end))
    result = without_needless_deletions(result, context, given=job.gives)
    if job.needs:
        result = without_unread_checkout(result)
    result = with_addresses(result, context)
    settled = environment.env.keys() - context.assigned - context.run_time
    steps = computed_once(checked_out_once(result.steps), settled)
    steps = list(plain_before_failures(steps, context.inherited))
    actions = Job(
        id=job.id,
        runs_on=context.runner.runs_on,
        condition=asked.condition,
        steps=tuple(restarted(with_directories(steps, context))),
        container=context.container,
        env=environment.env,
        stages=tuple(dict.fromkeys(stage.name for stage in stages_of(job.stages) if stage.name)),
    )
    results = tuple(so_far.of_stages)
    return JobTranslation(actions, replace(result, steps=()), frame.context, results, frame.begun)


def _told(
    job: PlannedJob, decided: Mapping[int, Expression | None], environment: Translation
) -> Iterator[PlannedStage]:
    """The stages of which a job must tell that it came to them, as it may end before: other stages
    stand in front, what the environment of the pipeline computes, or a condition that only its
    steps can ask for."""
    for end in job.tells:
        before = bool(environment.steps) or any(
            not end.span.holds(one.span) for one in stages_of(job.stages)
        )
        asked = any(one.key not in decided or decided[one.key] for one in end.conditions)
        if before or asked:
            yield end


def credential_kinds(job: PlannedJob, context: Context) -> dict[str, str]:
    """The credentials of a job by id, with their kind where a use of them tells it."""
    kinds = dict(context.credential_kinds)
    for variable in (
        *job.environment,
        *(one for s in stages_of(job.stages) for one in s.environment),
    ):
        if isinstance(variable.value, Credentials):
            kinds.setdefault(text_of(variable.value.id) or "", "")
    for step in steps_of_job(job):
        bindings = step.arguments.get("bindings")
        for value in bindings.items if isinstance(bindings, ListOf) else ():
            binding = binding_of(value)
            if isinstance(binding, Binding):
                kinds[binding.id] = kinds.get(binding.id) or binding.kind
    kinds.pop("", None)
    return kinds


def _of_stages(job: PlannedJob) -> Iterator[Variable]:
    for stage in stages_of(job.stages):
        yield from stage.environment


def _trace(job: PlannedJob, context: Context) -> Translation:
    """Said once: the trace that Jenkins' `sh -xe` prints is not there."""
    first = next((one for one in steps_of_job(job) if _traced(one)), None)
    if first is None or context.configuration.shell:
        return Translation()
    said = [diagnose("shell-trace-dropped", first.span, "`sh` runs without `-x`")]
    for script in machine_scripts(job, inside=context.container is not None):
        found = () if script.boxed or not _traced(script.step) else bash_words(script.text)
        if found:
            named = ", ".join(f"`{one}`" for one in found)
            message = f"`sh` is bash here, which reads {named}; dash, the `sh` of Debian, does not"
            said.append(diagnose("shell-is-bash", script.step.span, message))
            break
    return Translation(diagnostics=tuple(said))


def _traced(step: Step) -> bool:
    """Whether Jenkins prints the commands: it does not where the script names its interpreter."""
    script = script_of(step)
    return step.name == "sh" and (script is None or (bool(script) and script[:2] != "#!"))
