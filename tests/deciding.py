"""Conditions as they stand in a Jenkinsfile, decided, and the truth of that in some runs."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jenkins2gha.actions.expressions import write
from jenkins2gha.actions.texts import render
from jenkins2gha.jenkins.declarative.conditions import condition_of
from jenkins2gha.jenkins.pipeline import Option
from jenkins2gha.jenkins.values import Expr, Known, ListOf, Residual
from jenkins2gha.mapping.decisions.decide import Decision, decide
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.simulate.expressions import calculate, to_text, truthy, value_of
from jenkins2gha.simulate.expressions.templates import template
from jenkins2gha.source import Source
from mapped import LINUX, parameters, pipeline

SITE = Source("Jenkinsfile", "when").span(0, 4)


def choice(name: str, *choices: str) -> Option:
    values = ListOf(tuple(Known(one, SITE) for one in choices), SITE)
    return Option("choice", {"name": Known(name, SITE), "choices": values}, SITE)


PARAMETERS = {
    **parameters(FLAG=False, ON=True, NAME="dev", COUNT="3"),
    "TARGET": choice("TARGET", "dev", "prod"),
}
CONTEXT = replace(LINUX, parameters=PARAMETERS)


@dataclass(frozen=True)
class Run:
    """What GitHub knows of a run."""

    event: str = "push"
    ref: str = "refs/heads/main"
    base: str = ""
    head: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    captures: Mapping[str, str] = field(default_factory=dict)
    number: int = 7

    def github(self) -> dict[str, Any]:
        known: dict[str, Any] = {
            "event_name": self.event,
            "ref": self.ref,
            "ref_name": self.ref.split("/", 2)[-1],
            "ref_type": "tag" if self.ref.startswith("refs/tags/") else "branch",
            "base_ref": self.base,
            "head_ref": self.head,
            "run_attempt": "1",
            "actor": "mona",
            "event": {},
        }
        if self.event == "pull_request":
            own = {"number": self.number, "title": "Fix", "user": {"login": "mona"}}
            known["event"] = {"pull_request": own, "number": self.number}
        return known


def push(branch: str = "main", **more: Any) -> Run:
    return Run(ref=f"refs/heads/{branch}", **more)


def tag(name: str) -> Run:
    return Run(ref=f"refs/tags/{name}")


def change(base: str = "main", head: str = "topic", number: int = 7) -> Run:
    ref = f"refs/pull/{number}/merge"
    return Run("pull_request", ref, base=base, head=head, number=number)


def dispatch(branch: str = "main", **inputs: Any) -> Run:
    given = {"FLAG": False, "ON": True, "NAME": "dev", "COUNT": "3", "TARGET": "dev", **inputs}
    return Run("workflow_dispatch", f"refs/heads/{branch}", inputs=given)


def schedule() -> Run:
    return Run("schedule")


def when(text: str) -> Expr | Residual:
    """The condition of a stage with this `when`."""
    stage = f"stage('A') {{ when {{ {text} }}\nsteps {{ echo 'a' }} }}"
    (only,) = pipeline(f"pipeline {{ agent any\nstages {{ {stage} }} }}").stages
    assert only.when is not None
    return condition_of(only.when)


def decided(
    expr: Expr | Residual, context: Context = CONTEXT, scope: Scope | None = None
) -> Decision:
    return decide(expr, SITE, "when", scope or Scope(), context, construct="when")


def said(expr: Expr | Residual, context: Context = CONTEXT) -> str:
    """The condition as GitHub reads it, where it needs no step."""
    decision = decided(expr, context)
    assert decision.condition is not None, decision.reason
    assert not decision.before.steps
    return write(decision.condition)


def holds(decision: Decision, run: Run) -> bool:
    """Whether the condition holds in a run; the steps in front of it are executed."""
    assert decision.condition is not None, decision.reason
    contexts: dict[str, dict[str, Any]] = {
        "github": run.github(),
        "inputs": dict(run.inputs),
        "vars": {},
        "env": {},
        "steps": {"captured": {"outputs": dict(run.captures)}},
    }
    for step in decision.before.steps:
        values = {name: value_of(one) for name, one in contexts.items()}
        env = {name: _text(render(text), values) for name, text in step.env.items()}
        assert isinstance(step.run, str)
        assert step.id
        contexts["steps"][step.id] = {"outputs": _executed(step.run, {**_defaults(run), **env})}
    values = {name: value_of(one) for name, one in contexts.items()}
    return truthy(calculate(write(decision.condition), values))


def _text(text: str, contexts: Mapping[str, Any]) -> str:
    read, is_expression = template(text)
    return to_text(calculate(read, contexts)) if is_expression else read


def _defaults(run: Run) -> dict[str, str]:
    known = run.github()
    own = {f"GITHUB_{name.upper()}": str(known[name]) for name in ("ref", "ref_name", "event_name")}
    declared = {"FLAG": "false", "ON": "true", "NAME": "dev", "COUNT": "3", "TARGET": "dev"}
    given = {name: str(value).lower() for name, value in run.inputs.items()}
    return {"PATH": os.environ["PATH"], **own, **declared, **given}


def _executed(script: str, env: dict[str, str]) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "output")
        output.touch()
        full = {**env, "GITHUB_OUTPUT": str(output)}
        subprocess.run(["bash", "-e", "-c", script], env=full, check=True, cwd=folder)
        lines = output.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)
