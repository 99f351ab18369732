"""Parameters of a build: their kinds and their defaults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from jenkins2gha.simulate.jenkins.errors import Unknown
from jenkins2gha.simulate.jenkins.groovy.values import Symbol, Value, is_text, to_text, truth
from jenkins2gha.simulate.situation import Situation

KINDS: Final = frozenset(
    "string text booleanParam choice password file credentials run activeChoice extendedChoice "
    "gitParameter nodeParameter imageTag listGitBranches activeChoiceReactive stashedFile "
    "activeChoiceParam activeChoiceReactiveParam persistentString base64File".split()
)
_WITHOUT_VALUE: Final = frozenset(("file", "stashedFile", "base64File"))


def values(
    declared: Iterable[Value], situation: Situation, scheduled: Mapping[str, str] | None = None
) -> dict[str, str | bool]:
    """The values that a build has: what a person or a schedule gives, else the defaults."""
    entered: Mapping[str, str | bool] = {}
    if situation.kind == "dispatch":
        entered = situation.parameters
    elif situation.kind == "schedule" and scheduled:
        entered = scheduled
    found: dict[str, str | bool] = {}
    for one in declared:
        name, kind, default = _declared(one)
        if not name or kind in _WITHOUT_VALUE:
            continue
        given = entered.get(name)
        value = default if given is None else given
        if kind == "password" and not value:
            value = f"secret:{name}"  # nobody leaves it empty
        found[name] = value == "true" if kind == "booleanParam" and is_text(value) else value
    return found


def _declared(one: Value) -> tuple[str, str, str | bool]:
    if isinstance(one, Symbol):
        kind, given = one.name, dict(one.named)
    elif isinstance(one, dict):
        kind = to_text(one.get("$class", "")).rpartition(".")[2]
        kind = _LONG.get(kind.removesuffix("ParameterDefinition"), kind)
        given = {to_text(key): value for key, value in one.items()}
    else:
        return "", "", ""
    name = given.get("name")
    return ("" if name is None else to_text(name)), kind, _default(kind, given)


_LONG: Final = {"String": "string", "Boolean": "booleanParam", "Choice": "choice", "Text": "text"}


def _default(kind: str, given: dict[str, Value]) -> str | bool:
    if kind == "booleanParam":
        value = given.get("defaultValue", given.get("value"))
        return to_text(value) == "true" if is_text(value) else truth(value)
    if kind == "choice":
        choices = given.get("choices")
        listed = choices if isinstance(choices, list) else to_text(choices or "").split("\n")
        return to_text(listed[0]) if listed else ""
    value = given.get("defaultValue", given.get("value"))
    if isinstance(value, Symbol):
        raise Unknown(f"the default value that {value.name} returns")
    return "" if value is None else to_text(value)
