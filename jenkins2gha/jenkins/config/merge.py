"""A pipeline together with the settings of its job.

A declarative pipeline sets its own parameters, triggers and options on the job whenever it runs,
and takes off what its last run had set; what a person set beside it stays
(`Utils.updateJobProperties` in jenkinsci/pipeline-model-definition-plugin). Of triggers and options
of the same class, and of parameters of the same name, its own are those that last. The step
`properties` of a script replaces by class, so that parameters and triggers go as a whole
(`JobPropertyStep` in jenkinsci/workflow-multibranch-plugin).
"""

from __future__ import annotations

from collections.abc import Iterable

from jenkins2gha.jenkins.config.settings import Settings, symbol
from jenkins2gha.jenkins.pipeline import Option, Pipeline
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.record import dataclass, replace


@dataclass(frozen=True, slots=True)
class Merged:
    """`replaced` are the settings of the job that the pipeline replaces by its own or takes off,
    `discovery` how the job finds pull requests."""

    pipeline: Pipeline
    replaced: tuple[Option, ...] = ()
    discovery: tuple[Option, ...] = ()


def merge(pipeline: Pipeline, settings: Settings, *, scm: bool) -> Merged:
    """The pipeline with what its job says beside it; `scm` says that the job has a repository."""
    declarative = pipeline.kind == "declarative"
    tracked = settings.tracked if declarative else frozenset()
    options = {symbol(one.name) for one in pipeline.options} | tracked
    triggers = {symbol(one.name) for one in pipeline.triggers} | tracked
    parameters = {_parameter(one) for one in pipeline.parameters} | tracked
    if not declarative:
        triggers |= {one.name for one in settings.triggers if pipeline.triggers}
        parameters |= {_parameter(one) for one in settings.parameters if pipeline.parameters}
    replaced = (
        *(one for one in settings.options if one.name in options),
        *(one for one in settings.triggers if one.name in triggers),
        *(one for one in settings.parameters if _parameter(one) in parameters),
    )
    gone = set(map(id, replaced))
    merged = replace(
        pipeline,
        options=pipeline.options + _left(settings.options, gone),
        triggers=pipeline.triggers + _left(settings.triggers, gone),
        parameters=pipeline.parameters + _left(settings.parameters, gone),
        scm=scm,
        branches=settings.branches,
    )
    return Merged(merged, replaced, settings.discovery)


def _left(options: Iterable[Option], gone: set[int]) -> tuple[Option, ...]:
    return tuple(one for one in options if id(one) not in gone)


def _parameter(option: Option) -> str:
    given = option.arguments.get("name") or next(iter(option.positional), None)
    return f"parameter {text_of(given)}"
