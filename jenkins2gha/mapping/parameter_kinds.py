"""The kinds of parameters: what each is as an input, and its value where nobody is asked.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_dispatchinputs
"""

from __future__ import annotations

from collections.abc import Callable

from jenkins2gha.actions.expressions import Expression, Function, Literal
from jenkins2gha.actions.workflow import Input, Origin, Template, Text
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.active_choice import choices_of
from jenkins2gha.jenkins.pipeline import Option
from jenkins2gha.jenkins.values import Known, ListOf, Symbolic, Value, flag_of, text_of
from jenkins2gha.mapping.declared import argument, exact, left, said
from jenkins2gha.mapping.lower import lower
from jenkins2gha.mapping.parameter_values import Declared, input_name, secret_parameter
from jenkins2gha.mapping.translation import Context, Scope, Secret, Translation
from jenkins2gha.record import dataclass, replace

SEPARATOR = ","


@dataclass(frozen=True, slots=True)
class Kind:
    """One parameter: its input (a password has none), its value, and what is said of it.

    `declared` is None where the parameter is left to a person.
    """

    translation: Translation
    input: Input | None = None
    declared: Declared | None = None


def _string(name: str, parameter: Option, context: Context) -> Kind:
    default = argument(parameter, "defaultValue", 1)
    text = "" if _absent(default) else text_of(default)
    if text is not None:
        return _entered(name, parameter, text, exact(parameter.span))
    if isinstance(default, Symbolic):
        return _computed(name, parameter, default, context)
    return _unknown_default(name, parameter, context)


def _computed(name: str, parameter: Option, default: Symbolic, context: Context) -> Kind:
    """A default that GitHub knows when the run starts: then an empty field stands for it."""
    value = _as_expression(lower(default, Scope(), context))
    if value is None:
        return _unknown_default(name, parameter, context)
    message = f"an empty field '{name}' means the default, which only a run can compute"
    translation = said("parameter-expression", parameter, "parameter", message)
    declared = _declared(parameter, "string", value)
    return Kind(translation, _input(name, parameter, "string", default=None), declared)


def _as_expression(text: Text | None) -> Expression | None:
    """A text with holes as one expression, which an operand must be."""
    if not isinstance(text, Template):
        return Literal(text) if isinstance(text, str) else text
    holes = [part for part in text.parts if not isinstance(part, str)]
    numbers = iter(range(len(holes)))
    pattern = "".join(
        part.replace("{", "{{").replace("}", "}}")
        if isinstance(part, str)
        else f"{{{next(numbers)}}}"
        for part in text.parts
    )
    return Function("format", (Literal(pattern), *holes))


def _text(name: str, parameter: Option, context: Context) -> Kind:
    message = f"the text '{name}' is typed into a field of one line on GitHub"
    return _with_word(_string(name, parameter, context), "parameter-text", parameter, message)


def _boolean(name: str, parameter: Option, context: Context) -> Kind:
    value = argument(parameter, "defaultValue", 1)
    word = text_of(value)
    default = flag_of(value) if word not in ("true", "false") else word == "true"
    if _absent(value):
        default = False
    if default is None:
        return _unknown_default(name, parameter, context)
    input_ = _input(name, parameter, "boolean", default=default)
    declared = _declared(parameter, "booleanParam", Literal(default))
    return Kind(exact(parameter.span), input_, declared)


def _choice(name: str, parameter: Option, context: Context) -> Kind:
    choices = _choices(argument(parameter, "choices", 1))
    if not choices:
        message = f"the choices of '{name}' are computed"
        return Kind(left("parameter-default", parameter, "parameter", message, context))
    return _chosen(name, parameter, choices, choices[0])


def _choices(value: Value | None) -> list[str]:
    """The choices, given as a list or as one text with a choice a line; none if any is unknown."""
    if isinstance(value, ListOf):
        texts = [text_of(item) for item in value.items]
        return [] if None in texts else [text for text in texts if text is not None]
    text = text_of(value)
    return text.splitlines() if text else []


def _password(name: str, parameter: Option, _: Context) -> Kind:
    secret = Secret(secret_parameter(name), None, "password", "password parameter")
    message = (
        f"the password '{name}' is the secret {secret.name}; nobody types it when a run starts"
    )
    translation = said("parameter-password", parameter, "parameter", message)
    declared = Declared("password", parameter.arguments, parameter.span, parameter.positional)
    return Kind(translation + Translation(secrets=(secret,)), None, declared)


def _typed(name: str, parameter: Option, context: Context) -> Kind:
    """What Jenkins lets pick from a list that it makes itself: typed as a text."""
    top = text_of(parameter.arguments.get("selectedValue"))
    if top == "TOP":
        message = f"the default of '{name}' is the first of a list that Jenkins makes"
        return Kind(left("parameter-default", parameter, "parameter", message, context))
    message = f"'{name}' is typed; Jenkins lets it be picked from a list"
    return _with_word(_string(name, parameter, context), "parameter-typed", parameter, message)


