"""Checkouts. Source: workflow-scm-step-plugin, git-plugin GitStep."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from jenkins2gha.simulate.jenkins import names
from jenkins2gha.simulate.jenkins.errors import abort
from jenkins2gha.simulate.jenkins.globals import Scm
from jenkins2gha.simulate.jenkins.groovy.values import Value
from jenkins2gha.simulate.jenkins.invocation import Invocation
from jenkins2gha.simulate.jenkins.steps.shell import needs_node

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


def _checkout(run: Run, called: Invocation) -> Value:
    needs_node(run)
    if not called.positional and not called.named:
        raise abort("a checkout without an SCM")
    answer = run.build.command(called.node, called.name, called.pairs)
    if answer.end == "failure":
        raise abort("the checkout failed")
    if isinstance(answer.value, dict):
        return answer.value
    if isinstance(called.get("scm"), Scm):
        return dict(names.of_checkout(run.situation))
    return {"GIT_COMMIT": "$GIT_COMMIT", "GIT_BRANCH": "$GIT_BRANCH", "GIT_URL": "$GIT_URL"}


STEPS: Final[dict[str, Callable[[Run, Invocation], Value]]] = {
    "checkout": _checkout,
    "git": _checkout,
}
