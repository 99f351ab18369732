"""`jenkins2gha ast`: what the Groovy front end makes of files."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jenkins2gha.command.decode import decode
from jenkins2gha.command.exit_codes import CONVERTED, INVALID, together
from jenkins2gha.command.usage import UsageError
from jenkins2gha.groovy import GroovySyntaxError, parse
from jenkins2gha.groovy.counts import counts
from jenkins2gha.groovy.dump import dump
from jenkins2gha.record import dataclass
from jenkins2gha.source import Source


def run(arguments: argparse.Namespace) -> int:
    codes = []
    for name in arguments.files:
        row = _row(name, _read(name), tree=not arguments.counts)
        codes.append(CONVERTED if row["ok"] else INVALID)
        sys.stdout.write(
            "\n".join(_shown(row, plain=not (arguments.json or arguments.counts))) + "\n"
        )
    return together(codes)


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}") from error


def _row(name: str, data: bytes, *, tree: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"source": name, "ok": False, "error": None, "counts": None, "tree": None}
    source, problem = decode(name, data)
    if problem:
        row["error"] = _error(problem.message, source, problem.span.start)
        return row
    if tree:
        source = _without_secrets(source)
    try:
        module = parse(source)
    except GroovySyntaxError as error:
        row["error"] = _error(error.message, source, error.start)
        return row
    row["ok"] = True
    row["counts"] = counts(source, module)
    row["tree"] = dump(source, module) if tree else None
    return row


def _without_secrets(source: Source) -> Source:
    from jenkins2gha import secrets

    return secrets.redact(source, secrets.find(source))


def _error(message: str, source: Source, offset: int) -> dict[str, Any]:
    line, column = source.position(offset)
    return {"message": message, "line": line, "column": column}


def _shown(row: dict[str, Any], *, plain: bool) -> Iterator[str]:
    if not plain:
        yield "".join(_json(row))
    elif row["error"]:
        error = row["error"]
        yield f"{row['source']}:{error['line']}:{error['column']}: error: {error['message']}"
    else:
        yield from _outline(row["tree"])


def _json(row: object) -> Iterator[str]:
    """JSON text of any depth: a tree may be deeper than the standard encoder goes."""
    waiting: list[object] = [row]
    while waiting:
        match waiting.pop():
            case _Raw(text):
                yield text
            case dict() as fields:
                parts: list[object] = []
                for key, value in fields.items():
                    parts += [_Raw(f"{', ' if parts else ''}{json.dumps(key)}: "), value]
                waiting += [_Raw("}"), *reversed(parts), _Raw("{")]
            case list() as items:
                parts = []
                for item in items:
                    parts += [_Raw(", "), item] if parts else [item]
                waiting += [_Raw("]"), *reversed(parts), _Raw("[")]
            case value:
                yield json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Raw:
    """Text that is JSON already."""

    text: str


def _outline(tree: dict[str, Any]) -> Iterator[str]:
    """One line a node: its kind, its place, and what it holds beside other nodes."""
    waiting = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        own = [
            f"{key}={value!r}"
            for key, value in node.items()
            if key not in {"node", "span"} and not isinstance(value, (dict, list))
        ]
        yield " ".join(["  " * depth + node["node"], "-".join(map(str, node["span"][:2])), *own])
        inner = [
            child
            for value in node.values()
            for child in (value if isinstance(value, list) else [value])
            if isinstance(child, dict)
        ]
        waiting += [(child, depth + 1) for child in reversed(inner)]
