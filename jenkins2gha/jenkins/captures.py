"""Steps within expressions: each becomes an item in front, and a reference to what it gave."""

from __future__ import annotations

from jenkins2gha.jenkins.calls import IMAGE, StepCall
from jenkins2gha.jenkins.pipeline import Captured, Step
from jenkins2gha.jenkins.scope import Scope
from jenkins2gha.jenkins.values import (
    FROM_LIBRARY,
    BuildFact,
    Described,
    Form,
    Known,
    Residual,
    ResultOf,
    Symbolic,
    Value,
    flag_of,
)
from jenkins2gha.jenkins.vocabulary import signature
from jenkins2gha.record import replace
from jenkins2gha.source import Span

SHELLS = ("sh", "bat", "powershell", "pwsh")
_TEXTS = {"readFile": "content", "pwd": "directory", "tool": "tool_home"}
_ONE_LINE = ("pwd", "tool")
_NULL = frozenset(
    "echo writeFile deleteDir cleanWs archiveArtifacts stash unstash sleep error unstable".split()
)


def result(found: StepCall, scope: Scope) -> Value:
    """What a step within an expression gives; the step is put in front, among the items.

    Where nothing can run, or the result has no form that a workflow passes on, it is Residual.
    """
    span = scope.span(found.last)
    theirs = signature(found.name) is None and "." not in found.name
    reason = (
        f"`{found.name}` {FROM_LIBRARY}" if theirs else f"it takes the result of `{found.name}`"
    )
    if scope.state.sealed or found.body is not None:
        return Residual(span, reason)
    if found.name == "isUnix" and not found.last.arguments:
        step = scope.state.file.interpreter.step(found, scope)
        scope.state.noted.append(step)
        return Symbolic(BuildFact("isUnix"), span)
    if found.name in (IMAGE, "docker.build"):
        return _image(found, scope)
    if found.name not in (*SHELLS, *_TEXTS, "fileExists", "checkout", *_NULL):
        return Residual(span, reason)
    step = scope.state.file.interpreter.step(found, scope)
    plain = _plain(step, span)
    if plain is not None:
        scope.state.items.append(step)
        return plain
    form, word = _form(step)
    if form is None:
        return Residual(span, reason)
    name = scope.state.target or word
    key = scope.state.file.key(name)
    scope.state.items.append(
        replace(step, captured=Captured(key, name, form, found.name in _ONE_LINE))
    )
    return Symbolic(ResultOf(key, name, form), span)


def _image(found: StepCall, scope: Scope) -> Value:
    """An image by its name; what is done with it are steps of their own."""
    step = scope.state.file.interpreter.step(found, scope)
    scope.state.items.append(step)
    span = scope.span(found.last)
    image = step.arguments.get("image")
    return Described(IMAGE, {"image": image or Residual(span, "it has no name")}, span)


def _plain(step: Step, span: Span) -> Value | None:
    """What is known of a step's result without looking at it: nothing, or what a checkout sets."""
    if step.name == "checkout":
        scm = step.arguments.get("scm")
        whole = isinstance(scm, Described) and scm.symbol == "scm"
        return Described("checkout", {}, span) if whole else None
    silent = step.name in SHELLS and not {"returnStatus", "returnStdout"} & step.arguments.keys()
    return Known(None, span) if silent or step.name in _NULL else None


def _form(step: Step) -> tuple[Form | None, str]:
    """What a step gives back, and a word for it."""
    if step.name in SHELLS:
        status = flag_of(step.arguments.get("returnStatus"))
        output = flag_of(step.arguments.get("returnStdout"))
        if status is None or output is None or not (status or output):
            return None, ""
        return ("status", "status") if status else ("text", "output")
    if step.name in _TEXTS:
        temporary = step.name == "pwd" and step.arguments.get("tmp") is not None
        return (None, "") if temporary else ("text", _TEXTS[step.name])
    return ("flag", "exists") if step.name == "fileExists" else (None, "")


def running_name(site: Span) -> str:
    """The name of the container that a step starts, by which later ones know it."""
    return f"container-{site.line}"


def trim(value: Value, scope: Scope) -> Value:
    """`.trim()` of the result of the step that was just put in front: its only reader trims it."""
    items = scope.state.items
    last = items[-1] if items else None
    if not isinstance(value, Symbolic) or not isinstance(value.expr, ResultOf):
        return value
    if not isinstance(last, Step) or last.captured is None:
        return value
    if last.captured.key == value.expr.key:
        items[-1] = replace(last, captured=replace(last.captured, trimmed=True))
    return value
