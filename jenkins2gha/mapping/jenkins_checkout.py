"""`${WORKSPACE}@script`: the folder into which Jenkins itself checks the repository out, to read
the pipeline in it. Pipelines that were written for one machine work on those files.

https://github.com/jenkinsci/workflow-cps-plugin/blob/master/plugin/src/main/java/org/jenkinsci/plugins/workflow/cps/CpsScmFlowDefinition.java
"""

from __future__ import annotations

from collections.abc import Iterable

from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.jenkins.values import EnvironmentRef, Expr
from jenkins2gha.mapping.checkout import implied
from jenkins2gha.mapping.interpolation import flat
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.record import replace
from jenkins2gha.regex import regex
from jenkins2gha.source import Span

FOLDER = "jenkins-script"
"""The folder of the workspace that stands for it."""
_SCRIPT = regex(r"\0@script(?:/(?P<below>.*))?|.*/[^/]+@script(?:/(?P<deeper>.*))?")
_BESIDE = regex(r"\0(?:@(?:tmp|script|libs|\d+))+")


def folder_of_script(path: Expr) -> str | None:
    """The folder in a workspace for a path into Jenkins' own checkout; None for any other."""
    match = _SCRIPT.fullmatch(_beside(path) or "")
    below = match and (match["below"] or match["deeper"])
    return None if match is None else f"{FOLDER}/{below}" if below else FOLDER


def is_beside_workspace(path: Expr) -> bool:
    """Whether a path is a folder that Jenkins makes beside a workspace: `${WORKSPACE}@tmp`."""
    return _BESIDE.fullmatch(_beside(path) or "") is not None


def _beside(path: Expr) -> str | None:
    """A path with a mark for the workspace in front; None where more than that is unknown."""
    text = ""
    for number, part in enumerate(flat(path)):
        if isinstance(part, str):
            text += part
        elif number == 0 and part == EnvironmentRef("WORKSPACE"):
            text += "\0"
        else:
            return None
    return text.rstrip("/")


def checked_out_once(steps: Iterable[ActionStep]) -> tuple[ActionStep, ...]:
    """The steps of a job that make this checkout before the first of them that needs it only."""
    kept: list[ActionStep] = []
    sure = False
    for one in steps:
        if one.inputs.get("path") == FOLDER and one.uses:
            if sure:
                continue
            sure = one.condition is None
        kept.append(one)
    return tuple(kept)


def checked_out_for_script(site: Span, scope: Scope, context: Context) -> ActionStep:
    """The checkout of the workflow's own repository there; files that are there already stay."""
    step = implied(site, scope.changed(directory=FOLDER, dynamic=None), context)
    return replace(step, inputs={**step.inputs, "clean": False})
