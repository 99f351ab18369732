"""What every job's environment says is said once, for the whole workflow."""

from __future__ import annotations

from jenkins2gha.actions.walk import contexts
from jenkins2gha.actions.workflow import Env, Text, Workflow
from jenkins2gha.passes.result import PassResult
from jenkins2gha.record import replace

_ANYWHERE = ("github.", "inputs.", "vars.")
"""Contexts that the environment of a workflow may read; a secret stays where it is used.
https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability
"""


def share_variables(workflow: Workflow) -> PassResult:
    """Moves the variables that all jobs with an environment have alike to the workflow's.

    A job without one only looks at others (a gate, the result of the build) and reads none.
    """
    environments = [job.env for job in workflow.jobs if job.env]
    if len(environments) < 2 or any(not job.env and job.stages for job in workflow.jobs):
        return PassResult(workflow)
    shared = {
        name: text
        for name, text in environments[0].items()
        if _is_readable(text) and all(env.get(name) == text for env in environments)
    }
    if not shared:
        return PassResult(workflow)
    jobs = tuple(replace(job, env=_without(job.env, shared)) for job in workflow.jobs)
    return PassResult(replace(workflow, env={**workflow.env, **shared}, jobs=jobs))


def _is_readable(text: Text) -> bool:
    return all(path.startswith(_ANYWHERE) for path in contexts(text))


def _without(env: Env, shared: Env) -> Env:
    return {name: text for name, text in env.items() if name not in shared}
