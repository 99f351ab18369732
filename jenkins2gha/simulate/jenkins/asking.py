"""Asks whether a single condition of a pipeline holds, without running the pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.declarative.when import is_true
from jenkins2gha.simulate.jenkins.errors import Thrown, Unknown, Unsupported
from jenkins2gha.simulate.jenkins.groovy.values import Value
from jenkins2gha.simulate.jenkins.run import Run
from jenkins2gha.simulate.situation import Situation
from jenkins2gha.source import Source


@dataclass(frozen=True, slots=True)
class Given:
    """What a condition finds: a situation, the parameters, the environment's variables that the
    pipeline sets, and Groovy's."""

    situation: Situation
    parameters: Mapping[str, str | bool]
    assigned: Mapping[str, str]
    local: Mapping[str, Value]


def holds(source: Source, module: ast.Module, node: ast.Expression, given: Given) -> bool | None:
    """Whether a condition holds; None where that cannot be told."""
    run = Run(source, given.situation)
    run.interpreter.declare(module)
    run.build.parameters.update(given.parameters)
    run.parameters.update(given.parameters)
    run.build.assigned.update(given.assigned)
    run.interpreter.binding.update(given.local)
    try:
        return is_true(run, node)
    except (Thrown, Unknown, Unsupported, KeyError):
        return None
