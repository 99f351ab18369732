"""A job as a whole: stages, `post`, directories, deletions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.workflow import RunsOn
from jenkins2gha.configuration import Configuration
from jenkins2gha.mapping.job import JobTranslation
from jenkins2gha.mapping.translation import Context, Runner
from jenkins2gha.mapping.workflow import map_workflow
from jenkins2gha.plan import plan
from mapped import LINUX, bins, conditions, job, parameters, pipeline, rules, runs
from translating import translated


def of(stages: str, post: str = "", context: Context = LINUX) -> JobTranslation:
    section = f"post {{ {post} }}" if post else ""
    return job(f"pipeline {{\nagent any\nstages {{\n{stages}\n}}\n{section}\n}}", context)


def scripts(translated: JobTranslation) -> list[str]:
    return [str(step.run) for step in translated.job.steps]


ONE = "stage('A') { steps { sh 'a' } }"


def test_stages_are_steps_of_one_job() -> None:
    translated = of(f"{ONE}\nstage('B') {{ steps {{ sh 'b' }} }}")
    assert scripts(translated) == ["a", "b"]
    assert [step.stage for step in translated.job.steps] == ["A", "B"]
    assert (translated.job.id, translated.job.stages) == ("build", ("A", "B"))
    assert rules(translated.translation) == ["shell-trace-dropped"]


@pytest.mark.parametrize(
    ("script", "said"), [("'x'", True), ("'#!/bin/bash\\nx'", False), ("''", False)]
)
def test_a_script_that_jenkins_runs_without_a_trace(script: str, said: bool) -> None:
    translated = of(f"stage('A') {{ steps {{ sh {script} }} }}")
    assert ("shell-trace-dropped" in rules(translated.translation)) == said


def test_the_trace_is_only_spoken_of_where_it_is_missed() -> None:
    context = replace(LINUX, configuration=Configuration(shell="sh -xe {0}"))
    assert rules(of(ONE, context=context).translation) == []
    assert rules(of("stage('A') { steps { echo 'a' } }").translation) == []


def test_the_site_of_the_stage_is_no_step() -> None:
    assert bins(of(ONE).translation) == ["exact"]


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        ("always { sh 'x' }", ["always()"]),
        ("success { sh 'x' }", ["success()"]),
        ("failure { sh 'x' }", ["failure()"]),
        ("aborted { sh 'x' }", ["cancelled()"]),
        ("unsuccessful { sh 'x' }", ["failure() || cancelled()"]),
        ("cleanup { sh 'x' }", ["always()"]),
        (
            "cleanup { sh 'x' }\nfailure { sh 'y' }\nsuccess { sh 'z' }\nalways { sh 'w' }",
            ["always()", "success()", "failure()", "always()"],
        ),
        (
            "failure { sh 'x'; echo 'y'; sh 'z' }",
            [
                "failure()",
                "failure() && steps.post-failure-1.outcome == 'success'",
                "failure() && steps.post-failure-1.outcome == 'success'",
            ],
        ),
        ("always { echo 'x'; sh 'y' }", ["always()", "always()"]),
        ("always { sh script: 'x', returnStatus: true; sh 'y' }", ["always()", "always()"]),
        ("success { sh 'x'; sh 'y' }", ["success()", "success()"]),
        (
            "unsuccessful { sh 'x'; sh 'y' }",
            [
                "failure() || cancelled()",
                "(failure() || cancelled()) && steps.post-unsuccessful-1.outcome == 'success'",
            ],
        ),
        (
            "always { sh 'x'; sh 'y'; sh 'z' }",
            [
                "always()",
                "always() && steps.post-always-1.outcome == 'success'",
                "always() && steps.post-always-2.outcome == 'success'",
            ],
        ),
    ],
)
def test_post_of_the_pipeline(post: str, expected: list[str]) -> None:
    assert conditions(of(ONE, post).job.steps[1:]) == expected


BEFORE = "steps.previous-run.outputs.conclusion"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("changed", f"always() && {BEFORE} != job.status"),
        ("fixed", f"{BEFORE} == 'failure'"),
        (
            "regression",
            (
                f"{BEFORE} == 'success' && (failure() || cancelled())"
                f" || {BEFORE} == 'failure' && cancelled()"
            ),
        ),
    ],
)
def test_a_condition_that_looks_at_the_run_before(condition: str, expected: str) -> None:
    translated = of(ONE, f"{condition} {{ sh 'x' }}")
    assert conditions(translated.job.steps) == ["", "always()", expected]
    assert [step.id for step in translated.job.steps] == [None, "previous-run", None]
    assert "gh run list" in scripts(translated)[1]
    assert rules(translated.translation)[0] == "post-previous-run"


@pytest.mark.parametrize("condition", ["unstable", "notBuilt"])
def test_a_condition_that_never_holds(condition: str) -> None:
    translated = of(ONE, f"{condition} {{ sh 'x' }}")
    assert scripts(translated) == ["a"]
    assert rules(translated.translation)[0] == "post-never"
    assert bins(translated.translation)[-2:] == ["dropped", "dropped"]


def test_unstable_stays_where_a_person_may_make_the_build_so() -> None:
    translated = of("stage('A') { steps { sh 'a'; mystery() } }", "unstable { sh 'x' }")
    assert conditions(translated.job.steps)[-1] == "env.BUILD_RESULT == 'UNSTABLE'"


def test_what_only_notifies_does_not_fail_the_job() -> None:
    rows = {"steps": {"shout": {"manual": "write it", "notifies": True}}}
    context = replace(LINUX, configuration=Configuration(rows=rows))
    translated = of(ONE, "always { shout 'x' }", context)
    assert not any("exit 1" in script for script in scripts(translated))


def test_groovy_that_only_notifies_does_not_fail_the_job() -> None:
    rows = {"steps": {"shout": {"manual": "write it", "notifies": True}}}
    context = replace(LINUX, configuration=Configuration(rows=rows))
    body = "script {{ while (env.X.size() > 3) {{ shout 'x'\n {} }} }}"
    for inside, fails in (("shout 'y'", False), ("sh 'y'", True)):
        translated = of(ONE, f"always {{ {body.format(inside)} }}", context)
        assert any("exit 1" in script for script in scripts(translated)) == fails


def test_post_of_a_stage_looks_whether_it_was_reached() -> None:
    stage = (
        "stage('B') { steps { sh 'b'; sh 'c' }\n"
        "post { always { sh 'x' }\nsuccess { sh 'y' }\nfailure { sh 'z'; sh 'w' } } }"
    )
    translated = of(f"{ONE}\n{stage}\nstage('C') {{ steps {{ sh 'd' }} }}")
    assert scripts(translated) == ["a", "b", "c", "x", "y", "z", "w", "d"]
    assert [step.id for step in translated.job.steps] == [
        None, "b", None, None, None, "b-post-failure-1", None, None,
    ]  # fmt: skip
    reached = "steps.b.outcome != 'skipped'"
    assert conditions(translated.job.steps) == [
        "",
        "",
        "",
        f"always() && {reached}",
        "success()",
        f"failure() && {reached}",
        f"failure() && {reached} && steps.b-post-failure-1.outcome == 'success'",
        "",
    ]


def test_post_of_a_stage_that_is_behind_a_gap() -> None:
    when = "when { expression { mystery() } }"
    stage = f"stage('B') {{ {when}\nsteps {{ sh 'b' }}\npost {{ always {{ sh 'x' }} }} }}"
    steps = of(stage).job.steps
    assert [step.placeholder for step in steps] == [True, False, False]
    assert [step.id for step in steps] == [None, "b", None]


def test_post_of_a_stage_that_holds_stages() -> None:
    inner = "stage('B') { steps { sh 'b' } }\nstage('C') { steps { sh 'c' } }"
    translated = of(f"stage('P') {{ stages {{ {inner} }}\npost {{ always {{ sh 'x' }} }} }}")
    assert scripts(translated) == ["b", "c", "x"]
    assert conditions(translated.job.steps)[-1] == "always() && steps.b.outcome != 'skipped'"


def test_post_of_a_stage_without_a_step_of_its_own() -> None:
    dropped = replace(LINUX, configuration=Configuration(rows={"steps": {"noop": {"drop": "why"}}}))
    stage = "stage('B') { steps { noop() }\npost { always { sh 'x' } } }"
    translated = of(stage, context=dropped)
    assert scripts(translated) == ["true", "x"]
    assert conditions(translated.job.steps) == ["", "always() && steps.b.outcome != 'skipped'"]


def test_two_stages_with_one_name_have_their_own_ids() -> None:
    inner = "stage('T') {{ steps {{ sh 't' }}\npost {{ always {{ sh '{}' }} }} }}"
    outer = "stage('{}') {{ stages {{ {} }} }}"
    stages = "\n".join(outer.format(name, inner.format(name)) for name in "XY")
    steps = of(stages).job.steps
    assert [step.id for step in steps] == ["t", None, "t_2", None]


DIRECTORY = "dir('web') { sh 'x'; sh 'y' }"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (DIRECTORY, ["mkdir -p web", "x", "y"]),
        (f"{DIRECTORY}; {DIRECTORY}", ["mkdir -p web", "x", "y", "x", "y"]),
        ("dir('a/b') { sh 'x' }; dir('a') { sh 'y' }", ["mkdir -p a/b", "x", "y"]),
        ("dir('a b') { sh 'x' }", ["mkdir -p 'a b'", "x"]),
        ("dir('a') { echo 'x' }", ["echo 'x'"]),
        (
            "dir('a') { sh 'x'; deleteDir() }; dir('a') { sh 'y' }",
            ["mkdir -p a", "x", "rm -rf a", "mkdir -p a", "y"],
        ),
        ("dir(\"${env.BUILD_ID}\") { sh 'x' }", ['mkdir -p "$DIRECTORY"', "x"]),
        ("sh 'x'", ["x"]),
    ],
)
def test_directories_are_made_once(steps: str, expected: list[str]) -> None:
    assert scripts(of(f"stage('A') {{ steps {{ {steps} }} }}")) == expected


def test_a_directory_in_post_is_made_there_too() -> None:
    stage = "stage('A') { steps { dir('a') { sh 'x' } } }"
    post = "always { dir('a') { sh 'y'; sh 'z' } }\nsuccess { dir('a') { sh 'w' } }"
    assert scripts(of(stage, post)) == ["mkdir -p a", "x", "mkdir -p a", "y", "z", "w"]


@pytest.mark.parametrize(
    ("steps", "checkouts"),
    [
        ("deleteDir(); sh 'a'", 0),
        ("cleanWs(); checkout scm; sh 'a'", 1),
        ("sh 'a'; deleteDir()", 1),
        ("dir('b') { deleteDir() }; sh 'a'", 1),
    ],
)
def test_a_checkout_that_is_deleted_at_once_goes(steps: str, checkouts: int) -> None:
    text = f"pipeline {{ agent any; stages {{ stage('A') {{ steps {{ {steps} }} }} }} }}"
    (job,) = map_workflow(plan(pipeline(text)), pipeline(text)).workflow.jobs
    assert sum(step.uses == "actions/checkout" for step in job.steps) == checkouts


@pytest.mark.parametrize(
    ("steps", "checkouts"),
    [("echo 'a'", 0), ("sh 'a'", 1), ("nobodyKnows 'a'", 1), ("echo 'a'; nobodyKnows()", 1)],
)
def test_a_later_job_that_only_says_something_has_no_checkout(steps: str, checkouts: int) -> None:
    first = "stage('A') { agent any; steps { sh 'x' } }"
    later = f"stage('B') {{ agent any; steps {{ {steps} }} }}"
    text = f"pipeline {{ agent none; stages {{ {first}; {later} }} }}"
    job = map_workflow(plan(pipeline(text)), pipeline(text)).workflow.jobs[-1]
    assert sum(step.uses == "actions/checkout" for step in job.steps) == checkouts


@pytest.mark.parametrize(
    ("stage", "post", "expected"),
    [
        ("sh 'a'", "always { cleanWs() }", ["a"]),
        ("sh 'a'", "always { deleteDir() }", ["a"]),
        ("sh 'a'", "always { cleanWs(patterns: [[pattern: 'x', type: 'EXCLUDE']]) }", ["a"]),
        ("sh 'a'", "always { cleanWs(); echo 'x' }", ["a", "echo 'x'"]),
        ("deleteDir(); sh 'a'", "", ["a"]),
        ("sh 'a'; deleteDir(); sh 'b'", "", ["a", "find . -mindepth 1 -delete", "b"]),
        (
            "sh 'a'",
            "always { cleanWs() }\nfailure { sh 'b' }",
            ["a", "find . -mindepth 1 -delete", "b"],
        ),
    ],
)
def test_needless_deletions_go(stage: str, post: str, expected: list[str]) -> None:
    translated = of(f"stage('A') {{ steps {{ {stage} }} }}", post)
    assert scripts(translated) == expected
    dropped = "dropped" in bins(translated.translation)
    assert dropped == ("clean-needless" in rules(translated.translation))
    assert "manual" not in bins(translated.translation)
    assert dropped == ("find" not in " ".join(expected))


def test_a_machine_that_stays_is_cleaned() -> None:
    context = replace(LINUX, runner=Runner(RunsOn(("self-hosted",)), "linux", hosted=False))
    translated = of(ONE, "always { cleanWs() }", context)
    assert scripts(translated) == ["a", "find . -mindepth 1 -delete"]


def test_a_password_reaches_the_shell_steps_only() -> None:
    option = replace(parameters(PW="")["PW"], name="password")
    context = replace(LINUX, parameters={"PW": option, **parameters(X="x")})
    translated = of("stage('A') { steps { sh 'a'; echo 'b' } }", context=context)
    assert [list(step.secrets) for step in translated.job.steps] == [["PW"], []]
    assert list(translated.job.env) == ["X"]


def test_runs_of_a_translation_are_texts() -> None:
    assert runs(of(ONE).translation) == []


def test_the_post_of_a_stage_with_others_sees_its_environment() -> None:
    translated = of(
        "stage('A') { environment { E = 'outer' }\nstages { stage('B') {"
        "environment { E = 'inner' }\nsteps { sh 'a' } } }\npost { always { sh 'z' } } }"
    )
    assert [dict(step.env) for step in translated.job.steps] == [{"E": "inner"}, {"E": "outer"}]


def test_the_file_of_a_credential_goes_however_the_block_went() -> None:
    binding = "[file(credentialsId: 'k', variable: 'K')]"
    translated = of(ONE, f"always {{ withCredentials({binding}) {{ sh 'x'\nsh 'y' }} }}")
    assert conditions(translated.job.steps)[-1] == "always()"
    assert "rm -f" in scripts(translated)[-1]


def test_a_checkout_makes_its_own_folder() -> None:
    step = "dir('a') { checkout scm\nsh 'x' }"
    assert scripts(of(f"stage('A') {{ steps {{ {step} }} }}"))[1:] == ["x"]


def test_branches_in_one_workspace_are_one_group() -> None:
    translated = of(
        "stage('Both') { parallel { " + ONE + "\nstage('Other') { steps { sh 'o' } } } }"
    )
    groups = [step.parallel for step in translated.job.steps]
    assert None not in groups
    assert len(set(groups)) == 1


def test_what_a_stage_around_others_computes_is_computed_once() -> None:
    value = "sh(returnStdout: true, script: 'date').trim()"
    inner = "stage('B') { steps { sh 'b' } }\nstage('C') { steps { sh 'c' } }"
    translated = of(
        f"stage('A') {{ environment {{ D = {value} }}\nstages {{\n{inner}\n}}"
        "\npost { always { sh 'z' } } }"
    )
    assert [script.count("date") for script in scripts(translated)] == [1, 0, 0, 0]
    output = Path("steps.b-d.outputs.D")
    assert [step.env.get("D") for step in translated.job.steps[1:]] == [output] * 3


def test_no_two_stages_give_one_id() -> None:
    names = ["a", "a post always", "a-post", "a post always 1", "post", "1", "b v", "b"]
    stages = "".join(
        f"stage('{name}') {{\nsteps {{ sh 'x' }}\npost {{\nalways {{\nsh 'p'\nsh 'q'\n}}\n}}\n}}\n"
        for name in names
    )
    post = "post {\nalways {\nsh 'a'\nsh 'b'\n}\n}"
    text = f"pipeline {{\nagent any\nstages {{\n{stages}}}\n{post}\n}}"
    ids = [step.id for step in translated(text).workflow.jobs[0].steps if step.id]
    assert len(ids) == len(set(ids))
    assert len(ids) > len(names)


def test_a_deletion_that_the_post_of_its_stage_looks_at_stays() -> None:
    post = "post {\nalways {\nsh 'p'\n}\n}"
    stage = f"stage('A') {{\nsteps {{ deleteDir() }}\n{post}\n}}"
    text = f"pipeline {{\nagent any\nstages {{\n{stage}\n}}\n}}"
    steps = translated(text).workflow.jobs[0].steps
    assert [step.id for step in steps if step.id] == ["a"]


def test_stages_in_a_branch_are_called_by_it_too() -> None:
    branches = "".join(
        f"stage('{name}') {{ stages {{ stage('Build') {{ steps {{ sh '{name} a' }} }}\n"
        f"stage('Test') {{ steps {{ sh '{name} b'; sleep 1 }} }} }} }}\n"
        for name in ("web", "api")
    )
    translated = of(f"stage('All') {{ parallel {{ {branches} }} }}")
    assert [step.stage for step in translated.job.steps if step.run and " a" in str(step.run)] == [
        "web › Build",
        "api › Build",
    ]
