"""The cells of a matrix. Source: pipeline-model-definition, RuntimeASTTransformer."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.declarative.model import Stage, block, calls, refuse, stages
from jenkins2gha.simulate.jenkins.groovy.values import to_text

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run

Axis: TypeAlias = tuple[str, list[str]]


def cells(run: Run, call: ast.Call) -> list[Stage]:
    """The cells of `matrix { }`, the first axis varying fastest, each with its own stages."""
    sections = {one.word or "": one for one in calls(run, block(run, call))}
    if "axes" not in sections:
        raise refuse(run, call, "a matrix without axes")
    axes = _axes(run, sections.pop("axes"))
    excludes = _excludes(run, sections.pop("excludes")) if "excludes" in sections else []
    inner = sections.pop("stages", None)
    if inner is None:
        raise refuse(run, call, "a matrix without stages")
    found = []
    for values in product(*(options for _, options in reversed(axes))):
        cell = tuple(zip((name for name, _ in axes), reversed(values), strict=True))
        if any(_excluded(dict(cell), one) for one in excludes):
            continue
        title = ", ".join(f"{name} = '{value}'" for name, value in cell)
        found.append(
            Stage(f"Matrix - {title}", call, dict(sections), stages(run, inner), cell=cell)
        )
    return found


def _values(run: Run, call: ast.Call) -> list[str]:
    top = run.interpreter.top
    return [to_text(run.interpreter.evaluate(one, top)) for one in call.arguments]


def _axes(run: Run, call: ast.Call) -> list[Axis]:
    return [_axis(run, one) for one in calls(run, block(run, call))]


def _axis(run: Run, call: ast.Call) -> Axis:
    name, values = "", []
    for one in calls(run, block(run, call)):
        if one.word == "name":
            name = _values(run, one)[0]
        else:
            values = _values(run, one)
    return name, values


Exclusion: TypeAlias = list[tuple[str, list[str], bool]]


def _excludes(run: Run, call: ast.Call) -> list[Exclusion]:
    """Each exclude: an axis, some values, and whether those or all others are meant."""
    found = []
    for exclude in calls(run, block(run, call)):
        axes: Exclusion = []
        for axis in calls(run, block(run, exclude)):
            parts = {one.word: _values(run, one) for one in calls(run, block(run, axis))}
            wanted = parts.get("values")
            axes.append((parts["name"][0], wanted or parts["notValues"], wanted is not None))
        found.append(axes)
    return found


def _excluded(cell: dict[str, str], exclude: Exclusion) -> bool:
    return all((cell.get(name) in values) is meant for name, values, meant in exclude)
