"""Kinds of jobs, `triggers { }` and the events of the workflow."""

from __future__ import annotations

from typing import Any

import pytest

from jenkins2gha.mapping.workflow import WorkflowTranslation
from jenkins2gha.tables import table
from translating import bins_of, rules_of, translated, with_sections

LINE = 3


def trigger(text: str, **settings: Any) -> WorkflowTranslation:
    return with_sections(f"triggers {{ {text} }}", **settings)


def test_a_bare_file_is_a_multibranch_job() -> None:
    translation = with_sections("")
    triggers = translation.workflow.triggers
    assert triggers.push == {"branches": ("**",)}
    assert (triggers.pull_request, triggers.dispatch, triggers.schedule) == ({}, (), ())
    rules = [d.rule for d in translation.translation.diagnostics]
    assert rules.count("branch-and-pr") == 1


def test_a_plain_job_runs_by_hand() -> None:
    translation = with_sections("", job_kind="pipeline")
    triggers = translation.workflow.triggers
    assert (triggers.push, triggers.pull_request, triggers.dispatch) == (None, None, ())
    assert "branch-and-pr" not in rules_of(translation)


def test_override_index_triggers() -> None:
    triggers = with_sections("options { overrideIndexTriggers(false) }").workflow.triggers
    assert (triggers.push, triggers.pull_request) == (None, None)


def test_override_index_triggers_true_changes_nothing() -> None:
    triggers = with_sections("options { overrideIndexTriggers(true) }").workflow.triggers
    assert triggers.pull_request == {}


@pytest.mark.parametrize(
    ("kind", "spec", "lines"),
    [
        ("pipeline", "H H * * *", ["33 17 * * *"]),
        ("pipeline", "H/15 H(0-7) * * *", ["3-48/15 2 * * *"]),
        ("pipeline", "0 9 * * 7", ["0 9 * * 0"]),
        ("pipeline", "0 9 * * *\\n0 21 * * *", ["0 9 * * *", "0 21 * * *"]),
        ("multibranch", "0 9 * * 1-5", ["0 9 * * 1-5"]),
    ],
)
def test_cron(kind: str, spec: str, lines: list[str]) -> None:
    translation = trigger(f"cron('{spec}')", job_kind=kind)
    assert [one.cron for one in translation.workflow.triggers.schedule] == lines
    assert bins_of(translation, LINE) == {"exact" if kind == "pipeline" else "approximate"}


@pytest.mark.parametrize(
    ("spec", "line"),
    [
        ("* * * * *", "*/5 * * * *"),
        ("*/2 * * * *", "*/6 * * * *"),
        ("0-59/3 8 * * *", "*/6 8 * * *"),
        ("0,58 * * * *", "0 * * * *"),
    ],
)
def test_a_schedule_is_no_denser_than_github_starts_it(spec: str, line: str) -> None:
    translation = trigger(f"cron('{spec}')", job_kind="pipeline")
    assert [one.cron for one in translation.workflow.triggers.schedule] == [line]
    assert "schedule-too-often" in rules_of(translation)
    assert "approximate" in bins_of(translation, LINE)


@pytest.mark.parametrize("spec", ["*/5 * * * *", "0,58 3 * * *", "0,55 * * * *"])
def test_a_schedule_with_five_minutes_between_runs_stays(spec: str) -> None:
    assert "schedule-too-often" not in rules_of(trigger(f"cron('{spec}')"))


def test_the_seed_of_a_branch_is_its_full_name() -> None:
    settings = {"name": "folder/my-app"}
    translation = trigger("cron('H H * * *')", **settings)
    assert [one.cron for one in translation.workflow.triggers.schedule] == ["21 23 * * *"]


def test_time_zone() -> None:
    (entry,) = trigger("cron('TZ=Europe/Berlin\\n0 9 * * *')").workflow.triggers.schedule
    assert (entry.cron, entry.timezone) == ("0 9 * * *", "Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("cron('0 9 1 * 1')", "schedule-day"),
        ("cron('0 9 * * MON')", "schedule-unknown"),
        ("cron(spec())", "schedule-unknown"),
        ("aTriggerOfOurs()", "trigger-unknown"),
    ],
)
def test_left_to_a_person(text: str, rule: str) -> None:
    translation = trigger(text)
    assert rule in rules_of(translation)
    assert translation.workflow.triggers.schedule == ()
    assert translation.workflow.jobs[0].steps[0].placeholder


