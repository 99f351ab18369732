"""A workflow run as GitHub Actions would run it, traced instead of executed.

`simulate(text, push("main"))` gives a `Run`; what the world outside does is the `World`'s.
"""

from __future__ import annotations

from jenkins2gha.simulate.actions.events import (
    Event,
    Repository,
    dispatch,
    pull_request,
    push,
    push_tag,
    schedule,
)
from jenkins2gha.simulate.actions.nodes import WorkflowError
from jenkins2gha.simulate.actions.oracle import Answer, Oracle, World, failing, succeeds
from jenkins2gha.simulate.actions.reading import read
from jenkins2gha.simulate.actions.results import LegResult, Run, StepResult
from jenkins2gha.simulate.actions.run import simulate
from jenkins2gha.simulate.actions.workflow import Workflow

__all__ = [
    "Answer",
    "Event",
    "LegResult",
    "Oracle",
    "Repository",
    "Run",
    "StepResult",
    "Workflow",
    "WorkflowError",
    "World",
    "dispatch",
    "failing",
    "pull_request",
    "push",
    "push_tag",
    "read",
    "schedule",
    "simulate",
    "succeeds",
]
