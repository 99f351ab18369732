"""What the scripts of a job take from the machine of their agent, and what they leave on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jenkins2gha.diagnostics import Certainty, Diagnostic, Outcome
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.agent_logins import agent_logins
from jenkins2gha.mapping.agent_settings import settings_of_agent
from jenkins2gha.mapping.container_needs import foreign_network
from jenkins2gha.mapping.dependencies import (
    HOME,
    LOCAL,
    NEAR,
    PATH,
    ROOT,
    above,
    dependencies,
)
from jenkins2gha.mapping.earlier_containers import earlier_containers
from jenkins2gha.mapping.files_of_root import left_to_root
from jenkins2gha.mapping.left_running import images_left, left_running
from jenkins2gha.mapping.machine_scripts import MachineScript, machine_scripts
from jenkins2gha.mapping.own_folders import own_folders
from jenkins2gha.mapping.programs import missing_programs
from jenkins2gha.mapping.scripts import outline, steps_of_job
from jenkins2gha.mapping.translation import Context, Translation
from jenkins2gha.mapping.windows_docker import linux_containers
from jenkins2gha.mapping.workspace_name import reads_name
from jenkins2gha.plan.jobs import PlannedJob
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose

_NAMED = 3
_FILES = {
    "ansiblePlaybook": ("playbook", "inventory"),
    "load": ("path",),
    "readFile": ("file",),
    "readJSON": ("file",),
    "readProperties": ("file",),
    "readYaml": ("file",),
}
"""The arguments of steps that name files which are there already."""
_STUDIO = regex(r"Microsoft Visual Studio[\\/]+2022")
_RUN = regex(r"\bdocker\s+(?:container\s+)?(?:run|create)\b(?:[^\n;&|\\]|\\\n)*")
_SERVES = regex(
    r"\bdocker(?:-|\s+)compose\b|\bdocker\s+run\b|port-forward|\bnohup\b|(?<!&)&\s*(?:$|\n)|start"
    r"|serve|\bssh\s[^\n]*-\w*L\b|\bminikube\b"
)


def agent_dependencies(
    planned: PlannedJob, said: Translation, context: Context, *, inside: bool
) -> Translation:
    """What the scripts take from their agent, each thing once; `inside` says that they run in a
    container, which has paths of its own."""
    manual = {one.site.start for one in said.outcomes if one.certainty is Certainty.MANUAL}
    inside = inside or context.container is not None
    scripts = machine_scripts(planned, inside=inside)
    result = Translation()
    known: set[str] = set()
    containers = earlier_containers(scripts)
    for number, script in enumerate(scripts):
        needed = (
            *_found(script, scripts, context),
            *(f"{PATH} {one}" for one in own_folders(script, scripts[:number])),
            *_networks(script),
            *([containers[number]] if number in containers else []),
        )
        found = [one for one in dict.fromkeys(needed) if one not in known]
        known.update(found)
        if found:
            named = ", ".join(found[:_NAMED]) + (", …" if len(found) > _NAMED else "")
            message = f"the script takes from its agent: {named}"
            result += _said("agent-dependency", script, message, manual)
    for script in filter(reads_name, scripts):
        message = "the last folder of `WORKSPACE` differs: the repository's name, not the job's"
        result += _said("variable-differs", script, message, manual)
    for script, start in left_running(scripts, kept=not context.runner.hosted):
        message = f"what `{start}` starts ends with the job"
        result += _said("deployment-ends", script, message, manual)
    for script in images_left(scripts) if context.runner.hosted else ():
        message = "the image is on the machine of the job alone, and gone with it"
        result += _said("image-ends", script, message, manual)
    for step, later in left_to_root(planned, scripts) if context.runner.hosted else ():
        message = f"the container of line {step.span.line} leaves files of root behind"
        result += _said("files-of-root", later, message, manual)
    for one in missing_programs(scripts, context.runner):
        label = context.runner.runs_on.labels[-1]
        message = f"`{one.name}` is not on {label}"
        result += _said("program-missing", one.script, message, manual, hint=one.get)
    windows = context.runner.hosted and context.runner.os == "windows"
    for step in linux_containers(planned)[:1] if windows else ():
        message = f"Docker on {context.runner.runs_on.labels[-1]} runs containers of Windows only"
        result += _said_of("docker-of-windows", step, message, manual)
    result += settings_of_agent(planned, scripts, known, manual, inside=inside)
    return result if inside else result + _files_of_agent(planned, manual)


def _found(
    script: MachineScript, scripts: Sequence[MachineScript], context: Context
) -> Iterator[str]:
    labels = context.runner.runs_on.labels
    for one in (*dependencies(script.text), *agent_logins(script)):
        if "windows-2022" in labels and _STUDIO.search(one):
            continue
        if one.startswith((PATH, HOME)) and script.boxed:
            continue
        if one.startswith(ROOT) and (script.boxed or not context.runner.hosted):
            continue
        if one.startswith((LOCAL, NEAR)) and any(map(_may_serve, scripts)):
            continue
        if one.startswith(LOCAL) and script.boxed:
            continue
        yield one
    if not (script.boxed or script.deeper):
        yield from above(script.text)


def _networks(script: MachineScript) -> Iterator[str]:
    """The networks of Docker that a script puts containers into, and that nothing makes."""
    if script.boxed or "--net" not in script.text:
        return
    for match in _RUN.finditer(script.text):
        network = foreign_network(match[0], script.step.span.source.text)
        if network:
            yield f"the network {network} of its Docker"


def _may_serve(script: MachineScript) -> bool:
    """Whether a script may start what is asked at a name of the machine's own."""
    return _SERVES.search(script.text) is not None


def _said(
    rule: str, script: MachineScript, message: str, manual: set[int], *, hint: str | None = None
) -> Translation:
    return _said_of(rule, script.step, message, manual, hint=hint)


def _said_of(
    rule: str, step: Step, message: str, manual: set[int], *, hint: str | None = None
) -> Translation:
    """A warning of a step, unless a person does all of it anyway."""
    site = step.span
    if site.start in manual:
        return Translation()
    said: Diagnostic = diagnose(rule, site, message, construct=f"step {step.name}", hint=hint)
    return Translation(diagnostics=(said,), outcomes=(Outcome(site, Certainty.APPROXIMATE),))


def _files_of_agent(planned: PlannedJob, manual: set[int]) -> Translation:
    """Files of the agent that the arguments of steps name."""
    result = Translation()
    for step in steps_of_job(planned):
        given = (step.arguments.get(name) for name in _FILES.get(step.name, ()))
        texts = [outline(value) or "" for value in given if value is not None]
        found = [one for text in texts for one in dependencies(text) if one.startswith(PATH)]
        if found and step.span.start not in manual:
            message = f"the step takes from its agent: {', '.join(dict.fromkeys(found))}"
            construct = f"step {step.name}"
            said = diagnose("agent-dependency", step.span, message, construct=construct)
            outcome = Outcome(step.span, Certainty.APPROXIMATE)
            result += Translation(diagnostics=(said,), outcomes=(outcome,))
    return result
