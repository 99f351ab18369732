"""Reads YAML tables and holds every row against its model; a bad row names its file and line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from jenkins2gha.tables.rows import ROWS


class TableError(ValueError):
    """A row that does not fit its table: `steps.yaml:12: sleep: …`."""


def read_all(sources: Iterable[tuple[str, Path]]) -> dict[str, Any]:
    """All tables by name. A table is `<name>.yaml`, or all files of the folder `<name>/` together.

    Raises TableError for a row that its model refuses, an unknown table, a key given twice.
    """
    tables: dict[str, Any] = {name: {} for name in ROWS}
    for path, file in sources:
        name = path.split("/")[0].removesuffix(".yaml")
        if name not in ROWS:
            raise TableError(f"{path}: no table has this name; known are {', '.join(ROWS)}")
        rows = read_rows(path, file.read_text(encoding="utf-8"), ROWS[name])
        for key in rows.keys() & tables[name].keys():
            raise TableError(f"{path}: {key}: stands in another file of the table too")
        tables[name].update(rows)
    return tables


def read_rows(path: str, text: str, model: type[BaseModel]) -> dict[str, Any]:
    """The rows of one YAML text, each validated and in the plain form that JSON can hold."""
    loaded = YAML(typ="rt").load(text) or CommentedMap()
    rows = {}
    for key, value in loaded.items():
        try:
            rows[str(key)] = check_row(str(key), value, model)
        except TableError as error:
            raise TableError(f"{path}:{loaded.lc.key(key)[0] + 1}: {error}") from error
    return rows


def check_row(key: str, value: object, model: type[BaseModel]) -> dict[str, Any]:
    """One row in plain form, held against its model. Raises TableError: `key: field: message`."""
    try:
        row = model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise TableError(f"{key}: {where}: {first['msg']}") from error
    return row.model_dump(mode="json", by_alias=True, exclude_defaults=True)
