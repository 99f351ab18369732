"""`try`, `catch`, `finally` and the result of the build, run by the simulator."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from jenkins2gha.actions.conditions import ALWAYS
from jenkins2gha.actions.emit import emit
from jenkins2gha.actions.header import Header
from jenkins2gha.actions.workflow import Job, RunsOn, Triggers, Workflow
from jenkins2gha.configuration import Configuration
from jenkins2gha.jenkins.pipeline import Attempt, BuildProperty, Item, Step
from jenkins2gha.jenkins.values import BuildFact, Concat, Constant, Known, Residual, Symbolic
from jenkins2gha.mapping.build_result import possible
from jenkins2gha.mapping.engine import translate
from jenkins2gha.mapping.identifiers import with_settled_ids
from jenkins2gha.mapping.results import ending
from jenkins2gha.mapping.translation import Scope, Translation
from jenkins2gha.passes import run_passes
from jenkins2gha.record import replace
from jenkins2gha.simulate.actions import Answer, World, push, simulate
from jenkins2gha.simulate.trace import Command
from jenkins2gha.source import Source
from mapped import LINUX, conditions, items, rules

SPAN = Source("test", "try").span(0, 3)


def attempt(
    line: int,
    tried: Iterable[Item],
    handler: Iterable[Item] | None = None,
    last: Iterable[Item] = (),
    *,
    rethrows: bool = False,
) -> Attempt:
    caught = None if handler is None else tuple(handler)
    site = Source("test", "\n" * line + "try").span(line, line + 3)
    return Attempt(tuple(tried), caught, tuple(last), site, rethrows=rethrows)


def sh(*scripts: str) -> tuple[Item, ...]:
    return items("\n".join(f"sh '{script}'" for script in scripts))


def result(value: str) -> BuildProperty:
    return BuildProperty("result", Known(value, SPAN), SPAN)


def mapped(*parts: Iterable[Item]) -> Translation:
    whole = tuple(item for part in parts for item in part)
    context = replace(LINUX, results=possible(whole))
    translation = translate(whole, Scope(), context)
    return replace(translation, steps=translation.steps + ending(translation.steps, context))


def ran(
    translation: Translation, *fails: str, stopped: str = "", tests: int = 0
) -> tuple[list[str], str]:
    """The scripts of the source that ran, and how the run ended."""

    def answer(command: Command) -> Answer:
        if command.kind == "uses":
            return Answer(outputs={"failed": str(tests)})
        if command.text == stopped:
            return Answer(end="cancel")
        failed = command.text in fails or command.text.rstrip().endswith("\nexit 1")
        return Answer(end="failure" if failed else "success")

    job = Job(id="j", runs_on=RunsOn(("ubuntu-latest",)), steps=translation.steps)
    whole = Workflow("w", Triggers(push={}), (with_settled_ids(job),))
    workflow = run_passes(whole, Configuration()).workflow
    run = simulate(emit(workflow, Header("0", "-", "")).text, push(), World(oracle=answer))
    assert not run.invalid, run.not_started
    own = [one for one in run.commands if one.kind == "run" and "\n" not in one.text]
    return [one.text for one in own if "BUILD_RESULT" not in one.text], run.conclusion


RETHROWN = [[attempt(1, sh("a", "b"), sh("c", "d"), sh("e", "f"), rethrows=True)], sh("g")]


@pytest.mark.parametrize(
    ("fails", "expected", "end"),
    [
        ([], "abefg", "success"),
        (["a"], "acdef", "failure"),
        (["b"], "abcdef", "failure"),
        (["b", "c"], "abcef", "failure"),
        (["e"], "abe", "failure"),
        (["a", "e"], "acde", "failure"),
        (["g"], "abefg", "failure"),
    ],
)
def test_what_is_thrown_again(fails: list[str], expected: str, end: str) -> None:
    assert ran(mapped(*RETHROWN), *fails) == (list(expected), end)
    assert ran(mapped(sh("x"), *RETHROWN), "x") == (["x"], "failure")


def test_a_person_stops_it() -> None:
    assert ran(mapped(*RETHROWN), stopped="a") == (list("acdef"), "cancelled")
    assert ran(mapped(sh("x"), *RETHROWN), stopped="x") == (["x"], "cancelled")


def test_try_with_finally_alone() -> None:
    part = [attempt(1, sh("a", "b"), None, sh("e"))]
    assert ran(mapped(part, sh("g"))) == (list("abeg"), "success")
    assert ran(mapped(part, sh("g")), "a") == (list("ae"), "failure")


SWALLOWED = [attempt(1, sh("a", "b"), sh("c", "d"), sh("e"))]


@pytest.mark.parametrize(
    ("fails", "expected", "end"),
    [
        ([], "abeg", "success"),
        (["a"], "acdeg", "success"),
        (["b"], "abcdeg", "success"),
        (["b", "c"], "abce", "failure"),
        (["e"], "abe", "failure"),
    ],
)
def test_what_is_swallowed(fails: list[str], expected: str, end: str) -> None:
    assert ran(mapped(SWALLOWED, sh("g")), *fails) == (list(expected), end)


@pytest.mark.parametrize(
    ("value", "end"), [("UNSTABLE", "failure"), ("FAILURE", "failure"), ("SUCCESS", "success")]
)
def test_a_handler_that_sets_the_result(value: str, end: str) -> None:
    part = [attempt(1, sh("a"), [result(value), *sh("c")])]
    assert ran(mapped(part, sh("g")), "a") == (list("acg"), end)
    assert ran(mapped(part, sh("g"))) == (list("ag"), "success")


def test_a_result_that_says_no_more_than_the_failure_is_no_step() -> None:
    part = [attempt(1, sh("a"), [result("FAILURE"), *sh("c")], rethrows=True)]
    assert [str(step.run) for step in mapped(part).steps] == ["a", "c"]


@pytest.mark.parametrize(
    ("fails", "expected", "end"),
    [
        ([], "abfhi", "success"),
        (["a"], "acfghi", "success"),
        (["b"], "abcfghi", "success"),
        (["f"], "abfghi", "success"),
        (["b", "c"], "abcfghi", "success"),
        (["h"], "abfh", "failure"),
        (["a", "g"], "acfgh", "failure"),
    ],
)
def test_one_inside_the_other(fails: list[str], expected: str, end: str) -> None:
    inner = attempt(2, sh("a", "b"), sh("c"), sh("f"), rethrows=True)
    part = [attempt(1, [inner], sh("g"), sh("h"))]
    assert ran(mapped(part, sh("i")), *fails) == (list(expected), end)


@pytest.mark.parametrize(
    ("fails", "expected"),
    [
        ([], "abdg"),
        (["a"], "acbdg"),
        (["a", "c"], "aceg"),
        (["b"], "abeg"),
    ],
)
def test_swallowed_inside_swallowed(fails: list[str], expected: str) -> None:
    inner = attempt(2, sh("a"), sh("c"))
    part = [attempt(1, [inner, *sh("b", "d")], sh("e"))]
    assert ran(mapped(part, sh("g")), *fails) == (list(expected), "success")


@pytest.mark.parametrize(
    ("fails", "expected", "end"),
    [
        ([], "abeg", "success"),
        (["a"], "aceg", "failure"),
        (["a", "c"], "aceg", "failure"),
        (["e"], "abeg", "failure"),
    ],
)
def test_inside_of_caught_errors(fails: list[str], expected: str, end: str) -> None:
    (block,) = items("catchError { sh 'x' }")
    assert isinstance(block, Step)
    inner = attempt(2, sh("a", "b"), sh("c"), sh("e"), rethrows=True)
    part = [replace(block, body=(inner,))]
    assert ran(mapped(part, sh("g")), *fails) == (list(expected), end)


def test_a_handler_of_tests() -> None:
    part = [attempt(1, sh("a"), items("unstable 'x'"), items("junit 'r.xml'"))]
    assert ran(mapped(part, sh("g")), "a") == (list("ag"), "failure")
    assert ran(mapped(part, sh("g")), tests=1) == (list("ag"), "failure")
    assert ran(mapped(part, sh("g"))) == (list("ag"), "success")


def test_a_placeholder_inside_fails_loudly() -> None:
    translation = mapped([attempt(1, items("mystery()\nsh 'a'"), sh("c"), sh("e"))], sh("g"))
    assert ran(translation) == (["e"], "failure")


def test_in_post() -> None:
    """Under `always()` the outcomes of the block's own steps tell, not those of the job."""
    whole = (*sh("x"), attempt(1, sh("a", "b"), sh("c"), sh("e"), rethrows=True), *sh("y"))
    scope = Scope(condition=ALWAYS, post="always")
    job = Job("j", RunsOn(("x",)), translate(whole, scope, LINUX).steps)
    assert conditions(with_settled_ids(job).steps)[3:5] == [
        ("always() && steps.try.outcome != 'skipped' && steps.try-2.outcome != 'success'"),
        "always() && steps.try.outcome != 'skipped'",
    ]


