"""The failing step that stands for a person's work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jenkins2gha.actions.expressions import Function
from jenkins2gha.configuration import Configuration
from jenkins2gha.mapping.placeholder import announcement, excerpt
from jenkins2gha.mapping.translation import Scope
from jenkins2gha.source import Source
from mapped import LINUX, rules, translated


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("plain", "plain"),
        ('a "b" $c `d` \\e', "a 'b' c 'd' e"),
        ("100%\nnext", "100 percent next"),
        ("“curly”!", "'curly'"),
        ("${{ github.token }}", "{{ github.token }}"),
    ],
)
def test_message_is_safe_in_double_quotes(message: str, text: str) -> None:
    line = f'echo "::error title=jenkins2gha::{text}"'
    assert announcement(message, fails=True) == f"{line}\nexit 1"


@pytest.mark.parametrize(
    ("mode", "post", "run"),
    [
        ("fail", None, "error"),
        ("fail", "always", "error"),
        ("warn", None, "warning"),
        ("skip", None, None),
    ],
)
def test_what_a_manual_step_does(mode: str, post: str | None, run: str | None) -> None:
    context = replace(LINUX, configuration=Configuration(on_manual=mode))  # type: ignore[arg-type]
    scope = Scope(post=post, condition=Function("always") if post else None)
    translation = translated("frobnicate()", context, scope)
    first = [step for step in translation.steps if step.placeholder][:1]
    assert [str(step.run).split()[1].strip('":').split(":")[0] for step in first] == (
        [] if run is None else [run]
    )
    assert [step.run and "exit 1" in str(step.run) for step in first] == (
        [] if run is None else [run == "error"]
    )
    assert rules(translation)[0] == "step-unknown"


@pytest.mark.parametrize("post", [None, "failure"])
def test_what_notifies_only_warns_in_post(post: str | None) -> None:
    rows = {"steps": {"shout": {"manual": "write a message", "notifies": True}}}
    context = replace(LINUX, configuration=Configuration(rows=rows))
    (step,) = translated("shout 'x'", context, Scope(post=post)).steps
    assert ("exit 1" in str(step.run)) == (post is None)


def test_excerpt_is_dedented_and_short() -> None:
    source = Source("x", "    a {\n" + "      b\n" * 30 + "    }\n")
    lines = excerpt(source.span(4, len(source.text) - 1)).splitlines()
    assert len(lines) == 20
    assert (lines[0], lines[1], lines[-1]) == ("a {", "  b", "…")


def test_hole_and_diagnostic_stand_at_the_call() -> None:
    translation = translated("\n  frobnicate()")
    (hole, *_), (said, *_) = translation.holes, translation.diagnostics
    assert (hole.kind, hole.construct, hole.span.line) == ("steps", "step frobnicate", 5)
    assert (said.span.line, said.construct) == (5, "step frobnicate")


def test_an_excerpt_whose_later_lines_have_no_indent() -> None:
    source = Source("x", "    sh '''\nmake\n    all\n'''")
    assert excerpt(source.span(4, len(source.text))) == "sh '''\nmake\n    all\n'''"
