"""`tool`, whose folder nobody asks for.

https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#tool-use-a-tool-from-a-predefined-tool-installation
"""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.tool_homes import Home, home_of
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned


def tool(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`tool 'M3'` alone installs the tool, as its set-up action does."""
    found = home_of(step, scope, context)
    if not isinstance(found, Home):
        return found
    return found.before + Translation(outcomes=binned(step.span, Certainty.EQUIVALENT))
