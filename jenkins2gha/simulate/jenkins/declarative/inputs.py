"""`input { }` of a stage. Source: pipeline-model-definition, ModelInterpreter.stageInput."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.build import Layer
from jenkins2gha.simulate.jenkins.declarative.model import block, calls
from jenkins2gha.simulate.jenkins.groovy.calls import argument
from jenkins2gha.simulate.jenkins.groovy.values import Symbol, Value, to_text
from jenkins2gha.simulate.jenkins.invocation import Invocation
from jenkins2gha.simulate.jenkins.steps.flow import ask

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


def declared(run: Run, call: ast.Call) -> list[Value]:
    """The parameters in a block, also those of a kind that is not known."""
    top = run.interpreter.top
    with run.describing():
        return [argument(run.interpreter, one, top) for one in calls(run, block(run, call))]


@contextmanager
def asked(run: Run, call: ast.Call | None) -> Iterator[None]:
    """Runs a block once a person agrees, with what was entered as variables."""
    if call is None:
        yield
        return
    named: dict[str, Value] = {}
    for one in calls(run, block(run, call)):
        if one.word == "parameters":
            named["parameters"] = declared(run, one)
        else:
            given = run.interpreter.arguments(one, run.interpreter.top)
            named[one.word or ""] = given.positional[0] if given.positional else None
    answer = ask(run, Invocation(call, "input", named, ()))
    with run.build.variables(_entered(named, answer)):
        yield


def _entered(named: dict[str, Value], answer: Value) -> list[Layer]:
    if isinstance(answer, dict):
        return [Layer(to_text(name), to_text(value)) for name, value in answer.items()]
    if submitter := named.get("submitterParameter"):
        return [Layer(to_text(submitter), to_text(answer))]
    parameters = named.get("parameters")
    if isinstance(parameters, list) and len(parameters) == 1:
        one = parameters[0]
        assert isinstance(one, Symbol)
        return [Layer(to_text(one.get("name")), to_text(answer))]
    return []
