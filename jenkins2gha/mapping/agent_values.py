"""Arguments of an agent that read what a step of its own job has yet to put into the environment.

A container is started before that step; what the variable is made of is known there.
"""

from __future__ import annotations

from collections.abc import Mapping

from jenkins2gha.jenkins.pipeline import Agent, Credentials, Step
from jenkins2gha.jenkins.values import (
    EnvironmentRef,
    Expr,
    Symbolic,
    Value,
    operands,
    with_operands,
)
from jenkins2gha.mapping.lower import expression_of
from jenkins2gha.mapping.translation import Scope
from jenkins2gha.plan.jobs import PlannedJob
from jenkins2gha.record import replace

_DEEPEST = 8


def spelled_out(agent: Agent, job: PlannedJob, scope: Scope) -> Agent:
    """The agent with the texts of the job's variables in its arguments, but for those that the
    scope has."""
    late: dict[str, Expr] = {}
    for variable in job.environment:
        if not isinstance(variable.value, Credentials | Step) and variable.name not in scope.env:
            expression = expression_of(variable.value)
            if expression is not None:
                late[variable.name] = expression
    if not late:
        return agent
    arguments = {name: _argument(one, late) for name, one in agent.arguments.items()}
    return replace(agent, arguments=arguments)


def _argument(value: Value, late: Mapping[str, Expr]) -> Value:
    return replace(value, expr=_written(value.expr, late)) if isinstance(value, Symbolic) else value


def _written(expr: Expr, late: Mapping[str, Expr], depth: int = 0) -> Expr:
    if isinstance(expr, EnvironmentRef) and expr.name in late and depth < _DEEPEST:
        inner = {name: value for name, value in late.items() if name != expr.name}
        return _written(late[expr.name], inner, depth + 1)
    parts = operands(expr)
    own = tuple(_written(part, late, depth) for part in parts)
    return expr if own == parts else with_operands(expr, own)
