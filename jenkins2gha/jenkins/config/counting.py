"""Counts the constructs in the XML of a job, on its elements alone.

This is one side of the account that a conversion must balance, so it shares no code with what reads
the settings. What counts: each trigger and parameter; each property of the job, but for those that
only hold triggers and parameters or name the branch, and those that are switched off or empty; each
extension of its checkout, trait of a branch source, strategy of its branches; and what the job
itself says (`disabled`, `quietPeriod`, `authToken`, `logRotator`, no `concurrentBuild`).
"""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.jenkins.config.unit import Unit
from jenkins2gha.jenkins.config.xml import Element
from jenkins2gha.jenkins.constructs import Construct, Kind

_HOLDERS: dict[str, Kind] = {
    "triggers": "trigger",
    "parameterDefinitions": "parameter",
    "properties": "option",
    "extensions": "option",
    "traits": "option",
    "buildStrategies": "option",
}
_HOLDING = (
    "workflow.job.properties.PipelineTriggersJobProperty",
    "hudson.model.ParametersDefinitionProperty",
)
_BRANCH = "workflow.multibranch.BranchJobProperty"
_OFF = ("throttleEnabled", "useBuildBlocker")
_OWN = ("disabled", "quietPeriod", "authToken", "logRotator", "concurrentBuild")
_ARRAYS = ("a", "list")
_SECTIONS = ("properties", "triggers", "definition", "sources")


def job_constructs(unit: Unit) -> tuple[Construct, ...]:
    """Every construct of a job's XML, in its order."""
    source, base = unit.source, unit.code + 1
    found = sorted(_found(unit.root), key=lambda one: one[1].start)
    return tuple(
        Construct(kind, _name(element), source.span(base + element.start, base + element.end))
        for kind, element in found
    )


def _name(element: Element) -> str:
    return (element.attributes.get("class") or element.tag).rsplit(".", 1)[-1]


def _found(root: Element) -> Iterator[tuple[Kind, Element]]:
    for element in root.children:
        if element.tag in _OWN and _is_set(element):
            yield ("trigger" if element.tag == "authToken" else "option"), element
    waiting = [element for element in root.children if element.tag in _SECTIONS]
    while waiting:
        holder = waiting.pop()
        kind = _HOLDERS.get(holder.tag)
        for child in holder.children:
            if kind is None:
                waiting.append(child)
            elif child.tag in _ARRAYS:
                for one in child.children:
                    yield kind, one
            elif child.tag.endswith(_HOLDING):
                waiting.append(child)
            elif not child.tag.endswith(_BRANCH) and not _is_off(child):
                yield kind, child


def _is_off(element: Element) -> bool:
    """Whether a property says of itself that it does nothing, or holds nothing that could."""
    if element.tag.endswith("modeldefinition.config.FolderConfig"):
        return not "".join(each.text for each in element.all()).strip()
    return any(element.said(switch) == "false" for switch in _OFF)


def _is_set(element: Element) -> bool:
    if element.tag in ("disabled", "concurrentBuild"):
        return element.text.strip() == ("true" if element.tag == "disabled" else "false")
    return bool(element.children or element.text.strip())
