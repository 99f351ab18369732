"""`waitForQualityGate` asks for the analysis that its own job has the report of."""

from __future__ import annotations

import pytest

from translating import translated

SCAN = "withSonarQubeEnv('sonar') {\nsh 'mvn verify sonar:sonar'\n}"
WAIT = "waitForQualityGate abortPipeline: true"
OTHER = "agent { label 'linux' }"


def stage(name: str, steps: str, agent: str = "") -> str:
    return f"stage('{name}') {{\n{agent}\nsteps {{\n{steps}\n}}\n}}\n"


def asked(*stages: str, agent: str = "any") -> list[str]:
    """The rules of the gate, with the word "left" for each that is a placeholder."""
    found = translated(f"pipeline {{\nagent {agent}\nstages {{\n{''.join(stages)}}}\n}}")
    steps = [step for job in found.workflow.jobs for step in job.steps]
    said = [one.rule for one in found.translation.diagnostics]
    left = ["left" for step in steps if step.placeholder]
    return [rule for rule in said if rule.startswith("quality-gate")] + left


@pytest.mark.parametrize("scan", [SCAN, f"dir('app') {{\n{SCAN}\n}}"])
@pytest.mark.parametrize("agent", [OTHER, "agent any"])
def test_behind_the_analysis_of_another_agent_it_is_left(scan: str, agent: str) -> None:
    stages = (stage("Scan", scan, "agent any"), stage("Gate", WAIT, agent))
    assert asked(*stages, agent="none") == ["quality-gate-unknown", "left"]


@pytest.mark.parametrize(
    "stages",
    [
        (stage("Scan", f"{SCAN}\n{WAIT}"),),
        (stage("Scan", SCAN), stage("Gate", WAIT)),
        (stage("Scan", SCAN), stage("Lint", "sh 'lint'", OTHER), stage("Gate", f"sh 'ls'\n{WAIT}")),
        (stage("Scan", "sh 'mvn sonar:sonar'"), stage("Gate", WAIT, OTHER)),
    ],
)
def test_with_the_report_or_where_nobody_knows_it_is_asked(stages: tuple[str, ...]) -> None:
    assert asked(*stages) == ["quality-gate"]


def test_one_of_two_gates_has_the_report() -> None:
    stages = (stage("Scan", f"{SCAN}\n{WAIT}"), stage("Gate", WAIT, OTHER))
    assert asked(*stages) == ["quality-gate", "quality-gate-unknown", "left"]
