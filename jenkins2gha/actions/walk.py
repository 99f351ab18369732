"""Every text and expression of a workflow, with the key it stands at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    yield from _one("name", step.name)
    yield from _one("if", step.condition)
    yield from _one("continue-on-error", step.continue_on_error)
    yield from _one("timeout-minutes", step.timeout_minutes)
    yield from _env("with", step.inputs)
    yield from _env("env", step.env)
    yield from _env("secrets", step.secrets)
    yield from _one("working-directory", step.working_directory)
    yield from _one("run", step.run)


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


def depth(expression: Expression) -> int:
    """How deep an expression is nested, 1 for a constant."""
    deepest, pending = 0, [(expression, 1)]
    while pending:
        node, level = pending.pop()
        deepest = max(deepest, level)
        pending.extend((operand, level + 1) for operand in _operands(node))
    return deepest


def contexts(text: Text) -> Iterator[str]:
    """The paths of the contexts that a text reads: `github.ref`."""
    for expression in expressions(text):
        for node in nodes(expression):
            if isinstance(node, Context):
                yield node.path


def _operands(node: Expression) -> tuple[Expression, ...]:
    match node:
        case Function(_, arguments):
            return arguments
        case Not(operand):
            return (operand,)
        case Operation(_, operands):
            return operands
        case _:
            return ()


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
