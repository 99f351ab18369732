"""`options { }`: those that are settings, and those that are steps around the stages.

Source: pipeline-model-definition, options/impl/*, model/Options.groovy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.declarative.model import block, calls
from jenkins2gha.simulate.jenkins.groovy.values import (
    Arguments,
    Host,
    MethodPointer,
    Value,
    to_text,
    truth,
)

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run

# Steps that may stand here; everything else is a setting of the job.
_WRAPPERS: Final = frozenset(
    "timeout retry timestamps ansiColor lock withEnv withCredentials catchError warnError throttle "
    "sshagent withAWS wrap withSonarQubeEnv nodejs withMaven configFileProvider container dir ws "
    "withDockerRegistry withKubeConfig gitlabBuilds gitlabCommitStatus logstash".split()
)


class _Rest(Host):
    """What runs within an option."""

    def __init__(self, body: Callable[[], None]) -> None:
        self._body = body

    def call(self, *_: object) -> Value:
        self._body()
        return None


class Options:
    """The options of the pipeline, or those of a stage together with them."""

    def __init__(self, run: Run, call: ast.Call | None, outer: Options | None = None) -> None:
        self._run = run
        self.wrappers: list[ast.Call] = []
        self.names: dict[str, Arguments] = dict(outer.names) if outer else {}
        for one in calls(run, block(run, call)) if call else ():
            word = one.word or ""
            if word in _WRAPPERS:
                self.wrappers.append(one)
            else:
                self.names[word] = run.interpreter.arguments(one, run.interpreter.top)

    @property
    def skips_checkout(self) -> bool:
        """Whether `skipDefaultCheckout` holds; `skipDefaultCheckout(false)` takes it back."""
        given = self.names.get("skipDefaultCheckout")
        return given is not None and (not given.positional or truth(given.positional[0]))

    @property
    def subdirectory(self) -> str:
        given = self.names.get("checkoutToSubdirectory")
        return to_text(given.positional[0]) if given and given.positional else ""

    def around(self, body: Callable[[], None]) -> None:
        """Runs a body within the options that are steps, the first outermost."""
        self._from(0, body)

    def _from(self, place: int, body: Callable[[], None]) -> None:
        if place == len(self.wrappers):
            body()
            return
        call = self.wrappers[place]
        given = self._run.interpreter.arguments(call, self._run.interpreter.top)
        inner = MethodPointer(_Rest(lambda: self._from(place + 1, body)), "call")
        whole = Arguments((*given.positional, inner), given.named)
        self._run.step(call, call.word or "", whole)
