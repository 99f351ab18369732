"""Results, assignments and choices: what one step of a job makes for others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deciding import PARAMETERS
from jenkins2gha.actions.expressions import Context as Path_
from jenkins2gha.actions.expressions import write
from jenkins2gha.actions.texts import render
from jenkins2gha.actions.workflow import Job
from jenkins2gha.jenkins.pipeline import (
    Assignment,
    Branch,
    BuildProperty,
    Captured,
    Choice,
    Item,
    Step,
)
from jenkins2gha.jenkins.values import (
    BuildFact,
    Comparison,
    Concat,
    Constant,
    EnvironmentRef,
    Expr,
    Form,
    Known,
    Method,
    ParameterRef,
    PathTest,
    Residual,
    ResultOf,
    Symbolic,
)
from jenkins2gha.mapping.captures import capture_ids
from jenkins2gha.mapping.engine import translate
from jenkins2gha.mapping.identifiers import with_settled_ids
from jenkins2gha.mapping.run_values import with_values
from jenkins2gha.mapping.translation import Context, Scope, Translation
from jenkins2gha.source import Source, Span
from mapped import IN_CONTAINER, LINUX, WINDOWS, bins, conditions, executed, rules, runs

SOURCE = Source("Jenkinsfile", "if (x) { a() } else { b() }\n" * 4)
SITE = SOURCE.span(0, 27)
BRANCH = EnvironmentRef("BRANCH_NAME")
ON_MAIN = Comparison("==", BRANCH, Constant("main"))
BRANCH_OF_FEATURE = PathTest(BRANCH, Constant("feature/*/x"), "GLOB")
BRANCH_OF_RELEASE = PathTest(BRANCH, Constant("release/*"), "GLOB")
WITH = replace(LINUX, parameters=PARAMETERS)


def site(number: int) -> Span:
    return SOURCE.span(number, number + 1)


def known(text: str | bool) -> Known:
    return Known(text, SITE)


def sh(script: str, at: int = 0, captured: Captured | None = None, **more: bool) -> Step:
    arguments = {"script": known(script), **{name: known(one) for name, one in more.items()}}
    return Step("sh", arguments, site(at), site(at), captured=captured)


def output(script: str, name: str = "version", *, trimmed: bool = True) -> Step:
    return sh(script, captured=Captured("k", name, "text", trimmed), returnStdout=True)


def result(name: str = "version", form: Form = "text") -> ResultOf:
    return ResultOf("k", name, form)


def chosen(condition: Expr, then: tuple[Item, ...], otherwise: tuple[Item, ...] = ()) -> Choice:
    return Choice((Branch(condition, then),), otherwise, SITE)


def mapped(*items: Item, context: Context = WITH, scope: Scope | None = None) -> Translation:
    """The translation of items in one job, with final ids."""
    translation = translate(items, scope or Scope(stage="Build"), with_values(items, context))
    job = Job("job", context.runner.runs_on, translation.steps)
    return replace(translation, steps=with_settled_ids(job).steps)


# --- results -------------------------------------------------------------------------------------


def test_an_output_is_kept_and_read_by_the_steps_behind() -> None:
    text = Concat((Constant("echo "), result()))
    reading = Step("sh", {"script": Symbolic(text, SITE)}, site(9), site(9))
    translation = mapped(output("git describe --tags"), reading)
    first, second = translation.steps
    assert (first.id, first.name) == ("version", "Set version")
    assert (
        first.run == 'version=$(git describe --tags)\necho "version=$version" >> "$GITHUB_OUTPUT"'
    )
    assert {name: render(text) for name, text in second.env.items()} == {
        "version": "${{ steps.version.outputs.version }}"
    }
    assert second.run == "echo ${version}"
    assert bins(translation) == ["equivalent", "approximate"]
    assert rules(translation) == ["value-not-parsed"]


@pytest.mark.parametrize(
    ("script", "trimmed", "value"),
    [
        ("printf ' a\\n\\n'", True, " a\n"),
        ("printf 'a\\nb\\n'", True, "a\nb\n"),
        ("printf 'a\\nb\\n'", False, "a\nb\n\n"),
        ("x=1\nif true; then\n  echo $x\nfi", True, "1\n"),
        ("#!/bin/sh\nprintf '%s' '$HOME'", True, "$HOME\n"),
    ],
)
def test_an_output_is_kept_as_it_is(script: str, trimmed: bool, value: str, tmp_path: Path) -> None:
    (step,) = mapped(output(script, trimmed=trimmed)).steps
    file = tmp_path / "output"
    status, _ = executed(str(step.run), tmp_path, {"GITHUB_OUTPUT": str(file)})
    assert status == 0
    text = file.read_text()
    if "<<" in text:
        first, rest = text.split("\n", 1)
        end = first.split("<<")[1]
        assert rest.endswith(f"{end}\n")
        text = rest.removesuffix(f"{end}\n")
    else:
        text = text.removeprefix("version=")
    assert text == value


def test_a_failing_script_fails_its_step(tmp_path: Path) -> None:
    (step,) = mapped(output("false\necho no")).steps
    status, _ = executed(str(step.run), tmp_path, {"GITHUB_OUTPUT": str(tmp_path / "output")})
    assert status == 1


@pytest.mark.parametrize(
    ("script", "status"),
    [
        ("true", 0),
        ("exit 3", 3),
        ("false\ntrue", 1),
        ("grep -q x /dev/null", 1),
        ("a=1; exit 0", 0),
    ],
)
@pytest.mark.parametrize("context", [WITH, IN_CONTAINER])
def test_a_status_is_kept_and_never_fails(
    script: str, status: int, context: Context, tmp_path: Path
) -> None:
    step = sh(script, captured=Captured("k", "rc", "status"), returnStatus=True)
    (action,) = mapped(step, context=context).steps
    file = tmp_path / "output"
    ended, _ = executed(str(action.run), tmp_path, {"GITHUB_OUTPUT": str(file)})
    assert (ended, file.read_text()) == (0, f"rc={status}\n")
    assert action.continue_on_error is None


def test_whether_a_file_exists(tmp_path: Path) -> None:
    step = Step(
        "fileExists",
        {"file": known("pom.xml")},
        SITE,
        SITE,
        captured=Captured("k", "maven", "flag"),
    )
    choice = chosen(result("maven", "flag"), (sh("mvn verify", 9),))
    first, second = mapped(step, choice).steps
    file = tmp_path / "output"
    executed(str(first.run), tmp_path, {"GITHUB_OUTPUT": str(file)})
    assert file.read_text() == "maven=false\n"
    assert second.condition is not None
    assert write(second.condition) == "steps.maven.outputs.maven == 'true'"


def test_a_file_and_a_directory_are_read() -> None:
    read = Step(
        "readFile", {"file": known("v")}, SITE, SITE, captured=Captured("k", "v", "text", True)
    )
    here = Step("pwd", {}, SITE, SITE, captured=Captured("d", "dir", "text"))
    file, directory = (str(step.run).split("\n") for step in mapped(read, here).steps)
    assert file[0] == "v=$(cat v)"
    assert "  pwd" in directory


def test_what_no_output_can_hold_is_left_to_a_person() -> None:
    step = Step("findFiles", {}, SITE, SITE, captured=Captured("k", "files", "text"))
    translation = mapped(step)
    assert rules(translation) == ["result-unknown"]
    assert bins(translation) == ["manual"]


def test_powershell_and_bat_keep_their_output() -> None:
    windows = replace(WITH, runner=WINDOWS.runner)
    power = replace(output("git describe"), name="powershell")
    (step,) = mapped(power, context=windows).steps
    assert step.shell == "powershell"
    assert str(step.run).splitlines()[-1] == (
        '"version<<$END_OF_OUTPUT`n$($version.Trim())`n$END_OF_OUTPUT"'
        " | Out-File $env:GITHUB_OUTPUT -Append -Encoding utf8"
    )
    silent = replace(output("@echo off\ngit describe"), name="bat")
    (step,) = mapped(silent, context=windows).steps
    assert str(step.run).startswith('git describe > "%RUNNER_TEMP%\\version.txt"\n')
    loud = replace(output("git describe"), name="bat")
    assert rules(mapped(loud, context=windows)) == ["result-unknown"]


def test_ids_are_words_of_the_variable_and_unique() -> None:
    steps = (
        replace(output("a"), captured=Captured("one", "gitCommit", "text", True)),
        replace(output("b"), captured=Captured("two", "gitCommit", "text", True)),
        replace(output("c"), captured=Captured("three", "PATH", "text", True)),
    )
    assert [step.id for step in mapped(*steps).steps] == ["git-commit", "git-commit-2", "path"]
    assert [output for _, output in capture_ids(steps).values()] == [
        "gitCommit",
        "gitCommit",
        "PATH_result",
    ]


# --- choices -------------------------------------------------------------------------------------


def test_branches_run_under_their_conditions() -> None:
    second = Branch(ParameterRef("FLAG"), (sh("two", 2),))
    choice = Choice((Branch(ON_MAIN, (sh("one", 1),)), second), (sh("three", 3),), SITE)
    translation = mapped(choice)
    assert runs(translation) == ["one", "two", "three"]
    assert conditions(translation.steps) == [
        "github.ref_name == 'main'",
        "github.ref_name != 'main' && inputs.FLAG",
        "github.ref_name != 'main' && !inputs.FLAG",
    ]


def test_a_choice_stands_under_the_condition_around_it() -> None:
    scope = Scope(stage="Build", condition=Path_("inputs.FLAG"))
    inner = chosen(ParameterRef("ON"), (sh("two", 2),))
    translation = mapped(chosen(ON_MAIN, (sh("one", 1), inner)), scope=scope)
    outer = "inputs.FLAG && github.ref_name == 'main'"
    inside = f"{outer} && (github.event_name != 'workflow_dispatch' || inputs.ON)"
    assert conditions(translation.steps) == [outer, inside]


def test_what_a_branch_changes_is_looked_at_once() -> None:
    state = Comparison("==", EnvironmentRef("STATE"), Constant("new"))
    change = Assignment("STATE", known("old"), site(1))
    translation = mapped(chosen(state, (change, sh("one", 2)), (sh("two", 3),)))
    assert [step.id for step in translation.steps] == ["build-if", None, None, None]
    assert conditions(translation.steps) == [
        "",
        "steps.build-if.outputs.holds == 'true'",
        "steps.build-if.outputs.holds == 'true'",
        "steps.build-if.outputs.holds != 'true'",
    ]
    assert {name: render(one) for name, one in translation.steps[0].env.items()} == {
        "HOLDS": "${{ env.STATE == 'new' }}"
    }


def test_nested_choices_that_need_steps_have_ids_of_their_own() -> None:
    inner = replace(chosen(BRANCH_OF_FEATURE, (sh("two", 2),)), span=SOURCE.span(28, 40))
    translation = mapped(chosen(BRANCH_OF_RELEASE, (inner, sh("one", 1))))
    ids = [step.id for step in translation.steps if step.id]
    assert ids == ["build-if", "build-if-2"]
    assert conditions(translation.steps)[-1] == "steps.build-if.outputs.holds == 'true'"


def test_a_branch_for_another_system_is_dropped() -> None:
    bat = replace(sh("dir", 5), name="bat")
    translation = mapped(chosen(BuildFact("isUnix"), (sh("ls", 1),), (bat,)))
    assert runs(translation) == ["ls"]
    assert conditions(translation.steps) == [""]
    assert bins(translation) == ["exact", "dropped"]
    assert rules(translation) == ["never-runs"]


def test_an_unknown_condition_is_left_to_a_person_and_its_branches_wait() -> None:
    fact = BuildFact("triggeredBy", (("cause", Constant("BuildUpstreamCause")),))
    translation = mapped(chosen(fact, (sh("one", 9),), (sh("two", 12),)))
    first, second, third = translation.steps
    assert (first.placeholder, first.id) == (True, "build-if")
    assert conditions((second, third)) == [
        "steps.build-if.outputs.branch == '1'",
        "steps.build-if.outputs.branch == '2'",
    ]
    assert bins(translation) == ["manual", "exact", "exact"]
    assert [one.kind for one in translation.holes] == ["expression"]


def test_without_placeholders_no_branch_of_an_unknown_condition_runs() -> None:
    silent = replace(WITH, configuration=replace(WITH.configuration, on_manual="skip"))
    fact = BuildFact("triggeredBy", (("cause", Constant("BuildUpstreamCause")),))
    assert mapped(chosen(fact, (sh("one", 9),)), context=silent).steps == ()


# --- assignments ---------------------------------------------------------------------------------


def test_an_assignment_is_seen_by_the_steps_behind(tmp_path: Path) -> None:
    value = Symbolic(Concat((Constant("v"), ParameterRef("NAME"))), SITE)
    translation = mapped(Assignment("TAG", value, SITE))
    (step,) = translation.steps
    assert (step.name, step.run) == ("Set TAG", 'echo "TAG=v${NAME}" >> "$GITHUB_ENV"')
    file = tmp_path / "env"
    executed(str(step.run), tmp_path, {"GITHUB_ENV": str(file), "NAME": "a b"})
    assert file.read_text() == "TAG=va b\n"


def test_an_assigned_text_may_have_several_lines(tmp_path: Path) -> None:
    (step,) = mapped(Assignment("TEXT", known("a\nb"), SITE)).steps
    file = tmp_path / "env"
    executed(str(step.run), tmp_path, {"GITHUB_ENV": str(file)})
    mark = file.read_text().splitlines()[-1]
    assert mark.startswith("END_")
    assert file.read_text() == f"TEXT<<{mark}\na\nb\n{mark}\n"


def test_a_block_around_has_precedence() -> None:
    scope = Scope(stage="Build", env={"TAG": "fixed"})
    translation = mapped(Assignment("TAG", known("x"), SITE), scope=scope)
    assert translation.steps == ()
    assert rules(translation) == ["assignment-hidden"]


def test_a_name_of_jenkins_is_read_from_jenkins_until_it_is_assigned() -> None:
    text = Concat((Constant("echo "), EnvironmentRef("BUILD_NUMBER")))
    reading = Step("sh", {"script": Symbolic(text, SITE)}, site(9), site(9))
    step = mapped(Assignment("BUILD_NUMBER", known("7"), SITE), reading).steps[1]
    assert render(step.env["BUILD_NUMBER"]) == "${{ env.BUILD_NUMBER || github.run_number }}"


def test_an_unknown_value_is_left_to_a_person() -> None:
    translation = mapped(Assignment("X", Residual(SITE, "it is Groovy"), SITE))
    assert rules(translation) == ["assignment-unknown"]
    assert [one.groovy for one in translation.outcomes] == [True]


def test_the_name_of_a_build_stands_in_its_summary() -> None:
    translation = mapped(BuildProperty("displayName", known("#1 a"), SITE))
    assert runs(translation) == ["echo '#1 a' >> \"$GITHUB_STEP_SUMMARY\""]
    unknown = mapped(BuildProperty("description", Residual(SITE, "it is Groovy"), SITE))
    assert (unknown.steps, rules(unknown)) == ((), ["build-name-dropped"])


# --- values that a shell computes ----------------------------------------------------------------


def test_a_value_that_github_cannot_say_is_computed_in_front(tmp_path: Path) -> None:
    flat = Method("replace", (BRANCH, Constant("/"), Constant("-")))
    text = Concat((Constant("docker build -t app:"), flat, Constant(" .")))
    build = Step("sh", {"script": Symbolic(text, SITE)}, site(9), site(9))
    first, second = mapped(build).steps
    assert (first.id, first.name) == ("branch-name-replaced", "Compute BRANCH_NAME_replaced")
    file = tmp_path / "output"
    known = {"GITHUB_OUTPUT": str(file), "BRANCH_NAME": "feature/a/b"}
    executed(str(first.run), tmp_path, known)
    assert file.read_text() == "BRANCH_NAME_replaced=feature-a-b\n"
    assert second.run == "docker build -t app:${BRANCH_NAME_replaced} ."
    assert {name: render(one) for name, one in second.env.items()} == {
        "BRANCH_NAME_replaced": "${{ steps.branch-name-replaced.outputs.BRANCH_NAME_replaced }}"
    }


def test_an_assigned_value_is_computed_where_it_is_written(tmp_path: Path) -> None:
    upper = Method("toUpperCase", (ParameterRef("NAME"),))
    (step,) = mapped(Assignment("LEVEL", Symbolic(upper, SITE), SITE)).steps
    file = tmp_path / "env"
    executed(str(step.run), tmp_path, {"GITHUB_ENV": str(file), "NAME": "dev"})
    assert file.read_text() == "LEVEL=DEV\n"


@pytest.mark.parametrize(
    ("word", "arguments", "text", "value"),
    [
        ("toLowerCase", (), "AbC", "abc"),
        ("trim", (), "  a b ", "a b"),
        ("replace", ("/", "|"), "a/b/c", "a|b|c"),
        ("replace", (".", "_"), "1.2.x", "1_2_x"),
        ("replaceAll", ("[^a-z0-9]+", "-"), "a_b..c", "a-b-c"),
        ("replaceFirst", ("^v", ""), "v1v", "1v"),
        ("take", (7,), "0123456789", "0123456"),
        ("drop", (3,), "0123", "3"),
        ("substring", (1, 3), "abcd", "bc"),
        ("split", ("/", 1), "a/b/c", "b"),
        ("split", ("/", -1), "a/b/c", "c"),
        ("tokenize", ("/", 0), "/a/b", "a"),
        ("tokenize", ("/", -1), "/a//b", "b"),
        ("length", (), "four", "4"),
    ],
)
def test_methods_of_texts(
    word: str, arguments: tuple[str | int, ...], text: str, value: str, tmp_path: Path
) -> None:
    method = Method(word, (ParameterRef("NAME"), *map(Constant, arguments)))
    (step,) = mapped(Assignment("X", Symbolic(method, SITE), SITE)).steps
    file = tmp_path / "env"
    executed(str(step.run), tmp_path, {"GITHUB_ENV": str(file), "NAME": text})
    assert file.read_text() == f"X={value}\n"


def test_a_method_that_no_shell_of_ours_knows_is_left_to_a_person() -> None:
    method = Method("md5", (ParameterRef("NAME"),))
    assert rules(mapped(Assignment("X", Symbolic(method, SITE), SITE))) == ["assignment-unknown"]
