"""What programs of the repository read of Jenkins' environment, and find no longer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.configuration import Files
from jenkins2gha.mapping.machine_scripts import MachineScript, machine_scripts
from jenkins2gha.mapping.translation import Translation
from jenkins2gha.plan.jobs import PlannedJob, stages_of
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose
from jenkins2gha.shell.bat import bat_commands
from jenkins2gha.shell.words import commands
from jenkins2gha.source import Span

_VARIABLES = regex(
    r"\b(?:BUILD_(?:NUMBER|ID|TAG|URL|DISPLAY_NAME)|JOB_(?:BASE_)?NAME|JOB_URL|BRANCH_NAME|TAG_NAME"
    r"|CHANGE_(?:ID|URL|TARGET|BRANCH)|GIT_(?:COMMIT|BRANCH|URL)|WORKSPACE|NODE_NAME|JENKINS_URL"
    r"|EXECUTOR_NUMBER)\b"
)
_FILE = regex(
    r"(?![/~$%-])(?:[\w.@-]+[/\\])+[\w.@-]+|[\w.@-]+\.(?:sh|bash|bat|cmd|ps1|py|rb|pl|js|groovy)"
)
_TOOLS = regex(r"(?:^|.*[/\\])(?:activate|[\w.-]*env[/\\](?:bin|Scripts)|node_modules)(?:[/\\].*)?")
"""What a package manager has put into the workspace."""
_STARTERS = frozenset(
    "bash call cmd env exec node perl powershell pwsh python python3 ruby sh source sudo time . &"
    " /c /bin/bash /bin/sh".split()
)
_BUILDS = frozenset(
    "ant bazel bundle cargo cmake composer docker-compose dotnet fastlane gradle gradlew grunt gulp"
    " lein make meson msbuild mvn mvnw nant ninja npm npx phing pnpm pytest qmake rake sbt scons"
    " tox yarn".split()
)
"""Programs that run what the repository's files say."""
_LISTS = frozenset({"env", "printenv"})
"""What prints the whole environment, for another to search it."""
_LISTED = regex(r"['\"(;|&\s](env|printenv)\s*\|(?!\|)")


def unseen_variables(jobs: Iterable[PlannedJob], files: Files) -> Translation:
    """Said once: what a program of the repository reads by itself is not given to it.

    A script whose text names a variable of Jenkins gets it; what a file says that it runs is seen
    only where the files are given.
    """
    for job in jobs:
        for site, program in (*_listing(job), *_of_scripts(job)):
            text = files(program.removeprefix("./").replace("\\", "/"))
            read = dict.fromkeys(_VARIABLES.findall(text or ""))
            if text is None or read:
                names = ", ".join(read) or "BUILD_NUMBER, BRANCH_NAME and the like"
                message = f"`{program}` finds {names} of Jenkins only if `env:` gives them to it"
                said = diagnose("variables-not-exported", site, message)
                return Translation(diagnostics=(said,))
    return Translation()


def _listing(job: PlannedJob) -> Iterator[tuple[Span, str]]:
    """Where a variable is computed from all the others."""
    blocks = (job.environment, *(stage.environment for stage in stages_of(job.stages)))
    for variable in (variable for block in blocks for variable in block):
        match = _LISTED.search(variable.span.text)
        if match:
            yield variable.span, match[1]


def _of_scripts(job: PlannedJob) -> Iterator[tuple[Span, str]]:
    for script in machine_scripts(job, inside=False):
        yield from ((script.step.span, program) for program in _called(script))


def _called(script: MachineScript) -> Iterator[str]:
    """The files of the repository that a script runs, and the tools that run its build files."""
    read = bat_commands if script.step.name == "bat" else commands
    for command in read(script.text):
        words = [word or "" for word in command.literals]
        if len(words) == 1 and words[0] in _LISTS:
            yield words[0]
        while words and (words[0] in _STARTERS or words[0].startswith("-")):
            words = words[1:]
        if not words:
            continue
        name = words[0].lower().removesuffix(".exe")
        called = _FILE.fullmatch(words[0]) and not _TOOLS.fullmatch(words[0])
        if called or name in _BUILDS or words[:2] == ["docker", "compose"]:
            yield " ".join(words[:2]) if name == "docker" else words[0]
