from __future__ import annotations

import pytest

from jenkins2gha.actions.conditions import equal
from jenkins2gha.actions.expressions import Context, Function, Literal, Not
from jenkins2gha.actions.workflow import (
    Input,
    Job,
    RunsOn,
    Step,
    Template,
    Text,
    Triggers,
    Workflow,
)
from jenkins2gha.passes.inputs import drop_unknown_inputs

X, KNOWN, DEFAULT = Context("inputs.X"), Context("inputs.known"), Literal("d")
DISPATCHED = equal(Context("github.event_name"), "workflow_dispatch")


def workflow(text: Text) -> Workflow:
    job = Job("a", RunsOn(("x",)), (Step(run="x", env={"A": text}),))
    return Workflow("w", Triggers(dispatch=(Input("KNOWN", "string"),)), (job,))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (Function("case", (DISPATCHED, X, DEFAULT)), DEFAULT),
        (X, Literal("")),
        (Template(("a ", X)), Template(("a ", Literal("")))),
        (equal(X, KNOWN), equal(Literal(""), KNOWN)),
    ],
)
def test_an_input_that_is_not_declared_has_its_default(text: Text, left: Text) -> None:
    assert drop_unknown_inputs(workflow(text)).workflow == workflow(left)


@pytest.mark.parametrize(
    "text",
    [
        "inputs.X",
        KNOWN,
        Function("case", (DISPATCHED, KNOWN, DEFAULT)),
        Function("case", (DISPATCHED, Literal(""), DEFAULT)),
        Not(Context("github.event.inputs.X")),
    ],
)
def test_what_is_declared_stays(text: Text) -> None:
    assert drop_unknown_inputs(workflow(text)).workflow == workflow(text)
