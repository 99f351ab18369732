"""The steps that are known, by their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from jenkins2gha.simulate.jenkins.errors import abort
from jenkins2gha.simulate.jenkins.groovy.values import Value
from jenkins2gha.simulate.jenkins.invocation import Invocation
from jenkins2gha.simulate.jenkins.steps import (
    blocks,
    credentials,
    files,
    flow,
    nodes,
    parallel,
    results,
    scm,
    shell,
)

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run

STEPS: Final[dict[str, Callable[[Run, Invocation], Value]]] = {
    **shell.STEPS,
    **flow.STEPS,
    **blocks.STEPS,
    **credentials.STEPS,
    **files.STEPS,
    **nodes.STEPS,
    **parallel.STEPS,
    **results.STEPS,
    **scm.STEPS,
}


def unknown_step(run: Run, called: Invocation) -> Value:
    """A step of which only the name is known; its block runs as any."""
    answer = run.build.command(called.node, called.name, called.pairs)
    if answer.end == "failure":
        raise abort(f"{called.name} failed")
    if called.block is not None:
        return run.body(called)
    return answer.value
