"""Which directories are there once a script is through."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.expressions import Context
from jenkins2gha.actions.workflow import Step
from jenkins2gha.mapping.visited import removed_by, visited_by


def script(text: str) -> Step:
    return Step(run=text, script_kind="sh")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cd web\nmake", ["web"]),
        ("cd web && make", ["web"]),
        ("cd web; cd ../api/src; make", ["web", "api/src"]),
        ("cp -r a b target/", ["target"]),
        ("mkdir -p out/docs", ["out/docs"]),
        ("git clone https://example.org/a/tool.git\ncd tool/src", ["tool", "tool/src"]),
    ],
)
def test_what_a_script_was_in_is_there(text: str, found: list[str]) -> None:
    assert list(visited_by(script(text))) == found
    assert list(visited_by(Step(run=text, script_kind="sh", working_directory="x"))) == [
        f"x/{path}" for path in found
    ]


@pytest.mark.parametrize(
    "text",
    [
        "cd web && make\nls",
        "make || cd web",
        "make | cd web",
        "make && cd web || true",
        "cd web &",
        "(cd web)",
        "if make; then cd web; fi",
        "cd /tmp\nmkdir x",
        "cd ..\nmkdir x",
        'cd "$HOME"\nmkdir x',
        "cd -",
        "cp a web",
        "git clone https://example.org/tool.git there -b x",
    ],
)
def test_what_is_not_sure_is_not_said(text: str) -> None:
    assert list(visited_by(script(text))) == []


def test_a_step_that_may_fail_or_stands_elsewhere_says_nothing() -> None:
    assert not [*visited_by(Step(run="cd web", script_kind="other"))]
    assert not [*visited_by(Step(run="cd web", script_kind="sh", continue_on_error=True))]
    assert not [*visited_by(Step(run="cd web", script_kind="sh", shell="bash {0}"))]
    unknown = Step(run="cd web", script_kind="sh", working_directory=Context("inputs.place"))
    assert not [*visited_by(unknown), *removed_by(unknown)]


def test_what_a_script_removes() -> None:
    found = removed_by(script("if x; then rm -rf web/dist api; fi; mv -f out done"))
    assert list(found) == ["web/dist", "api", "out", "done"]
