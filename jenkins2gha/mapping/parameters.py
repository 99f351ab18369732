"""`parameters { }` → the inputs of `workflow_dispatch`.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_dispatchinputs
"""

from __future__ import annotations

from collections.abc import Iterable

from jenkins2gha.actions.workflow import Input
from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.jenkins.pipeline import Option
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.declared import argument, by_row, left, row_of
from jenkins2gha.mapping.dependencies import private_hosts
from jenkins2gha.mapping.parameter_kinds import KINDS, Kind
from jenkins2gha.mapping.parameter_values import Declared
from jenkins2gha.mapping.translation import Context, Translation
from jenkins2gha.mapping.variables import place
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.rules import diagnose

_MOST = 25
_LONG_FORMS = {
    "StringParameterDefinition": "string",
    "TextParameterDefinition": "text",
    "BooleanParameterDefinition": "booleanParam",
    "ChoiceParameterDefinition": "choice",
    "PasswordParameterDefinition": "password",
    "NonStoredPasswordParameterDefinition": "password",
    "nonStoredPassword": "password",
    "ChoiceParameter": "activeChoice",
    "CascadeChoiceParameter": "reactiveChoice",
}


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of the workflow, and the parameters that a run knows, by name.

    `left` are the parameters that are left to a person, with their place in words.
    """

    inputs: tuple[Input, ...]
    parameters: dict[str, Declared]
    translation: Translation
    left: dict[str, str] = field(default_factory=dict)


def map_parameters(parameters: Iterable[Option], context: Context) -> Inputs:
    """The parameters of a pipeline as inputs; a password becomes a secret."""
    inputs: dict[str, Input] = {}
    known: dict[str, Declared] = {}
    without: dict[str, str] = {}
    translation = Translation()
    for written in parameters:
        parameter = replace(written, name=_LONG_FORMS.get(written.name, written.name))
        name = text_of(argument(parameter, "name", 0))
        kind = _kind(name, parameter, context, full=len(inputs) >= _MOST)
        translation += kind.translation + _hosts(kind, written)
        if name is not None and kind.declared is not None:
            known[name] = kind.declared
        elif name is not None and _is_left(parameter, context):
            without[name] = place((written.span,))
        if kind.input:
            inputs[kind.input.name] = kind.input
    return Inputs(tuple(inputs.values()), known, translation, without)


def _hosts(kind: Kind, parameter: Option) -> Translation:
    """What is said of a default that names a host of the agent's network."""
    default = kind.input.default if kind.input else None
    hosts = private_hosts(default) if isinstance(default, str) else []
    if not hosts:
        return Translation()
    message = f"the default names what only the network of its agent knows: {', '.join(hosts)}"
    said = diagnose("agent-dependency", parameter.span, message, construct="parameter")
    outcome = Outcome(parameter.span, Certainty.APPROXIMATE)
    return Translation(diagnostics=(said,), outcomes=(outcome,))


def _is_left(parameter: Option, context: Context) -> bool:
    """Whether a parameter without a value is left to a person: one that is dropped has none."""
    return "drop" not in (row_of("parameter", parameter.name, context) or {})


def _kind(name: str | None, parameter: Option, context: Context, *, full: bool) -> Kind:
    row = row_of("parameter", parameter.name, context)
    mapper = KINDS.get((row or {}).get("mapper", ""))
    if mapper is None:
        return Kind(by_row("parameter", parameter, context))
    if not name:
        message = "the name of a parameter is computed"
        return Kind(left("parameter-name", parameter, "parameter", message, context))
    kind = mapper(name, parameter, context)
    if full and kind.input:
        message = f"the parameter '{name}' is one too many: a workflow has at most {_MOST} inputs"
        return Kind(left("parameter-limit", parameter, "parameter", message, context))
    return kind
