"""Where a secret stood, the workflow reads one of GitHub's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jenkins2gha.actions.expressions import Context, Function, Literal
from jenkins2gha.actions.workflow import (
    Container,
    Input,
    Job,
    RunsOn,
    Step,
    Template,
    Triggers,
    Workflow,
)
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.passes.result import PassResult
from jenkins2gha.secrets import find, redact, reference
from jenkins2gha.secrets.find import Finding
from jenkins2gha.secrets.tokens import holds, token
from jenkins2gha.source import Source

TOKEN = token(0, "x" * 12)
FOUND = (Finding(0, 12, 1, "password", "PSW", 0),)
SECRET = Context("secrets.PSW")


def resolved(*steps: Step, **job: object) -> PassResult:
    built = replace(Job("build", RunsOn(("ubuntu-latest",)), steps), **job)  # type: ignore[arg-type]
    return reference(Workflow("w", Triggers(), (built,)), FOUND)


def one(step: Step) -> Step:
    result = resolved(step)
    assert {note.rule for note in result.notes} <= {"secret-referenced"}
    return result.workflow.jobs[0].steps[0]


@pytest.mark.parametrize(
    ("kind", "script", "expected"),
    [
        ("sh", "x -p @", 'x -p "${PSW}"'),
        ("sh", "x --p=@ y", 'x --p="${PSW}" y'),
        ("sh", 'x "a:@"', 'x "a:${PSW}"'),
        ("sh", "x 'a:@'", "x 'a:'\"${PSW}\"''"),
        ("sh", "PGPASSWORD=@ psql", 'PGPASSWORD="${PSW}" psql'),
        ("sh", "cat <<E\n@\nE", "cat <<E\n${PSW}\nE"),
        ("bat", "x -p @", "x -p %PSW%"),
        ("powershell", 'x "@"', 'x "${env:PSW}"'),
    ],
)
def test_scripts(kind: str, script: str, expected: str) -> None:
    step = one(Step(run=script.replace("@", TOKEN), script_kind=kind))
    assert step.run == expected
    assert step.secrets == {"PSW": SECRET}


def test_a_comment_reads_nothing() -> None:
    step = one(Step(run=f"make # {TOKEN}", script_kind="sh"))
    assert (step.run, step.secrets) == ("make # ***", {})


@pytest.mark.parametrize(
    ("kind", "script"),
    [("sh", "cat <<'E'\n@\nE"), ("powershell", "x 'a@'"), ("other", "print('@')")],
)
def test_no_reference_can_stand_there(kind: str, script: str) -> None:
    result = resolved(Step(run=script.replace("@", TOKEN), script_kind=kind))
    step = result.workflow.jobs[0].steps[0]
    assert step.placeholder
    assert "exit 1" in str(step.run)
    assert step.comment == script.replace("@", "***")
    assert [(note.rule, note.certainty) for note in result.notes] == [
        ("secret-unplaced", Certainty.MANUAL)
    ]


def test_the_environment_of_a_step() -> None:
    step = one(Step(run="x", env={"A": TOKEN, "B": f"u:{TOKEN}", "C": "c"}, script_kind="sh"))
    assert step.env == {"C": "c"}
    assert step.secrets == {"A": SECRET, "B": Template(("u:", SECRET))}


def test_the_environment_of_a_job_goes_to_the_steps_that_run_scripts() -> None:
    steps = (Step(run="x"), Step(uses="actions/checkout"), Step(run="y", env={"A": "own"}))
    result = resolved(*steps, env={"A": TOKEN, "B": "b"})
    job = result.workflow.jobs[0]
    assert job.env == {"B": "b"}
    assert [step.secrets for step in job.steps] == [{"A": SECRET}, {}, {}]


def test_the_environment_of_the_workflow_too() -> None:
    job = Job("build", RunsOn(("ubuntu-latest",)), (Step(run="x"),))
    result = reference(Workflow("w", Triggers(), (job,), env={"A": TOKEN}), FOUND)
    assert result.workflow.env == {}
    assert result.workflow.jobs[0].steps[0].secrets == {"A": SECRET}


def test_inputs_of_an_action() -> None:
    step = one(Step(uses="a/b", inputs={"password": TOKEN, "deep": True}))
    assert step.inputs == {"password": SECRET, "deep": True}


def test_a_taken_name_is_not_used_again() -> None:
    step = one(Step(run=f"x {TOKEN}", script_kind="sh", env={"PSW": "other"}))
    assert step.run == 'x "${PSW_2}"'
    assert step.secrets == {"PSW_2": SECRET}


def test_names_and_comments() -> None:
    step = one(Step(name=f"Login {TOKEN}", run="x", comment=f"# {TOKEN}"))
    assert (step.name, step.comment) == ("Login ***", "# ***")


def test_a_condition_makes_the_step_fail() -> None:
    condition = Function("contains", (Context("github.ref"), Literal(TOKEN)))
    result = resolved(Step(run="x", condition=condition))
    assert result.workflow.jobs[0].steps[0].placeholder
    assert not holds(repr(result))


def test_a_login_to_a_registry() -> None:
    container = Container("image", credentials={"password": TOKEN})
    job = resolved(Step(run="x"), container=container).workflow.jobs[0]
    assert job.container == Container("image", credentials={"password": SECRET})


def test_options_of_a_container_make_the_job_fail() -> None:
    result = resolved(Step(run="x"), container=Container("image", options=f"-e A={TOKEN}"))
    assert result.workflow.jobs[0].steps[0].placeholder
    assert [note.rule for note in result.notes] == ["secret-unplaced"]
    assert not holds(repr(result))


def test_the_default_of_an_input_is_gone() -> None:
    triggers = Triggers(dispatch=(Input("PSW", "string", default=TOKEN),))
    job = Job("build", RunsOn(("ubuntu-latest",)), (Step(run="x"),))
    result = reference(Workflow("w", triggers, (job,)), FOUND)
    assert result.workflow.triggers.dispatch == (Input("PSW", "string"),)
    assert [note.rule for note in result.notes] == ["secret-default"]


def test_a_workflow_without_findings_is_the_same_object() -> None:
    workflow = Workflow("w", Triggers(), ())
    assert reference(workflow, ()).workflow is workflow


def test_from_source_to_reference() -> None:
    value = "Tr0ub4dor" + "Zq7Lm2"
    source = Source("-", f"sh 'curl -u me:{value} https://example.org'")
    found = find(source)
    script = redact(source, found).text[4:-1]
    job = Job("build", RunsOn(("ubuntu-latest",)), (Step(run=script, script_kind="sh"),))
    step = reference(Workflow("w", Triggers(), (job,)), found).workflow.jobs[0].steps[0]
    assert step.run == 'curl -u me:"${PASSWORD}" https://example.org'


def test_the_call_whose_script_changed_is_told() -> None:
    changed = resolved(Step(run=f"x {TOKEN}", script_kind="sh")).notes
    assert [(note.rule, note.certainty) for note in changed] == [
        ("secret-referenced", Certainty.EQUIVALENT)
    ]
    assert resolved(Step(run="make", script_kind="sh")).notes == ()
