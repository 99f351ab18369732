"""`parameters { }` → the inputs of `workflow_dispatch`.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_dispatchinputs
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jenkins2gha.actions.workflow import Input, Origin
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Option
from jenkins2gha.jenkins.values import Known, ListOf, Value, flag_of, text_of
from jenkins2gha.mapping.declared import argument, by_row, exact, left, row_of, said
from jenkins2gha.mapping.lower import input_name, secret_parameter
from jenkins2gha.mapping.translation import Context, Secret, Translation
from jenkins2gha.mapping.variables import place
from jenkins2gha.record import dataclass, field, replace

_MOST = 25
_LONG_FORMS = {
    "StringParameterDefinition": "string",
    "TextParameterDefinition": "text",
    "BooleanParameterDefinition": "booleanParam",
    "ChoiceParameterDefinition": "choice",
    "PasswordParameterDefinition": "password",
    "NonStoredPasswordParameterDefinition": "password",
    "nonStoredPassword": "password",
}


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of the workflow, and the parameters that can be read from them, by name.

    `left` are the parameters that are left to a person, with their place in words.
    """

    inputs: tuple[Input, ...]
    parameters: dict[str, Option]
    translation: Translation
    left: dict[str, str] = field(default_factory=dict)


def map_parameters(parameters: Iterable[Option], context: Context) -> Inputs:
    """The parameters of a pipeline as inputs; a password becomes a secret."""
    inputs: dict[str, Input] = {}
    known: dict[str, Option] = {}
    without: dict[str, str] = {}
    translation = Translation()
    for written in parameters:
        parameter = replace(written, name=_LONG_FORMS.get(written.name, written.name))
        input_, said_ = _parameter(parameter, context, full=len(inputs) >= _MOST)
        translation += said_
        name = text_of(argument(parameter, "name", 0))
        if name is not None and any(o.certainty is Certainty.MANUAL for o in said_.outcomes):
            without[name] = place((written.span,))
        elif name is not None and _has_value(parameter, context):
            known[name] = parameter
        if input_:
            inputs[input_.name] = input_
    return Inputs(tuple(inputs.values()), known, translation, without)


def _has_value(parameter: Option, context: Context) -> bool:
    """Whether a run can know the parameter's value: one that is left to a person has none."""
    row = row_of("parameter", parameter.name, context)
    return bool(row and "mapper" in row)


def _parameter(
    parameter: Option, context: Context, *, full: bool
) -> tuple[Input | None, Translation]:
    row = row_of("parameter", parameter.name, context)
    mapper = _MAPPERS.get((row or {}).get("mapper", ""))
    if mapper is None:
        return None, by_row("parameter", parameter, context)
    name = text_of(argument(parameter, "name", 0))
    if not name:
        message = "the name of a parameter is computed"
        return None, left("parameter-name", parameter, "parameter", message, context)
    if full and mapper is not _password:
        message = f"the parameter '{name}' is one too many: a workflow has at most {_MOST} inputs"
        return None, left("parameter-limit", parameter, "parameter", message, context)
    return mapper(name, parameter, context)


def _string(name: str, parameter: Option, context: Context) -> tuple[Input | None, Translation]:
    default = argument(parameter, "defaultValue", 1)
    text = "" if _absent(default) else text_of(default)
    if text is None:
        return None, _unknown_default(name, parameter, context)
    return _input(name, parameter, "string", default=text or None), exact(parameter.span)


def _text(name: str, parameter: Option, context: Context) -> tuple[Input | None, Translation]:
    input_, translation = _string(name, parameter, context)
    if input_ is None:
        return None, translation
    message = f"the text '{name}' is typed into a field of one line on GitHub"
    return input_, said("parameter-text", parameter, "parameter", message)


def _boolean(name: str, parameter: Option, context: Context) -> tuple[Input | None, Translation]:
    value = argument(parameter, "defaultValue", 1)
    word = text_of(value)
    default = flag_of(value) if word not in ("true", "false") else word == "true"
    if _absent(value):
        default = False
    if default is None:
        return None, _unknown_default(name, parameter, context)
    return _input(name, parameter, "boolean", default=default), exact(parameter.span)


def _choice(name: str, parameter: Option, context: Context) -> tuple[Input | None, Translation]:
    choices = _choices(argument(parameter, "choices", 1))
    if not choices:
        message = f"the choices of '{name}' are computed"
        return None, left("parameter-default", parameter, "parameter", message, context)
    options = tuple(dict.fromkeys(choices))
    return _input(name, parameter, "choice", options, default=choices[0]), exact(parameter.span)


def _choices(value: Value | None) -> list[str]:
    """The choices, given as a list or as one text with a choice a line; none if any is unknown."""
    if isinstance(value, ListOf):
        texts = [text_of(item) for item in value.items]
        return [] if None in texts else [text for text in texts if text is not None]
    text = text_of(value)
    return text.splitlines() if text else []


def _password(name: str, parameter: Option, _: Context) -> tuple[Input | None, Translation]:
    secret = Secret(secret_parameter(name), None, "password", "password parameter")
    message = (
        f"the password '{name}' is the secret {secret.name}; nobody types it when a run starts"
    )
    translation = said("parameter-password", parameter, "parameter", message)
    return None, translation + Translation(secrets=(secret,))


def _absent(value: Value | None) -> bool:
    return value is None or (isinstance(value, Known) and value.value is None)


def _unknown_default(name: str, parameter: Option, context: Context) -> Translation:
    message = f"the default of '{name}' is computed"
    return left("parameter-default", parameter, "parameter", message, context)


def _input(
    name: str,
    parameter: Option,
    type_: str,
    options: tuple[str, ...] = (),
    *,
    default: str | bool | None,
) -> Input:
    description = text_of(argument(parameter, "description", 2))
    origin = Origin((parameter.span,), "parameter-input", Certainty.EXACT)
    return Input(
        input_name(name),
        type_,
        description=description or None,
        default=default,
        options=options,
        origin=origin,
    )


_MAPPERS: dict[str, Callable[[str, Option, Context], tuple[Input | None, Translation]]] = {
    "string": _string,
    "text": _text,
    "boolean": _boolean,
    "choice": _choice,
    "password": _password,
}
