"""Nothing reads an input that the workflow does not have: it takes the parameter's default.

A parameter that no input can stand for has its failing step and its diagnostic already.
https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#inputs-context
"""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.actions.conditions import equal
from jenkins2gha.actions.expressions import Context, Expression, Function, Literal
from jenkins2gha.actions.rewrite import rewrite
from jenkins2gha.actions.walk import contexts, job_texts, step_texts, workflow_texts
from jenkins2gha.actions.workflow import Text, Workflow
from jenkins2gha.passes.result import PassResult
from jenkins2gha.regex import regex

_INPUT = regex(r"inputs\.([\w-]+)\Z")
_DISPATCHED = equal(Context("github.event_name"), "workflow_dispatch")


def drop_unknown_inputs(workflow: Workflow) -> PassResult:
    """Puts the default, or '', where an input is read that is not declared."""
    known = {given.name.lower() for given in workflow.triggers.dispatch or ()}
    read = {path for text in _texts(workflow) for path in contexts(text)}
    unknown = {path for path in read if (at := _INPUT.match(path)) and at[1].lower() not in known}
    if not unknown:
        return PassResult(workflow)

    def change(node: Expression) -> Expression:
        match node:
            case Context(path) if path in unknown:
                return Literal("")
            case Function("case", (condition, Literal(""), default)) if condition == _DISPATCHED:
                return default
        return node

    return PassResult(rewrite(workflow, change))


def _texts(workflow: Workflow) -> Iterator[Text]:
    yield from (text for _, text in workflow_texts(workflow))
    for job in workflow.jobs:
        yield from (text for _, text in job_texts(job))
        for step in job.steps:
            yield from (text for _, text in step_texts(step))
