"""`tool 'M3'` → the steps that set the tool up, and the script that prints its folder.

https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#tool-use-a-tool-from-a-predefined-tool-installation
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step, Tool
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.interpolation import Script
from jenkins2gha.mapping.placing import placed, shell_step
from jenkins2gha.mapping.rows import manual
from jenkins2gha.mapping.tools import Use, map_tool, tool_row
from jenkins2gha.mapping.translation import Context, Scope, Translation, binned
from jenkins2gha.record import dataclass, replace
from jenkins2gha.rules import diagnose
from jenkins2gha.tables import table


@dataclass(frozen=True, slots=True)
class Home:
    """The steps in front that set a tool up, and the script that prints where it is then."""

    before: Translation
    script: Script


def home_of(step: Step, scope: Scope, context: Context) -> Home | Translation:
    """What is known of the tool that a step asks for; else the step is left to a person.

    The type is that of the argument `type`, else what the name of the installation tells.
    """
    name = text_of(step.arguments.get("name"))
    type_ = text_of(step.arguments["type"]) if "type" in step.arguments else _type_of(name or "")
    row = tool_row(type_, context) if type_ else None
    if not name or not type_ or row is None or "home" not in row:
        which = f"the tool '{name}'" if name else "the tool, whose name is only known to a run,"
        message = f"{which} is not set up"
        return manual(step, "tool-unknown", message, scope, context)
    boxed = scope.container is not None
    own = _set_up(Tool(type_, step.arguments["name"], step.span), row, context, boxed=boxed)
    kept = tuple(one for one in own.outcomes if one.certainty is not Certainty.DROPPED)
    steps = tuple(placed(one, scope) for one in own.steps)
    return Home(replace(own, steps=steps, outcomes=kept), Script(row["home"]))


def _set_up(tool: Tool, row: Mapping[str, Any], context: Context, *, boxed: bool) -> Translation:
    if "install" not in row:
        return map_tool(tool, context, Use(), inside=boxed)
    script = Script(row["install"].strip())
    site, name = tool.span, text_of(tool.name)
    step = shell_step(script, site, "tool-downloaded", scope=Scope(), context=context)
    message = f"the tool '{name}' is downloaded in version {row['default']}"
    said = diagnose("tool-downloaded", site, message, construct=f"tool {tool.type}")
    step = replace(step, name=f"Set up {name}")
    return Translation((step,), (said,), binned(site, Certainty.APPROXIMATE))


def _type_of(name: str) -> str | None:
    """The type of a tool that the name of an installation tells."""
    rows = table("tools").items()
    return next((one for one, row in rows if re.search(row.get("named", r"(?!)"), name)), None)
