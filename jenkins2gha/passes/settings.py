"""Variables of Jenkins' settings, which all processes of a build have."""

from __future__ import annotations

from collections.abc import Iterable

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.workflow import Job, Step, Workflow
from jenkins2gha.passes.result import PassResult
from jenkins2gha.record import replace

_OF_BLOCKS = frozenset(("SONAR_HOST_URL",))
"""What Jenkins gives to a block alone."""


def give_settings(workflow: Workflow) -> PassResult:
    """Gives the variables of the repository that some step has by their own names to every job
    that runs stages, as Jenkins' settings do: what a step calls may read them too."""
    names = dict.fromkeys(
        name for job in workflow.jobs for step in job.steps for name in _settings(step)
    )
    if not names:
        return PassResult(workflow)
    jobs = tuple(_given(job, names) if job.stages else job for job in workflow.jobs)
    return PassResult(replace(workflow, jobs=jobs))


def _settings(step: Step) -> Iterable[str]:
    names = (name for name, text in step.env.items() if text == Path(f"vars.{name}"))
    return (name for name in names if name not in _OF_BLOCKS)


def _given(job: Job, names: Iterable[str]) -> Job:
    new = {name: Path(f"vars.{name}") for name in names if name not in job.env}
    return replace(job, env={**job.env, **new})
