"""A step's environment says only what the job's does not say already."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jenkins2gha.actions.workflow import Env, Job, Step, Text, Workflow
from jenkins2gha.passes.result import PassResult
from jenkins2gha.passes.scripts import plain_script
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

# What a setup action exports for the steps behind it.
_EXPORTED = regex(r".*(?:_HOME|_ROOT|PATH)[_0-9A-Z]*", re.IGNORECASE)


def drop_repeated_variables(workflow: Workflow) -> PassResult:
    """Drops a step's variable with the value that the job gives it, unless a step may change it.

    Nothing rises from the steps to the job: there an action would see it, and a step that the
    source gave it not.
    """
    jobs = tuple(_job(job, {**workflow.env, **job.env}) for job in workflow.jobs)
    return PassResult(replace(workflow, jobs=jobs))


def _job(job: Job, outer: Env) -> Job:
    if not outer:
        return job
    exports = [script for script in map(plain_script, job.steps) if "GITHUB_ENV" in script]
    actions = any(step.uses for step in job.steps)
    inherited = {
        name: value
        for name, value in outer.items()
        if not (actions and _EXPORTED.fullmatch(name))
        and not any(name in script for script in exports)
    }
    return replace(job, steps=tuple(_step(step, inherited) for step in job.steps))


def _step(step: Step, inherited: Mapping[str, Text]) -> Step:
    env = {name: text for name, text in step.env.items() if inherited.get(name) != text}
    return step if len(env) == len(step.env) else replace(step, env=env)
