"""Images for Linux on GitHub's Windows machines, whose Docker runs containers of Windows only.

https://github.com/actions/runner-images/blob/main/images/windows/scripts/build/Install-Docker.ps1
"""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.scripts import script_of, steps_of_job
from jenkins2gha.plan.jobs import PlannedJob
from jenkins2gha.regex import regex

_AT = r"(?:^|[\n;&|({])[ \t]*@?(?:call[ \t]+)?"
_COMMANDS = regex(
    rf"(?i){_AT}docker(?:\.exe)?[ \t]+(?:(?:container|image|buildx)[ \t]+)?(?:build|bake|pull|run"
    r"|create|compose\b[^\n]*?[ \t](?:up|run|build|pull|create))(?=[ \t]|$)[^\n]*"
    rf"|{_AT}docker-compose(?:\.exe)?[ \t][^\n]*"
)
_STEPS = regex(r"docker\.build(?:\.run|\.push|\.tag)?|docker\.image\.(?:pull|run)")
_FOR_WINDOWS = regex(r"(?i)windows|nanoserver|servercore|\bwin(?:32|64|dows)?\b")


def linux_containers(planned: PlannedJob) -> tuple[Step, ...]:
    """The steps of a job that have Docker make or start something; none where a command of Docker
    names a thing of Windows: then the images may be for that."""
    found = list(_docker_commands(planned))
    if any(_FOR_WINDOWS.search(command) for _, command in found):
        return ()
    return tuple(step for step, _ in found)


def _docker_commands(planned: PlannedJob) -> Iterator[tuple[Step, str]]:
    for step in steps_of_job(planned):
        if _STEPS.fullmatch(step.name):
            yield step, step.span.text
        for match in _COMMANDS.finditer(script_of(step) or ""):
            yield step, match[0]
