"""Steps that judge a build. Source: workflow-basic-steps-plugin, junit-plugin, core."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from jenkins2gha.simulate.jenkins.errors import ORDER, abort
from jenkins2gha.simulate.jenkins.groovy.values import Symbol, Value, to_text
from jenkins2gha.simulate.jenkins.invocation import Invocation
from jenkins2gha.simulate.jenkins.steps.shell import needs_node

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


def _unstable(run: Run, called: Invocation) -> Value:
    run.build.command(called.node, called.name, called.pairs)
    run.build.worsen("UNSTABLE")
    run.build.warn("UNSTABLE")
    return None


def _junit(run: Run, called: Invocation) -> Value:
    needs_node(run)
    answer = run.build.command(called.node, called.name, called.pairs)
    if answer.end == "failure":
        raise abort("junit failed")
    if answer.missing and not called.flag("allowEmptyResults"):
        run.build.mark("failure")
        raise abort("No test report files were found. Configuration error?")
    marks = not called.flag("skipMarkingBuildUnstable")
    if answer.test_failures and not answer.missing and marks:
        run.build.worsen("UNSTABLE")
        if not called.flag("skipMarkingStageUnstable"):
            run.build.warn("UNSTABLE")
    failed = answer.test_failures
    return {"totalCount": failed, "failCount": failed, "skipCount": 0, "passCount": 0}


def _archive(run: Run, called: Invocation) -> Value:
    needs_node(run)
    result = run.build.result or "SUCCESS"
    if called.flag("onlyIfSuccessful") and ORDER.index(result) > ORDER.index("UNSTABLE"):
        return None
    answer = run.build.command(called.node, called.name, called.pairs)
    if answer.end == "failure" or (answer.missing and not called.flag("allowEmptyArchive")):
        run.build.mark("failure")
        raise abort("No artifacts found that match the file pattern")
    return None


def _general(run: Run, called: Invocation) -> Value:
    """`step([$class: …])`: old steps, of which reports may find failed tests."""
    needs_node(run)
    delegate = called.get("delegate")
    name = delegate.name if isinstance(delegate, Symbol) else called.named.get("$class")
    if isinstance(delegate, dict):
        name = delegate.get("$class")
    answer = run.build.command(called.node, called.name, called.pairs)
    if answer.end == "failure":
        raise abort("step failed")
    if answer.test_failures and to_text(name).endswith(("JUnitResultArchiver", "XUnitPublisher")):
        run.build.worsen("UNSTABLE")
        run.build.warn("UNSTABLE")
    return answer.value


STEPS: Final[dict[str, Callable[[Run, Invocation], Value]]] = {
    "unstable": _unstable,
    "junit": _junit,
    "xunit": _junit,
    "archiveArtifacts": _archive,
    "step": _general,
}
