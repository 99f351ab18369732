"""Shell steps. Source: workflow-durable-task-step-plugin, DurableTaskStep."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from jenkins2gha.simulate.jenkins.errors import abort, thrown
from jenkins2gha.simulate.jenkins.groovy.values import Value
from jenkins2gha.simulate.jenkins.invocation import Invocation

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


def needs_node(run: Run) -> None:
    """A step that works on files needs a machine."""
    if not run.build.place.workspace:
        raise thrown(
            "MissingContextVariableException", "Required context class hudson.FilePath is missing"
        )


def _shell(run: Run, called: Invocation) -> Value:
    needs_node(run)
    rest = tuple(one for one in called.pairs if one[0] != "script")
    answer = run.build.command(
        called.node, called.text("script"), rest, kind="run", shell=called.name
    )
    failed = answer.end == "failure"
    if called.flag("returnStatus"):
        return (answer.status or 1) if failed else 0
    if failed:
        raise abort(f"script returned exit code {answer.status or 1}")
    return answer.stdout if called.flag("returnStdout") else None


STEPS: Final[dict[str, Callable[[Run, Invocation], Value]]] = dict.fromkeys(
    ("sh", "bat", "powershell", "pwsh"), _shell
)
