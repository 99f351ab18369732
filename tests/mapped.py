"""Steps as they stand in a Jenkinsfile → what the mapping makes of them, in a form to compare."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from jenkins2gha.actions.expressions import write
from jenkins2gha.actions.texts import render
from jenkins2gha.actions.workflow import Container, RunsOn, Step, Text
from jenkins2gha.groovy import parse
from jenkins2gha.jenkins.pipeline import Item, Option, Pipeline, Steps
from jenkins2gha.jenkins.read import read
from jenkins2gha.jenkins.values import Known
from jenkins2gha.mapping.engine import translate
from jenkins2gha.mapping.job import JobTranslation, map_job
from jenkins2gha.mapping.tools import Use
from jenkins2gha.mapping.translation import Context, Runner, Scope, Translation
from jenkins2gha.plan import plan
from jenkins2gha.source import Source

LINUX = Context(Runner(RunsOn(("ubuntu-latest",)), "linux"))
WINDOWS = Context(Runner(RunsOn(("windows-latest",)), "windows"))
MACOS = Context(Runner(RunsOn(("macos-latest",)), "macos"))
IN_CONTAINER = replace(LINUX, container=Container("alpine:3"))
_SPAN = Source("test", "test").span(0, 4)


def parameters(**defaults: str | bool) -> dict[str, Option]:
    """Declared parameters: a flag for a boolean default, else a string."""
    return {
        name: Option(
            "booleanParam" if isinstance(default, bool) else "string",
            {"name": Known(name, _SPAN), "defaultValue": Known(default, _SPAN)},
            _SPAN,
        )
        for name, default in defaults.items()
    }


def pipeline(text: str) -> Pipeline:
    source = Source("Jenkinsfile", text)
    reading = read(parse(source), source)
    assert reading.pipeline is not None, reading.diagnostics
    return reading.pipeline


def items(steps: str) -> tuple[Item, ...]:
    body = f"pipeline {{\nagent any\nstages {{ stage('S') {{ steps {{\n{steps}\n}} }} }} }}"
    stage = pipeline(body).stages[0]
    assert isinstance(stage.body, Steps)
    return stage.body.items


def translated(steps: str, context: Context = LINUX, scope: Scope | None = None) -> Translation:
    """The translation of the steps of a stage `S`."""
    return translate(items(steps), scope or Scope(stage="S"), context)


def only_step(steps: str, context: Context = LINUX, scope: Scope | None = None) -> Step:
    (step,) = translated(steps, context, scope).steps
    return step


def runs(translation: Translation) -> list[str]:
    return [str(step.run) for step in translation.steps]


def rules(translation: Translation) -> list[str]:
    return [diagnostic.rule for diagnostic in translation.diagnostics]


def bins(translation: Translation) -> list[str]:
    return [outcome.certainty.value for outcome in translation.outcomes]


def texts(env: Mapping[str, Text]) -> dict[str, str]:
    return {name: render(text) for name, text in env.items()}


def conditions(steps: tuple[Step, ...]) -> list[str]:
    return ["" if step.condition is None else write(step.condition) for step in steps]


def job(text: str, context: Context = LINUX) -> JobTranslation:
    """The only job of a pipeline, without what its agent and its options add."""
    (planned,) = plan(pipeline(text)).jobs
    return map_job(planned, context, Use())


def executed(script: str, folder: Path, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Status and output of a script as GitHub runs it."""
    file = folder / "run.sh"
    file.write_text(script, encoding="utf-8", newline="")
    own = {"PATH": "/usr/local/bin:/usr/bin:/bin", "RUNNER_TEMP": str(folder), **(env or {})}
    done = subprocess.run(
        ["bash", "-e", file], cwd=folder, env=own, capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode("utf-8")
