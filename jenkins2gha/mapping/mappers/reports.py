"""Publishers of reports without a counterpart: their files become an artifact of the run.

https://plugins.jenkins.io/warnings-ng/
https://plugins.jenkins.io/jacoco/
https://plugins.jenkins.io/coverage/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Described, ListOf, MapOf, Value, flag_of
from jenkins2gha.mapping import ant
from jenkins2gha.mapping.agent_paths import said_of_paths
from jenkins2gha.mapping.lower import lower
from jenkins2gha.mapping.mappers.archive_artifacts import ACTION, artifact_paths
from jenkins2gha.mapping.mappers.counted_tests import RULE, counted, told
from jenkins2gha.mapping.masks import joined, mask
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.stated import stated
from jenkins2gha.mapping.test_counts import counting
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation
from jenkins2gha.mapping.uses import Inputs, uses
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose

_ARGUMENTS: Mapping[str, tuple[str, str]] = {
    "jacoco": ("execPattern", "**/**.exec"),
    "cobertura": ("coberturaReportFile", "**/coverage.xml"),
    "clover": ("cloverReportDir", "target/site/clover"),
    "checkstyle": ("pattern", "**/checkstyle-result.xml"),
    "findbugs": ("pattern", "**/findbugsXml.xml"),
    "pmd": ("pattern", "**/pmd.xml"),
    "dry": ("pattern", "**/cpd.xml"),
    "nunit": ("testResultsPattern", "TestResult.xml"),
    "mstest": ("testResultsFile", "**/*.trx"),
    "testNG": ("reportFilenamePattern", "**/testng-results.xml"),
    "cucumber": ("fileIncludePattern", "**/*.json"),
    "robot": ("outputPath", "."),
    "tap": ("testResults", "**/*.tap"),
    "perfReport": ("sourceDataFiles", "**/*.jtl"),
    "javadoc": ("javadocDir", "javadoc"),
    "gatlingArchive": ("", "**/gatling/**"),
    "dependencyCheckPublisher": ("pattern", "**/dependency-check-report.xml"),
    "plot": ("csvFileName", ""),
    "recordIssues": ("", ""),
    "recordCoverage": ("", ""),
    "publishCoverage": ("", ""),
    "xunit": ("", ""),
    "warnings": ("", ""),
    "allure": ("", "allure-results"),
}
"""The argument of each step that says which files, and what Jenkins reads without it."""
_FOLDERS = frozenset({"cloverReportDir", "outputPath", "javadocDir"})
_TOOLS = {
    "checkStyle": "**/checkstyle-result.xml",
    "cpd": "**/cpd.xml",
    "findBugs": "**/findbugsXml.xml",
    "pmdParser": "**/pmd.xml",
    "spotBugs": "**/spotbugsXml.xml",
}
"""What tools of `recordIssues` read without a pattern; the others read the log of the build.
https://github.com/jenkinsci/warnings-ng-plugin/blob/main/SUPPORTED-FORMATS.md"""
_LOST = {
    "allure": "failed or broken tests make the build UNSTABLE",
    "robot": "an output that is missing makes the build FAILURE",
    "tap": "failed tests make the build UNSTABLE",
    "testNG": "failed tests make the build UNSTABLE",
    "xunit": "reports that are missing fail the step",
}
"""What Jenkins makes of a build by the reports themselves, where it is not counted here."""
_JUDGES = regex(
    r"(?!show|can|enabled).*(?:fail|unstable|threshold|qualityGates|minimum|maximum|buildStatus)",
    re.IGNORECASE,
)
"""The names of arguments that say which reports worsen the result of the build."""
_CAPITAL = regex(r"[A-Z]+")
_PATTERNS = ("pattern", "path")


