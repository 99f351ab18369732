"""Allocations of machines and workspaces.

Source: workflow-durable-task-step-plugin, ExecutorStepExecution, WorkspaceStepExecution.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from jenkins2gha.simulate.jenkins.groovy.values import Value
from jenkins2gha.simulate.jenkins.invocation import Invocation
from jenkins2gha.simulate.jenkins.steps.shell import needs_node

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


@contextmanager
def node(run: Run, label: str) -> Iterator[None]:
    """Runs a block on a machine of its own, in a workspace that no other block has."""
    build = run.build
    build.checkpoint()
    build.nodes += 1
    number = build.nodes
    with build.within(node=number, label=label, workspace=str(number), directory="", container=""):
        yield


@contextmanager
def workspace(run: Run, path: str) -> Iterator[None]:
    """Runs a block in another folder of the machine."""
    needs_node(run)
    build = run.build
    named = f"{build.place.node}:{posixpath.normpath(path)}" if path else str(build.place.node)
    with build.within(workspace=named, directory=""):
        yield


def _node(run: Run, called: Invocation) -> Value:
    with node(run, called.text("label")):
        return run.body(called)


def _ws(run: Run, called: Invocation) -> Value:
    with workspace(run, called.text("dir")):
        return run.body(called)


def _pod_template(run: Run, called: Invocation) -> Value:
    """The pod of `podTemplate` is where a `node(POD_LABEL)` in it runs."""
    label = called.text("label", "kubernetes")
    run.interpreter.binding.setdefault("POD_LABEL", label)
    return run.body(called)


def is_unix(run: Run) -> bool:
    """Whether the machine is no Windows: by the label that was asked for."""
    return re.search(r"(?i)\bwin", run.build.place.label) is None


def _is_unix(run: Run, _: Invocation) -> Value:
    needs_node(run)
    return is_unix(run)


def _pwd(run: Run, called: Invocation) -> Value:
    needs_node(run)
    place = run.build.place
    root = "$WORKSPACE_TMP" if called.flag("tmp") else "$WORKSPACE"
    if place.directory.startswith("/"):
        return place.directory
    return f"{root}/{place.directory}" if place.directory else root


STEPS: Final[dict[str, Callable[[Run, Invocation], Value]]] = {
    "node": _node,
    "ws": _ws,
    "podTemplate": _pod_template,
    "isUnix": _is_unix,
    "pwd": _pwd,
}
