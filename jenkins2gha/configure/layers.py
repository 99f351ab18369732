"""Merges the layers of the configuration: organisation, folder, repository, command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from jenkins2gha.configuration import Configuration, CredentialSetting, JobSetting
from jenkins2gha.configure.layer import KEYS, Layer
from jenkins2gha.tables.rows import ROWS
from jenkins2gha.tables.validate import TableError, check_row


class ConfigurationError(ValueError):
    """A layer that cannot be used: `.github/jenkins2gha.yaml:3: runner: no such key`."""


def merge(layers: Sequence[tuple[str, str]]) -> Configuration:
    """The configuration of some layers, each a name for messages and its YAML text.

    The layers come in their order: organisation, folder, repository, command line. What a later
    one says replaces what an earlier one said, entry by entry where a key holds a mapping. A key in
    a layer's `lock` may not stand in a later layer. Raises ConfigurationError with file and line.

    >>> merge([("a.yaml", "tools: {jdk: 17}"), ("b.yaml", "pins: tag")]).pin
    'tag'
    """
    merged: dict[str, Any] = {}
    locked: dict[str, str] = {}
    for name, text in layers:
        loaded = _load(name, text)
        layer = _validated(name, loaded)
        for key in loaded:
            if key in locked:
                raise _error(name, loaded, (key,), f"{key}: is locked by {locked[key]}")
        for key in layer.lock:
            if key not in KEYS:
                known = ", ".join(KEYS)
                raise _error(name, loaded, ("lock",), f"lock: no key `{key}`; known are {known}")
            locked.setdefault(key, name)
        _put(merged, layer)
    return _configuration(merged)


def _load(name: str, text: str) -> CommentedMap:
    try:
        loaded = YAML(typ="rt").load(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ConfigurationError(f"{name}:{line}: not YAML: {problem}") from error
    if loaded is None:
        return CommentedMap()
    if not isinstance(loaded, CommentedMap):
        raise ConfigurationError(f"{name}:1: a mapping with the keys {', '.join(KEYS)} is expected")
    return loaded


def _validated(name: str, loaded: CommentedMap) -> Layer:
    for key in loaded:
        if key not in (*KEYS, "lock"):
            raise _error(name, loaded, (key,), f"{key}: no such key; known are {', '.join(KEYS)}")
    try:
        layer = Layer.model_validate(_plain(loaded))
    except ValidationError as error:
        first = error.errors()[0]
        where = tuple(first["loc"])
        path = ".".join(str(part) for part in where)
        raise _error(name, loaded, where, f"{path}: {first['msg']}") from error
    _check_rows(name, loaded, layer)
    return layer


def _check_rows(name: str, loaded: CommentedMap, layer: Layer) -> None:
    for table, rows in layer.mappings.items():
        for key, row in rows.items():
            try:
                layer.mappings[table][key] = check_row(key, row, ROWS[table])
            except TableError as error:
                where = ("mappings", table, key)
                raise _error(name, loaded, where, f"mappings.{table}.{error}") from error


def _error(
    name: str, loaded: CommentedMap, where: Sequence[str | int], message: str
) -> ConfigurationError:
    """The error at the innermost place of a path that still has a line."""
    line = 1
    at: Any = loaded
    for part in where:
        if not isinstance(at, CommentedMap) or part not in at:
            break
        line = at.lc.key(part)[0] + 1
        at = at[part]
    return ConfigurationError(f"{name}:{line}: {message}")


def _plain(value: Any) -> Any:
    """The value without ruamel's own types."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _put(merged: dict[str, Any], layer: Layer) -> None:
    for key in layer.model_fields_set - {"lock"}:
        value = getattr(layer, key)
        if key == "mappings":
            tables = merged.setdefault(key, {})
            for table, rows in value.items():
                tables.setdefault(table, {}).update(rows)
        elif isinstance(value, dict):
            merged.setdefault(key, {}).update(value)
        else:
            merged[key] = value


def _configuration(merged: dict[str, Any]) -> Configuration:
    fields = dict(merged)
    if "mappings" in fields:
        fields["rows"] = fields.pop("mappings")
    if "pins" in fields:
        fields["pin"] = fields.pop("pins")
    if "credentials" in fields:
        fields["credentials"] = {
            key: CredentialSetting(one.kind, dict(one.secrets))
            for key, one in fields["credentials"].items()
        }
    if "jobs" in fields:
        fields["jobs"] = {
            key: JobSetting(one.repository, one.workflow) for key, one in fields["jobs"].items()
        }
    return Configuration(**fields)