def report(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`recordIssues tool: checkStyle(pattern: '**/c.xml')` → the files as an artifact.

    A tool without a pattern reads Jenkins' own log, which stands with the run anyway.
    """
    name, default = _ARGUMENTS[step.name]
    value = step.arguments.get(name)
    found: list[Text | None] = []
    if value is not None:
        text = lower(value, scope, context)
        found.append(_everything(text) if name in _FOLDERS and text is not None else text)
    else:
        found += [lower(one, scope, context) for one in _patterns((*step.arguments.values(),))]
        found += [_TOOLS[tool] for tool in _without_pattern(step) if tool in _TOOLS]
        if not found and "results" in step.arguments:
            found.append(None)
        found += [default] if default and not found else []
    if any(text is None for text in found):
        message = f"which files `{step.name}` reads is computed by Groovy"
        return manual(step, "report-unknown", message, scope, context)
    wanted = joined([text for text in found if text], ",")
    if not wanted:
        message = f"`{step.name}` reads the log of the build; GitHub shows it with the run"
        return stated(step, ("report-of-the-log", message), scope, context)
    own = _kept(step, wanted, scope, context)
    own += Translation(diagnostics=tuple(said_of_paths(step, ant.patterns(mask(wanted).text))))
    logs = [f"`{tool}`" for tool in _without_pattern(step) if tool not in _TOOLS]
    if logs:
        message = f"what {', '.join(logs)} would find in the log stands there alone"
        said = diagnose("report-of-the-log", step.span, message, construct=construct(step))
        own += Translation(diagnostics=(said,))
    return own


def _kept(step: Step, wanted: Text, scope: Scope, context: Context) -> Translation:
    """The files as an artifact; where their tests can be counted, they judge the build too."""
    files = artifact_paths(wanted, "", scope)
    inputs: Inputs = {
        "name": _CAPITAL.sub(lambda found: "-" + found[0].lower(), step.name),
        **files,
        "if-no-files-found": "warn",
        "retention-days": context.retention_days,
    }
    how, paths = counting(step), files["path"]
    rule, message = "report-artifact", "the files are an artifact to download"
    if how is None or isinstance(paths, bool):
        marks: tuple[ActionStep, ...] = ()
        message += _lost(step)
    else:
        rule, message = RULE, message + told(how)
        marks = counted(step, how, paths, scope, context)
    action = uses(ACTION, inputs, scope, Origin((step.span,), rule, Certainty.APPROXIMATE))
    return stated(step, (rule, message), scope, context, steps=(action, *marks))


def _lost(step: Step) -> str:
    """What of the result of the build is lost with the reports."""
    judging = [
        f"`{name}`"
        for name, value in step.arguments.items()
        if _JUDGES.match(name) and flag_of(value) is not False
    ]
    lost = f"; in Jenkins {_LOST[step.name]}, here nothing does" if step.name in _LOST else ""
    if not judging:
        return lost
    change = "changes" if len(judging) == 1 else "change"
    return f"{lost}; {', '.join(judging)} {change} no result"


def _without_pattern(step: Step) -> Iterator[str]:
    """The tools of `recordIssues` that name no files."""
    given = [step.arguments[name] for name in ("tool", "tools") if name in step.arguments]
    for value in given if step.name == "recordIssues" else ():
        for tool in value.items if isinstance(value, ListOf) else (value,):
            if isinstance(tool, Described) and not any(key in tool.arguments for key in _PATTERNS):
                yield tool.symbol


def _everything(folder: Text) -> Text:
    return joined((folder, "**"), "/") if folder not in ("", ".") else "**"


def _patterns(values: tuple[Value, ...]) -> Iterator[Value]:
    """The patterns of files in the objects that arguments are made of, in order."""
    for value in values:
        if isinstance(value, ListOf):
            yield from _patterns(value.items)
        fields: Mapping[str, Value] = {}
        if isinstance(value, Described):
            fields = value.arguments
        elif isinstance(value, MapOf):
            fields = dict(value.entries)
        own = [fields[name] for name in _PATTERNS if name in fields]
        yield from own or _patterns(tuple(fields.values()))
