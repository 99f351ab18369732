"""`environment { }` of a pipeline and of a stage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jenkins2gha.actions.workflow import Step
from jenkins2gha.configuration import Configuration, CredentialSetting
from jenkins2gha.mapping.job import JobTranslation
from jenkins2gha.mapping.translation import Context
from mapped import IN_CONTAINER, LINUX, bins, executed, job, parameters, rules, texts
from translating import with_sections

DECLARED = replace(LINUX, parameters=parameters(X="x"))
WHOLE = """\
END_OF_OUTPUT="END_$GITHUB_RUN_ID${{RANDOM:-}}"
{{
  echo "V<<$END_OF_OUTPUT"
  {}
  echo
  echo "$END_OF_OUTPUT"
}} >> "$GITHUB_ENV\""""
TRIMMED = """\
END_OF_OUTPUT="END_$GITHUB_RUN_ID${RANDOM:-}"
{
  echo "V<<$END_OF_OUTPUT"
  printf '%s\\n' "$V"
  echo "$END_OF_OUTPUT"
} >> "$GITHUB_ENV\""""
X = "${{ case(github.event_name == 'workflow_dispatch', inputs.X, 'x') }}"


def of_job(entries: str, steps: str = "sh 'make'", context: Context = LINUX) -> JobTranslation:
    stages = f"stages {{ stage('S') {{ steps {{ {steps} }} }} }}"
    return job(f"pipeline {{\nagent any\nenvironment {{\n{entries}\n}}\n{stages}\n}}", context)


def of_stage(entries: str, context: Context = LINUX) -> tuple[Step, ...]:
    stage = f"stage('S') {{\nenvironment {{\n{entries}\n}}\nsteps {{ sh 'make' }} }}"
    return job(f"pipeline {{\nagent any\nstages {{ {stage} }}\n}}", context).job.steps


@pytest.mark.parametrize(
    ("entries", "env"),
    [
        ("A = 'b'", {"A": "b"}),
        ("A = 1", {"A": "1"}),
        ('A = "x-${env.BUILD_NUMBER}"', {"A": "x-${{ github.run_number }}"}),
        ("A = 'b'\nC = \"${A}/c\"", {"A": "b", "C": "b/c"}),
        ("C = \"${env.A}/c\"\nA = 'b'", {"C": "b/c", "A": "b"}),
        ('A = "${B}"\nB = "${C}"\nC = \'d\'', {"A": "d", "B": "d", "C": "d"}),
        ('X = "${env.X}y"', {"X": X.replace(" }}", " }}y")}),
        ('A = "${params.X}"', {"A": X, "X": X}),
        ("A = ''", {"X": X}),
        ("X = ''", {}),
    ],
)
def test_variables_of_the_job(entries: str, env: dict[str, str]) -> None:
    found = texts(of_job(entries, context=DECLARED).job.env)
    assert {name: text for name, text in found.items() if name in env or name != "X"} == env


def test_parameters_are_variables() -> None:
    assert texts(of_job("A = 'b'", context=DECLARED).job.env) == {"X": X, "A": "b"}


def test_an_empty_value_is_said() -> None:
    translated = of_job("A = ''").translation
    assert "environment-empty" in rules(translated)


@pytest.mark.parametrize(
    ("entry", "run"),
    [
        ('PATH = "/x:${env.PATH}"', 'echo /x >> "$GITHUB_PATH"'),
        ('PATH = "${env.HOME}/x:$PATH"', 'echo "${HOME}/x" >> "$GITHUB_PATH"'),
        ('PATH = "/x:/y:${PATH}"', 'echo "PATH=/x:/y:${PATH}" >> "$GITHUB_ENV"'),
        ('A = "${env.HOME}/a"', 'echo "A=${HOME}/a" >> "$GITHUB_ENV"'),
        ('A = "${env.NODE_NAME}"', 'echo "A=${A}" >> "$GITHUB_ENV"'),
    ],
)
def test_what_a_first_step_completes(entry: str, run: str) -> None:
    first, second = of_job(entry).job.steps
    assert (first.run, second.run) == (run, "make")
    assert str(first.name).startswith("Set ")


def test_what_a_first_step_writes_is_read_as_variable() -> None:
    translated = of_job('A = "${env.HOME}/a"', 'sh "ls \'${env.A}\'"; archiveArtifacts "${A}/x"')
    assert (translated.job.steps[1].run, dict(translated.job.steps[1].env)) == ('ls "${A}"', {})
    assert translated.context.run_time == {"A"}


def test_path_of_a_container_stays() -> None:
    translated = of_job('PATH = "/x:${env.PATH}"', context=IN_CONTAINER)
    assert [step.run for step in translated.job.steps] == ["make"]
    assert "path-in-container" in rules(translated.translation)


