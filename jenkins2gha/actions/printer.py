"""Prints a tree of plain data as block YAML, with comments and blank lines where asked for.

Our own, as ruamel.yaml's dumper takes fifteen times as long (50 µs a line) and has its ways with
comments; the tests read everything back with ruamel.yaml and with PyYAML.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from jenkins2gha.actions.scalars import block, fits_block, inline
from jenkins2gha.record import dataclass


@dataclass(frozen=True, slots=True)
class Flow:
    """Strings as a list on one line."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A string that is quoted by custom, though YAML does not ask for it."""

    text: str


@dataclass(frozen=True, slots=True)
class Script:
    """A string that becomes a block rather than have its quotes quoted."""

    text: str


@dataclass(frozen=True, slots=True)
class Remarked:
    """A one-line string with a comment behind it."""

    text: str
    comment: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A value with comment lines above its key or its dash, and a blank line above these."""

    value: Node
    comment: tuple[str, ...] = ()
    blank: bool = False


Scalar: TypeAlias = "str | bool | int | Quoted | Script | Remarked | None"
Node: TypeAlias = "Scalar | Flow | Entry | Mapping[str, Node] | list[Node]"


def print_tree(tree: Mapping[str, Node]) -> str:
    r"""The text of a mapping.

    >>> print_tree({"on": None, "jobs": {"a": Flow(("x", "z"))}})
    'on:\njobs:\n  a: [x, z]\n'
    """
    lines: list[str] = []
    _print(tree, "", lines)
    return "\n".join(lines) + "\n"


def _print(node: Mapping[str, Node] | list[Node], pad: str, lines: list[str]) -> None:
    if isinstance(node, list):
        for item in node:
            _print_item(_above(item, pad, lines), pad, lines)
    else:
        for key, value in node.items():
            written = key if key == "on" and not pad else inline(key)
            _print_value(f"{pad}{written}:", _above(value, pad, lines), pad, lines)


def _above(node: Node, pad: str, lines: list[str]) -> Node:
    if not isinstance(node, Entry):
        return node
    # Where a block that keeps its blank lines ends, one more would become part of it.
    if node.blank and lines and lines[-1]:
        lines.append("")
    lines.extend(pad + line for line in node.comment)
    return node.value


def _print_item(node: Node, pad: str, lines: list[str]) -> None:
    if isinstance(node, (Mapping, list)) and node:
        at = len(lines)
        _print(node, f"{pad}  ", lines)
        lines[at] = f"{pad}- {lines[at][len(pad) + 2 :]}"
    else:
        _print_value(f"{pad}-", node, pad, lines)


def _print_value(start: str, node: Node, pad: str, lines: list[str]) -> None:
    if isinstance(node, (Mapping, list)) and node:
        lines.append(start)
        _print(node, f"{pad}  ", lines)
        return
    text = node.text if isinstance(node, Script) else node
    if isinstance(text, str) and fits_block(text) and ("\n" in text or _disfigured(node)):
        indicator, content = block(text, pad)
        lines.append(f"{start} {indicator}")
        lines.extend(content)
    else:
        lines.append(f"{start} {_scalar(node)}".rstrip(" "))


def _disfigured(node: Node) -> bool:
    return isinstance(node, Script) and "''" in inline(node.text)


def _scalar(node: Node) -> str:
    match node:
        case None:
            return ""
        case bool():
            return "true" if node else "false"
        case str():
            return inline(node)
        case Script(text):
            return inline(text)
        case Quoted(text):
            written = inline(text)
            return "'" + text.replace("'", "''") + "'" if written == text else written
        case Remarked(text, comment):
            return f"{inline(text)} {comment}"
        case Flow(items):
            return f"[{', '.join(inline(item, flow=True) for item in items)}]"
        case Mapping():
            return "{}"
        case list():
            return "[]"
        case _:
            return str(node)
