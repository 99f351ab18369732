"""`dir('x') { }`: the steps inside run in that directory, which Jenkins makes where it is missing.

https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#dir-change-current-directory
"""

from __future__ import annotations

import posixpath
import re

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Text
from jenkins2gha.diagnostics import Certainty, Outcome, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Concat, Constant, EnvironmentRef, Expr, Value, name_of
from jenkins2gha.mapping.agent_paths import in_workspace, said_of_paths
from jenkins2gha.mapping.interpolation import Refusal, flat, word
from jenkins2gha.mapping.jenkins_checkout import (
    FOLDER,
    checked_out_for_script,
    folder_of_script,
    is_beside_workspace,
)
from jenkins2gha.mapping.lower import certainties, expression_of, lower, remarks
from jenkins2gha.mapping.masks import joined
from jenkins2gha.mapping.placing import OPEN, directory, shell_step
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import dataclass, replace
from jenkins2gha.rules import diagnose

_ABSOLUTE = frozenset(
    "HOME TMP TEMP TMPDIR JAVA_HOME ANDROID_HOME ANDROID_SDK_ROOT GOROOT USERPROFILE APPDATA "
    "LOCALAPPDATA PROGRAMFILES SYSTEMROOT WINDIR".split()
)
"""Names of the machine's whose values are directories."""
_NO_FOLDER = "Jenkins makes this folder beside its workspace; a runner has none to delete"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a path leads: `fixed` as text, or `dynamic` where only a run knows."""

    fixed: str = ""
    dynamic: Text | None = None


def dir_(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`dir('web') { sh 'make' }` → `working-directory: web`."""
    path = step.arguments.get("path")
    expression = expression_of(path) if path else None
    deletions = _deletions(step)
    if deletions and expression and is_beside_workspace(expression):
        return _needless(step, deletions)
    own_checkout = folder_of_script(expression) if expression else None
    if own_checkout:
        return _in_own_checkout(own_checkout, step, scope, context, translate)
    place = located(path, scope, context) if path else None
    if path is not None and place is None:
        found = _found(path, step, scope, context)
        if found:
            return found + translate(step.body or (), scope.changed(dynamic=_output(step)))
    if path is None or place is None:
        return _open(step, scope, context, translate)
    said = [*remarks(path, step.span, construct(step), scope, context)]
    own_path = in_workspace(place.fixed.replace("\\", "/"))
    if own_path is not None:
        said += said_of_paths(step, (place.fixed.replace("\\", "/"),))
        place = replace(place, fixed=own_path.rstrip("/"))
    elif place.fixed.startswith(("/", "..")) or re.match(r"[A-Za-z]:", place.fixed):
        message = f"`{place.fixed}` lies outside the workspace"
        said.append(diagnose("directory-outside", step.span, message, construct=construct(step)))
    bins = [*certainties(path, scope, context), *(d.certainty for d in said if d.certainty)]
    outcomes = [*binned(step.span, worst(bins))]
    outcomes += (Outcome(one.span, Certainty.EXACT) for one in step.steps)
    own = Translation(diagnostics=tuple(said), outcomes=tuple(outcomes))
    inner = scope.changed(directory=place.fixed, dynamic=place.dynamic)
    return own + translate(step.body or (), inner)


def _deletions(step: Step) -> tuple[Step, ...]:
    """The steps in a directory, where all of them delete."""
    items = step.body or ()
    found = (item for item in items if isinstance(item, Step))
    only = tuple(one for one in found if one.name in ("deleteDir", "cleanWs"))
    return only if len(only) == len(items) else ()


def _needless(step: Step, deletions: tuple[Step, ...]) -> Translation:
    """The folder is one of Jenkins' own, which no runner has."""
    said = tuple(
        diagnose("clean-needless", one.span, _NO_FOLDER, construct=construct(one))
        for one in deletions
    )
    sites = (step, *step.steps, *deletions)
    return Translation(
        diagnostics=said, outcomes=tuple(Outcome(one.span, Certainty.DROPPED) for one in sites)
    )


