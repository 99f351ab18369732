"""Text to a workflow that GitHub would start: every expression fits its place, `needs` has no ring.

Source: npm @actions/workflow-parser, `model/converter/*.js`.
"""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.simulate.actions import places
from jenkins2gha.simulate.actions.nodes import Mapping, Node, WorkflowError, read_yaml
from jenkins2gha.simulate.actions.places import Place
from jenkins2gha.simulate.actions.workflow import Job, Step, Workflow, workflow_of
from jenkins2gha.simulate.expressions import ExpressionError

_CONTAINER = {"env": places.CONTAINER_ENV, "credentials": places.CONTAINER_ENV}


def read(text: str) -> Workflow:
    """The workflow of a YAML text; raises `WorkflowError` where GitHub would not start it."""
    workflow = workflow_of(read_yaml(text))
    for node, place in _expressions(workflow):
        for scalar in places.scalars(node):
            try:
                places.check(scalar, place)
            except ExpressionError as error:
                raise WorkflowError(scalar.line, str(error)) from error
    for node, place in _conditions(workflow):
        try:
            places.condition(places.condition_text(node), place)
        except ExpressionError as error:
            raise WorkflowError(node.line, str(error)) from error
    in_order(workflow.jobs)
    return workflow


def in_order(jobs: tuple[Job, ...]) -> tuple[Job, ...]:
    """The jobs, each behind those that it needs, else as they are written."""
    known = {job.id.lower(): job for job in jobs}
    done: dict[str, Job] = {}
    for job in jobs:
        for need in job.needs:
            if need.lower() not in known:
                message = f"Job '{job.id}' depends on unknown job '{need}'."
                raise WorkflowError(job.line, message)
    while len(done) < len(jobs):
        ready = [
            job
            for job in jobs
            if job.id.lower() not in done and all(need.lower() in done for need in job.needs)
        ]
        if not ready:
            raise WorkflowError(jobs[0].line, "The workflow contains a dependency cycle")
        done[ready[0].id.lower()] = ready[0]
    return tuple(done.values())


def _conditions(workflow: Workflow) -> Iterator[tuple[Node, Place]]:
    for job in workflow.jobs:
        if job.condition:
            yield job.condition, places.JOB_IF
        for step in job.steps:
            if step.condition:
                yield step.condition, places.STEP_IF


def _expressions(workflow: Workflow) -> Iterator[tuple[Node, Place]]:
    top = ((workflow.env, places.ENV), (workflow.run_name, places.RUN))
    for node, place in (*top, (workflow.concurrency, places.RUN)):
        if node:
            yield node, place
    for job in workflow.jobs:
        at = {
            places.STRATEGY: (job.strategy,),
            places.JOB: (
                job.name,
                job.timeout,
                job.runs_on,
                job.concurrency,
                job.continue_on_error,
            ),
            places.JOB_ENV: (job.env, job.inputs),
            places.DEFAULTS: (job.shell, job.directory),
            places.OUTPUTS: (job.outputs,),
        }
        yield from ((node, place) for place, nodes in at.items() for node in nodes if node)
        yield from _keys(job.container, _CONTAINER)
        yield from _keys(job.environment, {"url": places.OUTPUTS})
        for step in job.steps:
            yield from ((node, places.STEP) for node in _of_step(step) if node)


def _keys(node: Node | None, own: dict[str, Place]) -> Iterator[tuple[Node, Place]]:
    """A node of a job, some keys of which offer more."""
    if isinstance(node, Mapping):
        for key, value in node.pairs:
            yield value, own.get(key, places.JOB)
    elif node is not None:
        yield node, places.JOB


def _of_step(step: Step) -> tuple[Node | None, ...]:
    does = step.does if step.kind == "run" else None
    keys = (step.name, step.inputs, step.env, step.directory, step.continue_on_error)
    return (does, step.timeout, *keys)
