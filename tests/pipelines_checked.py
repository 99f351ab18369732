"""What must hold of the conversion of every valid pipeline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import yaml

from jenkins2gha import Conversion, convert
from jenkins2gha.report.text import report
from pipelines_generated import Generated

_PLACEHOLDER = re.compile(r"^echo \"?::(?:error|warning|notice) title=jenkins2gha")


def faults(pipeline: Generated, conversion: Conversion) -> Iterator[str]:
    """Everything that is wrong with the conversion of a generated pipeline."""
    if conversion.workflow is None:
        yield "\n".join(["no workflow", *(f"{one.span}: {one.message}" for one in conversion.diagnostics)])
        return
    yield from _accounts(conversion)
    again = convert(pipeline.text, source="Jenkinsfile", name="demo")
    if (again.workflow, report([again], [[]])) != (conversion.workflow, report([conversion], [[]])):
        yield "a second conversion differs"
    scripts = list(runs(yaml.load(conversion.workflow, yaml.CBaseLoader)))
    yield from _commands(pipeline, conversion, scripts)


def _accounts(conversion: Conversion) -> Iterator[str]:
    counts = asdict(conversion.constructs)
    total = counts.pop("total")
    if total != sum(counts.values()):
        yield f"{total} constructs, but bins of {counts}"
    manual = [one for one in conversion.diagnostics if one.certainty == "manual"]
    if len(manual) != counts["manual"] + conversion.groovy_manual:
        yield f"{len(manual)} manual diagnostics for {counts['manual']} + {conversion.groovy_manual}"
    for one in conversion.diagnostics:
        if one.rule == "construct-not-reached":
            yield f"{one.span}: {one.message}"


def _commands(
    pipeline: Generated, conversion: Conversion, scripts: list[str]
) -> Iterator[str]:
    """Each command stands in a script, or something is said at its call."""
    whole = "\n".join(scripts)
    said = {one.span.line for one in conversion.diagnostics}
    for word, line in pipeline.commands.items():
        if not re.search(rf"\b{word}\b", whole) and line not in said:
            yield f"line {line}: {word} is gone, and nothing is said of it"
    there = [word for word in pipeline.ordered if re.search(rf"\b{word}\b", whole)]
    places = [whole.index(word) for word in there]
    if places != sorted(places):
        yield f"another order: {sorted(there, key=whole.index)}"


def runs(workflow: Mapping[str, Any]) -> Iterator[str]:
    """The scripts of a workflow, but for the placeholders."""
    for job in workflow["jobs"].values():
        for step in job.get("steps", ()):
            script = step.get("run", "")
            if script and not _PLACEHOLDER.match(script):
                yield script
