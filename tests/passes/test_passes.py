"""The passes that change single fields: rights, pins, environment, caches, names, limits."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from jenkins2gha.actions.expressions import Context, Literal, Not
from jenkins2gha.actions.workflow import (
    Input,
    Job,
    Origin,
    RunsOn,
    Step,
    Strategy,
    Template,
    Triggers,
    Workflow,
)
from jenkins2gha.configuration import Configuration
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.passes import run_passes
from jenkins2gha.passes.caching import keep_caches_from_releases
from jenkins2gha.passes.environment import drop_repeated_variables
from jenkins2gha.passes.ids import drop_unread_ids
from jenkins2gha.passes.limits import keep_limits
from jenkins2gha.passes.naming import name_steps
from jenkins2gha.passes.permissions import limit_permissions
from jenkins2gha.passes.pinning import pin_actions
from jenkins2gha.tables import table


def workflow(*steps: Step, triggers: Triggers | None = None, **job: Any) -> Workflow:
    one = Job("build", RunsOn(("ubuntu-latest",)), steps)
    return Workflow("w", triggers or Triggers(push={}), (replace(one, **job),))


def sh(run: str, **fields: Any) -> Step:
    return Step(run=run, script_kind="sh", **fields)


# permissions


@pytest.mark.parametrize(
    ("step", "granted"),
    [
        (sh("make"), None),
        (sh("git push --dry-run"), None),
        (sh("echo git push"), None),
        (sh("docker push example.com/x"), None),
        (sh("git push git@github.com:a/b.git v1"), None),
        (sh("docker login ghcr.io -u a --password-stdin\ndocker push ghcr.io/a/b"), None),
        (sh("gh auth login --with-token < t\ngh pr create --fill"), None),
        (sh("gh pr create --fill", secrets={"GH_TOKEN": Context("secrets.BOT")}), None),
        (
            sh("gh run list", env={"GH_TOKEN": Context("github.token")}),
            {"contents": "read", "actions": "read"},
        ),
        (Step(uses="actions/download-artifact", inputs={"name": "x"}), None),
        (sh("git push origin v1"), {"contents": "write"}),
        (sh("mvn release:prepare"), {"contents": "write"}),
        (sh("gh release create v1"), {"contents": "write"}),
        (sh("docker push ghcr.io/a/b"), {"contents": "read", "packages": "write"}),
        (
            Step(uses="actions/download-artifact", inputs={"run-id": 1}),
            {"contents": "read", "actions": "read"},
        ),
        (
            Step(
                uses="docker/login-action",
                inputs={"registry": "ghcr.io", "password": Context("github.token")},
            ),
            {"contents": "read", "packages": "write"},
        ),
        (
            Step(
                uses="docker/login-action",
                inputs={"registry": "ghcr.io", "password": Context("secrets.BOT_PSW")},
            ),
            None,
        ),
        (
            Step(
                uses="docker/login-action",
                inputs={"registry": "ghcr.io", "password": Context("secrets.BOT_PSW")},
                env={"OTHER": Context("github.token")},
            ),
            None,
        ),
        (
            Step(
                uses="docker/login-action",
                inputs={"registry": "docker.io", "password": Context("github.token")},
            ),
            None,
        ),
        (
            Step(
                uses="docker/login-action",
                inputs={"registry": "ghcr.io", "password": Context("secrets.GITHUB_TOKEN")},
            ),
            {"contents": "read", "packages": "write"},
        ),
    ],
)
def test_a_job_asks_for_what_it_needs(step: Step, granted: dict[str, str] | None) -> None:
    result = limit_permissions(workflow(step))
    assert result.workflow.permissions == {"contents": "read"}
    assert result.workflow.jobs[0].permissions == granted
    assert len(result.notes) == (granted is not None)


def test_rights_that_a_job_has_stay() -> None:
    given = workflow(sh("git push"), permissions={"issues": "write"})
    granted = limit_permissions(given).workflow.jobs[0].permissions
    assert granted == {"issues": "write", "contents": "write"}


# pins


def test_an_action_is_pinned_to_a_commit() -> None:
    row = table("actions")["actions/checkout"]
    (step,) = pin_actions(workflow(Step(uses="actions/checkout")), "sha").workflow.jobs[0].steps
    assert step.uses == f"actions/checkout@{row['sha']} # {row['version']}"
    assert re.fullmatch(r"[0-9a-f]{40}", row["sha"])


def test_an_action_is_pinned_to_a_tag_where_asked() -> None:
    row = table("actions")["actions/checkout"]
    (step,) = pin_actions(workflow(Step(uses="Actions/Checkout")), "tag").workflow.jobs[0].steps
    assert step.uses == f"Actions/Checkout@{row['version']}"


@pytest.mark.parametrize(
    ("uses", "rules"),
    [
        ("./local", []),
        ("docker://alpine:3", []),
        ("a/b@v1", ["action-as-given"]),
        ("nobody/knows-this", ["action-unknown"]),
    ],
)
def test_others_stay_as_they_are(uses: str, rules: list[str]) -> None:
    result = pin_actions(workflow(Step(uses=uses)), "sha")
    assert result.workflow.jobs[0].steps[0].uses == uses
    assert [note.rule for note in result.notes] == rules


# environment


def env_left(job: dict[str, str], step: Step, *others: Step) -> dict[str, Any]:
    result = drop_repeated_variables(workflow(*others, step, env=job))
    return dict(result.workflow.jobs[0].steps[-1].env)


def test_what_the_job_says_is_not_repeated() -> None:
    assert env_left({"A": "1"}, sh("x", env={"A": "1", "B": "2"})) == {"B": "2"}


@pytest.mark.parametrize(
    ("job", "env", "other"),
    [
        ({"A": "1"}, {"A": "2"}, sh("y")),
        ({}, {"A": "1"}, sh("y")),
        ({"A": "1"}, {"A": "1"}, sh('echo "A=2" >> "$GITHUB_ENV"')),
        ({"JAVA_HOME": "/j"}, {"JAVA_HOME": "/j"}, Step(uses="actions/setup-java")),
    ],
)
def test_what_may_differ_stays(job: dict[str, str], env: dict[str, str], other: Step) -> None:
    assert env_left(job, sh("x", env=env), other) == env


# caches


@pytest.mark.parametrize(
    ("step", "inputs"),
    [
        (
            Step(uses="actions/setup-java", inputs={"cache": "maven", "java-version": "17"}),
            {"java-version": "17"},
        ),
        (Step(uses="actions/setup-node"), {"package-manager-cache": False}),
        (Step(uses="actions/checkout", inputs={"cache": "x"}), {"cache": "x"}),
    ],
)
@pytest.mark.parametrize(
    "triggers", [Triggers(push={"tags": ("**",)}), Triggers(others={"release": {}})]
)
def test_no_cache_where_releases_are_published(
    step: Step, inputs: dict[str, Any], triggers: Triggers
) -> None:
    result = keep_caches_from_releases(workflow(step, triggers=triggers))
    assert result.workflow.jobs[0].steps[0].inputs == inputs


def test_caches_stay_elsewhere() -> None:
    given = workflow(Step(uses="actions/setup-java", inputs={"cache": "maven"}))
    assert keep_caches_from_releases(given).workflow == given


# names and ids


def names(*steps: Step) -> list[Any]:
    return [step.name for step in name_steps(workflow(*steps)).workflow.jobs[0].steps]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((Step(uses="actions/checkout"),), ["Check out"]),
        ((Step(uses="actions/setup-java"),), ["Set up Java"]),
        ((Step(uses="owner/do-this_thing@v1"),), ["Do this thing"]),
        ((sh("mvn -B verify", stage="Build"),), ["Build"]),
        ((sh("a", stage="S"), sh("b", stage="S")), ["S › a", "S › b"]),
        ((sh("a", stage="S", name="Label"), sh("b", stage="S")), ["S › Label", "S › b"]),
        ((sh("set -e\n# why\n\n  make  all\n"),), ["make all"]),
        ((sh("unset A\nmake all"),), ["make all"]),
        ((sh("a"), sh("a"), sh("a")), ["a", "a (2)", "a (3)"]),
        ((sh(""),), ["Run"]),
        ((sh("a", stage="Line\nbreak\x00"),), ["Line break"]),
        ((sh("exit 1", stage="S", placeholder=True),), ["S › to do by hand"]),
        ((sh("exit 1", placeholder=True),), ["To do by hand"]),
        ((sh("a", stage="S" * 200),), ["S" * 73 + "…"]),
    ],
)
def test_names(steps: tuple[Step, ...], expected: list[str]) -> None:
    assert names(*steps) == expected


def test_a_name_with_an_expression_keeps_it() -> None:
    ref = Context("github.ref")
    (name, _) = names(sh("x", stage="S", name=Template(("on ", ref))), sh("y", stage="S"))
    assert name == Template(("S › ", "on ", ref))


def test_ids_stay_where_they_are_read() -> None:
    steps = (sh("a", id="a"), sh("b", id="b"), sh("c", env={"X": Context("steps.a.outputs.x")}))
    result = drop_unread_ids(workflow(*steps)).workflow.jobs[0].steps
    assert [step.id for step in result] == ["a", None, None]


def test_an_id_is_read_by_an_output_too() -> None:
    given = workflow(sh("a", id="a"), outputs={"x": Context("steps.a.outputs.x")})
    assert drop_unread_ids(given).workflow.jobs[0].steps[0].id == "a"


def test_a_step_that_only_tells_goes_with_its_id() -> None:
    begun = Origin((), "begun", Certainty.EQUIVALENT)
    told = sh("true", id="a", origin=begun)
    unread = workflow(told, sh("make"))
    assert [step.run for step in drop_unread_ids(unread).workflow.jobs[0].steps] == ["make"]
    read = workflow(told, sh("make", env={"X": Context("steps.a.outcome")}))
    assert [step.id for step in drop_unread_ids(read).workflow.jobs[0].steps] == ["a", None]
    alone = workflow(told)
    assert [step.run for step in drop_unread_ids(alone).workflow.jobs[0].steps] == ["true"]


# limits


def test_a_script_that_is_too_long_becomes_a_placeholder() -> None:
    result = keep_limits(workflow(sh("x" * 21_001, stage="S")), "fail")
    (step,) = result.workflow.jobs[0].steps
    assert step.placeholder
    assert step.stage == "S"
    assert str(step.run).startswith('echo "::error title=jenkins2gha::')
    assert str(step.run).endswith("\nexit 1")
    assert [(note.rule, note.certainty) for note in result.notes] == [
        ("limit-step", Certainty.MANUAL)
    ]


def test_an_expression_that_is_too_deep_becomes_a_placeholder() -> None:
    deep: Any = Literal(value=True)
    for _ in range(60):
        deep = Not(deep)
    result = keep_limits(workflow(sh("x", condition=deep), sh("y")), "fail")
    assert [step.placeholder for step in result.workflow.jobs[0].steps] == [True, False]
    assert result.workflow.jobs[0].steps[0].condition is None


def test_inputs_beyond_the_limit_are_said() -> None:
    inputs = tuple(Input(f"A{number}", "string") for number in range(27))
    result = keep_limits(workflow(sh("x"), triggers=Triggers(dispatch=inputs)), "fail")
    assert result.workflow.triggers.dispatch == inputs[:25]
    assert len(result.notes) == 2


def test_an_empty_option_makes_free_text() -> None:
    given = Input("A", "choice", "How?", default="", options=("", "x"))
    result = keep_limits(workflow(sh("x"), triggers=Triggers(dispatch=(given,))), "fail")
    free = Input("A", "string", "How? (one of: (empty), x)", default="")
    assert result.workflow.triggers.dispatch == (free,)
    assert [note.rule for note in result.notes] == ["input-free-text"]


def test_options_of_an_input_hold_no_expression() -> None:
    given = Input("A", "choice", options=("${{ x }}", "x"))
    result = keep_limits(workflow(sh("x"), triggers=Triggers(dispatch=(given,))), "fail")
    assert result.workflow.triggers.dispatch == (Input("A", "string"),)
    assert [note.rule for note in result.notes] == ["limit-inputs"]


def test_a_matrix_beyond_the_limit_is_a_failing_step() -> None:
    axes = {name: tuple(map(str, range(20))) for name in ("a", "b")}
    result = keep_limits(workflow(sh("x"), strategy=Strategy(axes)), "fail")
    assert result.workflow.jobs[0].strategy is None
    assert [step.placeholder for step in result.workflow.jobs[0].steps] == [True, False]


def test_a_job_without_steps_gets_one() -> None:
    (step,) = keep_limits(workflow(), "fail").workflow.jobs[0].steps
    assert step.run == "exit 0"


def test_what_is_small_stays() -> None:
    given = workflow(sh("x" * 20_000), triggers=Triggers(dispatch=(Input("A", "string"),)))
    assert keep_limits(given, "fail").workflow == given


# all of them


def test_all_passes_together() -> None:
    given = workflow(
        Step(uses="actions/checkout"),
        Step(uses="actions/setup-java", inputs={"java-version": "17", "distribution": "temurin"}),
        sh("git describe", stage="Build"),
        sh("a", placeholder=True),
        sh("b", placeholder=True),
    )
    result = run_passes(given, Configuration())
    (job,) = result.workflow.jobs
    assert [step.name for step in job.steps] == [
        "Check out",
        "Set up Java",
        "Build",
        "To do by hand",
    ]
    assert job.steps[0].inputs == {"persist-credentials": False, "fetch-depth": 0}
    assert run_passes(given, Configuration()) == result


def test_every_rule_of_a_note_has_a_row() -> None:
    steps = (
        sh("git push origin a && git log"),
        Step(uses="a/b"),
        Step(uses="a/b@v1"),
        sh("x" * 22_000),
    )
    again = Step(uses="actions/checkout")
    tagged = Triggers(push={"tags": ("*",)})
    cached = Step(uses="actions/setup-java", inputs={"cache": "maven"})
    result = run_passes(workflow(again, again, cached, *steps, triggers=tagged), Configuration())
    rules = {note.rule for note in result.notes}
    assert len(rules) == 9
    assert rules <= table("rules").keys()
