"""Reads pipelines from text, for tests."""

from __future__ import annotations

from jenkins2gha.groovy import parse
from jenkins2gha.jenkins.pipeline import Item, Pipeline, Stage, Steps
from jenkins2gha.jenkins.read import Reading, read
from jenkins2gha.source import Source


def reading(text: str) -> Reading:
    source = Source("Jenkinsfile", text)
    return read(parse(source), source)


def pipeline(text: str) -> Pipeline:
    result = reading(text)
    assert result.pipeline is not None, result.diagnostics
    return result.pipeline


def declarative(*, top: str = "", stage: str = "steps { echo 'a' }", before: str = "") -> str:
    """A pipeline with `top` among its sections and `stage` as the content of its only stage."""
    return f"{before}\npipeline {{\nagent any\n{top}\nstages {{ stage('S') {{\n{stage}\n}} }}\n}}\n"


def stage(content: str, *, top: str = "", before: str = "") -> Stage:
    return pipeline(declarative(top=top, stage=content, before=before)).stages[0]


def items(steps: str, *, top: str = "", before: str = "") -> tuple[Item, ...]:
    body = stage(f"steps {{\n{steps}\n}}", top=top, before=before).body
    assert isinstance(body, Steps)
    return body.items


def script(steps: str, *, top: str = "", before: str = "") -> tuple[Item, ...]:
    """The items of a `script` block."""
    found = items(f"script {{\n{steps}\n}}", top=top, before=before)[0]
    return getattr(found, "body", None) or ()


def problems(text: str) -> list[tuple[str, int]]:
    """Rule and line of each problem."""
    return [(one.rule, one.span.line) for one in reading(text).diagnostics]
