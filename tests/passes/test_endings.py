from __future__ import annotations

import pytest

from jenkins2gha.actions.expressions import Context
from jenkins2gha.actions.workflow import Job, RunsOn, Step, Template, Text, Triggers, Workflow
from jenkins2gha.passes.endings import end_scripts

SHA = Context("github.sha")


@pytest.mark.parametrize(
    ("run", "ended"),
    [
        ("a\nb", "a\nb\n"),
        ("a\nb\n\n", "a\nb\n"),
        ("a\n", "a"),
        (Template(("a\n", SHA, "\nb")), Template(("a\n", SHA, "\nb\n"))),
        (Template((SHA, "\n")), Template((SHA, "\n"))),
    ],
)
def test_one_line_break_at_the_end(run: Text, ended: Text) -> None:
    assert ending(run) == ended


@pytest.mark.parametrize(
    "run",
    ["", "\n", "a", "a\nb\n", "a\nb\\", "a\nb\\\n", "a\r\nb\r\n", "a\nb^", SHA, Template((SHA,))],
)
def test_these_stay_as_they_are(run: Text) -> None:
    assert ending(run) == run


def ending(run: Text) -> Text | None:
    job = Job("a", RunsOn(("x",)), (Step(run=run),))
    return end_scripts(Workflow("w", Triggers(), (job,))).workflow.jobs[0].steps[0].run
