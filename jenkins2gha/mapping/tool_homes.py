"""`tool 'M3'` → the steps that set the tool up, and the script that prints where it is.

https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#tool-use-a-tool-from-a-predefined-tool-installation
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step, Tool
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.interpolation import Script
from jenkins2gha.mapping.placing import placed, shell_step
from jenkins2gha.mapping.rows import manual
from jenkins2gha.mapping.tools import Use, map_tool, tool_row
from jenkins2gha.mapping.translation import Context, Scope, Translation, binned
from jenkins2gha.record import replace
from jenkins2gha.rules import diagnose
from jenkins2gha.tables import table


def tool_home(step: Step, scope: Scope, context: Context) -> Translation:
    """The steps for a tool, the last of which prints its folder.

    The type is that of the argument `type`, else what the name of the installation tells.
    """
    name = text_of(step.arguments.get("name"))
    type_ = text_of(step.arguments["type"]) if "type" in step.arguments else _type_of(name or "")
    row = tool_row(type_, context) if type_ else None
    if not name or not type_ or row is None or "home" not in row:
        message = f"`{step.name}` is left to a person"
        hint = table("steps").get("tool", {})
        return manual(step, "step-manual", message, scope, context, row=hint)
    boxed = scope.container is not None
    own = _set_up(Tool(type_, step.arguments["name"], step.span), row, context, boxed=boxed)
    home = shell_step(
        Script(row["home"]),
        step.span,
        "captured-output",
        scope=scope,
        context=context,
        certainty=Certainty.EQUIVALENT,
        here=True,
    )
    steps = tuple(placed(one, scope) for one in own.steps)
    bins = [Certainty.EQUIVALENT, *(one.certainty for one in own.outcomes)]
    bins = [one for one in bins if one is not Certainty.DROPPED]
    return replace(own, steps=(*steps, home), outcomes=binned(step.span, worst(bins)))


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
