"""The platform clean-up: which commands go, which are translated, which stay."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.expressions import Context, Function
from jenkins2gha.actions.workflow import Job, RunsOn, Step, Text, Triggers, Workflow
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.passes.platform import platform, system_of
from jenkins2gha.passes.result import Note
from jenkins2gha.tables import table

SHELLS = {"sh": None, "bat": "cmd", "powershell": "powershell"}


def run(label: Text, *scripts: str | Step) -> tuple[tuple[Step, ...], tuple[Note, ...]]:
    """The steps and notes of a job; a script is `sh`'s, or `bat: …`, `powershell: …`."""
    job = Job("build", RunsOn((label,)), tuple(map(step, scripts)))
    result = platform(Workflow("w", Triggers(), (job,)))
    return result.workflow.jobs[0].steps, result.notes


def step(script: str | Step) -> Step:
    if isinstance(script, Step):
        return script
    kind, separator, rest = script.partition(": ")
    if not separator or kind not in SHELLS:
        kind, rest = "sh", script
    return Step(run=rest, script_kind=kind, shell=SHELLS[kind])


@pytest.mark.parametrize(
    ("scripts", "expected", "rules"),
    [
        (
            ["./mvnw clean compile", "mvnw.cmd clean compile"],
            ["./mvnw clean compile"],
            ["windows-twin"],
        ),
        (
            ["./mvnw clean compile\nmvnw.cmd clean compile"],
            ["./mvnw clean compile"],
            ["windows-twin"],
        ),
        (["mvnw.cmd a\n./mvnw a\necho b"], ["./mvnw a\necho b"], ["windows-twin"]),
        (["./mvnw a || mvnw.cmd a"], ["./mvnw a"], ["windows-twin"]),
        (["mvnw.cmd a && ./mvnw a"], ["./mvnw a"], ["windows-twin"]),
        (["./gradlew build", "bat: gradlew.bat build"], ["./gradlew build"], ["windows-twin"]),
        (
            ["./gradlew build", "bat: call .\\gradlew.bat build"],
            ["./gradlew build"],
            ["windows-twin"],
        ),
        (["bat: mvn -B verify", "mvn -B verify"], ["mvn -B verify"], ["windows-twin"]),
        (["mvn -Dv=$V x", "bat: mvn -Dv=%V% x"], ["mvn -Dv=$V x"], ["windows-twin"]),
        (["./build.sh all", "bat: build.bat all"], ["./build.sh all"], ["windows-twin"]),
        (["sh build.sh", "cmd /c build.bat"], ["sh build.sh"], ["windows-twin"]),
        (["./run.sh", "powershell: .\\run.exe"], ["./run.sh"], ["windows-twin"]),
        (["cd a && ./mvnw b", "cd a && mvnw.cmd b"], ["cd a && ./mvnw b"], ["windows-twin"]),
        (["./mvnw a | tee log", "mvnw.cmd a | tee log"], ["./mvnw a | tee log"], ["windows-twin"]),
        (["mvnw.cmd clean"], ["./mvnw clean"], ["windows-command"]),
        (["cd x; app/gradlew.bat a"], ["cd x; app/gradlew a"], ["windows-command"]),
        (["npm.cmd ci"], ["npm ci"], ["windows-command"]),
        (
            ["./mvnw clean", "mvnw.cmd deploy"],
            ["./mvnw clean", "./mvnw deploy"],
            ["windows-command"],
        ),
        (["if a; then mvnw.cmd b; fi"], ["if a; then ./mvnw b; fi"], ["windows-command"]),
        (
            ["bat: @echo off\ncall mvnw.cmd a\nmvnw.cmd b"],
            ["./mvnw a\n./mvnw b"],
            ["windows-command"],
        ),
    ],
)
@pytest.mark.parametrize("label", ["ubuntu-latest", "macos-15"])
def test_on_unix(label: str, scripts: list[str], expected: list[str], rules: list[str]) -> None:
    steps, notes = run(label, *scripts)
    assert [each.run for each in steps] == expected
    assert [note.rule for note in notes] == rules
    assert all(each.shell is None and each.script_kind == "sh" for each in steps)


@pytest.mark.parametrize(
    "scripts",
    [
        ["curl -O https://example.org/tool.exe"],
        ['echo "see build.bat"'],
        ["echo 'mvnw.cmd clean'"],
        ["# mvnw.cmd clean\n./mvnw clean"],
        ["wine setup.exe"],
        ["chmod +x mvnw.cmd"],
        ["cat <<EOF\nmvnw.cmd clean\nEOF"],
        ['if [ -n "$W" ]; then mvnw.cmd a; else ./mvnw a; fi'],
        ["build.bat"],
        ["./mvnw a", "./mvnw a"],
        [""],
    ],
)
def test_stays_on_unix(scripts: list[str]) -> None:
    steps, notes = run("ubuntu-latest", *scripts)
    assert [each.run for each in steps] == scripts
    assert notes == ()