@pytest.mark.parametrize(
    ("entry", "text", "secrets"),
    [
        ("T = credentials('a')", "", {"T": "${{ secrets.A }}"}),
        (
            "T = credentials('a')",
            "echo $T_USR",
            {
                "T": "${{ secrets.A_USR }}:${{ secrets.A_PSW }}",
                "T_USR": "${{ secrets.A_USR }}",
                "T_PSW": "${{ secrets.A_PSW }}",
            },
        ),
        (
            "T = credentials('a')\nU = \"https://${T}@x\"",
            "",
            {"T": "${{ secrets.A }}", "U": "https://${{ secrets.A }}@x"},
        ),
    ],
)
def test_credentials_are_on_the_shell_steps(entry: str, text: str, secrets: dict[str, str]) -> None:
    translated = of_job(entry, f"sh 'make {text}'; echo 'a'")
    shell, echo = translated.job.steps
    assert (texts(shell.secrets), dict(echo.secrets)) == (secrets, {})
    assert dict(translated.job.env) == {}


def test_the_kind_is_assumed_where_nothing_tells() -> None:
    translated = of_job("T = credentials('a')").translation
    assert rules(translated)[0] == "credential-kind-assumed"
    setting = Configuration(credentials={"a": CredentialSetting(kind="string")})
    known = of_job("T = credentials('a')", context=replace(LINUX, configuration=setting))
    assert "credential-kind-assumed" not in rules(known.translation)


@pytest.mark.parametrize(
    ("entry", "script", "kinds"),
    [
        ("T = credentials('a')", "scp -i $T x host:", ["file"]),
        ("T = credentials('a')", "mvn -B -s ${T} deploy", ["file"]),
        ("T = credentials('a')", 'cat "$T" | docker login', ["file"]),
        ("T = credentials('a')", "sed -i $T x", ["string"]),
        ("T = credentials('a')", "java -DkeyStorePassword=$T", ["string"]),
        ("T = credentials('a')", "ssh -i $T $T_USR@host", ["sshUserPrivateKey"] * 3),
        ("T = credentials('settings.xml')", "./deploy", ["file"]),
        ("T = credentials('settings.xml')", "echo $T > x", ["string"]),
        ("KUBECONFIG = credentials('a')", "kubectl get pods", ["file"]),
        ("KUBECONFIG = credentials('a')", "echo $KUBECONFIG > x", ["string"]),
    ],
)
def test_the_kind_that_its_use_tells(entry: str, script: str, kinds: list[str]) -> None:
    translated = of_job(entry, f"sh '{script}'").translation
    assert [one.kind for one in translated.secrets] == kinds


def test_the_kind_that_another_use_tells() -> None:
    binding = "file(credentialsId: 'a', variable: 'F')"
    steps = of_job("T = credentials('a')", f"withCredentials([{binding}]) {{ sh 'x' }}").job.steps
    assert [step.name for step in steps] == ["Write a", None, "Remove a"]


@pytest.mark.parametrize("kind", ["certificate", "aws"])
def test_a_kind_that_is_not_translated(kind: str) -> None:
    setting = Configuration(credentials={"a": CredentialSetting(kind=kind)})
    translated = of_job("T = credentials('a')", context=replace(LINUX, configuration=setting))
    assert rules(translated.translation)[0] == "credential-kind"
    assert translated.job.steps[0].placeholder


def test_a_value_that_is_not_known() -> None:
    translated = of_job("A = someMethod('x')")
    assert rules(translated.translation)[:2] == ["variable-unknown", "step-in-groovy"]
    assert "manual" in bins(translated.translation)


@pytest.mark.parametrize(
    ("value", "run"),
    [
        (
            "sh(script: 'git rev-parse HEAD', returnStdout: true).trim()",
            'V=$(git rev-parse HEAD)\necho "V=$V" >> "$GITHUB_ENV"',
        ),
        ("sh(script: 'a', returnStdout: true).trim()", f"V=$(a)\n{TRIMMED}"),
        (
            "\"${sh(script: 'a', returnStdout: true).trim()}\"",
            f"V=$(a)\n{TRIMMED}",
        ),
        (
            "sh(script: 'a; b', returnStdout: true).trim()",
            f"V=$(\nset -e\na; b\n)\n{TRIMMED}",
        ),
        (
            "sh(script: 'a', returnStdout: true)",
            WHOLE.format("a"),
        ),
        (
            "readFile('v')",
            WHOLE.format("cat v"),
        ),
    ],
)
def test_output_of_a_script(value: str, run: str) -> None:
    translated = of_job(f'V = {value}\nW = "w-${{V}}"')
    first, second, third = translated.job.steps
    assert (first.name, first.run) == ("Set V", run)
    assert texts(second.env) == {"W": "w-${{ env.V }}"}
    assert third.run == "make"
    assert "environment-computed" in rules(translated.translation)


def read_as_the_runner_does(text: str) -> dict[str, str]:
    found, lines = {}, text.split("\n")[:-1]
    while lines:
        line = lines.pop(0)
        if "<<" in line:
            name, end = line.split("<<")
            value = []
            while (line := lines.pop(0)) != end:
                value.append(line)
            found[name] = "\n".join(value)
        else:
            name, _, found[name] = line.partition("=")
    return found


