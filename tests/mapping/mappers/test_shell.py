"""`sh`, `bat`, `powershell`, `pwsh`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Function
from jenkins2gha.configuration import Configuration
from jenkins2gha.mapping.translation import Context, Scope
from mapped import (
    IN_CONTAINER,
    LINUX,
    MACOS,
    WINDOWS,
    bins,
    only_step,
    parameters,
    rules,
    texts,
    translated,
)

STOP = "$ErrorActionPreference = 'Continue'; trap { break }\n"


@pytest.mark.parametrize(
    ("steps", "run"),
    [
        ("sh 'make'", "make"),
        ("sh script: 'make'", "make"),
        ("sh '''\n    make\n    make test\n  '''", "make\nmake test"),
        ("sh 'echo \\'${{ x }}\\''", "echo '${{ x }}'"),
        ('sh "make ${params.X}"', "make ${X}"),
        ("sh 'make ' + params.X", "make ${X}"),
    ],
)
def test_script(steps: str, run: str) -> None:
    assert only_step(steps, replace(LINUX, parameters=parameters(X="x"))).run == run


@pytest.mark.parametrize(
    ("context", "steps", "shell", "kind"),
    [
        (LINUX, "sh 'make'", None, "sh"),
        (MACOS, "sh 'make'", None, "sh"),
        (IN_CONTAINER, "sh 'make'", None, "sh"),
        (WINDOWS, "sh 'make'", "bash -e {0}", "sh"),
        (WINDOWS, "bat 'make'", "cmd", "bat"),
        (WINDOWS, "powershell 'make'", "powershell", "powershell"),
        (WINDOWS, "pwsh 'make'", "pwsh", "powershell"),
        (LINUX, "pwsh 'make'", "pwsh", "powershell"),
        (LINUX, "sh '#!/bin/bash\\nmake'", "bash {0}", "sh"),
        (LINUX, "sh '#!/bin/bash -ex\\nmake'", "bash -ex {0}", "sh"),
        (LINUX, "sh '#!/usr/bin/env python3\\nx'", "python3 {0}", "other"),
        (LINUX, "sh '#!/usr/bin/env -S bash -eu\\nx'", "bash -eu {0}", "sh"),
        (LINUX, "sh '#! /opt/own/perl -w\\nx'", "/opt/own/perl -w {0}", "other"),
        (LINUX, "sh '''\n#!/bin/bash\nmake'''", None, "sh"),
        (LINUX, "sh ' #!/bin/bash\\nmake'", None, "sh"),
    ],
)
def test_shell(context: Context, steps: str, shell: str | None, kind: str) -> None:
    step = only_step(steps, context)
    assert (step.shell, step.script_kind) == (shell, kind)


def test_shell_of_the_configuration() -> None:
    context = replace(LINUX, configuration=Configuration(shell="sh -xe {0}"))
    assert only_step("sh 'make'", context).shell == "sh -xe {0}"
    assert only_step("sh '#!/bin/bash\\nmake'", context).shell == "bash {0}"


def test_the_line_of_the_interpreter_stays() -> None:
    assert only_step("sh '#!/bin/bash\\nmake'").run == "#!/bin/bash\nmake"


@pytest.mark.parametrize("name", ["powershell", "pwsh"])
def test_powershell_goes_on_after_errors(name: str) -> None:
    assert only_step(f"{name} 'make'", WINDOWS).run == f"{STOP}make"


@pytest.mark.parametrize(
    ("name", "context"), [("bat", LINUX), ("bat", MACOS), ("powershell", IN_CONTAINER)]
)
def test_windows_step_elsewhere(name: str, context: Context) -> None:
    assert rules(translated(f"{name} 'make'", context)) == ["windows-step"]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("sh '  '", ["script-empty"]),
        ("sh foo()", ["script-unknown"]),
        ("sh \"cat <<'E'\\n${params.X}\\nE\"", ["script-value"]),
        ('sh "tag=\\$(make-tag); echo ${tag}"', ["script-own-variable"]),
        ("sh \"#!/usr/bin/env python3\\nprint('${params.X}')\"", ["script-language"]),
        ("sh 'x' * 3", []),
        ('sh "${params.X}"', ["script-from-value"]),
        ('sh "make ${params.X}"', ["value-not-parsed"]),
        ("sh \"make '${params.X}'\"", []),
        ("sh \"make ${params.FLAG ? 'live' : 'test'}\"", []),
        ("sh \"make ${params.FLAG ? 'live' : params.X}\"", ["value-not-parsed"]),
        ('sh "make ${params.FLAG ? "v-${params.X}" : 1}"', ["value-not-parsed"]),
        ("sh \"make ${params.FLAG ? 'live; ls' : 'test'}\"", ["value-not-parsed"]),
        ('sh "make ${params.FLAG} ${env.BUILD_NUMBER}"', []),
        ("sh \"make '${env.NOWHERE}'\"", ["environment-unset"]),
        ("sh 'echo $JOB_NAME'", ["variable-differs"]),
        ("sh 'echo $JENKINS_HOME'", ["variable-unavailable"]),
        ("sh script: 'x', encoding: 'UTF-8'", ["argument-dropped"]),
        ("sh script: 'x', returnStdout: true", ["argument-dropped"]),
        ("sh 'x'", []),
    ],
)
def test_what_is_said(steps: str, expected: list[str]) -> None:
    context = replace(LINUX, parameters=parameters(X="x", FLAG=True))
    said = rules(translated(f"script {{ {steps} }}" if "()" in steps else steps, context))
    assert [rule for rule in said if "groovy" not in rule] == expected or "*" in steps


@pytest.mark.parametrize(
    ("steps", "bin_"),
    [
        ("sh 'x'", "exact"),
        ("sh ''", "dropped"),
        ("sh \"make '${env.BUILD_NUMBER}'\"", "equivalent"),
        ("sh script: 'x', returnStatus: true", "equivalent"),
        ("sh 'echo $JOB_NAME'", "approximate"),
        ("sh 'echo $GIT_COMMIT'", "exact"),
    ],
)
def test_bin(steps: str, bin_: str) -> None:
    assert bins(translated(steps)) == [bin_]


def test_a_script_that_is_a_value_is_code() -> None:
    context = replace(LINUX, parameters=parameters(X="x"))
    assert only_step('sh "${params.X}"', context).run == 'bash -ec "${X}"'
    inside = replace(context, container=IN_CONTAINER.container)
    assert only_step("sh params.X", inside).run == 'sh -ec "${X}"'


def test_too_long_a_script() -> None:
    assert rules(translated(f"sh '{'x' * 21_001}'")) == ["script-too-long"]


def test_label_and_status() -> None:
    step = only_step("sh script: 'make', label: ' Build\\n it ', returnStatus: true")
    assert (step.name, step.continue_on_error) == ("Build it", True)


def test_names_that_the_text_reads() -> None:
    step = only_step("sh 'echo $BUILD_NUMBER $HOME $STAGE_NAME $mine'")
    assert texts(step.env) == {"BUILD_NUMBER": "${{ github.run_number }}", "STAGE_NAME": "S"}


def test_names_that_the_settings_of_jenkins_give() -> None:
    step = only_step("sh 'login $NEXUS_USER $NEXUS_PASSWORD'")
    assert texts(step.env) == {"NEXUS_USER": "${{ vars.NEXUS_USER }}"}
    assert texts(step.secrets) == {"NEXUS_PASSWORD": "${{ secrets.NEXUS_PASSWORD }}"}


def test_a_machine_of_ones_own_may_set_names_itself() -> None:
    step = only_step(
        "sh 'login $NEXUS_USER'", replace(LINUX, runner=replace(LINUX.runner, hosted=False))
    )
    assert texts(step.env) == {}


def test_workspace_in_a_container() -> None:
    step = only_step("sh 'ls $WORKSPACE'", IN_CONTAINER)
    assert (step.run, dict(step.env)) == (
        'export WORKSPACE="${GITHUB_WORKSPACE}"\nls $WORKSPACE',
        {},
    )


def test_all_of_the_scope() -> None:
    scope = Scope(
        stage="Build",
        directory="web",
        env={"A": "b"},
        secrets={"KEY": Path("secrets.KEY")},
        timeout=5,
        condition=Function("always"),
    )
    step = only_step("sh 'make'", LINUX, scope)
    assert (step.stage, step.working_directory, step.timeout_minutes) == ("Build", "web", 5)
    assert (texts(step.env), texts(step.secrets)) == ({"A": "b"}, {"KEY": "${{ secrets.KEY }}"})
    assert step.condition == Function("always")
