"""`dir('x') { }`: the steps inside run in that directory, which Jenkins makes where it is missing.

https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#dir-change-current-directory
"""

from __future__ import annotations

import posixpath
import re

from jenkins2gha.actions.workflow import Text
from jenkins2gha.diagnostics import worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Concat, Constant, EnvironmentRef, Expr, Value
from jenkins2gha.mapping.interpolation import flat
from jenkins2gha.mapping.lower import certainties, expression_of, lower, remarks
from jenkins2gha.mapping.masks import joined
from jenkins2gha.mapping.placing import directory
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import dataclass
from jenkins2gha.rules import diagnose


@dataclass(frozen=True, slots=True)
class Place:
    """Where a path leads: `fixed` as text, or `dynamic` where only a run knows."""

    fixed: str = ""
    dynamic: Text | None = None


def dir_(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`dir('web') { sh 'make' }` → `working-directory: web`."""
    path = step.arguments.get("path")
    place = located(path, scope, context) if path else None
    if path is None or place is None:
        message = "the directory is computed by Groovy"
        own = manual(step, "directory-unknown", message, scope, context)
        return own + translate(step.body or (), scope)
    said = [*remarks(path, step.span, construct(step), scope, context)]
    if place.fixed.startswith(("/", "..")) or re.match(r"[A-Za-z]:", place.fixed):
        message = f"`{place.fixed}` lies outside the workspace"
        said.append(diagnose("directory-outside", step.span, message, construct=construct(step)))
    bins = [*certainties(path, scope, context), *(d.certainty for d in said if d.certainty)]
    own = Translation(diagnostics=tuple(said), outcomes=binned(step.span, worst(bins)))
    inner = scope.changed(directory=place.fixed, dynamic=place.dynamic)
    return own + translate(step.body or (), inner)


def located(path: Value, scope: Scope, context: Context) -> Place | None:
    """The place of a path that is written in a scope; None where no workflow can say it.

    The workspace's own name in front makes a path relative to it.
    """
    expression = expression_of(path)
    if expression is None:
        return None
    expression, from_root = _without_workspace(expression)
    parts = flat(expression)
    base = Scope() if from_root else scope
    if all(isinstance(part, str) for part in parts):
        written = "".join(str(part) for part in parts)
        return _fixed(written, base, context)
    text = lower(expression, scope, context)
    if text is None:
        return None
    around = directory(base)
    return Place(dynamic=joined((around, "/", text), "") if around else text)


def _without_workspace(expression: Expr) -> tuple[Expr, bool]:
    parts = flat(expression)
    if parts[:1] != [EnvironmentRef("WORKSPACE")]:
        return expression, False
    rest = "".join(part for part in parts[1:2] if isinstance(part, str))
    if len(parts) > 1 and not rest.startswith("/"):
        return expression, False
    others = tuple(Constant(p) if isinstance(p, str) else p for p in parts[2:])
    return Concat((Constant(rest.lstrip("/")), *others)), True


def _fixed(written: str, scope: Scope, context: Context) -> Place:
    path = written.replace("\\", "/") if context.runner.os == "windows" else written
    absolute = path.startswith("/") or re.match(r"[A-Za-z]:", path)
    if scope.dynamic is not None and not absolute:
        return Place(dynamic=joined((scope.dynamic, f"/{path}"), ""))
    whole = posixpath.normpath(posixpath.join(scope.directory, path) or ".")
    return Place(fixed="" if whole == "." else whole)
