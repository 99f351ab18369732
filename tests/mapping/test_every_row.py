"""Every row of `mappings/` that is about a construct: a pipeline that uses it is converted."""

from __future__ import annotations

from dataclasses import asdict
from random import Random
from typing import Any

import pytest

from jenkins2gha import Conversion, convert
from jenkins2gha.tables import table
from pipelines_checked import account
from pipelines_generated import call

_NEEDED = {
    "cron": "cron('H 4 * * *')", "pollSCM": "pollSCM('H/5 * * * *')", "upstream": "upstream('a')",
    "parameterizedCron": "parameterizedCron('H 4 * * * %A=b')", "timeout": "timeout(5)",
    "buildDiscarder": "buildDiscarder(logRotator(numToKeepStr: '3'))", "retry": "retry(2)",
    "checkoutToSubdirectory": "checkoutToSubdirectory('src')", "lock": "lock('x')",
    "durabilityHint": "durabilityHint('MAX_SURVIVABILITY')", "withEnv": "withEnv(mine('A'))",
    "ansiColor": "ansiColor('xterm')", "withCredentials": "withCredentials(mine('A'))",
    "copyArtifactPermission": "copyArtifactPermission('a')",
    "throttle": "throttle(['a'])", "quietPeriod": "quietPeriod(5)",
    "gitLabConnection": "gitLabConnection('a')", "rateLimitBuilds": "rateLimitBuilds([count: 1])",
    "overrideIndexTriggers": "overrideIndexTriggers(true)",
}  # fmt: skip


def written(kind: str, name: str) -> str:
    """A pipeline in which a row of that table is used once."""
    section, step = "", "sh 'make'"
    if kind == "steps":
        step = call(Random(1), name, optional=0)
        if "." in name or name in ("node", "stage", "parallel", "properties", "input"):
            step = f"script {{ {chained(name)} }}"
        if name == "input":  # where the plan cannot cut, its row holds
            step = "withEnv(['A=b']) { input 'Go on?' }"
        if name == "node":
            step = "dir('d') { node('a') { sh 'make' } }"
    elif kind == "tools":
        section = (
            f"tools {{ {name} '1.2.3' }}" if name.isidentifier() else f"tools {{ '{name}' 'a' }}"
        )
    elif kind == "parameters":
        section = f"parameters {{ {name}(name: 'P') }}"
    else:
        section = f"{kind} {{ {_NEEDED.get(name, f'{name}()')} }}"
    stages = f"stages {{ stage('A') {{ steps {{\n{step}\n}} }} }}"
    return f"pipeline {{\nagent any\n{section}\n{stages}\n}}\n"


def chained(name: str) -> str:
    """`docker.image('a').inside('b') { }`: of a chain, each call has an argument."""
    parts = name.split(".")
    block = " { echo 'inside' }" if table("signatures").get(name, {}).get("block") else ""
    if name == "parallel":
        return "parallel mine('A')"
    first = [parts[0], *(f"{part}('a')" for part in parts[1:])]
    return (".".join(first) if len(parts) > 1 else f"{name}('a')") + block


def converted(kind: str, name: str) -> Conversion:
    conversion = convert(written(kind, name))
    assert conversion.workflow is not None, conversion.diagnostics
    assert list(account(conversion)) == []
    return conversion


def expected(row: dict[str, Any]) -> str | None:
    """The bin that a row names, where it does."""
    named: str | None = row.get("certainty")
    return named or next((bin_ for bin_ in ("manual", "drop") if bin_ in row), None)


ROWS = [
    (kind, name) for kind in ("steps", "options", "triggers", "parameters") for name in table(kind)
]


@pytest.mark.parametrize(("kind", "name"), ROWS)
def test_a_row_puts_its_construct_into_its_bin(kind: str, name: str) -> None:
    counts = asdict(converted(kind, name).constructs)
    bin_ = expected(table(kind)[name])
    if bin_ is not None and "mapper" not in table(kind)[name]:
        assert counts["dropped" if bin_ == "drop" else bin_] > 0, counts


@pytest.mark.parametrize("name", table("tools"))
def test_a_tool_is_set_up_or_said(name: str) -> None:
    conversion = converted("tools", name)
    said = any(one.span.line == 3 for one in conversion.diagnostics)
    assert said or "setup-" in (conversion.workflow or "")


@pytest.mark.parametrize("name", table("variables"))
def test_a_variable_of_jenkins_is_there_or_said(name: str) -> None:
    text = f"pipeline {{ agent any; stages {{ stage('A') {{ steps {{\nsh 'x ${name}'\n}} }} }} }}"
    conversion = convert(text)
    assert list(account(conversion)) == []
    said = any(one.span.line == 2 and name in one.message for one in conversion.diagnostics)
    workflow = conversion.workflow or ""
    assert said or f"{name}:" in workflow or f"x ${name}" in workflow


@pytest.mark.parametrize("label", table("runners"))
def test_a_label_names_its_runner(label: str) -> None:
    stages = "stages { stage('A') { steps { sh 'x' } } }"
    text = f"pipeline {{\nagent {{ label '{label}' }}\n{stages}\n}}"
    conversion = convert(text)
    assert list(account(conversion)) == []
    assert list(conversion.jobs[0].runner) == list(table("runners")[label]["labels"])