def test_a_handler_of_what_cannot_fail() -> None:
    translation = mapped([attempt(1, items("echo 'a'"), sh("c"))])
    assert [str(step.run) for step in translation.steps] == ["echo 'a'"]
    assert "catch-never" in rules(translation)


def test_a_result_that_groovy_computes_is_left_to_a_person() -> None:
    unknown = BuildProperty("result", Residual(SPAN, "why"), SPAN)
    translation = mapped([unknown])
    assert rules(translation) == ["build-result-unknown"]
    assert translation.outcomes[0].groovy


def test_a_word_that_is_no_result_is_a_failure() -> None:
    (step, _) = mapped([result("failed")]).steps
    assert "BUILD_RESULT=FAILURE" in str(step.run)


def test_what_a_caught_error_says() -> None:
    said = Symbolic(Concat((Constant("why: "), BuildFact("error"))), SPAN)
    (block,) = items("echo 'x'")
    assert isinstance(block, Step)
    part = attempt(1, sh("a"), [replace(block, arguments={"message": said})])
    translation = mapped([part])
    assert ran(translation, "a") == (["a", "echo 'why: a step failed'"], "success")
    assert "error-text" in rules(translation)


def test_what_stands_in_a_loop_has_ids_of_its_own() -> None:
    (block,) = items("catchError { sh 'x'\nsh 'y' }")
    assert ran(mapped([block, block], sh("g")), "x") == (list("xxg"), "failure")
    part = attempt(1, sh("a"), sh("c"))
    assert ran(mapped([part, part], sh("g")), "a") == (list("acacg"), "success")
