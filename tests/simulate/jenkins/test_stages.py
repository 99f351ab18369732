"""Stages, parallel branches, matrices: pipeline-model-definition's tests of them, retold."""

from __future__ import annotations

import pytest

from jenkins2gha.simulate.jenkins import Situation, Unsupported
from simulate.pipelines_run import command, pipeline, run, steps, variables, words


def test_after_an_error_later_stages_are_skipped() -> None:
    text = pipeline(
        "\n".join(f"stage('{one}') {{ steps {{ sh '{one}' }} }}" for one in ("a", "b", "c"))
    )
    assert words(text) == "a b c"
    found = run(text, b="failure")
    assert [one.text for one in found.commands] == ["checkout", "a", "b"]
    assert [one.result for one in found.commands] == ["success", "success", "failure"]
    assert (found.build_result, found.result) == ("FAILURE", "failure")


def test_nested_stages_are_skipped_too_but_only_there() -> None:
    text = pipeline(
        """
        stage('Out') {
            stages {
                stage('One') { steps { sh 'one' } }
                stage('Two') { steps { sh 'two' } }
            }
            post { failure { echo 'out failed' } }
        }
        stage('Next') { steps { sh 'next' } }
        """
    )
    assert words(text) == "one two next"
    assert words(text, one="failure") == "one out failed"
    assert command(run(text), "two").stage == ("Out", "Two")


@pytest.mark.parametrize(
    "line", ["unstable 'u'", "catchError { sh 'u' }", "warnError('w') { sh 'u' }"]
)
def test_what_only_worsens_the_build_lets_it_go_on(line: str) -> None:
    text = pipeline(f"stage('A') {{ steps {{ {line} }} }}\nstage('B') {{ steps {{ sh 'b' }} }}")
    assert words(text, u="failure") == "u b"


def test_stages_are_skipped_after_one_that_is_unstable() -> None:
    top = "options { skipStagesAfterUnstable() }"
    after = "stage('B') { steps { sh 'b' } }"
    text = pipeline(f"stage('A') {{ steps {{ unstable 'a' }} }}\n{after}", top=top)
    assert words(text) == "a"
    failed = pipeline(f"stage('A') {{ steps {{ catchError {{ sh 'a' }} }} }}\n{after}", top=top)
    assert words(failed, a="failure") == "a b"


BRANCHES = """
stage('P') {
    %s
    parallel {
        stage('X') { steps { sh 'x1'\nsh 'x2' }\npost { aborted { echo 'x aborted' } } }
        stage('Y') { steps { sh 'y' }\npost { aborted { echo 'y aborted' } } }
    }
    post { always { echo 'p' } }
}
stage('Z') { steps { sh 'z' } }
"""


def test_all_branches_finish() -> None:
    assert words(pipeline(BRANCHES % "")) == "x1 x2 y p z"
    assert words(pipeline(BRANCHES % ""), x1="failure") == "x1 y p"


def test_with_fail_fast_the_others_are_aborted() -> None:
    assert words(pipeline(BRANCHES % "failFast true"), x1="failure") == "x1 y aborted p"
    top = "options { parallelsAlwaysFailFast() }"
    assert words(pipeline(BRANCHES % "", top=top), x1="failure") == "x1 y aborted p"
    unstable = (BRANCHES % "failFast true").replace("sh 'x1'", "unstable 'x1'")
    assert words(pipeline(unstable)) == "x1 x2 y p z"


def test_a_person_who_stops_the_run_stops_all_branches() -> None:
    found = run(pipeline(BRANCHES % ""), x1="abort")
    assert words(pipeline(BRANCHES % ""), x1="abort") == "x1 x aborted y aborted p"
    assert (found.build_result, found.result) == ("ABORTED", "cancelled")


def test_branches_in_post_run_after_the_run_was_stopped() -> None:
    post = "post { always { script { parallel(a: { sh 'a' }, b: { sh 'b' }) } } }"
    assert words(pipeline("stage('S') { steps { sh 'x' } }", top=post), x="abort") == "x a b"


def test_a_timeout_around_the_branches_ends_them_all() -> None:
    text = pipeline(BRANCHES % "options { timeout(1) }")
    assert words(text, x1="timeout") == "x1 x aborted y aborted p"
    assert run(text, x1="timeout").build_result == "ABORTED"
    inner = (BRANCHES % "").replace("sh 'x1'", "timeout(1) { sh 'x1' }")
    assert words(pipeline(inner), x1="timeout") == "x1 x aborted y p"


def test_the_condition_of_a_parallel_stage_holds_for_its_branches() -> None:
    assert words(pipeline(BRANCHES % "when { branch 'x' }")) == "z"


def test_an_error_counts_more_than_an_interruption() -> None:
    text = """parallel(
        a: { timeout(1) { node { sh 'a' } } },
        b: { node { sh 'b' } },
    )"""
    assert run(text, a="timeout").build_result == "ABORTED"
    assert run(text, a="timeout", b="failure").build_result == "FAILURE"


