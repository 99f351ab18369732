from __future__ import annotations

from dataclasses import replace

import pytest

from jenkins2gha.actions.texts import render
from jenkins2gha.jenkins.pipeline import Item
from mapped import LINUX, bins, items, only_step, rules, runs, translated
from translating import of_steps, steps_of


def test_an_unknown_directory_is_one_that_does_not_exist() -> None:
    translation = translated("dir(foo.bar()) { sh 'rm -rf *' }")
    placeholder, step = translation.steps
    assert placeholder.placeholder
    assert step.working_directory == "DIRECTORY-OF-LINE-4"
    assert rules(translation)[0] == "directory-unknown"
    assert bins(translation).count("manual") == 1


def test_nothing_makes_a_directory_that_a_person_has_to_name() -> None:
    translation = of_steps("dir(foo.bar()) { sh 'ls'\ndir('sub') { sh 'ls' } }")
    steps = steps_of(translation)
    assert [step.run for step in steps] == ["ls", "ls"]
    assert steps[1].working_directory == "DIRECTORY-OF-LINE-5/sub"


def test_a_way_up_does_not_lead_out_of_an_unknown_directory() -> None:
    step = translated("dir(foo.bar()) { dir('..') { sh 'ls' } }").steps[-1]
    assert step.working_directory == "DIRECTORY-OF-LINE-4/.."


def test_the_shell_finds_a_directory_that_it_knows() -> None:
    translation = translated("dir(\"${env.HOME}/x\") { sh 'ls' }")
    found, step = translation.steps
    assert found.run == 'echo path="${HOME}/x" >> "$GITHUB_OUTPUT"'
    assert found.id is not None
    assert step.working_directory is not None
    assert render(step.working_directory) == f"${{{{ steps.{found.id}.outputs.path }}}}"
    assert "manual" not in bins(translation)


def test_a_path_that_may_be_relative_is_not_looked_for_from_elsewhere() -> None:
    translation = translated("dir('a') { dir(\"${env.USER}\") { sh 'ls' } }")
    assert translation.steps[-1].working_directory == "DIRECTORY-OF-LINE-4"


@pytest.mark.parametrize(
    ("steps", "directory"),
    [
        ("dir(pwd()) { sh 'ls' }", None),
        ("dir('a') { dir(pwd()) { sh 'ls' } }", "a"),
        ("withEnv(['D=web']) { dir(env.D) { sh 'ls' } }", "web"),
        ("withEnv(['D=web']) { dir(\"$D/x\") { sh 'ls' } }", "web/x"),
    ],
)
def test_directories_that_are_known(steps: str, directory: str | None) -> None:
    assert only_step(steps).working_directory == directory


def test_a_constant_of_the_job_is_read_as_such() -> None:
    context = replace(LINUX, environment={"D": "web"})
    assert only_step("dir(env.D) { sh 'ls' }", context).working_directory == "web"


def test_the_call_in_dir_pwd_is_accounted_for() -> None:
    assert bins(translated("dir(pwd()) { sh 'ls' }")) == ["exact", "exact", "exact"]


def test_pwd_of_another_kind_stays_groovy() -> None:
    (item,) = items("dir(pwd(tmp: true)) { sh 'ls' }")
    assert _reason(item) == "it takes the result of `pwd`"


def _reason(item: Item) -> str:
    return getattr(item, "reason", "")


def test_the_source_of_a_manual_block_is_shown_whole() -> None:
    translation = translated("frobnicate {\n  sh 'make'\n}")
    assert translation.steps[0].comment == "frobnicate {\n  sh 'make'\n}"
    assert runs(translation)[1] == "make"


def test_a_long_one_is_cut() -> None:
    body = "\n".join(f"  sh 'make {n}'" for n in range(30))
    comment = translated(f"frobnicate {{\n{body}\n}}").steps[0].comment or ""
    assert comment.splitlines()[-1] == "…"
    assert len(comment.splitlines()) <= 20


@pytest.mark.parametrize("beside", ["@tmp", "@script", "@2", "@2@tmp"])
@pytest.mark.parametrize("deletion", ["deleteDir()", "cleanWs()"])
def test_a_folder_of_jenkins_beside_the_workspace_needs_no_deletion(
    beside: str, deletion: str
) -> None:
    translation = translated(f'dir("${{env.WORKSPACE}}{beside}") {{ {deletion} }}')
    assert translation.steps == ()
    assert rules(translation) == ["clean-needless"]
    assert bins(translation) == ["dropped", "dropped"]


@pytest.mark.parametrize(
    ("steps", "run"),
    [
        ('dir("${env.WORKSPACE}@tmp") { deleteDir(); sh "ls" }', ['rm -rf "$DIRECTORY"', "ls"]),
        ('dir("${env.WORKSPACE}@tmp") { sh "ls" }', ["ls"]),
        ('dir("${env.WORKSPACE}/tmp") { deleteDir() }', ["rm -rf tmp"]),
    ],
)
def test_other_steps_and_folders_stay(steps: str, run: list[str]) -> None:
    translation = translated(steps)
    assert runs(translation) == run
    assert "clean-needless" not in rules(translation)
