"""`parameters { }`: the inputs of the workflow."""

from __future__ import annotations

from typing import Any

import pytest

from jenkins2gha.actions.workflow import Input
from jenkins2gha.mapping.workflow import WorkflowTranslation
from jenkins2gha.tables import table
from translating import bins_of, rules_of, with_sections

LINE = 4


def parameter(text: str, **settings: Any) -> WorkflowTranslation:
    return with_sections(f"parameters {{\n{text}\n}}", **settings)


def inputs(translation: WorkflowTranslation) -> tuple[Input, ...]:
    return translation.workflow.triggers.dispatch or ()


@pytest.mark.parametrize(
    ("text", "type_", "default", "options"),
    [
        ("string(name: 'A', defaultValue: 'x')", "string", "x", ()),
        ("string(name: 'A')", "string", None, ()),
        ("booleanParam(name: 'A', defaultValue: true)", "boolean", True, ()),
        ("booleanParam(name: 'A', defaultValue: 'true')", "boolean", True, ()),
        ("booleanParam(name: 'A')", "boolean", False, ()),
        ("choice(name: 'A', choices: ['x', 'y'])", "choice", "x", ("x", "y")),
        ("choice(name: 'A', choices: 'x\\ny')", "choice", "x", ("x", "y")),
    ],
)
def test_exact(text: str, type_: str, default: object, options: tuple[str, ...]) -> None:
    translation = parameter(text)
    (found,) = inputs(translation)
    assert (found.name, found.type, found.default, found.options) == ("A", type_, default, options)
    assert bins_of(translation, LINE) == {"exact"}


def test_description() -> None:
    (found,) = inputs(parameter("string(name: 'A', description: 'where to')"))
    assert found.description == "where to"


def test_text_is_approximate() -> None:
    translation = parameter("text(name: 'A', defaultValue: 'x')")
    assert inputs(translation)[0].type == "string"
    assert bins_of(translation, LINE) == {"approximate"}


def test_a_password_is_a_secret() -> None:
    translation = parameter("password(name: 'API_KEY', defaultValue: '')")
    assert inputs(translation) == ()
    assert [one.name for one in translation.translation.secrets] == ["API_KEY"]


def test_at_most_25() -> None:
    many = "\n".join(f"string(name: 'P{n}')" for n in range(27))
    translation = parameter(many)
    assert len(inputs(translation)) == 25
    assert [d.rule for d in translation.translation.diagnostics].count("parameter-limit") == 2


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("string(name: 'A', defaultValue: foo())", "parameter-default"),
        ("choice(name: 'A', choices: foo())", "parameter-default"),
        ("anOptionOfOurs(name: 'A')", "parameter-unknown"),
    ],
)
def test_left_to_a_person(text: str, rule: str) -> None:
    translation = parameter(text)
    assert rule in rules_of(translation)
    assert inputs(translation) == ()
    assert translation.workflow.jobs[0].steps[0].placeholder


@pytest.mark.parametrize("name", table("parameters"))
def test_every_row_is_used(name: str) -> None:
    row = table("parameters")[name]
    choices = ", choices: ['x']" if name in ("choice", "persistentChoice") else ""
    if row.get("mapper") == "active":
        choices = ", script: [$class: 'GroovyScript', script: [script: \"['x']\"]]"
    translation = parameter(f"{name}(name: 'A'{choices})")
    said = {one.rule: one for one in translation.translation.diagnostics}
    if "drop" in row:
        assert row["drop"] in said["parameter-dropped"].message
    elif "manual" in row:
        assert said["parameter-manual"].hint == row["manual"]
        assert said["parameter-manual"].message.startswith(
            f"the parameter `A` of the kind `{name}`"
        )
    else:
        assert inputs(translation) or "parameter-password" in said
