"""Words that only people read, with Groovy in them that nobody evaluates."""

from __future__ import annotations

import pytest

from jenkins2gha.jenkins.pipeline import Groovy, Step
from jenkins2gha.jenkins.values import Concat, Constant, Known, Residual, Symbolic, Verbatim
from pipelines import items, script


def message(statement: str, name: str = "message") -> object:
    (step,) = script(statement)
    assert isinstance(step, Step)
    return step.arguments[name]


def test_a_part_is_written_as_it_stands() -> None:
    value = message('echo "by ${currentBuild.rawBuild.url} now"')
    assert isinstance(value, Symbolic)
    by, now = Constant("by "), Constant(" now")
    assert value.expr == Concat((by, Verbatim("currentBuild.rawBuild.url"), now))


def test_the_rest_is_evaluated() -> None:
    assert isinstance(message("echo 'a' + 'b'"), Known)


@pytest.mark.parametrize(
    "text",
    [
        "error(currentBuild.rawBuild.url)",
        "println 'a' + Runtime.runtime.maxMemory()",
        'unstable "${new Date()}"',
    ],
)
def test_all_of_it_may_be_one_part(text: str) -> None:
    value = message(text)
    assert isinstance(value, Symbolic)
    assert "Verbatim" in repr(value.expr)


@pytest.mark.parametrize(
    "text",
    [
        'echo "${currentBuild.rawBuild.each { it.x() }}"',
        'echo "${deploy(currentBuild.rawBuild)}"',
        'echo "${x = currentBuild.rawBuild}"',
    ],
)
def test_what_may_do_more_is_left_to_a_person(text: str) -> None:
    (step,) = script(text)
    assert isinstance(step, Groovy) or isinstance(step.arguments["message"], Residual)  # type: ignore[union-attr]


def test_an_address_is_no_message() -> None:
    (step,) = items('mail to: "${currentBuild.rawBuild.x}@y", subject: \'a\', body: "${scm.x.y}"')
    assert isinstance(step, Step)
    assert isinstance(step.arguments["to"], Residual)
    assert isinstance(step.arguments["body"], Symbolic)


def test_a_package_of_the_platform_is_no_library() -> None:
    (left, *_) = script('def x = groovy.json.JsonOutput.toJson([a: env.A])\nsh "echo ${x}"')
    assert isinstance(left, Groovy)
    assert "library" not in left.reason
