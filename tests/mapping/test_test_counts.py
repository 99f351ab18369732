"""Which reports of tests are counted, and what is said of those that are not."""

from __future__ import annotations

import pytest

from jenkins2gha.mapping.build_result import possible
from mapped import items, translated


@pytest.mark.parametrize(
    ("steps", "results"),
    [
        ("nunit testResultsPattern: 'r.xml'", "FAILURE UNSTABLE"),
        ("nunit testResultsPattern: 'r.xml', failIfNoResults: false", "UNSTABLE"),
        (
            "nunit testResultsPattern: 'r.xml', failIfNoResults: false, failedTestsFailBuild: true",
            "FAILURE",
        ),
        ("nunit testResultsPattern: 'r.xml', debug: true, skipJUnitArchiver: true", ""),
        ("nunit testResultsPattern: 'r.xml', skipJUnitArchiver: true", "FAILURE UNSTABLE"),
        ("mstest()", "UNSTABLE"),
        ("testNG()", "UNSTABLE"),
        ("testNG unstableFails: 5", ""),
        ("tap testResults: '*.tap', failedTestsMarkBuildAsFailure: true", "FAILURE"),
        ("robot outputPath: '.'", ""),
        ("jacoco()", ""),
    ],
)
def test_the_results_that_reports_can_give(steps: str, results: str) -> None:
    assert possible(items(steps)) == frozenset(results.split())


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("mstest()", "fail the step"),
        ("mstest failOnError: false", "the run fails at its end"),
        ("nunit 'r.xml'", "without a test it goes on as FAILURE"),
        ("testNG unstableFails: 5", "`unstableFails` changes no result"),
        ("allure()", "failed or broken tests make the build UNSTABLE, here nothing does"),
        ("jacoco execPattern: '*.exec'", "the files are an artifact to download"),
        ("recordIssues tool: pmdParser(), enabledForFailure: true", "an artifact to download"),
        (
            "recordIssues tool: pmdParser(), qualityGates: [[threshold: 1]]",
            "`qualityGates` changes no result",
        ),
        ("cobertura failUnhealthy: false", "an artifact to download"),
    ],
)
def test_what_is_said_of_the_result(steps: str, said: str) -> None:
    message = translated(steps).diagnostics[0].message
    assert message.endswith(said), message
