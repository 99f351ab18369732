"""Names that only a shell reads."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.texts import render
from jenkins2gha.mapping.shell_names import names_of_settings
from translating import rules_of, steps_of, translated


@pytest.mark.parametrize(
    ("script", "names"),
    [
        ("deploy $CLUSTER", ["CLUSTER"]),
        ("deploy ${CLUSTER}", ["CLUSTER"]),
        ("deploy $Region ${HostName}", ["Region", "HostName"]),
        ('deploy "${CLUSTER%-*}"', ["CLUSTER"]),
        ("docker build --build-arg TIER=$TIER .", ["TIER"]),
        ("deploy $ONE && deploy $TWO; deploy $ONE", ["ONE", "TWO"]),
        ("ssh ci@web <<EOF\nrestart $TIER\nEOF", ["TIER"]),
        ("ssh ci@web <<'EOF'\nrestart $TIER\nEOF", []),
        ("ssh ci@web 'restart $TIER'", []),
        ('ssh ci@web "restart \\$TIER"', []),
        ("awk '{ print $TIER }' list", []),
        ('awk "{ print $NF }" list', []),
        ("make # for $TIER", []),
        ("deploy ${TIER:-test}", []),
        ("TIER=test\ndeploy $TIER", []),
        ("read TIER < tier.txt; deploy $TIER", []),
        ("for TIER in a b; do deploy $TIER; done", []),
        ("source ./tier.sh\ndeploy $TIER", []),
        (". ./tier.sh && deploy $TIER", []),
        ('eval "$(tiers)"; deploy $TIER', []),
        ("export $(cat .env | xargs); deploy $TIER", []),
        ("deploy $HOME $GITHUB_SHA $RUNNER_TEMP $JAVA_HOME $1 $tier $hostName", []),
    ],
)
def test_names_of_the_shell_that_nothing_sets(script: str, names: list[str]) -> None:
    assert names_of_settings(script, f"sh '''{script}'''") == names


@pytest.mark.parametrize(
    "around",
    [
        "env.TIER = choose()",
        "def TIER = 'test'",
        'withEnv(["TIER=${tier}"]) { }',
        "string(name: 'TIER', defaultValue: 'test')",
        "sh 'export TIER=1 >> vars'",
        "load 'tiers.groovy'",
        "@Library('tiers') _",
        "env[name] = value",
        "withEnv(tiers) { }",
        "readProperties(file: 'tiers').each { k, v -> set(k, v) }",
    ],
)
def test_a_pipeline_that_may_set_the_name(around: str) -> None:
    assert names_of_settings("deploy $TIER", f"{around}\nsh 'deploy $TIER'") == []


DEPLOYS = "sh 'deploy $CLUSTER $Region'"


def deployed(agent: str, before: str = "", steps: str = DEPLOYS) -> str:
    stages = f"stages {{ stage('A') {{ steps {{ {steps} }} }} }}"
    return f"pipeline {{\nagent {agent}\n{before}\n{stages} }}"


def test_a_machine_of_your_own_may_have_the_variable_itself() -> None:
    translation = translated(deployed("{ label 'rack-7' }"))
    said = translation.translation.diagnostics
    assert [one.message for one in said if one.rule == "variable-of-machine"] == [
        "`CLUSTER` is not set by this pipeline; the runner has to have it",
        "`Region` is not set by this pipeline; the runner has to have it",
    ]
    assert steps_of(translation)[-1].env == {}
    assert "environment-unset" not in rules_of(translation)


def test_a_hosted_machine_is_given_the_variable() -> None:
    translation = translated(deployed("any"))
    env = {name: render(text) for name, text in steps_of(translation)[-1].env.items()}
    assert env == {"CLUSTER": "${{ vars.CLUSTER }}", "Region": "${{ vars.Region }}"}
    assert "variable-of-machine" not in rules_of(translation)


@pytest.mark.parametrize(
    ("steps", "before"),
    [
        (DEPLOYS, "environment { CLUSTER = 'a'\nRegion = 'b' }"),
        ("sh 'deploy $BUILD_NUMBER'", ""),
        ('sh "deploy ${env.BUILD_NUMBER}"', ""),
        ('sh "deploy ${params.TIER}"', "parameters { string(name: 'TIER') }"),
        ('sh "deploy ${params.LIVE ? 1 : 2}"', "parameters { booleanParam(name: 'LIVE') }"),
        ("withEnv(['TIER=test']) { sh 'deploy $TIER' }", ""),
    ],
)
def test_what_the_pipeline_or_jenkins_sets_is_not_of_the_machine(steps: str, before: str) -> None:
    translation = translated(deployed("{ label 'rack-7' }", before, steps))
    assert "variable-of-machine" not in rules_of(translation)


def test_a_container_has_no_variable_of_its_machine() -> None:
    inside = "{ docker { image 'gcc:14'\nlabel 'rack-7' } }"
    assert "variable-of-machine" not in rules_of(translated(deployed(inside)))
