"""What the arguments of an agent read of the environment of its own job.

A container is started before the steps that put variables there; what these are made of is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from jenkins2gha.actions.workflow import Text
from jenkins2gha.jenkins.pipeline import Agent, Credentials, Step
from jenkins2gha.jenkins.values import (
    EnvironmentRef,
    Expr,
    Symbolic,
    Value,
    operands,
    with_operands,
)
from jenkins2gha.mapping.job_environment import at_job_level
from jenkins2gha.mapping.lower import expression_of, lower
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.mapping.variables import is_short
from jenkins2gha.plan.jobs import PlannedJob
from jenkins2gha.record import replace

_DEEPEST = 8


def known_around(job: PlannedJob, context: Context) -> Scope:
    """What an agent can read of the environment around it, as far as a job's own keys can."""
    env: dict[str, Text] = {}
    names = {variable.name for variable in job.environment}
    for variable in job.environment:
        if isinstance(variable.value, Credentials | Step):
            continue
        expression = expression_of(variable.value)
        if expression is None or _reads(expression, names - env.keys() - {variable.name}):
            continue
        text = lower(expression, Scope(env=env), context)
        if text is not None and at_job_level(text) and is_short(text):
            env[variable.name] = text
    return Scope(env=env)


def _reads(expr: Expr, names: AbstractSet[str]) -> bool:
    own = isinstance(expr, EnvironmentRef) and expr.name in names
    return own or any(_reads(part, names) for part in operands(expr))


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