def test_branches_of_a_script_return_their_values() -> None:
    text = 'def r = parallel(a: { 1 }, b: { 2 })\necho "$r"'
    assert words(text) == "[a:1, b:2]"
    loop = "def m = [:]\nfor (x in ['a', 'b']) { def y = x\nm[y] = { node { sh y } } }\nparallel m"
    found = run(loop)
    assert [one.strand[0][1] for one in found.commands] == ["a", "b"]


MATRIX = """
stage('M') {
    %s
    matrix {
        axes {
            axis { name 'OS'\nvalues 'linux', 'mac' }
            axis { name 'DB'\nvalues 'pg', 'my' }
        }
        %s
        stages { stage('T') { steps { sh "$OS-$DB" } } }
    }
}
"""


def test_the_first_axis_varies_fastest() -> None:
    found = run(pipeline(MATRIX % ("", "")))
    assert words(pipeline(MATRIX % ("", ""))) == "linux-pg mac-pg linux-my mac-my"
    first = command(found, "linux-pg")
    assert first.stage == ("M", "Matrix - OS = 'linux', DB = 'pg'", "T")
    assert dict(first.environment) == {"OS": "linux", "DB": "pg"}


@pytest.mark.parametrize(
    ("axes", "expected"),
    [
        ("axis { name 'OS'\nvalues 'mac' }", "linux-pg linux-my"),
        ("axis { name 'OS'\nnotValues 'mac' }", "mac-pg mac-my"),
        (
            "axis { name 'OS'\nvalues 'mac' }\naxis { name 'DB'\nvalues 'my' }",
            "linux-pg mac-pg linux-my",
        ),
        (
            "axis { name 'OS'\nvalues 'mac' }\naxis { name 'DB'\nnotValues 'my' }",
            "linux-pg linux-my mac-my",
        ),
        (
            "axis { name 'OS'\nvalues 'mac', 'linux' }\naxis { name 'DB'\nvalues 'my' }",
            "linux-pg mac-pg",
        ),
    ],
)
def test_cells_that_are_excluded(axes: str, expected: str) -> None:
    text = pipeline(MATRIX % ("", f"excludes {{ exclude {{ {axes} }} }}"))
    assert words(text) == expected


def test_the_directives_of_a_matrix_hold_for_each_cell() -> None:
    inner = """
    when { environment name: 'OS', value: 'mac' }
    environment { X = "$OS!" }
    agent { label "$OS" }
    """
    found = run(pipeline(MATRIX % ("", inner), agent="none"))
    assert [(one.text, one.node) for one in found.commands if one.kind == "run"] == [
        ("mac-pg", "mac"),
        ("mac-my", "mac"),
    ]
    assert command(found, "mac-my").variable("X") == "mac!"


def test_a_matrix_that_fails_fast() -> None:
    text = pipeline(MATRIX % ("failFast true", ""))
    assert words(text, None, **{"mac-pg": "failure"}) == "linux-pg mac-pg"


def test_post_of_a_pipeline_follows_the_stages_inside_its_agent() -> None:
    found = run(steps("sh 'a'", top="post { always { sh 'p' } }"))
    last = command(found, "p")
    assert (last.post, last.stage) == ("always", ("Declarative: Post Actions",))
    assert command(found, "a").index in last.seen


def test_input_of_a_stage() -> None:
    stage = """stage('S') {
        input {
            message 'Sure?'
            submitterParameter 'WHO'
            parameters { string(name: 'TO', defaultValue: 'prod') }
        }
        steps { sh 'x' }
        post { aborted { echo 'never' } }
    }"""
    text = pipeline(stage, top="post { aborted { echo 'aborted' } }")
    assert variables(text) == {"TO": "prod", "WHO": "mona"}
    found = run(text, None, **{"Sure?": "failure"})
    assert found.build_result == "ABORTED"
    assert words(text, None, **{"Sure?": "failure"}) == "Sure? aborted"


def test_what_is_no_pipeline_is_refused() -> None:
    for text in ("pipeline { agent any }", pipeline("stage('S') { }"), "pipeline {"):
        with pytest.raises(Unsupported):
            run(text)


def test_methods_and_variables_of_the_script_are_seen_in_the_pipeline() -> None:
    before = "def name() { 'm' }\ndef local = 'l'\nbound = 'b'\n"
    body = 'echo "${name()} $local $bound"'
    assert words(steps(body, before=before)) == "m l b"
    method = "def f() { local }\ndef local = 1\n"
    assert run(steps('echo "${f()}"', before=method)).build_result == "FAILURE"


def test_a_job_whose_script_is_not_in_a_repository_checks_nothing_out() -> None:
    found = run(steps("sh 'a'"), Situation(definition_in_scm=False))
    assert [one.text for one in found.commands] == ["a"]
    refused = run(steps("checkout scm"), Situation(definition_in_scm=False))
    assert refused.build_result == "FAILURE"
