"""Jenkins' values as texts of a workflow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.texts import render
from jenkins2gha.jenkins.pipeline import Option
from jenkins2gha.jenkins.values import (
    Concat,
    Constant,
    EnvironmentRef,
    Expr,
    Known,
    ListOf,
    ParameterRef,
)
from jenkins2gha.mapping.lower import lower, remarks
from jenkins2gha.mapping.parameter_values import default_of, input_name, secret_parameter
from jenkins2gha.mapping.translation import Scope
from jenkins2gha.source import Source
from jenkins2gha.tables import table
from mapped import IN_CONTAINER, LINUX, parameters

SPAN = Source("test", "echo").span(0, 4)
DISPATCHED = "github.event_name == 'workflow_dispatch'"
CONTEXT = replace(
    LINUX,
    parameters=parameters(X="it's", FLAG=False),
    environment={"JOB": "a"},
    run_time=frozenset({"LATE"}),
)
SCOPE = Scope(stage="Build", env={"IN": "b", "JOB": "c"}, secrets={"KEY": Path("secrets.KEY")})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Constant("a"), "a"),
        (Constant(True), "true"),
        (Constant(None), "null"),
        (ParameterRef("X"), f"${{{{ case({DISPATCHED}, inputs.X, 'it''s') }}}}"),
        (ParameterRef("FLAG"), f"${{{{ case({DISPATCHED}, inputs.FLAG, false) }}}}"),
        (EnvironmentRef("FLAG"), f"${{{{ case({DISPATCHED}, inputs.FLAG, false) }}}}"),
        (EnvironmentRef("IN"), "b"),
        (EnvironmentRef("JOB"), "c"),
        (EnvironmentRef("KEY"), "${{ secrets.KEY }}"),
        (EnvironmentRef("LATE"), "${{ env.LATE }}"),
        (EnvironmentRef("STAGE_NAME"), "Build"),
        (EnvironmentRef("BUILD_NUMBER"), "${{ github.run_number }}"),
        (EnvironmentRef("NOWHERE"), "${{ vars.NOWHERE }}"),
        (EnvironmentRef("build_number"), "${{ github.run_number }}"),
        (EnvironmentRef("Build_Id"), "${{ github.run_number }}"),
        (EnvironmentRef("workspace"), "${{ github.workspace }}"),
        (EnvironmentRef("in"), "b"),
        (EnvironmentRef("nowhere"), "${{ vars.nowhere }}"),
        (Concat((Constant("v"), EnvironmentRef("BUILD_ID"))), "v${{ github.run_number }}"),
        (Concat((Constant("a"), EnvironmentRef("IN"))), "ab"),
    ],
)
def test_value(value: Expr, text: str) -> None:
    lowered = lower(value, SCOPE, CONTEXT)
    assert lowered is not None
    assert render(lowered) == text


@pytest.mark.parametrize("name", ["HOME", "PATH", "USER"])
def test_only_the_shell_knows_what_the_machine_defines(name: str) -> None:
    assert lower(EnvironmentRef(name), SCOPE, CONTEXT) is None
    assert lower(Concat((Constant("a"), EnvironmentRef(name))), SCOPE, CONTEXT) is None


def test_branch_without_pull_requests() -> None:
    context = replace(LINUX, pull_request=False)
    branch = lower(EnvironmentRef("BRANCH_NAME"), SCOPE, context)
    assert branch == Path("github.ref_name")


def test_branch_of_a_plain_job_has_its_remote() -> None:
    branch = lower(EnvironmentRef("GIT_BRANCH"), SCOPE, replace(LINUX, multibranch=False))
    assert branch is not None
    assert render(branch) == "origin/${{ github.ref_name }}"


@pytest.mark.parametrize("name", sorted(table("variables")))
def test_every_variable_of_jenkins_is_read(name: str) -> None:
    text = lower(EnvironmentRef(name), SCOPE, LINUX)
    assert text is not None
    assert (text == Path(f"vars.{name}")) == ("manual" in table("variables")[name])


def test_workspace_of_a_container_is_no_expression() -> None:
    assert lower(EnvironmentRef("WORKSPACE"), SCOPE, IN_CONTAINER) is None
    assert lower(EnvironmentRef("workspace"), SCOPE, IN_CONTAINER) is None


def test_a_variable_of_the_pipeline_stands_before_one_of_jenkins_in_other_letters() -> None:
    context = replace(LINUX, environment={"Build_Number": "7"})
    assert lower(EnvironmentRef("build_number"), SCOPE, context) == Path("env.Build_Number")


@pytest.mark.parametrize(
    ("value", "rules"),
    [
        (EnvironmentRef("NOWHERE"), ["environment-unset"]),
        (ParameterRef("NOWHERE"), ["parameter-undeclared"]),
        (EnvironmentRef("JOB_NAME"), ["variable-differs"]),
        (EnvironmentRef("JENKINS_HOME"), ["variable-unavailable"]),
        (EnvironmentRef("BUILD_NUMBER"), []),
        (EnvironmentRef("build_number"), []),
        (EnvironmentRef("job_name"), ["variable-differs"]),
        (EnvironmentRef("HOME"), []),
        (Concat((EnvironmentRef("A"), EnvironmentRef("A"))), ["environment-unset"]),
    ],
)
def test_differences_are_stated(value: Expr, rules: list[str]) -> None:
    said = remarks(value, SPAN, "step sh", SCOPE, CONTEXT)
    assert [one.rule for one in said] == rules


@pytest.mark.parametrize(
    ("option", "default"),
    [
        (Option("string", {}, SPAN), ""),
        (Option("string", {"defaultValue": Known(None, SPAN)}, SPAN), ""),
        (Option("booleanParam", {}, SPAN), False),
        (Option("booleanParam", {"defaultValue": Known(True, SPAN)}, SPAN), True),
        (Option("choice", {"choices": ListOf((Known("b", SPAN),), SPAN)}, SPAN), "b"),
        (Option("choice", {"choices": Known("b\nc", SPAN)}, SPAN), "b"),
    ],
)
def test_default_of_a_parameter(option: Option, default: str | bool) -> None:
    assert default_of(option) == default


def test_a_password_is_a_secret() -> None:
    context = replace(LINUX, parameters={"PW": Option("password", {}, SPAN)})
    assert lower(ParameterRef("PW"), SCOPE, context) == Path("secrets.PW")


@pytest.mark.parametrize(
    ("name", "secret", "entered"),
    [
        ("A b", "A_B", "A_b"),
        ("1x", "PARAMETER_1X", "_1x"),
        ("github_x", "PARAMETER_GITHUB_X", "github_x"),
    ],
)
def test_names_that_github_takes(name: str, secret: str, entered: str) -> None:
    assert (secret_parameter(name), input_name(name)) == (secret, entered)
