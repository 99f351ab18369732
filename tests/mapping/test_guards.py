"""Where a job asks for the `when` of its stages before Jenkins would."""

from __future__ import annotations

import pytest

from translating import translated

IMAGE = "agent { dockerfile true }"
WHEN = "when { branch 'main' }"
STEPS = "steps {\nsh 'make'\n}"


def says(*sections: str, agent: str = "none") -> bool:
    """Whether it is said that the job asks before its image is built; it does ask."""
    stage = "\n".join(sections)
    found = translated(f"pipeline {{\nagent {agent}\nstages {{\nstage('A') {{\n{stage}\n}}\n}}\n}}")
    (job,) = found.workflow.jobs
    assert job.condition is not None
    return any(one.rule == "condition-before-agent" for one in found.translation.diagnostics)


@pytest.mark.parametrize("sections", [(IMAGE, WHEN), (WHEN, IMAGE)])
def test_jenkins_builds_the_image_of_a_stage_first(sections: tuple[str, str]) -> None:
    assert says(*sections, STEPS)


@pytest.mark.parametrize("first", ["beforeAgent true", "beforeInput true", "beforeOptions true"])
def test_not_where_jenkins_asks_before_the_agent(first: str) -> None:
    assert not says(IMAGE, f"when {{\n{first}\nbranch 'main'\n}}", STEPS)


def test_that_it_may_ask_later_is_said_too() -> None:
    assert says(IMAGE, "when {\nbeforeAgent false\nbranch 'main'\n}", STEPS)


@pytest.mark.parametrize("agent", ["agent any", "agent { docker 'node:20' }"])
def test_an_agent_without_an_image_of_its_own_fails_nothing(agent: str) -> None:
    assert not says(agent, WHEN, STEPS)


def test_the_image_of_the_pipeline_is_built_once_for_all() -> None:
    assert not says(WHEN, STEPS, agent="{ dockerfile true }")
