"""One run from its text to its trace."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from jenkins2gha.groovy import GroovySyntaxError, ast, parse
from jenkins2gha.simulate.jenkins.errors import Throwable, Thrown, Unsupported
from jenkins2gha.simulate.jenkins.groovy.scope import Returned
from jenkins2gha.simulate.jenkins.job import declare_job
from jenkins2gha.simulate.jenkins.run import Run
from jenkins2gha.simulate.jenkins.steps.flow import final_result
from jenkins2gha.simulate.situation import Situation
from jenkins2gha.simulate.trace import BuildResult, Result, Trace
from jenkins2gha.source import Source

_RESULTS: Final[dict[BuildResult, Result]] = {
    "SUCCESS": "success",
    "UNSTABLE": "success",
    "FAILURE": "failure",
    "NOT_BUILT": "cancelled",
    "ABORTED": "cancelled",
}


@lru_cache(maxsize=4)
def _read(text: str) -> tuple[Source, ast.Module]:
    """One text is simulated in many situations: it is parsed for the first of them."""
    source = Source("Jenkinsfile", text)
    try:
        return source, parse(source)
    except GroovySyntaxError as error:
        raise Unsupported(source.span(error.start, error.end), error.message) from None


def simulate(text: str, situation: Situation) -> Trace:
    """What a run of a pipeline does.

    Raises Unsupported, with its place, for what cannot be known.

    >>> simulate("pipeline { agent any; stages { … } }", Situation(branch="main")).build_result
    'SUCCESS'
    """
    source, module = _read(text)
    run = Run(source, situation)
    run.interpreter.declare(module)
    declare_job(run, module)
    failure: Throwable | None = None
    try:
        run.interpreter.execute(module.body, run.interpreter.top)
    except Returned:
        pass
    except Thrown as thrown:
        failure = thrown.value
    except RecursionError:
        raise Unsupported(None, "it is nested too deeply") from None
    result = final_result(run.build.result, failure)
    return Trace(
        commands=tuple(run.build.commands),
        result=_RESULTS[result],
        build_result=result,
        reason=str(failure or ""),
    )
