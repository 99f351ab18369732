"""Steps that decide how a run goes on.

Source: workflow-basic-steps-plugin CatchErrorStep, RetryStepExecution, TimeoutStepExecution;
pipeline-input-step-plugin InputStepExecution; pipeline-build-step-plugin.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from jenkins2gha.simulate.jenkins.errors import (
    Throwable,
    Thrown,
    Unknown,
    abort,
    interruption,
    thrown,
    worst,
)
from jenkins2gha.simulate.jenkins.globals import result_of
from jenkins2gha.simulate.jenkins.groovy.values import Host, Symbol, Value, to_text, truth
from jenkins2gha.simulate.jenkins.invocation import Invocation
from jenkins2gha.simulate.jenkins.parameters import values
from jenkins2gha.simulate.trace import BuildResult

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


def _error(run: Run, called: Invocation) -> Value:
    run.build.command(called.node, called.name, called.pairs)
    run.build.mark("failure")
    raise abort(called.text("message"))


def _exit(run: Run, called: Invocation) -> Value:
    """The shell's `exit`, which Jenkins knows no step for."""
    run.build.command(called.node, called.name, called.pairs)
    run.build.mark("failure")
    raise thrown("NoSuchMethodError", "No such DSL method 'exit' found among steps")


def _retry(run: Run, called: Invocation) -> Value:
    count = called.number("count")
    conditions = called.get("conditions")
    names = (
        [one.name for one in conditions if isinstance(one, Symbol)]
        if isinstance(conditions, list)
        else []
    )
    while True:
        count -= 1
        try:
            return run.body(called)
        except Thrown as error:
            if count <= 0 or names or (error.value.interrupts and error.value.actual):
                raise


def _timeout(run: Run, called: Invocation) -> Value:
    token = object()
    with run.build.within(timeouts=(*run.build.place.timeouts, token)):
        try:
            return run.body(called)
        except Thrown as error:
            if error.value.token is token:
                error.value.actual = False
            raise


def catch(
    run: Run, called: Invocation, *, build_result: BuildResult, stage_result: BuildResult
) -> None:
    """Runs a block whose error is noted, but goes no further."""
    try:
        run.body(called)
    except Thrown as error:
        value = error.value
        if value.interrupts:
            if value.actual and not called.flag("catchInterruptions", default=True):
                raise
            build_result = stage_result = value.result
        if build_result != "SUCCESS":
            run.build.worsen(build_result)
        if stage_result != "SUCCESS":
            run.build.warn(stage_result)


def _result(called: Invocation, name: str, default: BuildResult) -> BuildResult:
    if name not in called.named:
        return default
    value = called.named[name]
    return "SUCCESS" if value is None else result_of(to_text(value))


def _catch_error(run: Run, called: Invocation) -> Value:
    catch(
        run,
        called,
        build_result=_result(called, "buildResult", "FAILURE"),
        stage_result=_result(called, "stageResult", "SUCCESS"),
    )
    return None


def _warn_error(run: Run, called: Invocation) -> Value:
    catch(run, called, build_result="UNSTABLE", stage_result="UNSTABLE")
    return None


def _wait_until(run: Run, called: Invocation) -> Value:
    while not truth(run.body(called)):
        run.interpreter.tick(called.node)
    return None


def _plain(run: Run, called: Invocation) -> Value:
    """A step that does something and returns nothing; it has no block."""
    answer = run.build.command(called.node, called.name, called.pairs)
    if answer.end == "failure":
        raise abort(f"{called.name} failed")
    return answer.value


def _input(run: Run, called: Invocation) -> Value:
    return ask(run, called)


def ask(run: Run, called: Invocation) -> Value:
    """Asks a person: what was entered, as the step returns it."""
    answer = run.build.command(called.node, "input", called.pairs)
    if answer.end == "failure":
        run.build.mark("cancelled")
        raise interruption("ABORTED")
    if answer.value is not None:
        return answer.value
    declared = called.get("parameters")
    found: dict[str, Value] = (
        dict(values(declared, run.situation)) if isinstance(declared, list) else {}
    )
    submitter = called.text("submitterParameter")
    if submitter:
        found[submitter] = run.situation.user
    if len(found) == 1:
        return next(iter(found.values()))
    return dict(found) if found else None


class Downstream(Host):
    """What the step `build` returns."""

    name = "build"

    def __init__(self, job: str, result: BuildResult) -> None:
        self._known: dict[str, Value] = {
            "result": result,
            "currentResult": result,
            "projectName": job.rpartition("/")[2],
            "fullProjectName": job,
            "number": "$BUILD",
            "absoluteUrl": "$BUILD",
            "buildVariables": {},
        }

    def get(self, name: str) -> Value:
        return self._known[name] if name in self._known else super().get(name)

    def call(self, name: str, _: object) -> Value:
        if name.startswith("get"):
            return self.get(name[3:4].lower() + name[4:])
        raise Unknown(f"the method {name} of a build")


def _build(run: Run, called: Invocation) -> Value:
    answer = run.build.command(called.node, "build", called.pairs)
    if not called.flag("wait", default=True):
        if answer.end == "failure":
            raise abort("the build could not be started")
        return None
    result: BuildResult = "FAILURE" if answer.end == "failure" else answer.result
    if result != "SUCCESS" and called.flag("propagate", default=True):
        run.build.mark("failure")
        raise interruption(result, actual=False)
    return Downstream(called.text("job"), result)


def final_result(so_far: BuildResult | None, error: Throwable | None) -> BuildResult:
    """The result of a run that has ended."""
    if error is None:
        return worst(so_far)
    return worst(so_far, error.result if error.interrupts else "FAILURE")


STEPS: Final[dict[str, Callable[[Run, Invocation], Value]]] = {
    "error": _error,
    "exit": _exit,
    "retry": _retry,
    "timeout": _timeout,
    "catchError": _catch_error,
    "warnError": _warn_error,
    "waitUntil": _wait_until,
    "input": _input,
    "build": _build,
    "echo": _plain,
    "sleep": _plain,
    "milestone": _plain,
}