def _base64(name: str, parameter: Option, context: Context) -> Kind:
    message = f"the file '{name}' is given as its base64 text (`base64 -w0 FILE`)"
    return _with_word(_string(name, parameter, context), "parameter-typed", parameter, message)


def _validated(name: str, parameter: Option, context: Context) -> Kind:
    message = f"what is typed into '{name}' is not checked against the pattern"
    return _with_word(_string(name, parameter, context), "parameter-unchecked", parameter, message)


def _persistent(name: str, parameter: Option, context: Context) -> Kind:
    """A parameter that offers what the last build was given."""
    kind = _PERSISTENT[parameter.name](name, parameter, context)
    message = f"GitHub offers the default of '{name}', not what the last run was given"
    return _with_word(kind, "parameter-remembered", parameter, message)


def _extended(name: str, parameter: Option, context: Context) -> Kind:
    """`extendedChoice`: one value of a list, or several with commas between them."""
    given = parameter.arguments
    kind = text_of(given.get("type")) or "PT_SINGLE_SELECT"
    delimiter = text_of(given.get("multiSelectDelimiter")) or SEPARATOR
    values = (text_of(given.get("value")) or "").split(SEPARATOR)
    values = [value.strip() for value in values if value.strip()]
    quoted = flag_of(given.get("quoteValue")) is not False
    single = kind in ("PT_SINGLE_SELECT", "PT_RADIO")
    if (quoted and values) or (not single and delimiter != SEPARATOR):
        message = f"the values of '{name}' are put into quotes or between unusual signs"
        return Kind(left("parameter-default", parameter, "parameter", message, context))
    default = given.get("defaultValue")
    text = "" if _absent(default) else text_of(default)
    if single and values and text is not None:
        options = values if text in values else [text, *values]
        return _chosen(name, parameter, options, text)
    if not single and values:
        return _several(name, _string(name, parameter, context), parameter, values)
    return _typed(name, parameter, context)


def _active(name: str, parameter: Option, context: Context) -> Kind:
    """Active Choices whose script only returns a list."""
    choices = choices_of(parameter.arguments.get("script"))
    if choices is None:
        message = f"the choices of '{name}' are computed by a script on Jenkins"
        return Kind(left("parameter-default", parameter, "parameter", message, context))
    kind = text_of(parameter.arguments.get("choiceType")) or "PT_SINGLE_SELECT"
    if kind.rsplit(".", 1)[-1] in ("PT_SINGLE_SELECT", "PT_RADIO"):
        return _chosen(name, parameter, list(choices.values), choices.default)
    entered = _entered(name, parameter, choices.default, exact(parameter.span))
    return _several(name, entered, parameter, list(choices.values))


def _several(name: str, kind: Kind, parameter: Option, values: list[str]) -> Kind:
    message = f"'{name}' is typed, with commas between the values: {', '.join(values)}"
    return _with_word(kind, "parameter-typed", parameter, message)


def _chosen(name: str, parameter: Option, choices: list[str], default: str) -> Kind:
    options = tuple(dict.fromkeys(choices))
    input_ = _input(name, parameter, "choice", options, default=default)
    return Kind(exact(parameter.span), input_, _declared(parameter, "choice", Literal(default)))


def _entered(name: str, parameter: Option, default: str, translation: Translation) -> Kind:
    input_ = _input(name, parameter, "string", default=default or None)
    return Kind(translation, input_, _declared(parameter, "string", Literal(default)))


def _declared(parameter: Option, kind: str, default: Expression) -> Declared:
    return Declared(
        kind, parameter.arguments, parameter.span, parameter.positional, default=default
    )


def _with_word(kind: Kind, rule: str, parameter: Option, message: str) -> Kind:
    """The same with a difference that is stated."""
    if kind.input is None:
        return kind
    return replace(kind, translation=said(rule, parameter, "parameter", message))


def _absent(value: Value | None) -> bool:
    return value is None or (isinstance(value, Known) and value.value is None)


def _unknown_default(name: str, parameter: Option, context: Context) -> Kind:
    message = f"the default of '{name}' is computed"
    return Kind(left("parameter-default", parameter, "parameter", message, context))


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


KindMapper = Callable[[str, Option, Context], Kind]
_PERSISTENT: dict[str, KindMapper] = {
    "persistentString": _string,
    "persistentText": _text,
    "persistentBoolean": _boolean,
    "persistentChoice": _choice,
}
KINDS: dict[str, KindMapper] = {
    "string": _string,
    "text": _text,
    "boolean": _boolean,
    "choice": _choice,
    "password": _password,
    "typed": _typed,
    "base64": _base64,
    "validated": _validated,
    "persistent": _persistent,
    "extended": _extended,
    "active": _active,
}
