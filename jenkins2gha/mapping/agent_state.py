"""What the scripts of a job take from the machine of their agent: folders, programs, hosts."""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.jenkins.values import ListOf
from jenkins2gha.mapping.dependencies import dependencies
from jenkins2gha.mapping.scripts import outline, script_of, steps_of_job
from jenkins2gha.mapping.translation import Context, Translation
from jenkins2gha.plan.jobs import PlannedJob, stages_of
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span

_NAMED = 3
_WHERE = regex(r"PATH(?:\+\w+)?|\w+_HOME")


def agent_dependencies(planned: PlannedJob, said: Translation, context: Context) -> Translation:
    """What the scripts take from their agent; a container has paths of its own."""
    manual = {one.site.start for one in said.outcomes if one.certainty is Certainty.MANUAL}
    result = Translation()
    for step in steps_of_job(planned):
        found = dependencies(script_of(step) or "")
        if context.container:
            found = [one for one in found if not one.startswith("the path")]
        if found and step.span.start not in manual:
            named = ", ".join(found[:_NAMED]) + (", …" if len(found) > _NAMED else "")
            message = f"the script takes from its agent: {named}"
            one = diagnose("agent-dependency", step.span, message, construct=f"step {step.name}")
            outcome = Outcome(step.span, Certainty.APPROXIMATE)
            result += Translation(diagnostics=(one,), outcomes=(outcome,))
    return result + _tools_of_agent(planned, manual, context)


def _tools_of_agent(planned: PlannedJob, manual: set[int], context: Context) -> Translation:
    """Folders of the agent in which programs are looked for."""
    result = Translation()
    for name, text, site, construct in () if context.container else _settings(planned):
        found = [one for one in dependencies(text) if one.startswith("the path")]
        if found and site.start not in manual:
            message = f"`{name}` names a folder of its agent: {', '.join(found[:_NAMED])}"
            said = diagnose("agent-dependency", site, message, construct=construct)
            outcome = Outcome(site, Certainty.APPROXIMATE)
            result += Translation(diagnostics=(said,), outcomes=(outcome,))
    return result


def _settings(planned: PlannedJob) -> Iterator[tuple[str, str, Span, str]]:
    """The variables that say where programs are: name, value, place and construct of each."""
    stages = (variable for stage in stages_of(planned.stages) for variable in stage.environment)
    for variable in (*planned.environment, *stages):
        if _WHERE.fullmatch(variable.name):
            yield (
                variable.name,
                variable.span.text,
                variable.span,
                f"environment {variable.name}",
            )
    for step in steps_of_job(planned):
        given = step.arguments.get("overrides") if step.name == "withEnv" else None
        for item in given.items if isinstance(given, ListOf) else ():
            name, _, value = (outline(item) or "").partition("=")
            if _WHERE.fullmatch(name):
                yield name, value, step.span, "step withEnv"
