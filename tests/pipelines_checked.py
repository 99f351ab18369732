"""What must hold of the conversion of every valid pipeline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import yaml

from jenkins2gha import Conversion, convert
from jenkins2gha.report.text import report
from pipelines_generated import Generated, generate

_PLACEHOLDER = re.compile(r"echo ['\"]?::\w+ title=jenkins2gha")
_NAME = "demo"


def converted(seed: int) -> tuple[str | None, list[str]]:
    """The workflow of a generated pipeline, and everything that is wrong with its conversion."""
    pipeline = generate(seed)
    try:
        conversion = _convert(pipeline)
    except Exception as error:  # noqa: BLE001 - no text may raise
        return None, [f"{type(error).__name__}: {error}"]
    return conversion.workflow, list(faults(pipeline, conversion))


def faults(pipeline: Generated, conversion: Conversion) -> Iterator[str]:
    """What does not hold of the conversion of a valid pipeline."""
    if conversion.workflow is None:
        said = (f"{one.span}: {one.message}" for one in conversion.diagnostics)
        yield "\n".join(("no workflow", *said))
        return
    yield from account(conversion)
    again = _convert(pipeline)
    if (again.workflow, report([again], [[]])) != (conversion.workflow, report([conversion], [[]])):
        yield "a second conversion differs"
    scripts = list(runs(yaml.load(conversion.workflow, yaml.CBaseLoader)))
    yield from _commands(pipeline, conversion, "\n".join(scripts))


def _convert(pipeline: Generated) -> Conversion:
    return convert(pipeline.text, source="Jenkinsfile", name=_NAME)


def account(conversion: Conversion) -> Iterator[str]:
    """Each construct is in one bin, each manual site is said exactly once."""
    bins = asdict(conversion.constructs)
    total = bins.pop("total")
    if total != sum(bins.values()):
        yield f"{total} constructs, but the bins {bins}"
    manual = sum(one.certainty == "manual" for one in conversion.diagnostics)
    if manual != bins["manual"] + conversion.groovy_manual:
        yield f"{manual} manual diagnostics for {bins['manual']} + {conversion.groovy_manual} sites"
    for one in conversion.diagnostics:
        if one.rule == "construct-not-reached":
            yield f"{one.span}: {one.message}"


def _commands(pipeline: Generated, conversion: Conversion, scripts: str) -> Iterator[str]:
    """Each command stands in a script, or something is said at its call."""
    said = {one.span.line for one in conversion.diagnostics}
    for word, line in pipeline.commands.items():
        if word not in scripts and line not in said:
            yield f"line {line}: {word} is gone, and nothing is said of it"
    places = [(scripts.index(word), word) for word in pipeline.ordered if word in scripts]
    if places != sorted(places):
        yield f"another order: {[word for _, word in sorted(places)]}"


def runs(workflow: Mapping[str, Any]) -> Iterator[str]:
    """The scripts of a workflow, but for the placeholders."""
    for job in workflow["jobs"].values():
        for item in job.get("steps", ()):
            for step in item.get("parallel", (item,)):
                script = step.get("run", "")
                if script and not _PLACEHOLDER.match(script):
                    yield script
