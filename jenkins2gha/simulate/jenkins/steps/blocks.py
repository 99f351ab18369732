"""Blocks that change where their body runs, or nothing that can be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from jenkins2gha.simulate.jenkins import job
from jenkins2gha.simulate.jenkins.build import Layer, Mark
from jenkins2gha.simulate.jenkins.errors import Unknown, thrown
from jenkins2gha.simulate.jenkins.groovy.values import Host, Value, to_text
from jenkins2gha.simulate.jenkins.invocation import Invocation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from jenkins2gha.simulate.jenkins.run import Run

from contextlib import contextmanager


@contextmanager
def stage(run: Run, name: str) -> Iterator[Mark]:
    """Runs a block as a stage; its mark collects the warnings in it."""
    place, mark = run.build.place, Mark()
    layers = (*place.layers, Layer("STAGE_NAME", name, ambient=True))
    with run.build.within(stage=(*place.stage, name), marks=(*place.marks, mark), layers=layers):
        yield mark


def _stage(run: Run, called: Invocation) -> Value:
    if called.block is None:
        return None
    with stage(run, called.text("name")):
        return run.body(called)


def _dir(run: Run, called: Invocation) -> Value:
    with run.build.within(directory=run.build.at(called.text("path"))):
        return run.body(called)


def layers_of(overrides: Value) -> list[Layer]:
    """What `withEnv` sets."""
    if not isinstance(overrides, list):
        raise Unknown("withEnv of what is no list")
    found = []
    for one in overrides:
        name, sign, value = to_text(one).partition("=")
        if not sign:
            raise thrown(
                "IllegalArgumentException", f"'{name}' is not a valid environment variable"
            )
        found.append(Layer(name, value))
    return found


def _with_env(run: Run, called: Invocation) -> Value:
    with run.build.variables(layers_of(called.get("overrides"))):
        return run.body(called)


def _container(run: Run, called: Invocation) -> Value:
    with in_container(run, called.text("name")):
        return run.body(called)


def in_container(run: Run, name: str) -> AbstractContextManager[None]:
    """Runs a block in a container of the pod."""
    return run.build.within(container="" if name == "jnlp" else name)


def _body(run: Run, called: Invocation) -> Value:
    return run.body(called)


def _properties(run: Run, called: Invocation) -> Value:
    """Sets the properties of the job, for its next run; this run began with them: see `job`."""
    job.declare(run, called.get("properties"))
    return None


# Blocks that change neither what runs in them nor whether it runs. What some of them set comes from
# the server's own configuration, which no trace holds.
_TRANSPARENT: Final = (
    "script timestamps ansiColor lock throttle logstash maskPasswords steps wrap withChecks "
    "gitlabBuilds gitlabCommitStatus timestampedSteps withBuildUser buildDiscarder "
    "rateLimitBuilds withContext withSonarQubeEnv withAWS withKubeConfig withKubeCredentials "
    "kubeconfig configFileProvider withMaven withAnt withGradle nodejs sshagent"
).split()


class Library(Host):
    """What `library` gives: `library('x')._` says that nothing in it is named."""

    name = "library"

    def get(self, name: str) -> Value:
        return self if name == "_" else super().get(name)


def _library(run: Run, called: Invocation) -> Value:
    run.build.command(called.node, called.name, called.pairs)
    return Library()


STEPS: Final[dict[str, Callable[[Run, Invocation], Value]]] = {
    "stage": _stage,
    "dir": _dir,
    "withEnv": _with_env,
    "container": _container,
    "properties": _properties,
    "library": _library,
    **dict.fromkeys(_TRANSPARENT, _body),
}
