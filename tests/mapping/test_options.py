"""`options { }`: what becomes of each."""

from __future__ import annotations

from typing import Any

import pytest

from jenkins2gha.actions.expressions import Context
from jenkins2gha.mapping.workflow import WorkflowTranslation
from jenkins2gha.tables import table
from translating import bins_of, rules_of, steps_of, translated, with_sections

LINE = 3  # where `with_sections` puts the sections


def option(text: str, **settings: Any) -> WorkflowTranslation:
    return with_sections(f"options {{ {text} }}", **settings)


@pytest.mark.parametrize(
    ("given", "minutes"),
    [
        ("timeout(10)", 10),
        ("timeout(time: 1, unit: 'HOURS')", 60),
        ("timeout(time: 90, unit: 'SECONDS')", 2),
        ("timeout(time: 2, unit: 'DAYS')", 360),
    ],
)
def test_timeout(given: str, minutes: int) -> None:
    translation = option(given)
    assert translation.workflow.jobs[0].timeout_minutes == minutes
    assert bins_of(translation, LINE) == {"approximate"}


def test_a_machine_of_one_s_own_gives_more_time() -> None:
    stages = "stages { stage('A') { steps { sh 'make' } } }"
    limit = "options { timeout(time: 2, unit: 'DAYS') }"
    own = translated(f"pipeline {{\nagent {{ label 'rack' }}\n{limit}\n{stages}\n}}")
    assert own.workflow.jobs[0].timeout_minutes == 2880


@pytest.mark.parametrize("given", ["timeout(time: 5, activity: true)", "timeout(time: params.T)"])
def test_a_limit_that_is_not_known(given: str) -> None:
    translation = option(given)
    assert translation.workflow.jobs[0].timeout_minutes is None
    assert "timeout-unknown" in rules_of(translation)
    assert translation.workflow.jobs[0].steps[0].placeholder


def test_concurrency_waits() -> None:
    concurrency = option("disableConcurrentBuilds()").workflow.concurrency
    assert concurrency is not None
    assert concurrency.group == Context("github.workflow_ref")
    assert concurrency.queue == "max"
    assert concurrency.cancel_in_progress is None


def test_concurrency_cancels() -> None:
    concurrency = option("disableConcurrentBuilds(abortPrevious: true)").workflow.concurrency
    assert concurrency is not None
    assert (concurrency.cancel_in_progress, concurrency.queue) == (True, None)


def test_concurrency_of_a_plain_job() -> None:
    concurrency = option("disableConcurrentBuilds()", job_kind="pipeline").workflow.concurrency
    assert concurrency is not None
    assert concurrency.group == Context("github.workflow")


@pytest.mark.parametrize(
    ("rotator", "days"),
    [
        ("daysToKeepStr: '7'", 7),
        ("artifactDaysToKeepStr: '3', daysToKeepStr: '7'", 3),
        ("daysToKeepStr: '400'", 90),
        ("numToKeepStr: '10'", None),
    ],
)
def test_retention(rotator: str, days: int | None) -> None:
    options = f"options {{ buildDiscarder(logRotator({rotator})) }}"
    translation = with_sections(options, "archiveArtifacts 'a'")
    upload = next(s for s in steps_of(translation) if s.uses == "actions/upload-artifact")
    assert upload.inputs.get("retention-days") == days
    assert bins_of(translation, LINE) == {"equivalent" if days else "dropped"}


def test_checkout_to_subdirectory() -> None:
    assert steps_of(option("checkoutToSubdirectory('src')"))[0].inputs["path"] == "src"


def test_skip_default_checkout() -> None:
    translation = option("skipDefaultCheckout()")
    assert not any(step.uses for step in steps_of(translation))
    assert bins_of(translation, LINE) == {"exact"}


def test_an_unknown_option_fails_first() -> None:
    translation = option("anOptionOfOurs()")
    assert "option-unknown" in rules_of(translation)
    assert translation.workflow.jobs[0].steps[0].placeholder


def test_a_stage_limits_each_step() -> None:
    text = "stages { stage('A') { options { timeout(5) }\nsteps {\nsh 'a'\nsh 'b'\n} } }"
    translation = translated(f"pipeline {{\nagent any\n{text}\n}}")
    scripts = [step for step in steps_of(translation) if step.run]
    assert [step.timeout_minutes for step in scripts] == [5, 5]
    assert "stage-timeout" in rules_of(translation)


def test_a_row_of_the_user_comes_first() -> None:
    rows = {"options": {"retry": {"drop": "we know better"}}}  # ours has a mapper
    translation = option("retry(3)", rows=rows)
    assert bins_of(translation, LINE) == {"dropped"}


_AROUND = ("withCredentials", "withEnv", "withFolderProperties")
"""Options that go to each stage where their arguments are known."""


@pytest.mark.parametrize("name", table("options"))
def test_every_row_is_used(name: str) -> None:
    row = table("options")[name]
    arguments = "1" if name in ("timeout", "retry") else "mine()" if name in _AROUND else ""
    post = "post { always { echo 'done' } }"
    translation = with_sections(f"options {{ {name}({arguments}) }}\n{post}")
    said = {one.rule: one for one in translation.translation.diagnostics}
    if "drop" in row:
        assert row["drop"] in said["option-dropped"].message
    elif "manual" in row:
        assert said["option-manual"].hint == row["manual"]
        assert translation.workflow.jobs[0].steps[0].placeholder
    else:
        assert not {"option-unknown", "option-manual"} & said.keys()


@pytest.mark.parametrize(
    ("given", "bin_"),
    [("retry(count: 2, conditions: [agent()])", "approximate"), ("retry(3)", "equivalent")],
)
def test_retry(given: str, bin_: str) -> None:
    assert bins_of(option(given), LINE) == {bin_}
