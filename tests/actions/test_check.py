"""The self-check finds what GitHub would refuse, and nothing in a plain workflow."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from jenkins2gha.actions.check import WorkflowFault, check, faults
from jenkins2gha.actions.expressions import Context, Function, Literal
from jenkins2gha.actions.workflow import (
    Concurrency,
    Input,
    Job,
    RunsOn,
    Schedule,
    Step,
    Template,
    Triggers,
    Workflow,
)

STEP = Step(run="make")
JOB = Job("build", RunsOn(("ubuntu-latest",)), (STEP,))
PLAIN = Workflow("w", Triggers(push={}), (JOB,))


def of_job(**fields: object) -> Workflow:
    return replace(PLAIN, jobs=(replace(JOB, **fields),))  # type: ignore[arg-type]


def of_step(**fields: object) -> Workflow:
    return of_job(steps=(Step(**fields),))  # type: ignore[arg-type]


SHA = Context("github.sha")
HEAD = Context("github.head_ref")
SECRET = Context("secrets.TOKEN")
QUEUE = Concurrency("g", cancel_in_progress=True, queue="max")


@pytest.mark.parametrize(
    "workflow",
    [
        PLAIN,
        of_step(run=Template(("echo ", SHA))),
        of_step(run="x", env={"A": HEAD}, secrets={"B": SECRET}),
        of_step(run="x", condition=Function("failure")),
        of_step(uses="a/b", inputs={"token": SECRET}),
        of_job(steps=(replace(STEP, id="a"), Step(run="x", env={"A": Context("steps.a.outcome")}))),
        of_job(condition=Context("github.event_name"), timeout_minutes=5, environment="prod"),
        of_job(env={"A": Function("case", (Literal(value=True), SHA, Literal("")))}),
        replace(PLAIN, jobs=(JOB, replace(JOB, id="deploy", needs=("build",)))),
        replace(PLAIN, concurrency=Concurrency("g", queue="max")),
        replace(
            PLAIN, triggers=Triggers(dispatch=(Input("A", "string"),)), run_name=Context("inputs.A")
        ),
    ],
)
def test_a_sound_workflow_passes(workflow: Workflow) -> None:
    check(workflow)


@pytest.mark.parametrize(
    ("workflow", "fault"),
    [
        (replace(PLAIN, jobs=()), "no job"),
        (replace(PLAIN, triggers=Triggers()), "no trigger"),
        (replace(PLAIN, triggers=Triggers(schedule=(Schedule("@daily"),))), "cron `@daily`"),
        (replace(PLAIN, triggers=Triggers(dispatch=(Input("A", "choice"),))), "no options"),
        (replace(PLAIN, triggers=Triggers(dispatch=(Input("a b", "string"),))), "input id `a b`"),
        (replace(PLAIN, jobs=(JOB, replace(JOB, id="Build"))), "job id `Build` twice"),
        (replace(PLAIN, concurrency=QUEUE), "`queue: max` beside"),
        (replace(PLAIN, env={"A": SECRET}), "`secrets.TOKEN` in `env` of a workflow"),
        (of_job(id="1a"), "job id `1a`"),
        (of_job(needs=("build",)), "needs `build`"),
        (of_job(needs=("other",)), "needs `other`"),
        (of_job(runs_on=RunsOn(())), "no runner"),
        (of_job(steps=()), "no step"),
        (of_job(concurrency=QUEUE), "`queue: max` beside"),
        (of_job(env={"A": SECRET}), "`secrets.TOKEN` in `env` of a job"),
        (of_job(env={"A": Context("env.B")}), "`env.B` in `env` of a job"),
        (of_job(condition=Context("matrix.x")), "`matrix.x` in `if` of a job"),
        (of_job(environment=Function("success")), "`success()` in `environment`"),
        (of_job(env={"A": Function("hashFiles", (Literal("x"),))}), "`hashFiles()` in a job"),
        (of_job(outputs={"A": Context("steps.a.outputs.b")}), "`steps.a.outputs.b`, which nothing"),
        (of_job(steps=(replace(STEP, id="a"), replace(STEP, id="a"))), "step id `a` twice"),
        (of_step(), "one of `run` and `uses`"),
        (of_step(run="x", uses="a/b"), "one of `run` and `uses`"),
        (of_step(run="x", inputs={"a": "b"}), "`with` is no key"),
        (of_step(uses="a/b", shell="bash"), "no keys of an action"),
        (of_step(uses="a/b", secrets={"A": SECRET}), "an action sees secrets"),
        (of_step(uses="a/${{ b }}"), "an expression in `uses`"),
        (of_step(run="x", timeout_minutes=0), "a time limit of 0"),
        (of_step(run=Template(("echo ", HEAD))), "`github.head_ref` inside of a script"),
        (of_step(run=SECRET), "`secrets.TOKEN` inside of a script"),
        (of_step(run="x", condition=SECRET), "`secrets.TOKEN` in `if` of a step"),
        (of_step(run="x", env={"A": Function("always")}), "`always()` in `env`"),
        (of_step(run="x", condition=Function("lower", (SHA,))), "`lower()`, which is no function"),
        (of_step(run="x", condition=Function("case", (SHA, SHA))), "`case()` of 2 arguments"),
        (of_step(run="x", env={"A": Context("inputs.B")}), "`inputs.B`, which nothing defines"),
        (of_step(run="x", env={"A": Context("steps.later.outcome")}), "which nothing defines"),
    ],
)
def test_a_fault_is_found(workflow: Workflow, fault: str) -> None:
    found = list(faults(workflow))
    assert len(found) == len(set(found)) > 0
    assert any(fault in one for one in found)
    with pytest.raises(WorkflowFault, match=re.escape(fault)):
        check(workflow)
