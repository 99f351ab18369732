"""What Jenkins itself, whatever its plugins, says of options, triggers and parameters."""

from __future__ import annotations

from collections.abc import Mapping

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.declarative.types import check_type
from jenkins2gha.jenkins.vocabulary import signature

_NAMED = {"name": "text", "description": "text"}
_TYPES: dict[str, tuple[Mapping[str, str], tuple[str, ...]]] = {
    "booleanParam": (_NAMED | {"defaultValue": "flag"}, ("name",)),
    "string": (_NAMED | {"defaultValue": "text", "trim": "flag"}, ("name",)),
    "text": (_NAMED | {"defaultValue": "text", "trim": "flag"}, ("name",)),
    "choice": (_NAMED | {"choices": "any"}, ("name",)),
    "cron": ({"spec": "text"}, ("spec",)),
    "pollSCM": (
        {"scmpoll_spec": "text", "spec": "text", "ignorePostCommitHooks": "flag"},
        ("scmpoll_spec",),
    ),
    "upstream": ({"upstreamProjects": "text", "threshold": "any"}, ("upstreamProjects",)),
    "timeout": ({"time": "number", "unit": "text", "activity": "flag"}, ("time",)),
    "retry": ({"count": "number", "conditions": "any"}, ("count",)),
    "preserveStashes": ({"buildCount": "number"}, ()),
}
"""Core's own types: their parameters and which of them are required."""

_STAGE_OPTIONS = ("skipDefaultCheckout", "checkoutToSubdirectory")
_PIPELINE_ONLY = frozenset(
    "buildDiscarder disableConcurrentBuilds disableResume disableRestartFromStage durabilityHint "
    "newContainerPerStage overrideIndexTriggers parallelsAlwaysFailFast preserveStashes "
    "quietPeriod rateLimitBuilds skipStagesAfterUnstable".split()
)
_MOST_STASHES = 50


def check_core(what: str, name: str, call: ast.Call, reader: Reader) -> None:
    """Checks the arguments of what core itself defines."""
    if name not in _TYPES:
        return
    parameters, required = _TYPES[name]
    rule = f"declarative-invalid-{what}"
    for entry in call.named:
        key = entry.key.value if isinstance(entry.key, ast.StringLiteral) else ""
        if key not in parameters:
            message = f"`{name}` has no parameter `{key}`"
            reader.reject(rule, entry, message, f"it has {', '.join(parameters)}")
        else:
            check_type(entry.value, parameters[key], key, reader)
    if not call.named and len(call.arguments) < len(required):
        reader.reject(rule, call, f"`{name}` needs the argument `{required[0]}`")
    elif len(call.arguments) == 1 and len(required) == 1:
        check_type(call.arguments[0], parameters[required[0]], required[0], reader)
    if name == "preserveStashes":
        _check_stashes(call, reader)


def _check_stashes(call: ast.Call, reader: Reader) -> None:
    for entry in call.named:
        count = entry.value
        negative = isinstance(count, ast.Unary) and count.operator == "-"
        large = isinstance(count, ast.NumberLiteral) and not 1 <= count.value <= _MOST_STASHES
        if negative or large:
            message = f"`preserveStashes` keeps the stashes of 1 to {_MOST_STASHES} builds"
            reader.reject("declarative-invalid-option", entry, message)


def check_option_place(name: str, node: ast.Call, reader: Reader, *, in_stage: bool) -> None:
    """Rejects an option that stands where Jenkins does not take it."""
    rule = "declarative-invalid-option"
    if name in ("parameters", "triggers", "pipelineTriggers"):
        section = "parameters" if name == "parameters" else "triggers"
        message = f"`{name}` is no option"
        reader.reject(rule, node, message, f"use the section `{section} {{ … }}`")
    elif in_stage and name in _PIPELINE_ONLY:
        message = f"the option `{name}` is for the whole pipeline, not for a stage"
        reader.reject(rule, node, message, "move it to the `options` of the pipeline")
    elif name not in _STAGE_OPTIONS:
        known = signature(name)
        if known is not None and known[1].get("closed") and not known[1].get("block"):
            reader.reject(rule, node, f"the step `{name}` takes no block, so it is no option")
