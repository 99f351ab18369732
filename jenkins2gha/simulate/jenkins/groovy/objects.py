"""Objects of a few classes: JSON and dates. Source: groovy 2.4, JsonSlurper, JsonOutput."""

from __future__ import annotations

import json
from decimal import Decimal

from jenkins2gha.simulate.jenkins.errors import thrown
from jenkins2gha.simulate.jenkins.groovy.values import (
    Arguments,
    GString,
    Host,
    Value,
    to_text,
)


def parsed(text: str) -> Value:
    """What a text of JSON says."""
    try:
        found: Value = json.loads(text, parse_float=Decimal)
    except ValueError:
        raise thrown("JsonException", "the text is no JSON") from None
    return found


def written(value: Value) -> str:
    """A value as JSON, without blanks; what Python's writer does not know is a text."""
    return json.dumps(_plain(value), separators=(",", ":"))


def _plain(value: Value) -> object:
    if isinstance(value, dict):
        return {to_text(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, GString):
        return value.text
    if isinstance(value, (Decimal, float)):
        return float(value)
    return value if value is None or isinstance(value, (bool, int, str)) else to_text(value)


class Slurper(Host):
    """`new JsonSlurper()`."""

    name = "JsonSlurper"

    def call(self, name: str, arguments: Arguments) -> Value:
        if name == "parseText":
            return parsed(to_text(arguments.positional[0]))
        return super().call(name, arguments)


class Moment(Host):
    """`new Date()`: when a run takes place is not known, and stands as `$DATE`."""

    name = "Date"

    def call(self, name: str, arguments: Arguments) -> Value:
        if name == "format":
            return f"$DATE({to_text(arguments.positional[0])})"
        if name == "toString":
            return "$DATE"
        return super().call(name, arguments)
