"""Scripts that bash reads and that another `sh` of an agent reads otherwise."""

from __future__ import annotations

import pytest

from jenkins2gha.mapping.bash_words import bash_words
from translating import of_steps, translated


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("if [[ $TIER == live ]]; then deploy; fi", ["[["]),
        ("while read l; do [[ $l ]] && add $l; done", ["[["]),
        ('X="$(if [[ -f a ]]; then cat a; fi)"', ["[["]),
        ("make &> make.log", ["&>"]),
        ('make &>>"$LOG"', ["&>"]),
        ("for i in {1..5}; do ping; done", ["{1..5}"]),
        ("make || echo -ne 'no\\n'", ["echo -e"]),
        ("set -u\nsource tier.sh", ["source"]),
        ("tr a b <<< $TIER", ["<<<"]),
        ("diff <(sort a) <(sort b)", ["<( )"]),
        ("printf $'a\\n'", ["$'…'"]),
        ("hosts=(a b)", ["name=( )"]),
        ("function deploy { make; }", ["function"]),
        ("pushd web && make && popd", ["pushd"]),
        ("(( n++ ))", ["(( ))"]),
        ('tag="${BRANCH//[^a-z]/-}"', ["${name//…}"]),
        ("echo ${SHA:0:7} ${TIER,,}", ["${name//…}"]),
        ('if [ "$TIER" == live ]; then deploy; fi', ["=="]),
        ("source a.sh; [[ $A ]] && b", ["[[", "source"]),
        ('ssh ci@web.example "deploy ${SHA:0:7}"', ["${name//…}"]),
    ],
)
def test_words_of_bash(script: str, words: list[str]) -> None:
    assert list(bash_words(script)) == words


@pytest.mark.parametrize(
    "script",
    [
        'if [ "$TIER" = live ]; then . ./tier.sh; fi',
        "make > make.log 2>&1 & wait",
        "echo -n ${TIER:-test} ${TIER%-*} ${#TIER} $((n + 1))",
        "# if [[ $TIER ]]; then source tier.sh",
        "grep -Ev '(^#|.)$' hosts | sed 's/x.$//'",
        "echo 'for [[ x ]]' \"{1..5}\"",
        "cat > run.sh <<'END'\nsource tier.sh\n[[ $A ]]\nEND",
        "awk '{ if (a[1] == $2) print }' hosts",
        "ssh ci@web.example '[[ -f a ]] && source a'",
        "ssh ci@web.example <<END\nsource a\n[[ -f a ]]\nEND",
        "resource list\npushdocs",
        "curl 'https://example.org/?a=1&>b'",
    ],
)
def test_words_of_every_shell(script: str) -> None:
    assert bash_words(script) == ()


def said(steps: str, agent: str = "any") -> list[tuple[int, str]]:
    stage = f"stage('A') {{ steps {{\n{steps}\n}} }}"
    found = translated(f"pipeline {{\nagent {agent}\nstages {{ {stage} }} }}")
    return [
        (one.span.line, one.message)
        for one in found.translation.diagnostics
        if one.rule == "shell-is-bash"
    ]


def test_the_shell_of_a_job_is_told_once() -> None:
    scripts = "sh 'make'\nsh 'source a.sh && [[ $A ]]'\nsh 'pushd web'"
    assert said(scripts) == [
        (5, "`sh` is bash here, which reads `[[`, `source`; dash, the `sh` of Debian, does not")
    ]


@pytest.mark.parametrize(
    ("steps", "agent"),
    [
        ("sh '#!/bin/bash\\n[[ $A ]]'", "any"),
        ("sh '[[ $A ]]'", "{ docker 'gcc:14' }"),
        ("script { docker.image('gcc:14').inside { sh '[[ $A ]]' } }", "any"),
        ("powershell '[[ $A ]]'", "any"),
        ("sh 'make'", "any"),
    ],
)
def test_a_shell_that_is_the_same_is_not(steps: str, agent: str) -> None:
    assert said(f"sh 'make'\n{steps}", agent) == []


def test_a_shell_that_is_configured_is_that_of_the_agent() -> None:
    given = of_steps("sh '[[ $A ]]'", shell="sh -xe {0}")
    assert "shell-is-bash" not in {one.rule for one in given.translation.diagnostics}
