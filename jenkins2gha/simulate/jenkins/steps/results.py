"""Steps that judge a build.

Source: workflow-basic-steps-plugin, junit-plugin, core, htmlpublisher-plugin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from jenkins2gha.simulate.jenkins.errors import ORDER, abort
from jenkins2gha.simulate.jenkins.groovy.values import Symbol, Value, to_text, truth
from jenkins2gha.simulate.jenkins.invocation import Invocation
from jenkins2gha.simulate.jenkins.steps.shell import needs_node

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run
    from jenkins2gha.simulate.situation import Answer


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


def _counted(run: Run, called: Invocation) -> Value:
    """`nunit`, `mstest`, `testNG`, `tap`: their reports as they are, without a stage of their own.

    Source: nunit-plugin, mstest-plugin, testng-plugin, tap-plugin.
    """
    needs_node(run)
    answer = run.build.command(called.node, called.name, called.pairs)
    if answer.end == "failure":
        raise abort(f"{called.name} failed")
    _judge(run, called.name, answer, called.named)
    return None


def _judge(run: Run, name: str, answer: Answer, named: Mapping[str, Value]) -> None:
    if answer.missing:
        minds = truth(named.get("failIfNoResults", name == "nunit"))
        if name in ("nunit", "tap") and minds:
            run.build.worsen("FAILURE")
        if name == "mstest" and truth(named.get("failOnError", True)):
            run.build.mark("failure")
            raise abort("No MSTest TRX test report files were found")
    elif answer.test_failures:
        flags = ("failedTestsFailBuild", "failedTestsMarkBuildAsFailure")
        fails = any(truth(named.get(flag)) for flag in flags)
        run.build.worsen("FAILURE" if fails else "UNSTABLE")


def _archive(run: Run, called: Invocation) -> Value:
    needs_node(run)
    if called.flag("onlyIfSuccessful") and not _is_good(run):
        return None
    answer = run.build.command(called.node, called.name, called.pairs)
    minds = _is_good(run) and not called.flag("allowEmptyArchive")
    if answer.end == "failure" or (answer.missing and minds):
        run.build.mark("failure")
        raise abort("No artifacts found that match the file pattern")
    return None


def _is_good(run: Run) -> bool:
    """Whether the build is no worse than UNSTABLE so far: without files, an archive minds then."""
    return ORDER.index(run.build.result or "SUCCESS") <= ORDER.index("UNSTABLE")


def _html(run: Run, called: Invocation) -> Value:
    """Without its folder it makes the build fail, and goes on."""
    needs_node(run)
    answer = run.build.command(called.node, called.name, called.pairs)
    if answer.end == "failure":
        raise abort("publishHTML failed")
    if answer.missing and not _target(called, "allowMissing"):
        run.build.worsen("FAILURE")
    return None


def _target(called: Invocation, name: str) -> bool:
    """An argument of `publishHTML`, or its like in the object that it describes."""
    target = called.get("target", called.positional[0] if called.positional else None)
    if isinstance(target, Symbol):
        target = dict(target.named)
    return truth(target.get(name)) if isinstance(target, dict) else called.flag(name)


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
    old = next((one for one in _OLD if to_text(name).endswith(one)), None)
    if old:
        described = delegate if isinstance(delegate, dict) else called.named
        named = dict(delegate.named) if isinstance(delegate, Symbol) else described
        _judge(run, _OLD[old], answer, named)
    if answer.test_failures and to_text(name).endswith(("JUnitResultArchiver", "XUnitPublisher")):
        run.build.worsen("UNSTABLE")
        run.build.warn("UNSTABLE")
    return answer.value


_OLD: Final = {
    "NUnitPublisher": "nunit",
    "MSTestPublisher": "mstest",
    "testng.Publisher": "testNG",
    "TapPublisher": "tap",
}
"""The classes of old steps, and what the steps are called now."""

STEPS: Final[dict[str, Callable[[Run, Invocation], Value]]] = {
    "unstable": _unstable,
    "junit": _junit,
    "xunit": _junit,
    **dict.fromkeys(_OLD.values(), _counted),
    "archiveArtifacts": _archive,
    "publishHTML": _html,
    "step": _general,
}