@pytest.mark.parametrize(
    ("scripts", "expected", "rules"),
    [
        (["./mvnw clean compile"], [("cmd", "mvnw.cmd clean compile")], ["unix-command"]),
        (["./gradlew build"], [("cmd", "gradlew.bat build")], ["unix-command"]),
        (
            ["./mvnw clean compile", "mvnw.cmd clean compile"],
            [("cmd", "mvnw.cmd clean compile")],
            ["unix-twin", "unix-command"],
        ),
        (["./mvnw a", "bat: mvnw.cmd a"], [("cmd", "mvnw.cmd a")], ["unix-twin"]),
        (["./build.sh", "bat: build.bat"], [("cmd", "build.bat")], ["unix-twin"]),
        (["cd a\n./mvnw b"], [("bash -e {0}", "cd a\n./mvnw.cmd b")], ["unix-command"]),
        (["./mvnw -Dx=$X"], [("bash -e {0}", "./mvnw.cmd -Dx=$X")], ["unix-command"]),
        (
            ["bat: ./mvnw a\n./gradlew b"],
            [("cmd", "call mvnw.cmd a\ngradlew.bat b")],
            ["unix-command"],
        ),
        (["powershell: ./gradlew b"], [("powershell", "./gradlew.bat b")], ["unix-command"]),
    ],
)
def test_on_windows(scripts: list[str], expected: list[tuple[str, str]], rules: list[str]) -> None:
    given = [step(script) for script in scripts]
    bash = [
        Step(run=s.run, script_kind="sh", shell="bash -e {0}") if s.script_kind == "sh" else s
        for s in given
    ]
    steps, notes = run("windows-latest", *bash)
    assert [(each.shell, each.run) for each in steps] == expected
    assert [note.rule for note in notes] == rules


@pytest.mark.parametrize(
    "scripts",
    [
        ["bat: mvnw.cmd a"],
        ["mvn a", "bat: mvn a"],
        ["./build.sh"],
        ["bat: build.bat & echo ./mvnw"],
    ],
)
def test_stays_on_windows(scripts: list[str]) -> None:
    steps, notes = run("windows-2025", *scripts)
    assert list(steps) == [step(script) for script in scripts]
    assert notes == ()


def test_a_lone_batch_script_on_unix_becomes_a_failing_step() -> None:
    steps, notes = run("ubuntu-latest", "bat: msbuild app.sln")
    assert [(each.placeholder, each.shell, each.comment) for each in steps] == [
        (True, None, "msbuild app.sln")
    ]
    assert [(note.rule, note.certainty) for note in notes] == [("windows-script", Certainty.MANUAL)]


def test_pwsh_runs_everywhere() -> None:
    pwsh = Step(run="./build.ps1", script_kind="powershell", shell="pwsh")
    assert run("ubuntu-latest", pwsh) == ((pwsh,), ())


def test_a_removed_step_is_dropped_and_a_shortened_one_equivalent() -> None:
    _, removed = run("ubuntu-latest", "./mvnw a", "mvnw.cmd a")
    _, shortened = run("ubuntu-latest", "./mvnw a\nmvnw.cmd a")
    assert [note.certainty for note in (*removed, *shortened)] == ["dropped", "equivalent"]


@pytest.mark.parametrize(
    "rule", ["windows-twin", "unix-twin", "windows-command", "unix-command", "windows-script"]
)
def test_every_rule_has_its_row(rule: str) -> None:
    assert table("rules")[rule]["why"]


def test_the_note_names_both_forms() -> None:
    _, notes = run("ubuntu-latest", "./mvnw clean compile", "mvnw.cmd clean compile")
    assert "`mvnw.cmd clean compile`" in notes[0].message
    assert "`./mvnw clean compile`" in notes[0].message


def test_other_conditions_are_no_neighbours() -> None:
    windows = Step(run="mvnw.cmd a", script_kind="sh", condition=Function("failure"))
    steps, notes = run("ubuntu-latest", "./mvnw a", windows)
    assert [each.run for each in steps] == ["./mvnw a", "./mvnw a"]
    assert [note.rule for note in notes] == ["windows-command"]


def test_a_step_whose_outcome_is_asked_for_stays_and_does_nothing() -> None:
    windows = Step(id="first", run="mvnw.cmd a", script_kind="sh")
    steps, _ = run("ubuntu-latest", windows, "./mvnw a")
    assert [(each.id, each.run) for each in steps] == [("first", "exit 0"), (None, "./mvnw a")]


def test_a_runner_that_an_expression_names_is_left_alone() -> None:
    steps, notes = run(Context("matrix.os"), "./mvnw a", "mvnw.cmd a")
    assert len(steps) == 2
    assert notes == ()


@pytest.mark.parametrize(
    ("labels", "system"),
    [
        (("ubuntu-latest",), "linux"),
        (("windows-2025",), "windows"),
        (("self-hosted", "Windows", "x64"), "windows"),
        (("macos-15",), "macos"),
        (("self-hosted", "arm"), "linux"),
        ((Context("matrix.os"),), None),
    ],
)
def test_system_of(labels: tuple[Text, ...], system: str | None) -> None:
    assert system_of(RunsOn(labels)) == system
