"""The `environment` of a pipeline that a script computes, and what stands outside of its stages."""

from __future__ import annotations

import pytest

from translating import rules_of, translated

SAID = "environment { V = sh(script: 'version', returnStdout: true) }"
MADE = "stages { stage('A') { steps { sh 'make' } } }"
ASKING = "stage('B') {\ninput { message 'Go on?' }\nsteps { sh 'deploy' }\n}"
ASKED = f"stages {{ {ASKING} }}"
LATER = MADE.removesuffix("}") + f"\n{ASKING} }}"


def said(*sections: str) -> set[str]:
    """What is said of the environment beside that it is computed."""
    text = "\n".join(("pipeline {", "agent any", *sections, "}"))
    start = "environment-computed-"
    rules = rules_of(translated(text))
    return {rule.removeprefix(start) for rule in rules if rule.startswith(start)}


@pytest.mark.parametrize("condition", ["always", "failure", "aborted", "cleanup", "regression"])
def test_a_script_in_post_runs_where_the_environment_fails(condition: str) -> None:
    post = f"post {{ {condition} {{ sh 'tidy' }} }}"
    assert said(SAID, MADE, post) == {"before-post"}
    assert said("environment { V = 'x' }", MADE, post) == set()


@pytest.mark.parametrize("block", ["success { sh 'tell' }", "fixed { sh 'tell' }"])
def test_nothing_is_said_of_what_runs_in_a_good_build_only(block: str) -> None:
    assert said(SAID, MADE, f"post {{ {block} }}") == set()


def test_nothing_is_said_of_what_needs_no_agent() -> None:
    assert said(SAID, MADE, "post { always { echo 'over' } }") == set()


def test_an_approval_is_asked_for_before_its_job_computes() -> None:
    assert said(SAID, ASKED) == {"after-approval"}
    assert said(SAID, LATER) == set()


def test_what_is_computed_waits_for_no_stage() -> None:
    stage = "stages { stage('A') { when { branch 'main' }\nsteps { sh 'make' } } }"

    def condition(environment: str) -> object:
        text = f"pipeline {{\nagent any\n{environment}\n{stage}\n}}"
        return translated(text).workflow.jobs[0].condition

    assert condition("environment { V = 'x' }") is not None
    assert condition(SAID) is None
