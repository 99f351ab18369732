"""Conditions hold on GitHub in exactly the runs in which they hold in Jenkins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deciding import (
    CONTEXT,
    SITE,
    Run,
    change,
    decided,
    dispatch,
    holds,
    push,
    said,
    schedule,
    tag,
    when,
)
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import write
from jenkins2gha.jenkins.values import (
    AllOf,
    AnyOf,
    Choose,
    Comparison,
    Concat,
    Constant,
    EnvironmentRef,
    Expr,
    Method,
    Negation,
    ParameterRef,
    ResultOf,
    TextTest,
    Truth,
)
from jenkins2gha.mapping.decisions.decide import at_job_level, decide
from jenkins2gha.mapping.lower import lower
from jenkins2gha.mapping.translation import Scope
from mapped import IN_CONTAINER, MACOS, rules

MAIN, TOPIC, PR, TAG = push(), push("feature/x"), change(), tag("v1.0")
BRANCH = EnvironmentRef("BRANCH_NAME")
RESULT = ResultOf("key", "version", "text")
CAPTURED = replace(CONTEXT, captures={"key": Path("steps.captured.outputs.version")})

WHEN: list[tuple[str, list[Run], list[Run]]] = [
    ("branch 'main'", [MAIN, tag("main"), push("MAIN"), schedule()], [TOPIC, PR, TAG]),
    ("branch 'feature/*'", [TOPIC, push("Feature/y")], [MAIN, PR, push("feature/x/y")]),
    ("branch 'feature/**'", [TOPIC, push("feature/x/y"), push("feature")], [MAIN, PR]),
    ("branch 'v*'", [TAG, push("v2")], [MAIN, PR, push("v/1")]),
    ("branch '*'", [MAIN, PR, TAG], [TOPIC]),
    ("branch '**'", [MAIN, PR, TAG, TOPIC], []),
    ("branch '**/x'", [TOPIC, push("x"), push("a/b/x")], [MAIN, PR]),
    ("branch 'PR-*'", [PR, change(number=12)], [MAIN, TOPIC, TAG]),
    ("branch 'PR-7'", [PR], [change(number=70), MAIN]),
    ("branch 'PR-7?'", [change(number=70)], [PR, MAIN]),
    ("branch pattern: 'main', comparator: 'EQUALS'", [MAIN], [TOPIC, PR]),
    ("branch pattern: 'v\\\\d+', comparator: 'regexp'", [push("v12")], [MAIN, PR, push("V1")]),
    ("branch pattern: 'main|dev.*', comparator: 'REGEXP'", [MAIN, push("dev/1")], [TOPIC, PR]),
    ("not { branch 'main' }", [TOPIC, PR, TAG], [MAIN]),
    ("not { branch 'feature/*' }", [MAIN, PR], [TOPIC]),
    ("anyOf { branch 'main'; branch 'feature/*' }", [MAIN, TOPIC], [PR, push("x")]),
    ("not { anyOf { branch 'main'; buildingTag() } }", [TOPIC, PR], [MAIN, TAG]),
    ("allOf { branch 'main'; not { changeRequest() } }", [MAIN], [PR, TOPIC]),
    ("buildingTag()", [TAG], [MAIN, PR]),
    ("tag 'v*'", [TAG], [push("v1"), tag("1.0"), tag("v/1"), PR]),
    ("tag 'release/*'", [tag("release/1")], [push("release/1"), TAG]),
    ("tag ''", [TAG], [MAIN, PR]),
    ("changeRequest()", [PR], [MAIN, TAG, schedule()]),
    ("changeRequest target: 'main'", [PR], [change("dev"), MAIN]),
    ("changeRequest target: 'rel/*', comparator: 'GLOB'", [change("rel/1")], [PR, push("rel/1")]),
    ("changeRequest branch: 'topic', author: 'mona'", [PR], [change(head="x"), MAIN]),
    ("changeRequest id: '7', url: 'ignored'", [PR], [change(number=8)]),
    ("environment name: 'BRANCH_NAME', value: 'main'", [MAIN], [TOPIC, PR]),
    ("environment name: 'NAME', value: 'DEV', ignoreCase: true", [MAIN], [dispatch(NAME="x")]),
    ("environment name: 'FLAG', value: 'true'", [dispatch(FLAG=True)], [MAIN, dispatch()]),
    ("environment name: 'ON', value: 'true'", [MAIN, dispatch()], [dispatch(ON=False)]),
    ("equals expected: 'true', actual: params.FLAG", [], [MAIN, dispatch(FLAG=True)]),
    ("equals expected: true, actual: params.FLAG", [dispatch(FLAG=True)], [MAIN, dispatch()]),
    ("equals expected: 'prod', actual: params.TARGET", [dispatch(TARGET="prod")], [MAIN]),
    ("expression { params.FLAG }", [dispatch(FLAG=True)], [MAIN, dispatch()]),
    ("expression { return params.ON }", [MAIN, dispatch()], [dispatch(ON=False)]),
    ("expression { params.NAME }", [MAIN, dispatch()], [dispatch(NAME="")]),
    ("expression { env.CHANGE_ID }", [PR], [MAIN]),
    ("expression { env.TAG_NAME }", [TAG], [MAIN, PR]),
    ("expression { false }", [], [MAIN]),
    ("expression { 'false' }", [MAIN], []),
    ("triggeredBy 'TimerTrigger'", [schedule()], [MAIN, dispatch()]),
    ("triggeredBy 'timertriggercause'", [schedule()], [MAIN]),
    ("triggeredBy 'UserIdCause'", [dispatch()], [MAIN, schedule()]),
    ("triggeredBy cause: 'UserIdCause', detail: 'mona'", [dispatch()], [MAIN]),
    ("triggeredBy 'BranchEventCause'", [MAIN, PR], [dispatch(), schedule()]),
    ("triggeredBy 'SCMTrigger'", [MAIN], [dispatch(), schedule()]),
    ("isRestartedRun()", [], [MAIN]),
]

FLAG, NAME, TARGET, COUNT = (ParameterRef(one) for one in ("FLAG", "NAME", "TARGET", "COUNT"))
VERSION = push(captures={"version": "1.22"})
OTHER = push(captures={"version": "2.0-rc"})


def equals(left: Expr, right: object) -> Comparison:
    return Comparison("==", left, Constant(right))  # type: ignore[arg-type]


EXPRESSIONS: list[tuple[Expr, list[Run], list[Run]]] = [
    (equals(TARGET, "dev"), [MAIN, dispatch()], [dispatch(TARGET="prod")]),
    (Negation(equals(TARGET, "dev")), [dispatch(TARGET="prod")], [MAIN, dispatch()]),
    (equals(FLAG, False), [MAIN, dispatch()], [dispatch(FLAG=True)]),
    (equals(FLAG, "false"), [], [MAIN, dispatch()]),
    (equals(Method("toString", (FLAG,)), "true"), [dispatch(FLAG=True)], [MAIN]),
    (equals(Concat((FLAG,)), "true"), [dispatch(FLAG=True)], [MAIN]),
    (equals(EnvironmentRef("FLAG"), True), [], [MAIN, dispatch(FLAG=True)]),
    (Truth(EnvironmentRef("FLAG")), [MAIN, dispatch()], []),
    (equals(NAME, None), [], [MAIN, dispatch(NAME="")]),
    (equals(NAME, ""), [dispatch(NAME="")], [MAIN]),
    (equals(EnvironmentRef("CHANGE_ID"), None), [MAIN], [PR]),
    (equals(EnvironmentRef("NOBODY"), None), [MAIN], []),
    (Truth(Method("toBoolean", (NAME,))), [dispatch(NAME="Y")], [MAIN, dispatch(NAME="no")]),
    (
        Comparison(">", Method("toInteger", (COUNT,)), Constant(2)),
        [MAIN, dispatch(COUNT="10")],
        [dispatch(COUNT="2")],
    ),
    (TextTest("startsWith", BRANCH, Constant("feature/")), [TOPIC], [MAIN, PR]),
    (TextTest("endsWith", BRANCH, Constant("/x")), [TOPIC], [MAIN, PR]),
    (TextTest("contains", BRANCH, Constant("merge")), [push("merge-it")], [MAIN, PR]),
    (TextTest("startsWith", BRANCH, Constant("PR-")), [PR], [MAIN]),
    (TextTest("finds", BRANCH, Constant("^(main|dev)$")), [MAIN, push("dev")], [TOPIC, PR]),
    (TextTest("finds", BRANCH, Constant("ain")), [MAIN], [TOPIC, PR]),
    (TextTest("matches", BRANCH, Constant(r"PR-\d+")), [PR], [MAIN]),
    (TextTest("matches", BRANCH, Constant(r"feature\/[a-z]+")), [TOPIC], [MAIN, PR]),
    (TextTest("matches", BRANCH, Constant(r"(?i)FEATURE/.+")), [TOPIC], [MAIN, push("feature/")]),
    (TextTest("matches", BRANCH, Constant(r"(?!main)\w+")), [push("dev")], [MAIN, PR]),
    (equals(Method("toLowerCase", (BRANCH,)), "main"), [MAIN, push("Main")], [TOPIC]),
    (equals(Method("toLowerCase", (BRANCH,)), "Main"), [], [MAIN, push("Main")]),
    (equals(Method("replace", (BRANCH, Constant("/"), Constant("-"))), "feature-x"), [TOPIC], [PR]),
    (equals(Method("tokenize", (RESULT, Constant("."), Constant(0))), "1"), [VERSION], [OTHER]),
    (Comparison(">", Method("length", (RESULT,)), Constant(4)), [OTHER], [VERSION]),
    (TextTest("contains", Method("trim", (RESULT,)), Constant("-rc")), [OTHER], [VERSION]),
    (equals(RESULT, "1.22"), [VERSION], [OTHER]),
    (Truth(RESULT), [VERSION, OTHER], [push(captures={"version": ""})]),
    (
        Truth(Choose(equals(BRANCH, "main"), Constant("prod"), Constant(""))),
        [MAIN],
        [TOPIC, PR],
    ),
    (
        equals(Choose(equals(BRANCH, "main"), Constant("prod"), TARGET), "prod"),
        [MAIN, dispatch("x", TARGET="prod")],
        [TOPIC, dispatch("x")],
    ),
    (
        AnyOf(
            (FLAG, AllOf((equals(BRANCH, "main"), TextTest("matches", NAME, Constant("d[a-z]+")))))
        ),
        [MAIN, dispatch("x", FLAG=True)],
        [TOPIC, dispatch(NAME="x")],
    ),
]


@pytest.mark.parametrize(("text", "yes", "no"), WHEN, ids=[one[0] for one in WHEN])
def test_when_holds_in_the_runs_of_jenkins(text: str, yes: list[Run], no: list[Run]) -> None:
    decision = decided(when(text))
    assert [run for run in yes if not holds(decision, run)] == []
    assert [run for run in no if holds(decision, run)] == []


@pytest.mark.parametrize(
    ("expr", "yes", "no"), EXPRESSIONS, ids=[str(n) for n in range(len(EXPRESSIONS))]
)
def test_expressions_hold_as_in_groovy(expr: Expr, yes: list[Run], no: list[Run]) -> None:
    decision = decided(expr, CAPTURED)
    assert [run for run in yes if not holds(decision, run)] == []
    assert [run for run in no if holds(decision, run)] == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("branch 'main'", "github.ref_name == 'main'"),
        ("branch 'PR-*'", "github.event_name == 'pull_request'"),
        ("not { branch 'main' }", "github.ref_name != 'main'"),
        ("branch 'v*'", "startsWith(github.ref_name, 'v') && !contains(github.ref_name, '/')"),
        ("changeRequest target: 'main'", "github.base_ref == 'main'"),
        ("allOf { changeRequest(); branch 'PR-*' }", "github.event_name == 'pull_request'"),
        ("expression { params.FLAG }", "inputs.FLAG"),
        ("expression { !params.FLAG }", "!inputs.FLAG"),
        ("expression { params.ON }", "github.event_name != 'workflow_dispatch' || inputs.ON"),
        ("equals expected: 'prod', actual: params.TARGET", "inputs.TARGET == 'prod'"),
        ("expression { env.CHANGE_ID }", "github.event_name == 'pull_request'"),
    ],
)
def test_conditions_are_as_short_as_their_meaning_allows(text: str, written: str) -> None:
    expr = when(text)
    if "!" in text:
        expr = Negation(FLAG)
    assert said(expr) == written


def test_a_wilder_pattern_is_tested_by_a_step_in_front() -> None:
    decision = decided(when("branch 'feature/*'"))
    (step,) = decision.before.steps
    assert (step.id, dict(step.env)) == ("when", {})
    assert step.run == (
        "if printf '%s\\n' \"$GITHUB_REF_NAME\" | grep -Eixq 'feature/[^/]*'; then\n"
        '  echo "holds=true" >> "$GITHUB_OUTPUT"\n'
        "fi"
    )
    assert decision.condition is not None
    assert write(decision.condition) == "steps.when.outputs.holds == 'true'"
    assert not at_job_level(decision.condition)


def test_only_what_github_cannot_say_is_tested_in_a_shell() -> None:
    decision = decided(when("allOf { branch 'main'; changeset '**/*.js' }"))
    assert decision.condition is not None
    assert write(decision.condition) == (
        "github.ref_name == 'main' && steps.when.outputs.holds == 'true'"
    )
    (step,) = decision.before.steps
    assert str(step.run).startswith('if git diff --name-only "$BASE"...HEAD | grep -Eixq ')
    assert rules(decision.before) == ["changes-of-a-push"]


def test_what_a_step_behind_may_change_is_decided_once() -> None:
    scope = Scope(env={"STATE": Path("env.STATE")})
    expr = equals(EnvironmentRef("STATE"), "new")
    context = replace(CONTEXT, run_time=frozenset({"STATE"}))

    decision = decide(
        expr, SITE, "once", scope, context, construct="if", changing=frozenset({"STATE"})
    )
    assert decision.condition is not None
    assert write(decision.condition) == "steps.once.outputs.holds == 'true'"
    assert [dict(step.env) for step in decision.before.steps] != [{}]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("branch pattern: 'main', comparator: 'EQUALS'", ["comparison-ignores-case"]),
        ("branch 'main'", []),
        ("equals expected: 'prod', actual: params.TARGET", []),
        ("environment name: 'BRANCH_NAME', value: '1.0'", []),
        ("isRestartedRun()", ["restart-is-a-rerun"]),
        ("equals expected: 'true', actual: params.FLAG", ["condition-never-holds"]),
        ("triggeredBy cause: 'UserIdCause', detail: 'mona'", ["user-is-login"]),
    ],
)
def test_a_difference_is_said_where_there_is_one(text: str, rule: list[str]) -> None:
    assert rules(decided(when(text)).before) == rule


@pytest.mark.parametrize(
    "text", ["triggeredBy 'BuildUpstreamCause'", "expression { thing.answer() }"]
)
def test_what_nobody_can_say_is_left_to_a_person(text: str) -> None:
    decision = decided(when(text))
    assert decision.condition is None
    assert decision.reason


@pytest.mark.parametrize("context", [IN_CONTAINER, MACOS])
def test_a_pattern_that_grep_may_not_know_is_left_to_a_person(context: object) -> None:
    expr = TextTest("matches", BRANCH, Constant(r"(?!main)\w+"))
    assert decided(expr, context).condition is None  # type: ignore[arg-type]


def test_a_choice_as_a_text() -> None:
    value = Choose(FLAG, Constant("release"), Choose(equals(BRANCH, "main"), NAME, Constant("x")))
    text = lower(value, Scope(), CONTEXT)
    assert not isinstance(text, str | None)
    assert write(text) == (  # type: ignore[arg-type]
        "case(inputs.FLAG == true, 'release', github.ref_name == 'main', "
        "case(github.event_name == 'workflow_dispatch', inputs.NAME, 'dev'), 'x')"
    )


def test_a_condition_as_a_text_is_true_or_false() -> None:
    text = lower(Negation(ParameterRef("ON")), Scope(), CONTEXT)
    assert write(text) == (  # type: ignore[arg-type]
        "github.event_name == 'workflow_dispatch' && !inputs.ON"
    )
    assert lower(Truth(Constant(0)), Scope(), CONTEXT) == "false"


def test_no_condition_reads_a_secret() -> None:
    scope = Scope(secrets={"TOKEN": Path("secrets.TOKEN")})
    decision = decided(Truth(EnvironmentRef("TOKEN")), scope=scope)
    (step,) = decision.before.steps
    assert (dict(step.env), [*step.secrets]) == ({}, ["HOLDS"])
    assert decision.condition is not None
    assert write(decision.condition) == "steps.when.outputs.holds == 'true'"


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (
            "params.LIVE == true",
            [
                (
                    "the parameter `LIVE` is not declared; without it this condition never holds: "
                    "declare it here where the job's settings do"
                ),
                "the condition never holds as long as its parameter is not declared",
            ],
        ),
        (
            "params.LIVE",
            ["the parameter `LIVE` is not declared; `vars.LIVE` stands in its place"],
        ),
        ("params.FLAG == 'x'", ["the condition never holds, in Jenkins neither"]),
    ],
)
def test_a_condition_that_waits_for_a_declaration(condition: str, said: list[str]) -> None:
    about = ("parameter-undeclared", "condition-never-holds")
    found = decided(when(f"expression {{ {condition} }}")).before.diagnostics
    assert [one.message for one in found if one.rule in about] == said
