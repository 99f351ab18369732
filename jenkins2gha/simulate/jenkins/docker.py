"""`docker`: images, containers, registries.

Source: jenkinsci/docker-workflow-plugin, Docker.groovy, WithContainerStep.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.build import Build
from jenkins2gha.simulate.jenkins.errors import Unknown, abort
from jenkins2gha.simulate.jenkins.groovy.values import (
    Arguments,
    Closure,
    Host,
    Value,
    to_text,
)
from jenkins2gha.simulate.trace import Pairs

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


@contextmanager
def inside(build: Build, image: str) -> Iterator[None]:
    """Runs a block in a container: what was put before PATH does not reach it."""
    layers = tuple(one for one in build.place.layers if one.name.partition("+")[0] != "PATH")
    with build.within(container=image, layers=layers):
        yield


class Docker(Host):
    """The global variable."""

    name = "docker"

    def __init__(self, run: Run) -> None:
        self._run = run

    def call(self, name: str, arguments: Arguments) -> Value:
        given = arguments.positional
        match name:
            case "image" if given:
                return Image(self._run, to_text(given[0]))
            case "build" if given:
                image = Image(self._run, to_text(given[0]))
                rest = to_text(given[1]) if len(given) > 1 else "."
                image.does("docker.build", (("args", rest),))
                return image
            case "withRegistry" | "withServer" | "withTool" if given:
                if name == "withRegistry":
                    pairs = [("url", to_text(given[0]))]
                    if len(given) > 2:
                        pairs.append(("credentialsId", to_text(given[1])))
                    does(self._run, "docker.withRegistry", tuple(pairs))
                return self._run.interpreter.call(given[-1])
        return super().call(name, arguments)


def does(run: Run, what: str, inputs: Pairs) -> None:
    """Something that docker does on the machine."""
    answer = run.build.command(current(run), what, inputs)
    if answer.end == "failure":
        raise abort(f"{what} failed")


def current(run: Run) -> ast.Node:
    """The call that runs now."""
    return run.interpreter.calling or ast.Module(0, 0, ())


class Image(Host):
    """`docker.image('x')`."""

    name = "image"

    def __init__(self, run: Run, image: str) -> None:
        self._run = run
        self.id = image

    def get(self, name: str) -> Value:
        return self.id if name == "id" else super().get(name)

    def does(self, what: str, inputs: Pairs = ()) -> None:
        does(self._run, what, (("image", self.id), *inputs))

    def call(self, name: str, arguments: Arguments) -> Value:
        given = arguments.positional
        match name:
            case "inside":
                with inside(self._run.build, self.id):
                    return self._run.interpreter.call(_body(given))
            case "withRun":
                args = to_text(given[0]) if not isinstance(given[0], Closure) else ""
                self.does("docker.run", (("args", args),))
                return self._run.interpreter.call(_body(given), Container(self))
            case "run":
                self.does("docker.run", (("args", to_text(given[0]) if given else ""),))
                return Container(self)
            case "push" | "tag":
                tag = to_text(given[0]) if given else ""
                self.does(f"docker.{name}", (("tag", tag),))
                return None
            case "pull":
                self.does("docker.pull")
                return None
            case "imageName" | "getId":
                return self.id
        return super().call(name, arguments)


def _body(given: tuple[Value, ...]) -> Value:
    if not given or not isinstance(given[-1], Closure):
        raise Unknown("a container without a block")
    return given[-1]


class Container(Host):
    """A container that runs beside the build."""

    name = "container"

    def __init__(self, image: Image) -> None:
        self._image = image

    def get(self, name: str) -> Value:
        return "$CONTAINER" if name == "id" else super().get(name)

    def call(self, name: str, arguments: Arguments) -> Value:
        if name == "stop":
            self._image.does("docker.stop")
            return None
        return super().call(name, arguments)
