"""The conditions of `when`: WhenStageTest, ComparatorTest of the declarative plugin, retold."""

from __future__ import annotations

import pytest

from jenkins2gha.simulate.jenkins import Situation, Unsupported
from jenkins2gha.simulate.situation import Kind
from simulate.pipelines_run import pipeline, run, words

PULL_REQUEST = Situation(kind="pull_request", branch="topic/1", number=5, title="A fix", user="ann")
TAG = Situation(kind="tag", branch="v1.2")


def holds(when: str, situation: Situation | None = None, top: str = "") -> bool:
    stage = f"stage('S') {{ when {{ {when} }}\nsteps {{ echo 'yes' }} }}"
    return words(pipeline(stage, top=top), situation) == "yes"


@pytest.mark.parametrize(
    ("pattern", "branch", "expected"),
    [
        ("main", "main", True),
        ("MAIN", "main", True),
        ("release*", "release-1", True),
        ("release*", "release/1", False),
        ("release/*", "release/1", True),
        ("release/*", "release/1/2", False),
        ("release/**", "release/1/2", True),
        ("**/1", "a/b/1", True),
        ("**", "a/b", True),
        ("a/**/b", "a/b", True),
        ("a?c", "abc", True),
        ("a?c", "a/c", False),
        ("feature/", "feature/x/y", True),
        ("a.c", "abc", False),
    ],
)
def test_patterns_of_branches(pattern: str, branch: str, expected: bool) -> None:
    assert holds(f"branch '{pattern}'", Situation(branch=branch)) == expected


def test_other_comparators_know_the_case() -> None:
    regular = r"branch pattern: 'release-\\d+', comparator: 'REGEXP'"
    assert holds(regular, Situation(branch="release-12"))
    assert not holds(regular, Situation(branch="release-12b"))
    assert not holds(regular, Situation(branch="Release-12"))
    assert not holds("branch pattern: 'Main', comparator: 'EQUALS'")
    assert holds("branch pattern: 'Main', comparator: 'NONE'")


def test_a_pull_request_and_a_tag_have_a_branch_of_their_own_name() -> None:
    assert holds("branch 'PR-*'", PULL_REQUEST)
    assert not holds("branch 'topic/1'", PULL_REQUEST)
    assert holds("branch 'v*'", TAG)


def test_outside_of_a_multibranch_job_there_is_no_branch() -> None:
    assert not holds("branch 'main'", Situation(multibranch=False))


def test_tags() -> None:
    assert holds("buildingTag()", TAG)
    assert not holds("buildingTag()")
    assert holds("tag 'v*'", TAG)
    assert not holds("tag 'v*'")
    assert not holds("tag 'w*'", TAG)
    assert holds(r"tag pattern: 'v\\d\\.\\d', comparator: 'REGEXP'", TAG)


def test_pull_requests() -> None:
    assert holds("changeRequest()", PULL_REQUEST)
    assert not holds("changeRequest()")
    assert holds("changeRequest target: 'main'", PULL_REQUEST)
    assert not holds("changeRequest target: 'MAIN'", PULL_REQUEST)
    assert holds("changeRequest target: 'MAIN', comparator: 'GLOB'", PULL_REQUEST)
    assert holds("changeRequest id: '5', branch: 'topic/1', author: 'ann'", PULL_REQUEST)
    assert not holds("changeRequest id: '6'", PULL_REQUEST)
    assert not holds("changeRequest fork: 'x'", PULL_REQUEST)
    assert holds("changeRequest url: 'nothing looks at it'", PULL_REQUEST)


def test_changed_files() -> None:
    changed = Situation(changed=("docs/a.md", "src/Main.java"))
    assert holds("changeset '**/*.java'", changed)
    assert holds("changeset 'SRC/*.JAVA'", changed)
    assert not holds("changeset pattern: 'SRC/*', caseSensitive: true", changed)
    assert not holds("changeset '*.java'", changed)
    assert not holds("changeset '**'", Situation())


def test_messages_of_commits() -> None:
    said = Situation(messages=("Fix the door\n\nIt was [ci] broken\n",))
    assert holds("changelog 'Fix.*'", said)
    assert holds(r"changelog '.*\\[ci\\].*'", said)
    assert not holds("changelog 'door'", Situation())
    assert not holds("changelog 'window'", said)


