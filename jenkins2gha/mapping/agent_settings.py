"""What variables of a job name that its agent has: folders, and hosts of its network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.jenkins.pipeline import Credentials, Step
from jenkins2gha.jenkins.values import ListOf
from jenkins2gha.mapping.dependencies import PATH, PRIVATE, dependencies
from jenkins2gha.mapping.machine_scripts import MachineScript, uncommented
from jenkins2gha.mapping.scripts import outline, steps_of_job
from jenkins2gha.mapping.translation import Translation
from jenkins2gha.plan.jobs import PlannedJob, stages_of
from jenkins2gha.record import dataclass
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span

_SEARCHED = regex(r"PATH(?:\+\w+)?|\w+_HOME")
"""The names of variables that tell where programs are."""
_REGISTRY = regex(r"\w*REGISTRY\w*", re.IGNORECASE)
_HOST = regex(r"(?:https?://)?((?!localhost\b)[A-Za-z][\w-]*:\d{2,5})(?:/\S*)?")
_OF_WINDOWS = regex(r"[A-Za-z]:[\\/][^;|&<>]*")
_ONE = regex(r"/[\w./-]+")
_OPAQUE = regex(
    r"(?:^|[\s;&|(])(?:\.{1,2}/)+[\w.-]|\b(?:sh|bash|python[\d.]*|ruby|perl|node)\s+[\w./-]+\.\w+"
    r"|\b(?:make|ant|mvnw?|gradlew?|npm|yarn|rake)(?:\s|$)|\bdocker(?:-|\s+)compose\b"
)
"""What may read any variable of its environment."""


@dataclass(frozen=True, slots=True)
class _Setting:
    name: str
    text: str
    site: Span
    construct: str


def settings_of_agent(
    planned: PlannedJob,
    scripts: Sequence[MachineScript],
    known: set[str],
    manual: set[int],
    *,
    inside: bool,
) -> Translation:
    """What the variables of a job name of its agent and no script that is known already; `inside`
    says that the scripts run in a container, which has paths of its own."""
    result = Translation()
    opaque = any(_OPAQUE.search(one.text) for one in scripts)
    for setting in _settings(planned):
        if setting.site.start in manual:
            continue
        needed = dependencies(setting.text)
        hosts = [one for one in needed if one.startswith(PRIVATE)] or _registry(setting)
        hosts = [one for one in hosts if one not in known]
        if hosts:
            words = "names what only the network of its agent knows"
            result += _said(setting, words, hosts)
        folders = [one for one in needed if one.startswith(PATH)]
        if not _SEARCHED.fullmatch(setting.name):
            read = _is_read(setting, opaque=opaque)
            folders = [one for one in folders if read and one not in known]
        if folders and not inside:
            result += _said(setting, "names a folder of its agent", folders)
        known.update(hosts)
    return result


def _registry(setting: _Setting) -> list[str]:
    """The registry of the agent's network that a variable names by a word."""
    found = _HOST.fullmatch(setting.text) if _REGISTRY.fullmatch(setting.name) else None
    return [f"{PRIVATE} {found[1]}"] if found else []


def _is_read(setting: _Setting, *, opaque: bool) -> bool:
    """Whether a variable is a folder and may be read: where nothing of the pipeline reads it, by
    what it starts."""
    if _OF_WINDOWS.fullmatch(setting.text):
        return True
    if not (opaque and _ONE.fullmatch(setting.text)):
        return False
    source = uncommented(setting.site.source.text)
    return len(regex(rf"\b{setting.name}\b").findall(source)) == 1


def _said(setting: _Setting, words: str, found: list[str]) -> Translation:
    message = f"`{setting.name}` {words}: {', '.join(found)}"
    said = diagnose("agent-dependency", setting.site, message, construct=setting.construct)
    outcome = Outcome(setting.site, Certainty.APPROXIMATE)
    return Translation(diagnostics=(said,), outcomes=(outcome,))


def _settings(planned: PlannedJob) -> Iterator[_Setting]:
    """The variables that a job sets."""
    stages = (variable for stage in stages_of(planned.stages) for variable in stage.environment)
    for variable in (*planned.environment, *stages):
        name, value, site = variable.name, variable.value, variable.span
        known = None if isinstance(value, Credentials | Step) else outline(value)
        yield _Setting(name, known or site.text, site, f"environment {name}")
    for step in steps_of_job(planned):
        given = step.arguments.get("overrides") if step.name == "withEnv" else None
        for item in given.items if isinstance(given, ListOf) else ():
            name, _, text = (outline(item) or "").partition("=")
            yield _Setting(name, text, step.span, "step withEnv")
