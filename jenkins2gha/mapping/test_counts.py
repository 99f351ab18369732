"""How the failed tests of reports other than JUnit's are counted, and what they make of the build.

The patterns are those of JavaScript, for one test in a report and for one that failed.
https://github.com/jenkinsci/nunit-plugin/blob/main/src/main/resources/hudson/plugins/nunit/nunit-to-junit.xsl
https://github.com/jenkinsci/mstest-plugin/blob/master/src/main/java/hudson/plugins/mstest/MSTestPublisher.java
https://github.com/jenkinsci/testng-plugin-plugin/blob/master/src/main/java/hudson/plugins/testng/Publisher.java
https://github.com/jenkinsci/tap-plugin/blob/master/src/main/java/org/tap4j/plugin/TapPublisher.java
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import flag_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """What is counted; `result` is that of a build with failed tests, `without` that of one whose
    reports hold no test ('' where Jenkins does not mind), `stops` whether the step fails then."""

    test: str
    failed: str
    result: str = "UNSTABLE"
    without: str = ""
    stops: bool = False

    @property
    def results(self) -> frozenset[str]:
        """The results that the build can get without a failed step."""
        return frozenset({self.result, self.without} - {""})


_KINDS: Mapping[str, Counting] = {
    "nunit": Counting(
        test=r"/<test-case\b(?:[^>]*\/>|[^]*?<\/test-case>)/g",
        failed=r"/<failure\b/",
        without="FAILURE",
    ),
    "mstest": Counting(
        test=r"/<(?:UnitTestResult|WebTestResult)\b[^>]*>/g",
        failed='/ outcome="(?!Passed"|NotExecuted"|Inconclusive")/',
        stops=True,
    ),
    "testNG": Counting(
        test=r'/<test-method\b(?![^>]* is-config="true")[^>]*>/g',
        failed='/ status="FAIL"/',
    ),
    "tap": Counting(
        test=r"/^(?:not )?ok\b.*/gm",
        failed=r"/^not ok\b(?!.*#\s*skip)/i",
    ),
}
_THRESHOLDS = frozenset(
    "failedFails failedSkips unstableFails unstableSkips thresholdMode failureOnFailedTestConfig "
    "todoIsFailure validateNumberOfTests".split()
)
"""Arguments that judge in another way than by whether a test failed."""


def counting(step: Step) -> Counting | None:
    """How the tests that a step reports are counted; None where it cannot be done for it."""
    kind = _KINDS.get(step.name)
    if kind is None or _THRESHOLDS & step.arguments.keys() or _only_converts(step):
        return None
    if _flag(step, "failedTestsFailBuild") or _flag(step, "failedTestsMarkBuildAsFailure"):
        kind = replace(kind, result="FAILURE")
    if step.name == "tap":
        return replace(kind, without="FAILURE" if _flag(step, "failIfNoResults") else "")
    minds = _flag(step, "failIfNoResults", default=True)
    stops = kind.stops and _flag(step, "failOnError", default=True)
    return replace(kind, without=kind.without if minds else "", stops=stops)


def _only_converts(step: Step) -> bool:
    """Whether `nunit` hands its tests to nobody, which it is told for debugging."""
    return _flag(step, "debug") and _flag(step, "skipJUnitArchiver")


def _flag(step: Step, name: str, *, default: bool = False) -> bool:
    given = flag_of(step.arguments.get(name), default=default)
    return default if given is None else given
