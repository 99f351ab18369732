"""Every text and expression of a workflow, with the key it stands at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from jenkins2gha.actions.expressions import Context, Expression, Function, Not, Operation
from jenkins2gha.actions.workflow import (
    Concurrency,
    Container,
    Job,
    Step,
    Template,
    Text,
    Value,
    Workflow,
)

Placed: TypeAlias = Iterator[tuple[str, Text]]


def workflow_texts(workflow: Workflow) -> Placed:
    """The texts of a workflow outside of its jobs."""
    yield from _one("run-name", workflow.run_name)
    yield from _env("env", workflow.env)
    yield from _concurrency(workflow.concurrency)


def job_texts(job: Job) -> Placed:
    """The texts of a job outside of its steps."""
    yield from _one("name", job.name)
    yield from _one("if", job.condition)
    yield from (("runs-on", label) for label in job.runs_on.labels)
    yield from _one("environment", job.environment)
    yield from _concurrency(job.concurrency)
    yield from _one("timeout-minutes", job.timeout_minutes)
    for container in filter(None, (job.container, *job.services.values())):
        yield from _container(container)
    if job.strategy:
        cells = [*job.strategy.matrix.values(), *(cell.values() for cell in job.strategy.exclude)]
        yield from (("strategy", value) for values in cells for value in values)
    yield from _env("env", job.env)
    yield from _one("defaults", job.working_directory)
    yield from _env("outputs", job.outputs)


def step_texts(step: Step) -> Placed:
    """The texts of a step."""
    given: list[tuple[str, Value | None]] = [
        ("name", step.name),
        ("if", step.condition),
        ("continue-on-error", step.continue_on_error),
        ("timeout-minutes", step.timeout_minutes),
        *(("with", text) for text in step.inputs.values()),
        *(("env", text) for text in step.env.values()),
        *(("secrets", text) for text in step.secrets.values()),
        ("working-directory", step.working_directory),
        ("run", step.run),
    ]
    for key, text in given:
        if text is not None and not isinstance(text, (bool, int)):
            yield key, text


def expressions(text: Text) -> tuple[Expression, ...]:
    """The expressions that a text holds."""
    if isinstance(text, Template):
        return tuple(part for part in text.parts if not isinstance(part, str))
    return () if isinstance(text, str) else (text,)


def nodes(expression: Expression) -> Iterator[Expression]:
    """An expression and all that are in it."""
    pending = [expression]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(_operands(node))


@lru_cache(maxsize=256)
def depth(expression: Expression) -> int:
    """How deep an expression is nested, 1 for a constant."""
    deepest = 0
    pending = [(expression, 1)]
    while pending:
        node, level = pending.pop()
        deepest = max(deepest, level)
        pending.extend((operand, level + 1) for operand in _operands(node))
    return deepest


def contexts(text: Text) -> tuple[str, ...]:
    """The paths of the contexts that a text reads: `github.ref`."""
    if isinstance(text, Template):
        return tuple(path for one in expressions(text) for path in _paths(one))
    return () if isinstance(text, str) else _paths(text)


def calls(text: Text) -> tuple[tuple[str, int], ...]:
    """The functions that a text calls, and the number of arguments that each is given."""
    return tuple(call for expression in expressions(text) for call in _calls(expression))


# A workflow says the same few expressions over and over.
@lru_cache(maxsize=256)
def _paths(expression: Expression) -> tuple[str, ...]:
    return tuple(node.path for node in nodes(expression) if isinstance(node, Context))


@lru_cache(maxsize=256)
def _calls(expression: Expression) -> tuple[tuple[str, int], ...]:
    found = (node for node in nodes(expression) if isinstance(node, Function))
    return tuple((call.name, len(call.arguments)) for call in found)


def _operands(node: Expression) -> tuple[Expression, ...]:
    if isinstance(node, Function):
        return node.arguments
    if isinstance(node, Operation):
        return node.operands
    return (node.operand,) if isinstance(node, Not) else ()


def _container(container: Container) -> Placed:
    yield "container", container.image
    yield from _env("container.env", container.env)
    yield from _env("credentials", container.credentials)
    yield from (("container", text) for text in (*container.volumes, container.options or ""))


def _concurrency(concurrency: Concurrency | None) -> Placed:
    if concurrency:
        yield "concurrency", concurrency.group
        yield from _one("concurrency", concurrency.cancel_in_progress)


def _env(key: str, texts: Mapping[str, Value]) -> Placed:
    for text in texts.values():
        yield from _one(key, text)


def _one(key: str, text: Value | None) -> Placed:
    if text is not None and not isinstance(text, (bool, int)):
        yield key, text
