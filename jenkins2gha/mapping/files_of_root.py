"""Files that a container leaves in the workspace for root alone, where later steps write on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.machine_scripts import MachineScript
from jenkins2gha.mapping.scripts import outline, steps_of_job
from jenkins2gha.plan.jobs import PlannedJob
from jenkins2gha.regex import regex

_ARGUMENTS = {
    "docker.image.inside": "args",
    "docker.build.inside": "args",
    "withDockerContainer": "args",
}
_ROOT = regex(r"(?:^|\s)(?:-u|--user)[ =]?(?:root|0)(?::\w+)?(?!\S)")
_GIVES_BACK = regex(r"\bchown\b|\bchmod\s+(?:-\w+\s+)*(?:a\+|ugo\+|o\+|0?77)")
_WRITES = regex(
    r"(?:^|[\n;&|(])[ \t]*(?:cp|mv|rm|mkdir|touch|tar|unzip|sed\s+-i|(?:\./)?mvnw?|(?:\./)?gradlew?"
    r"|npm|yarn|make)\s"
)


def left_to_root(
    planned: PlannedJob, scripts: Sequence[MachineScript]
) -> Iterator[tuple[Step, MachineScript]]:
    """Each container of root's in which scripts run, with the first script behind it that writes
    into the workspace as the user of the machine."""
    for step in steps_of_job(planned):
        given = step.arguments.get(_ARGUMENTS.get(step.name, ""))
        if given is None or not _ROOT.search(outline(given) or ""):
            continue
        whole = step.span
        within = [one for one in scripts if one.boxed and whole.holds(one.step.span)]
        if not within or any(_GIVES_BACK.search(one.text) for one in within):
            continue
        behind = (
            one
            for one in scripts
            if not one.boxed and one.step.span.start >= whole.end and one.step.name == "sh"
        )
        later = next((one for one in behind if _WRITES.search(one.text)), None)
        if later is not None and "sudo" not in later.text:
            yield step, later
