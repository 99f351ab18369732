"""Text of a pipeline → its translation, for the tests of the mapping."""

from __future__ import annotations

from typing import Any

from jenkins2gha.actions.workflow import Step
from jenkins2gha.configuration import Configuration, Files, no_files
from jenkins2gha.groovy import parse
from jenkins2gha.jenkins.read import read
from jenkins2gha.jenkins.wrapping import wrap_options
from jenkins2gha.mapping.workflow import WorkflowTranslation, map_workflow
from jenkins2gha.plan import plan
from jenkins2gha.source import Source


def translated(
    text: str, *, files: Files = no_files, name: str = "demo", **settings: Any
) -> WorkflowTranslation:
    """The workflow of a whole pipeline, before the passes."""
    source = Source("Jenkinsfile", text)
    reading = read(parse(source), source)
    assert reading.pipeline is not None, [one.message for one in reading.diagnostics]
    configuration = Configuration(**settings)
    pipeline = wrap_options(reading.pipeline, configuration.rows.get("options", ()))
    return map_workflow(
        plan(pipeline),
        pipeline,
        name=name,
        configuration=configuration,
        files=files,
    )


def with_sections(sections: str, steps: str = "sh 'make'", **settings: Any) -> WorkflowTranslation:
    """The workflow of a pipeline with some sections and one stage."""
    stages = f"stages {{ stage('A') {{ steps {{\n{steps}\n}} }} }}"
    return translated(f"pipeline {{\nagent any\n{sections}\n{stages}\n}}", **settings)


def of_steps(steps: str, **settings: Any) -> WorkflowTranslation:
    """The workflow of some steps, without a checkout of its own."""
    return with_sections("options { skipDefaultCheckout() }", steps, **settings)


def steps_of(translation: WorkflowTranslation) -> list[Step]:
    """The steps of its job that are no placeholder."""
    return [step for step in translation.workflow.jobs[0].steps if not step.placeholder]


def rules_of(translation: WorkflowTranslation) -> set[str]:
    return {diagnostic.rule for diagnostic in translation.translation.diagnostics}


def bins_of(translation: WorkflowTranslation, line: int) -> set[str]:
    """The bins of the constructs that start on a line."""
    outcomes = translation.translation.outcomes
    return {one.certainty.value for one in outcomes if one.site.line == line}
