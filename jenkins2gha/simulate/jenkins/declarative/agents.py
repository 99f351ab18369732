"""`agent`: the machine, the checkout, the container.

Source: pipeline-model-definition agent/*, CheckoutScript; docker-workflow-plugin declarative/*;
kubernetes-plugin KubernetesDeclarativeAgentScript.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins import docker, names
from jenkins2gha.simulate.jenkins.build import Layer
from jenkins2gha.simulate.jenkins.declarative.model import block, calls, refuse
from jenkins2gha.simulate.jenkins.declarative.options import Options
from jenkins2gha.simulate.jenkins.errors import abort
from jenkins2gha.simulate.jenkins.groovy.values import Value, to_text, truth
from jenkins2gha.simulate.jenkins.steps import blocks, nodes

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


@contextmanager
def agent(run: Run, call: ast.Call | None, options: Options, *, root: bool) -> Iterator[None]:
    """Runs a block where an `agent` directive says; without one where it is."""
    kind, given = described(run, call)
    with ExitStack() as entered:
        match kind:
            case "" | "none":
                pass
            case "any" | "label" | "node":
                _machine(run, entered, call, options, given, root=root)
            case "docker" | "dockerfile":
                if not (_flag(given, "reuseNode") and run.build.place.workspace):
                    _machine(run, entered, call, options, given, root=root)
                if not (root and "newContainerPerStage" in options.names):
                    _image(run, entered, call, kind, given)
            case "kubernetes":
                labelled = {**given, "label": _text(given, "label") or "kubernetes"}
                _machine(run, entered, call, options, labelled, root=root)
                name = _text(given, "defaultContainer")
                entered.enter_context(blocks.in_container(run, name or "jnlp"))
            case _:
                assert call is not None
                raise refuse(run, call, f"the agent {kind}")
        yield


@contextmanager
def container_of_root(run: Run, call: ast.Call | None, options: Options) -> Iterator[None]:
    """With `newContainerPerStage` a stage without agent has a fresh container of the root's."""
    kind, given = described(run, call)
    with ExitStack() as entered:
        if "newContainerPerStage" in options.names and kind in ("docker", "dockerfile"):
            _image(run, entered, call, kind, given)
        yield


def described(run: Run, call: ast.Call | None) -> tuple[str, dict[str, Value]]:
    """The kind of an agent and its settings."""
    if call is None or not call.arguments:
        return "", {}
    first = call.arguments[0]
    if isinstance(first, ast.Name):
        return first.id, {}
    if not isinstance(first, ast.Closure):
        raise refuse(run, call, "an agent of this form")
    for one in calls(run, first):
        return one.word or "", _settings(run, one)
    return "", {}


def _settings(run: Run, call: ast.Call) -> dict[str, Value]:
    """The settings in the block of an agent, or the one behind its name."""
    if not call.arguments or not isinstance(call.arguments[-1], ast.Closure):
        given = run.interpreter.arguments(call, run.interpreter.top)
        found: dict[str, Value] = dict(given.named)
        if given.positional:
            value = given.positional[0]
            found |= {"label": value} if call.word == "label" else {"image": value}
        return found
    found = {}
    for one in calls(run, block(run, call)):
        if one.arguments and isinstance(one.arguments[-1], ast.Closure):
            found[one.word or ""] = True
            continue
        given = run.interpreter.arguments(one, run.interpreter.top)
        found[one.word or ""] = given.positional[0] if given.positional else dict(given.named)
    return found


def _text(given: dict[str, Value], name: str) -> str:
    value = given.get(name)
    return "" if value is None else to_text(value)


def _flag(given: dict[str, Value], name: str) -> bool:
    return truth(given.get(name))


def _machine(
    run: Run,
    entered: ExitStack,
    call: ast.Call | None,
    options: Options,
    given: dict[str, Value],
    *,
    root: bool,
) -> None:
    """Enters a machine, and checks out there."""
    assert call is not None
    entered.enter_context(nodes.node(run, _text(given, "label")))
    if path := _text(given, "customWorkspace"):
        entered.enter_context(nodes.workspace(run, path))
    if options.skips_checkout or not run.situation.definition_in_scm:
        return
    with ExitStack() as around:
        if root:
            around.enter_context(blocks.stage(run, "Declarative: Checkout SCM"))
        if options.subdirectory:
            around.enter_context(run.build.within(directory=run.build.at(options.subdirectory)))
        answer = run.build.command(call, "checkout", (("scm", "<scm>"),))
        if answer.end == "failure":
            raise abort("the checkout failed")
    found = names.of_checkout(run.situation).items()
    entered.enter_context(
        run.build.variables([Layer(name, value, ambient=True) for name, value in found])
    )


def _image(
    run: Run, entered: ExitStack, call: ast.Call | None, kind: str, given: dict[str, Value]
) -> None:
    assert call is not None
    image = _text(given, "image")
    if kind == "dockerfile":
        filename = _text(given, "filename") or "Dockerfile"
        folder = _text(given, "dir") or "."
        pairs = (
            ("filename", filename),
            ("dir", folder),
            ("args", _text(given, "additionalBuildArgs")),
        )
        answer = run.build.command(call, "docker.build", pairs)
        if answer.end == "failure":
            raise abort("script returned exit code 1")
        image = f"dockerfile:{folder}/{filename}"
    elif _flag(given, "alwaysPull"):
        run.build.command(call, "docker.pull", (("image", image),))
    entered.enter_context(docker.inside(run.build, image))
