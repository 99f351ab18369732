"""Stages that ask for one label after another: in Jenkins they find the files of those before."""

from __future__ import annotations

from collections.abc import Sequence

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.scripts import script_of, steps_of_job
from jenkins2gha.mapping.translation import Translation, binned
from jenkins2gha.plan.jobs import PlannedJob
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose

FILES_LEFT = "workspace-of-label"
_BRINGS = frozenset(("unstash", "copyArtifacts", "unarchive", "checkout", "git", "unzip", "untar"))
_MADE = regex(
    r"(?<![\w./-])(?:\./)?(?:dist|target|build/libs|build/outputs|out|node_modules)/[\w*]"
)
_MAKES = regex(
    r"\b(?:mvn|mvnw|gradlew?|ant|make|cmake|sbt|bazel|npm|yarn|pnpm|npx|webpack|ng|vite|go|cargo|dotnet"
    r"|msbuild|python\d?|pip\d?|docker|podman|curl|wget|unzip|tar|\w+\.sh)\b"
)


def files_left(job: PlannedJob, before: Sequence[PlannedJob]) -> Translation:
    """That a job reads files which only an earlier job on the same label has made."""
    label = _label(job)
    if not label or job.receives or not any(_label(one) == label for one in before):
        return Translation()
    if any(step.name in _BRINGS for step in steps_of_job(job)):
        return Translation()
    reader = _reader(job)
    if reader is None:
        return Translation()
    earlier = next(one.id for one in reversed(before) if _label(one) == label)
    message = f"the files that the job `{earlier}` left on the machine `{label}` are not there"
    said = diagnose(FILES_LEFT, reader.span, message, construct=f"step {reader.name}")
    return Translation(diagnostics=(said,), outcomes=binned(reader.span, Certainty.APPROXIMATE))


def not_shared(jobs: Sequence[PlannedJob]) -> Translation:
    """Said once: that jobs which run scripts on one label, one behind the other, share no files."""
    behind: dict[str, set[str]] = {}
    for number, job in enumerate(jobs):
        behind[job.id] = set(job.needs).union(*(behind.get(one, ()) for one in job.needs))
        label = _label(job)
        brings = any(step.name in _BRINGS for step in steps_of_job(job))
        if not label or job.receives or brings or not _runs(job):
            continue
        before = (
            one
            for one in reversed(jobs[:number])
            if one.id in behind[job.id] and one.agent is not job.agent
        )
        earlier = next((one for one in before if _label(one) == label and _runs(one)), None)
        if earlier:
            message = f"`{earlier.id}` and `{job.id}` ask for `{label}` and share no files"
            construct = "step node" if job.agent.name == "node" else "agent"
            said = diagnose("workspace-not-shared", job.agent.span, message, construct=construct)
            return Translation(diagnostics=(said,))
    return Translation()


def _runs(job: PlannedJob) -> bool:
    return any(script_of(step) is not None for step in steps_of_job(job))


def _label(job: PlannedJob) -> str:
    given = job.agent.arguments.get("label")
    return (text_of(given) or "").strip() if job.agent.kind == "label" and given else ""


def _reader(job: PlannedJob) -> Step | None:
    """The first script that reads what nothing in its job makes; without a checkout any may."""
    for step in steps_of_job(job):
        text = script_of(step)
        if text is None:
            continue
        made = _MADE.search(text)
        if _MAKES.search(text if made is None else text[: made.start()]) and job.checkout:
            return None
        if made or job.checkout is None:
            return step
    return None