@pytest.mark.parametrize("text", ["pollSCM('H/15 * * * *')", "githubPush()"])
def test_push(text: str) -> None:
    translation = trigger(text, job_kind="pipeline")
    assert translation.workflow.triggers.push == {"branches": ("**",)}
    assert bins_of(translation, LINE) == {"equivalent"}


def test_polling_adds_nothing_to_a_multibranch_job() -> None:
    translation = trigger("pollSCM('H/15 * * * *')")
    assert bins_of(translation, LINE) == {"dropped"}


@pytest.mark.parametrize(
    ("when", "tags"),
    [
        ("buildingTag()", ("**",)),
        ("not { tag 'v*' }", ("**",)),
        ("branch 'main'", None),
    ],
)
def test_tags_only_if_asked_for(when: str, tags: tuple[str, ...] | None) -> None:
    stage = f"stage('A') {{ when {{ {when} }}\nsteps {{ sh 'make' }} }}"
    translation = translated(f"pipeline {{\nagent any\nstages {{ {stage} }}\n}}")
    assert (translation.workflow.triggers.push or {}).get("tags") == tags


def test_tags_for_a_script_that_reads_their_name() -> None:
    push = with_sections("", "sh 'echo $TAG_NAME'").workflow.triggers.push
    assert push == {"branches": ("**",), "tags": ("**",)}


@pytest.mark.parametrize("name", table("triggers"))
def test_every_row_is_used(name: str) -> None:
    row = table("triggers")[name]
    translation = trigger(f"{name}('H 1 * * *')")
    said = {one.rule: one for one in translation.translation.diagnostics}
    if "manual" in row:
        assert said["trigger-manual"].hint == row["manual"]
        assert translation.workflow.jobs[0].steps[0].placeholder
    else:
        assert not {"trigger-unknown", "trigger-manual"} & said.keys()


@pytest.mark.parametrize(
    ("steps", "tags"),
    [
        ("sh 'echo $TAG_NAME'", True),
        ("script { def TAG_NAME = 'release'; sh \"echo ${TAG_NAME}\" }", False),
        ("withEnv(['TAG_NAME=release']) { sh 'echo $TAG_NAME' }", False),
        ("script { def TAG_NAME = env.TAG_NAME ?: 'none' }", True),
    ],
)
def test_a_variable_of_the_files_own_asks_for_no_tags(steps: str, tags: bool) -> None:
    push = with_sections("", steps).workflow.triggers.push
    assert push is not None
    assert ("tags" in push) is tags


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("if (env.GIT_BRANCH == 'origin/main') { sh 'make' }", True),
        ('sh "deploy ${GIT_BRANCH.split("/")[1]}"', True),
        ("sh \"deploy ${env.GIT_BRANCH.tokenize('/')[1]}\"", True),
        ("sh \"deploy ${env.GIT_BRANCH.replaceFirst('^origin/', '')}\"", True),
        ('sh "deploy ${GIT_BRANCH.split("/")[0]}"', False),
        ('sh "deploy ${GIT_BRANCH.split("-")[1]}"', False),
        ("if (env.GIT_BRANCH == 'main') { sh 'git merge origin/main' }", False),
    ],
)
@pytest.mark.parametrize("kind", ["multibranch", "pipeline"])
def test_a_name_in_the_remote_tells_the_kind_of_job(script: str, said: bool, kind: Any) -> None:
    stages = f"stages {{ stage('a') {{ steps {{ script {{ {script} }} }} }} }}"
    found = translated(f"pipeline {{ agent any\n{stages} }}", job_kind=kind)
    rules = [one.rule for one in found.translation.diagnostics]
    assert ("branch-of-remote" in rules) is (said and kind == "multibranch")
