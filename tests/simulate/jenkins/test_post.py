"""Which blocks of `post` run, in which order: pipeline-model-definition's PostStageTest, retold."""

from __future__ import annotations

import pytest

from jenkins2gha.simulate.jenkins import Answer, Situation
from jenkins2gha.simulate.trace import BuildResult
from simulate.pipelines_run import pipeline, run, steps, words

NAMES = (
    "failure notBuilt cleanup unstable success unsuccessful always changed fixed regression aborted"
)
ALL = "post {\n" + "\n".join(f"{name} {{ echo '{name}' }}" for name in NAMES.split()) + "\n}"


def conditions(body: str, previous: BuildResult | None, **ends: Answer | str) -> str:
    return words(steps(body, top=ALL), Situation(previous=previous), **ends)


def test_a_good_run_after_a_good_one() -> None:
    assert conditions("sh 'a'", "SUCCESS") == "a always success cleanup"


def test_the_first_run_is_changed_and_neither_fixed_nor_worse() -> None:
    assert conditions("sh 'a'", None) == "a always changed success cleanup"
    assert (
        conditions("sh 'a'", None, a="failure") == "a always changed unsuccessful failure cleanup"
    )


@pytest.mark.parametrize("previous", ["FAILURE", "UNSTABLE"])
def test_a_good_run_fixes_one_that_failed(previous: BuildResult) -> None:
    assert conditions("sh 'a'", previous) == "a always changed fixed success cleanup"


def test_a_good_run_fixes_nothing_that_was_aborted() -> None:
    assert conditions("sh 'a'", "ABORTED") == "a always changed success cleanup"


def test_a_failure_is_a_regression_of_a_good_run_and_of_an_unstable_one() -> None:
    for previous in ("SUCCESS", "UNSTABLE"):
        said = conditions("sh 'a'", previous, a="failure")
        assert said == "a always changed regression unsuccessful failure cleanup"
    assert conditions("sh 'a'", "FAILURE", a="failure") == "a always unsuccessful failure cleanup"


def test_an_abort_after_a_failure_is_a_regression() -> None:
    said = conditions("sh 'a'", "FAILURE", a="abort")
    assert said == "a always changed regression aborted unsuccessful cleanup"


def test_a_timeout_aborts() -> None:
    said = conditions("timeout(5) { sh 'a' }", "ABORTED", a="timeout")
    assert said == "a always aborted unsuccessful cleanup"


def test_without_a_time_limit_nothing_times_out() -> None:
    assert conditions("sh 'a'", "SUCCESS", a="timeout") == "a always success cleanup"


def test_an_unstable_run() -> None:
    said = conditions("unstable 'meh'\nsh 'a'", "SUCCESS")
    assert said == "meh a always changed regression unsuccessful unstable cleanup"


def test_a_result_that_is_set() -> None:
    said = conditions("script { currentBuild.result = 'NOT_BUILT' }", "NOT_BUILT")
    assert said == "always unsuccessful notBuilt cleanup"


def test_an_error_in_post_is_seen_by_the_conditions_behind_it() -> None:
    text = steps("sh 'a'", top=ALL.replace("{ echo 'always' }", "{ sh 'always' }"))
    found = run(text, Situation(previous="SUCCESS"), always="failure")
    assert found.build_result == "FAILURE"
    said = words(text, Situation(previous="SUCCESS"), always="failure")
    assert said == "a always changed regression unsuccessful failure cleanup"


def test_an_error_in_post_holds_up_the_rest_of_its_own_block_only() -> None:
    text = steps("sh 'a'", top="post { always { sh 'b'\nsh 'c' }\ncleanup { sh 'd' } }")
    assert words(text, b="failure") == "a b d"


STAGES = pipeline(
    f"""
    stage('One') {{ steps {{ sh 'one' }} }}
    stage('Two') {{ steps {{ sh 'two' }}\n{ALL} }}
    """
)


def test_the_post_of_a_stage_looks_at_the_build_so_far() -> None:
    unstable = STAGES.replace("sh 'one'", "unstable 'one'")
    said = words(unstable, Situation(previous="SUCCESS"))
    assert said == "one two always changed regression unsuccessful unstable cleanup"
    caught = STAGES.replace("sh 'one'", "catchError { sh 'one' }")
    said = words(caught, Situation(previous="SUCCESS"), one="failure")
    assert said == "one two always changed regression unsuccessful failure cleanup"


def test_a_skipped_stage_has_no_post() -> None:
    assert words(STAGES, one="failure") == "one"
    skipped = STAGES.replace("stage('Two') {", "stage('Two') { when { branch 'other' }\n")
    assert words(skipped) == "one"


def test_a_warning_of_the_stage_counts_for_its_own_post_but_not_for_changed() -> None:
    caught = "catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE') { sh 'a' }"
    text = pipeline(
        f"stage('S') {{ steps {{ {caught} }}\n{ALL} }}\nstage('T') {{ steps {{ sh 'b' }}\n{ALL} }}"
    )
    said = words(text, Situation(previous="SUCCESS"), a="failure")
    assert said == "a always unsuccessful failure cleanup b always success cleanup"


def test_the_warning_of_an_inner_stage_counts_for_the_outer_one() -> None:
    caught = "catchError(buildResult: 'SUCCESS', stageResult: 'UNSTABLE') { sh 'a' }"
    inner = f"stages {{ stage('In') {{ steps {{ {caught} }} }} }}"
    text = pipeline(f"stage('Out') {{ {inner}\n{ALL} }}")
    said = words(text, Situation(previous="SUCCESS"), a="failure")
    assert said == "a always unsuccessful unstable cleanup"


def test_the_result_is_set_within_post_and_reset_behind_it() -> None:
    text = pipeline(
        """
        stage('A') {
            steps { sh 'a' }
            post { always { echo "in ${currentBuild.result}" } }
        }
        stage('B') { steps { echo "then ${currentBuild.result}" } }
        """
    )
    assert words(text) == "a in SUCCESS then null"


def test_the_pipelines_post_runs_in_its_environment_and_the_stages_in_its_own() -> None:
    text = pipeline(
        """
        stage('A') {
            environment { B = 'b' }
            steps { sh 'a' }
            post { always { echo "$A $B" } }
        }
        """,
        top="environment { A = 'a' }\npost { always { echo \"$A ${env.B}\" } }",
    )
    assert words(text) == "a a b a null"


def test_the_post_of_a_parallel_stage_runs_outside_its_environment() -> None:
    text = pipeline(
        """
        stage('P') {
            environment { B = 'b' }
            parallel { stage('X') { steps { echo "x $B" } } }
            post { always { echo "post ${env.B}" } }
        }
        """
    )
    assert words(text) == "x b post null"


def test_a_stage_whose_agent_fails_has_no_post_but_a_parallel_one_has() -> None:
    text = pipeline(
        """
        stage('A') { agent any\nsteps { sh 'a' }\npost { always { echo 'never' } } }
        """,
        agent="none",
    )
    assert words(text, checkout="failure") == ""
    parallel = pipeline(
        """
        stage('P') {
            parallel { stage('X') { agent any\nsteps { sh 'a' } } }
            post { failure { echo 'post' } }
        }
        """,
        agent="none",
    )
    assert words(parallel, checkout="failure") == "post"


def test_the_pipelines_post_runs_even_if_its_agent_failed() -> None:
    text = steps("sh 'a'", top="post { always { echo 'post' }\nfailure { sh 'none' } }")
    found = run(text, checkout="failure")
    assert [one.text for one in found.commands] == ["checkout", "echo"]
    assert found.build_result == "FAILURE"
