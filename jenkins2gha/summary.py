"""What a report tells of a workflow beside its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jenkins2gha.actions.expressions import write
from jenkins2gha.actions.walk import contexts, job_texts, step_texts, workflow_texts
from jenkins2gha.actions.workflow import Job, Template, Text, Workflow
from jenkins2gha.conversion import HoleSummary, JobSummary, SecretSummary
from jenkins2gha.jenkins.pipeline import Pipeline
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.translation import Translation
from jenkins2gha.report.tasks import tasks
from jenkins2gha.secrets import Finding

SELF_HOSTED = "self-hosted"


def summary(
    pipeline: Pipeline,
    workflow: Workflow,
    translation: Translation,
    findings: Sequence[Finding],
) -> dict[str, Any]:
    """The fields of a Conversion that describe its workflow."""
    secrets = tuple(_secrets(translation, findings))
    runners = tuple(dict.fromkeys(_runners(workflow)))
    variables = sorted(
        {path.split(".")[1] for path in _paths(workflow) if path.startswith("vars.")}
    )
    return {
        "jobs": tuple(_job(job) for job in workflow.jobs),
        "environment": tuple(dict.fromkeys(one.name for one in pipeline.environment)),
        "triggers": tuple(_events(workflow)),
        "tools": tuple(
            f"{tool.type} {text_of(tool.name) or ''}".rstrip() for tool in pipeline.tools
        ),
        "secrets": secrets,
        "runners": runners,
        "holes": tuple(
            HoleSummary(hole.kind, hole.construct, hole.span.line, hole.span.column)
            for hole in translation.holes
        ),
        "tasks": tuple(tasks(secrets, variables, runners)),
    }


def _secrets(translation: Translation, findings: Sequence[Finding]) -> Iterator[SecretSummary]:
    """Each secret once: those of credentials, then those that stood in the source."""
    found = [
        *(
            SecretSummary(one.name, one.jenkins_id, one.kind, one.what)
            for one in translation.secrets
        ),
        *(
            SecretSummary(one.secret_name, None, one.kind, one.kind)
            for one in findings
            if one.construct == "source"
        ),
    ]
    first: dict[str, SecretSummary] = {}
    for one in found:
        first.setdefault(one.name, one)
    yield from first.values()


def _job(job: Job) -> JobSummary:
    return JobSummary(job.id, job.stages, tuple(map(_shown, job.runs_on.labels)), job.needs)


def _runners(workflow: Workflow) -> Iterator[str]:
    """Labels that somebody has to give a machine."""
    for job in workflow.jobs:
        labels = [_shown(label) for label in job.runs_on.labels]
        if SELF_HOSTED in labels:
            yield from (label for label in labels if label != SELF_HOSTED)


def _events(workflow: Workflow) -> Iterator[str]:
    triggers = workflow.triggers
    named = {
        "push": triggers.push is not None,
        "pull_request": triggers.pull_request is not None,
        "schedule": bool(triggers.schedule),
        "workflow_dispatch": triggers.dispatch is not None,
    }
    yield from (name for name, used in named.items() if used)
    yield from triggers.others


def _paths(workflow: Workflow) -> Iterator[str]:
    texts = [*workflow_texts(workflow)]
    for job in workflow.jobs:
        texts += job_texts(job)
        for step in job.steps:
            texts += step_texts(step)
    for _, text in texts:
        yield from contexts(text)


def _shown(text: Text) -> str:
    if isinstance(text, str):
        return text
    if isinstance(text, Template):
        return "".join(
            part if isinstance(part, str) else f"${{{{ {write(part)} }}}}" for part in text.parts
        )
    return f"${{{{ {write(text)} }}}}"
