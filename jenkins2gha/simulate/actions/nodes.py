"""YAML as GitHub reads it: the core schema of 1.2, where `on` is a text, with lines.

Source: actions/runner, `WorkflowParser/Conversion/YamlObjectReader.cs`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode


class WorkflowError(Exception):
    """GitHub does not accept the workflow."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Scalar:
    value: bool | float | str | None
    line: int


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    pairs: tuple[tuple[str, Node], ...]
    line: int

    def get(self, key: str) -> Node | None:
        """The value of a key, spelled as it is; None where there is none or it is empty."""
        for name, node in self.pairs:
            if name == key:
                return None if isinstance(node, Scalar) and node.value is None else node
        return None


Node: TypeAlias = Scalar | Sequence | Mapping


def read_yaml(text: str) -> Node:
    """The tree of a YAML text."""
    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise WorkflowError(mark.line + 1 if mark else 1, f"no YAML: {error}") from error
    if root is None:
        raise WorkflowError(1, "the file is empty")
    return _node(root)


def _node(node: Any) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, ScalarNode):
        return Scalar(node.value if node.style else core_scalar(node.value), line)
    if isinstance(node, SequenceNode):
        return Sequence(tuple(_node(item) for item in node.value), line)
    assert isinstance(node, MappingNode)
    pairs: dict[str, tuple[str, Node]] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            raise WorkflowError(line, "a key must be a scalar")
        if key.value.upper() in pairs:
            raise WorkflowError(key.start_mark.line + 1, f"'{key.value}' is already defined")
        pairs[key.value.upper()] = key.value, _node(value)
    return Mapping(tuple(pairs.values()), line)


_CONSTANTS: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "null", "Null", "NULL", "~")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_OCTAL = re.compile(r"0o[0-7]+")


def core_scalar(text: str) -> bool | float | str | None:
    """What a text without quotes is: `yes` and `on` are texts, `010` is 10, `1.10` is 1.1."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _NUMBER.fullmatch(text):
        return float(text)
    if _HEXADECIMAL.fullmatch(text):
        return float(int(text, 16))
    return float(int(text, 8)) if _OCTAL.fullmatch(text) else text
