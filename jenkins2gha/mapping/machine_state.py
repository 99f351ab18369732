"""What a script leaves on its machine, and not in its workspace, where the next job has another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.scripts import script_of, steps_of_job
from jenkins2gha.mapping.translation import Translation, binned
from jenkins2gha.plan.jobs import PlannedJob
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose
from jenkins2gha.shell.words import commands

_PROCESS = regex(
    r"\bnohup\s[^\n;|&]+|\bpm2\s+start\b|\b(?:systemctl|service)\s[^\n;|&]*\bstart\b"
    r"|[^\s;|&][^\n;|&]*(?:\s&(?=\s|$)|[\w)'\"]&(?=\s*(?:\n|$)))"
)
_STATE = regex(
    r"\b(?:apt(?:-get)?|yum|dnf|apk|brew|choco)\s+(?:-\S+\s+)*(?:install|add)\b"
    r"|\bdocker\s+(?:build|login|pull|tag|load|run\s+-d)\b|\bdocker(?:-compose|\s+compose)\s+(?:up|build)\b"
    r"|\bpip3?\s+install\b|\bnpm\s+(?:install|i)\s+(?:-g|--global)\b|\bgem\s+install\b"
    r"|\b(?:helm\s+repo\s+add|kubectl\s+config|aws\s+configure|gcloud\s+auth|az\s+login)\b"
    r"|\bgit\s+(?:commit|tag|merge|config\s+--global)\b"
)
_MAKES = regex(
    r"\bdocker\s+(?:image\s+|buildx\s+)?(?:build|pull|load)\b"
    r"|\bdocker(?:-compose|\s+compose)\b[^\n;&|]*\s(?:build|pull)\b"
)
_TAKES = regex(
    r"\bdocker\s+(?:image\s+|container\s+)?(?:run|push|tag|save)\s(?![^\n]*\w/)"
    r"|\bdocker\s+(?:image\s+)?(?:push|tag|save)\s"
)
_MAKING = ("docker.build", "docker.image.pull")
_PUSHES = ("docker.image.push", "docker.push", "docker.image.tag")
_SCRIPT = regex(r"(?:\b(?:ba)?sh\s+)?(?<![\w/.:-])(?:\./)?(?:[\w.-]+/)*[\w.-]+\.sh\b")
_MAY_BE = 3
"""The number of the sign that only may be one: too little for a `post` in a job of its own."""
_WITHOUT_DOCKER = frozenset(
    "aws az cat cd cp curl echo export gcloud git grep helm jq kubectl ls mkdir mv printf rm sed"
    " set sleep terraform test true".split()
)
_OUTSIDE = regex(r"(?<![\w.])(?:/tmp|~|\$\{?HOME\}?)/[\w./-]+")


def machine_state(sources: Sequence[PlannedJob], job: PlannedJob) -> Translation:
    """What the scripts of earlier jobs left on their machines, where a later job runs scripts; the
    surest sign of it is said."""
    later = _texts(job)
    if not later:
        return Translation()
    docker = _may_use_docker(job, later)
    found = [
        (kind, number, place, step, words)
        for number, source in enumerate(sources)
        for place, step in enumerate(steps_of_job(source))
        for kind, words in _left(script_of(step) or "", later, docker=docker)
        if kind < _MAY_BE or not job.over
    ]
    if not found:
        return Translation()
    *_, step, words = min(found, key=lambda one: _rank(*one[:3]))
    return _said(step, words, job)


def images_elsewhere(others: Sequence[PlannedJob], job: PlannedJob) -> Translation:
    """The image that a job on another agent makes, where this one runs, pushes or stops images and
    makes none: in Jenkins the two agents may be one machine."""
    own = _texts(job)
    pushes = any(step.name in _PUSHES for step in steps_of_job(job))
    makes = any(step.name in _MAKING for step in steps_of_job(job))
    if makes or any(map(_MAKES.search, own)) or not (pushes or any(map(_TAKES.search, own))):
        return Translation()
    for source in reversed(others):
        for step in steps_of_job(source):
            match = _MAKES.search(script_of(step) or "")
            if match or step.name == "docker.build":
                words = f"`{' '.join(match[0].split())}`" if match else "`docker.build`"
                return _said(step, f"what {words} leaves on the machine", job)
    return Translation()


def _texts(job: PlannedJob) -> list[str]:
    return [text for step in steps_of_job(job) if (text := script_of(step)) is not None]


def _said(step: Step, words: str, job: PlannedJob) -> Translation:
    message = f"{words} is not there in the job `{job.id}`"
    said = diagnose("machine-state-lost", step.span, message, construct=f"step {step.name}")
    return Translation(diagnostics=(said,), outcomes=binned(step.span, Certainty.APPROXIMATE))


def _rank(kind: int, number: int, place: int) -> tuple[int, int, int]:
    """The first job that leaves something for sure; the last script that only may."""
    return (kind, number, -place) if kind == _MAY_BE else (kind, -number, place)


def _may_use_docker(job: PlannedJob, later: Sequence[str]) -> bool:
    """Whether a job may read an image or a login of Docker: not where all that it calls is known to
    have nothing to do with it."""
    if any(step.name.startswith(("docker", "withDocker")) for step in steps_of_job(job)):
        return True
    called = {command.name for text in later for command in commands(text) if command.words}
    return not called <= _WITHOUT_DOCKER


def _left(text: str, later: Sequence[str], *, docker: bool) -> Iterator[tuple[int, str]]:
    """What a script leaves, in words, with a number that is smaller for a surer sign."""
    for kind, (pattern, words) in enumerate(
        (
            (_PROCESS, "the process of `{}`"),
            (_STATE, "what `{}` leaves on the machine"),
            (_OUTSIDE, "the file {}"),
            (_SCRIPT, "what `{}` starts, installs or writes elsewhere"),
        )
    ):
        for match in pattern.finditer(text):
            if match[0].startswith("docker") and not docker:
                continue
            if pattern is not _OUTSIDE or any(match[0] in one for one in later):
                yield kind, words.format(" ".join(match[0].split()))
                break
