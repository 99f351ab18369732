"""Names that only a shell reads."""

from __future__ import annotations

import pytest

from jenkins2gha.mapping.shell_names import names_of_settings


@pytest.mark.parametrize(
    ("script", "names"),
    [
        ("deploy $CLUSTER", ["CLUSTER"]),
        ("deploy ${CLUSTER}", ["CLUSTER"]),
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
        ("deploy $HOME $GITHUB_SHA $RUNNER_TEMP $JAVA_HOME $1 $tier", []),
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
