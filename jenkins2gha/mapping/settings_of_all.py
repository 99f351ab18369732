"""What Jenkins' settings give to a script on one machine they give to those on all others."""

from __future__ import annotations

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Job
from jenkins2gha.mapping.jobs import JobsTranslation


def names_for_others(mapped: JobsTranslation) -> frozenset[str]:
    """The names that scripts of hosted machines have from the settings, where other jobs run on
    machines of one's own or in images."""
    pairs = list(zip(mapped.jobs, mapped.runners, strict=True))
    hosted = [job for job, runner in pairs if runner.hosted and job.container is None]
    if len(hosted) == len(pairs):
        return frozenset()
    return frozenset().union(*map(_names, hosted))


def _names(job: Job) -> frozenset[str]:
    return frozenset(
        name
        for step in job.steps
        for name, text in (*step.env.items(), *step.secrets.items())
        if text in (gha.Context(f"vars.{name}"), gha.Context(f"secrets.{name}"))
    )