def _in_own_checkout(
    folder: str, step: Step, scope: Scope, context: Context, translate: Translate
) -> Translation:
    """The steps in the folder where Jenkins itself has the repository."""
    message = f"Jenkins' own checkout of the repository is one into `{FOLDER}` here"
    said = diagnose("checkout-for-jenkins", step.span, message, construct=construct(step))
    outcomes = [*binned(step.span, Certainty.APPROXIMATE)]
    outcomes += (Outcome(one.span, Certainty.EXACT) for one in step.steps)
    checkout = checked_out_for_script(step.span, scope, context)
    own = Translation((checkout,), (said,), tuple(outcomes))
    return own + translate(step.body or (), scope.changed(directory=folder, dynamic=None))


def _open(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """A directory that is left to a person: the steps inside fail as long as none is written."""
    name = f"{OPEN}{step.span.line}"
    message = f"the directory is computed by Groovy; the steps in it name it `{name}`"
    own = manual(step, "directory-unknown", message, scope, context)
    return own + translate(step.body or (), scope.changed(directory=name, dynamic=None))


def _found(path: Value, step: Step, scope: Scope, context: Context) -> Translation | None:
    """A step that asks the shell for a directory; None where a shell does not know it either."""
    expression = expression_of(path)
    script = word(expression, scope, context) if expression else None
    if expression is None or script is None or isinstance(script, Refusal):
        return None
    first = flat(expression)[0]
    absolute = isinstance(first, EnvironmentRef) and first.name in _ABSOLUTE
    if directory(scope) and not absolute:
        return None
    text = f'echo path={script.text} >> "$GITHUB_OUTPUT"'
    action = shell_step(
        replace(script, text=text),
        step.span,
        "directory-found",
        scope=scope,
        context=context,
        certainty=Certainty.EQUIVALENT,
    )
    action = replace(action, id=_id(step), name=f"Find the directory of line {step.span.line}")
    said = [*remarks(path, step.span, construct(step), scope, context)]
    if absolute:
        message = f"`{path.span.text}` lies outside the workspace"
        said.append(diagnose("directory-outside", step.span, message, construct=construct(step)))
    bins = [*certainties(path, scope, context), *(d.certainty for d in said if d.certainty)]
    bins.append(Certainty.EQUIVALENT)
    return Translation((action,), tuple(said), binned(step.span, worst(bins)))


def _id(step: Step) -> str:
    return f"directory-{step.span.line}-{step.span.column}"


def _output(step: Step) -> Text:
    return gha.Context(f"steps.{_id(step)}.outputs.path")


def located(path: Value, scope: Scope, context: Context) -> Place | None:
    """The place of a path that is written in a scope; None where no workflow can say it.

    The workspace's own name in front makes a path relative to it.
    """
    expression = expression_of(path)
    if expression is None:
        return None
    expression, from_root = _without_workspace(expression)
    parts = flat(_with_constants(expression, scope, context))
    base = Scope() if from_root else scope
    if all(isinstance(part, str) for part in parts):
        written = "".join(str(part) for part in parts)
        return _fixed(written, base, context)
    text = lower(expression, scope, context)
    if text is None:
        return None
    around = directory(base)
    return Place(dynamic=joined((around, "/", text), "") if around else text)


def _with_constants(expression: Expr, scope: Scope, context: Context) -> Expr:
    """A path with the values of variables that the pipeline itself gives as constants."""
    parts: list[Expr] = []
    for part in flat(expression):
        if isinstance(part, str):
            parts.append(Constant(part))
            continue
        text = lower(part, scope, context)
        if text == gha.Context(f"env.{name_of(part)}") and name_of(part) not in scope.left:
            text = context.environment.get(name_of(part), text)
        parts.append(Constant(text) if isinstance(text, str) else part)
    return Concat(tuple(parts))


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
    whole = posixpath.join(scope.directory, path) or "."
    if not whole.startswith(OPEN):
        whole = posixpath.normpath(whole)
    return Place(fixed="" if whole == "." else whole)