def test_the_environment_is_that_of_the_parents() -> None:
    top = "environment { A = 'x'\nEMPTY = '' }"
    assert holds("environment name: 'A', value: 'x'", top=top)
    assert not holds("environment name: 'A', value: 'X'", top=top)
    assert holds("environment name: 'A', value: 'X', ignoreCase: true", top=top)
    assert holds("environment name: 'NONE', value: ''", top=top)
    assert holds("environment name: 'EMPTY', value: ''", top=top)
    own = "stage('S') { environment { A = 'own' }\nwhen { environment name: 'A', value: 'x' }\n"
    assert words(pipeline(own + 'steps { echo "$A" } }', top=top)) == "own"


def test_equals_compares_values_not_texts() -> None:
    flag = "parameters { booleanParam(name: 'F', defaultValue: true) }"
    assert holds("equals expected: true, actual: params.F", top=flag)
    assert not holds("equals expected: 'true', actual: params.F", top=flag)
    assert holds("equals expected: 'true', actual: env.F", top=flag)
    assert holds("equals expected: 42, actual: currentBuild.number")
    assert holds("equals expected: null, actual: currentBuild.result")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("'false'", True),
        ("false", False),
        ("''", False),
        ("0", False),
        ("'0'", True),
        ("[]", False),
        ("null", False),
        ("return env.BRANCH_NAME == 'main'", True),
        ("env.BRANCH_NAME == 'Main'", False),
        ("def a = 1\na > 0", True),
    ],
)
def test_expressions_have_the_truth_of_groovy(body: str, expected: bool) -> None:
    assert holds(f"expression {{ {body} }}") == expected


@pytest.mark.parametrize(
    ("kind", "cause", "expected"),
    [
        ("schedule", "TimerTrigger", True),
        ("schedule", "timertriggercause", True),
        ("schedule", "TriggerCause", False),
        ("dispatch", "UserIdCause", True),
        ("push", "UserIdCause", False),
        ("push", "BranchEventCause", True),
    ],
)
def test_causes_by_their_first_letters(kind: Kind, cause: str, expected: bool) -> None:
    situation = Situation(kind=kind)
    assert holds(f"triggeredBy '{cause}'", situation) == expected


def test_the_user_who_started_it() -> None:
    assert holds("triggeredBy cause: 'UserIdCause', detail: 'mona'", Situation(kind="dispatch"))
    assert not holds("triggeredBy cause: 'UserIdCause', detail: 'bob'", Situation(kind="dispatch"))


def test_several_conditions() -> None:
    assert not holds("branch 'main'\nbuildingTag()")
    assert holds("anyOf { branch 'main'; buildingTag() }")
    assert not holds("allOf { branch 'main'; buildingTag() }")
    assert holds("not { buildingTag() }")
    assert holds("not { allOf { branch 'main'; not { branch 'main' } } }")
    with pytest.raises(Unsupported):
        holds("not { branch 'main'; buildingTag() }")
    with pytest.raises(Unsupported):
        holds("fullMoon()")


def test_no_more_is_asked_than_needed_but_what_is_given_is_computed_first() -> None:
    asked = "anyOf { branch 'main'\nexpression { echo 'asked'; true } }"
    assert holds(asked)
    given = (
        "anyOf { branch 'main'\nequals expected: 0, actual: sh(script: 'g', returnStatus: true) }"
    )
    stage = f"stage('S') {{ when {{ {given} }}\nsteps {{ echo 'yes' }} }}"
    assert words(pipeline(stage)) == "g yes"


ORDER = """
stage('S') {
    agent { label 'own' }
    options { timeout(5) }
    input { message 'Go?' }
    when { %s expression { sh(script: 'ask', returnStatus: true) == 0 } }
    steps { sh 'work' }
}
"""


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("", "input checkout ask"),
        ("beforeAgent true", "input ask"),
        ("beforeInput true", "ask"),
        ("beforeOptions true", "ask"),
        ("beforeAgent false", "input checkout ask"),
    ],
)
def test_when_the_condition_is_asked(flags: str, expected: str) -> None:
    found = run(pipeline(ORDER % (flags and flags + "\n")), ask="failure")
    assert " ".join(one.text for one in found.commands[1:]) == expected
    assert found.build_result == "SUCCESS"