@pytest.mark.parametrize(
    ("script", "value"),
    [
        ("echo 1.2", "1.2\n"),
        ("printf 1.2", "1.2"),
        ('printf "a\\\\nb\\\\n"', "a\nb\n"),
        ("true", ""),
        ("echo a; exit 0; echo b", "a\n"),
        ("cat <<E\\na\\nE", "a\n"),
    ],
)
def test_output_is_taken_as_it_is(script: str, value: str, tmp_path: Path) -> None:
    step = of_job(f"V = sh(script: '{script}', returnStdout: true)").job.steps[0]
    trimmed = of_job(f"V = sh(script: '{script}', returnStdout: true).trim()").job.steps[0]
    for one, expected in ((step, value), (trimmed, value.rstrip("\n"))):
        file = tmp_path / "env"
        file.write_text("")
        assert executed(str(one.run), tmp_path, {"GITHUB_ENV": str(file)})[0] == 0
        if "\n" in expected and one is trimmed:
            continue
        assert read_as_the_runner_does(file.read_text()) == {"V": expected}


@pytest.mark.parametrize("script", ["false", "false; echo a", "exit 3"])
def test_a_script_that_fails_fails_the_step(script: str, tmp_path: Path) -> None:
    for trim in ("", ".trim()"):
        step = of_job(f"V = sh(script: '{script}', returnStdout: true){trim}").job.steps[0]
        env = {"GITHUB_ENV": str(tmp_path / "env")}
        assert executed(str(step.run), tmp_path, env)[0] != 0


def test_variables_of_a_stage() -> None:
    (step,) = of_stage("A = 'b'\nC = \"${A}c\"\nT = credentials('t')")
    assert (texts(step.env), texts(step.secrets)) == (
        {"A": "b", "C": "bc"},
        {"T": "${{ secrets.T }}"},
    )


def test_output_of_a_script_in_a_stage() -> None:
    first, second = of_stage("V = sh(script: 'a', returnStdout: true).trim()\nW = \"${V}w\"")
    assert (first.id, first.run) == ("s-v", f"V=$(a)\n{TRIMMED}".replace("_ENV", "_OUTPUT"))
    assert texts(second.env) == {
        "V": "${{ steps.s-v.outputs.V }}",
        "W": "${{ steps.s-v.outputs.V }}w",
    }


def test_a_script_sees_the_values_of_its_siblings() -> None:
    translated = of_job("A = 'a b'\nV = sh(script: \"x '${A}'\", returnStdout: true).trim()")
    assert translated.job.steps[0].run == f"V=$(x 'a b')\n{TRIMMED}"


def test_the_file_of_a_credential_is_known_to_the_shell_steps_only() -> None:
    setting = Configuration(credentials={"a": CredentialSetting(kind="file")})
    translated = of_job("F = credentials('a')", context=replace(LINUX, configuration=setting))
    assert [texts(step.env) for step in translated.job.steps] == [
        {},
        {"F": "${{ runner.temp }}/a"},
        {},
    ]
    assert dict(translated.job.env) == {}


def test_variables_made_of_each_other_do_not_grow_without_end() -> None:
    doubled = "\n".join(f'A{at + 1} = "${{A{at}}}${{A{at}}}"' for at in range(40))
    result = with_sections(f"environment {{ A0 = 'word'\n{doubled}\n}}")
    assert max(len(str(text)) for text in result.workflow.jobs[0].env.values()) <= 20_000
    assert any(one.certainty == "manual" for one in result.translation.diagnostics)


def test_nested_blocks_do_not_make_them_grow_either() -> None:
    blocks = "".join(f'withEnv(["B{at + 1}=${{B{at}}}${{B{at}}}"]) {{ ' for at in range(40))
    result = with_sections("", f"withEnv(['B0=word']) {{ {blocks} sh 'x' {'}' * 41}")
    assert result.workflow.jobs[0].steps


def test_a_sibling_within_a_computed_value_is_the_sibling() -> None:
    result = with_sections(
        "parameters { string(name: 'X', defaultValue: 'q') }\n"
        'environment { A = "${params.X}"\nB = "${A.toUpperCase()}-x" }'
    )
    (step,) = [one for one in result.workflow.jobs[0].steps if one.name == "Set B"]
    assert step.run == (
        "echo B=\"$(printf '%s' \"${X}\" | tr '[:lower:]' '[:upper:]')\"-x >> \"$GITHUB_ENV\""
    )


def test_a_branch_s_name_is_changed_by_a_step() -> None:
    result = with_sections("environment { TAG = env.BRANCH_NAME.replace('/', '-') }")
    (step,) = [one for one in result.workflow.jobs[0].steps if one.name == "Set TAG"]
    assert str(step.run).endswith('| sed \'s|/|-|g\')" >> "$GITHUB_ENV"')
