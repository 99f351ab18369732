"""Holds every `uses` against the inputs that the action really has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from jenkins2gha.tables import table

_TABLES = ("steps", "tools")


def wrong_inputs(action: str, inputs: Iterable[str]) -> list[str]:
    """What is wrong with a `uses` and its `with`: an unknown action or input, a missing one.

    >>> wrong_inputs("actions/checkout", ["branch"])
    ['actions/checkout has no input `branch`']
    """
    row = table("actions").get(action)
    if row is None:
        return [f"`actions.yaml` has no row for {action}"]
    given = list(inputs)
    unknown = [name for name in given if name not in row.get("inputs", ())]
    missing = [name for name in row.get("required", ()) if name not in given]
    return [f"{action} has no input `{name}`" for name in unknown] + [
        f"{action} needs the input `{name}`" for name in missing
    ]


def check_uses(sources: Iterable[tuple[str, str]]) -> list[str]:
    """The faults of the rows of some table files, each with file and line.

    `sources` are paths below `mappings/` with their texts.
    """
    return [fault for path, text in sources if _is_target(path) for fault in _faults(path, text)]


def _is_target(path: str) -> bool:
    return path.split("/", maxsplit=1)[0].removesuffix(".yaml") in _TABLES


def _faults(path: str, text: str) -> Iterator[str]:
    loaded = YAML(typ="rt").load(text) or CommentedMap()
    for key, row in loaded.items():
        if "uses" in row:
            line = loaded.lc.key(key)[0] + 1
            for fault in wrong_inputs(row["uses"], _inputs(row)):
                yield f"{path}:{line}: {key}: {fault}"


def _inputs(row: Mapping[str, Any]) -> list[str]:
    """The inputs that a row can set: those it writes, and those of a tool's version and cache."""
    named = [*row.get("with", {}), *row.get("files", {}).values()]
    named += [row["version"]] if "version" in row else []
    named += ["cache"] if row.get("cache") else []
    return named
