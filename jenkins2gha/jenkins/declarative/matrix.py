"""`matrix { axes { … }; excludes { … }; stages { … } }`."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.declarative.matching import (
    call_of,
    section,
    source_text,
    text_literal,
)
from jenkins2gha.jenkins.declarative.parts import Parts, read_part, sections
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.evaluate import evaluate
from jenkins2gha.jenkins.pipeline import Axis, ExcludeAxis, Matrix, Sequence, Stage
from jenkins2gha.jenkins.values import Known, text_of
from jenkins2gha.regex import regex
from jenkins2gha.source import Span

_AXIS = "declarative-matrix-axis"
_NAME = regex(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class _Axis(NamedTuple):
    name: str
    values: tuple[str, ...]
    negated: bool
    span: Span


class ReadStages(Protocol):
    def __call__(
        self, statement: ast.Statement, reader: Reader, *, nested: bool
    ) -> tuple[Stage, ...]: ...


def read_matrix(statement: ast.Statement, reader: Reader, read_stages: ReadStages) -> Matrix | None:
    """Reads a `matrix`; its other sections hold for each cell.

    A matrix holds stages and a stage may hold a matrix, so the reader of stages is handed in.
    One without `axes` is taken as a single cell: pipelines that Jenkins' own tests hold have none.
    """
    block = section(statement, reader)
    if block is None:
        return None
    parts, stages = Parts(), tuple[Stage, ...]()
    axes: tuple[Axis, ...] = ()
    excludes: tuple[tuple[ExcludeAxis, ...], ...] = ()
    body = reader.scope.span(block.call)
    seen: set[str] = set()
    for entry, name in sections(block.body, "matrix", reader):
        seen.add(name)
        if name == "axes":
            axes = _axes(entry, reader)
        elif name == "excludes":
            excludes = _excludes(entry, reader)
        elif name == "stages":
            stages, body = read_stages(entry, reader, nested=True), reader.scope.span(entry)
        elif not read_part(name, entry, parts, reader):
            message = f"`matrix` has no section `{name}`"
            reader.reject("declarative-unknown-section", entry, message)
    if "stages" not in seen:
        reader.reject("declarative-missing-section", statement, "`matrix` has no `stages`")
    span = reader.scope.span(block.call)
    return Matrix(axes, excludes, parts.stage("", Sequence(stages, body), body), span)


def _axes(statement: ast.Statement, reader: Reader) -> tuple[Axis, ...]:
    read = _axis_list(statement, "axes", reader, exclude=False)
    return tuple(Axis(axis.name, axis.values, axis.span) for axis in read)


def _excludes(statement: ast.Statement, reader: Reader) -> tuple[tuple[ExcludeAxis, ...], ...]:
    block = section(statement, reader)
    if block is None:
        return ()
    if not block.body.body:
        reader.reject("declarative-empty-section", statement, "`excludes` is empty")
    return tuple(
        tuple(ExcludeAxis(*axis) for axis in _axis_list(entry, "exclude", reader, exclude=True))
        for entry in block.body.body
    )


def _axis_list(
    statement: ast.Statement, what: str, reader: Reader, *, exclude: bool
) -> list[_Axis]:
    block = section(statement, reader)
    if block is None or block.name != what:
        if block is not None:
            message = f"`{source_text(statement, reader)}` is no `{what}`"
            reader.reject(_AXIS, statement, message)
        return []
    if not block.body.body:
        reader.reject("declarative-empty-section", statement, f"`{what}` has no axis")
    read: list[_Axis] = []
    for entry in block.body.body:
        axis = _axis(entry, reader, exclude=exclude)
        if axis is None:
            continue
        if axis.name and axis.name in {other.name for other in read}:
            reader.reject(_AXIS, entry, f"the axis `{axis.name}` is given twice")
        read.append(axis)
    return read


def _axis(statement: ast.Statement, reader: Reader, *, exclude: bool) -> _Axis | None:
    block = section(statement, reader)
    if block is None:
        return None
    name: str | None = None
    values: tuple[str, ...] = ()
    given: list[str] = []
    for entry, field in sections(block.body, "axis", reader):
        call = call_of(entry)
        assert call is not None
        if field == "name":
            name = _axis_name(call, reader)
        elif field == "values" or (exclude and field == "notValues"):
            given.append(field)
            values = _axis_values(call, reader)
        else:
            reader.reject(_AXIS, entry, f"an axis has no field `{field}`")
    if name is None:
        reader.reject(_AXIS, statement, "the axis has no `name`")
    if not values:
        reader.reject(_AXIS, statement, "the axis has no `values`")
    if len(set(given)) > 1:
        message = "the axis has both `values` and `notValues`"
        reader.reject(_AXIS, statement, message)
    negated = "notValues" in given
    return _Axis(name or "", values, negated, reader.scope.span(statement))


def _axis_name(call: ast.Call, reader: Reader) -> str:
    name = text_literal(call.arguments[0]) if len(call.arguments) == 1 else None
    if name is None or not _NAME.match(name):
        shown = source_text(call, reader)
        message = f"`{shown}` names no axis: the name becomes an environment variable"
        reader.reject(_AXIS, call, message)
    return name or ""


def _axis_values(call: ast.Call, reader: Reader) -> tuple[str, ...]:
    values: list[str] = []
    for given in call.arguments:
        value = evaluate(given, reader.scope)
        literal = isinstance(given, (ast.StringLiteral, ast.NumberLiteral, ast.BooleanLiteral))
        text = text_of(value) if literal and isinstance(value, Known) else None
        if text is None:
            shown = source_text(given, reader)
            reader.reject(
                _AXIS, given, f"`{shown}` is no literal, as the values of an axis must be"
            )
            continue
        if text in values:
            reader.reject(_AXIS, given, f"the value '{text}' is given twice")
        values.append(text)
    return tuple(values)
