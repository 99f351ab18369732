"""Makes the step that uses an action, placed where its Jenkins step stands."""

from __future__ import annotations

from collections.abc import Mapping

from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.mapping.masks import joined
from jenkins2gha.mapping.placing import placed
from jenkins2gha.mapping.translation import Scope

Inputs = Mapping[str, Text | bool | int | None]


def uses(action: str, inputs: Inputs, scope: Scope, origin: Origin) -> ActionStep:
    """A step that uses an action; inputs that are None are left out."""
    step = ActionStep(
        uses=action,
        inputs={key: value for key, value in inputs.items() if value is not None},
        origin=origin,
    )
    return placed(step, scope)


def in_directory(path: Text, scope: Scope) -> Text:
    """A path below the current directory, from the workspace: actions know no other folder.

    >>> in_directory("report.xml", Scope(directory="api"))
    'api/report.xml'
    """
    if not scope.directory:
        return path
    return scope.directory if path in ("", ".") else joined((scope.directory, path), "/")
