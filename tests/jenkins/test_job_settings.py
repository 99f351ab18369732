"""The settings of a job, how they are counted, and how they go together with its pipeline."""

from __future__ import annotations

from itertools import chain

import pytest

from jenkins2gha.configuration import no_files
from jenkins2gha.groovy import parse
from jenkins2gha.jenkins.config.counting import job_constructs
from jenkins2gha.jenkins.config.merge import Merged, merge
from jenkins2gha.jenkins.config.settings import Settings, read_settings
from jenkins2gha.jenkins.config.unit import Unit, open_unit
from jenkins2gha.jenkins.read import read
from jenkins2gha.jenkins.values import Described, Known, ListOf, text_of
from jenkins2gha.source import Span
from test_convert import FIXTURES

_TRIGGERS = "x.PipelineTriggersJobProperty"
_DECLARATIVE = "pipeline { agent any\n%s\nstages { stage('A') { steps { echo 'a' } } } }"


def _unit(properties: str = "", script: str = "node {}", more: str = "") -> Unit:
    return open_unit(
        f"<flow-definition>{more}<properties>{properties}</properties>"
        f"<definition class='x.CpsFlowDefinition'><script>{script}</script></definition>"
        "</flow-definition>",
        "config.xml",
        no_files,
    )


def _parameters(*names: str) -> str:
    each = (
        f"<hudson.model.StringParameterDefinition><name>{name}</name>"
        "</hudson.model.StringParameterDefinition>"
        for name in names
    )
    return (
        "<hudson.model.ParametersDefinitionProperty><parameterDefinitions>"
        f"{''.join(each)}</parameterDefinitions></hudson.model.ParametersDefinitionProperty>"
    )


def _triggers(*classes: str) -> str:
    each = "".join(f"<{name}><spec>H 1 * * *</spec></{name}>" for name in classes)
    return f"<{_TRIGGERS}><triggers>{each}</triggers></{_TRIGGERS}>"


def _tracker(kind: str, *names: str) -> str:
    each = "".join(f"<string>{name}</string>" for name in names)
    action = "x.DeclarativeJobPropertyTrackerAction"
    return f"<actions><{action}><{kind}>{each}</{kind}></{action}></actions>"


def _merged(unit: Unit) -> Merged:
    reading = read(parse(unit.script), unit.source)
    assert reading.pipeline is not None
    return merge(reading.pipeline, read_settings(unit), scm=unit.scm)


def _spans(settings: Settings) -> list[Span]:
    kinds = (settings.options, settings.triggers, settings.parameters, settings.discovery)
    return sorted((one.span for one in chain(*kinds)), key=lambda span: span.start)


@pytest.mark.parametrize(
    "case", sorted(path.parent.name for path in FIXTURES.glob("job-*/config.xml"))
)
def test_what_is_read_is_what_is_counted(case: str) -> None:
    text = (FIXTURES / case / "config.xml").read_text()
    if case in ("job-freestyle", "job-script-not-given"):
        return
    unit = open_unit(text, "config.xml", lambda _: "node {}")
    counted = [one.span for one in job_constructs(unit)]
    assert [span.text for span in counted] == [span.text for span in _spans(read_settings(unit))]
    assert counted == _spans(read_settings(unit))


def test_what_the_job_of_a_branch_holds_of_its_source_is_no_setting_of_its_own() -> None:
    name = "org.jenkinsci.plugins.workflow.multibranch.BranchJobProperty"
    unit = _unit(f"<{name}><branch><scm><extensions><x.Y/></extensions></scm></branch></{name}>")
    assert job_constructs(unit) == ()
    assert _spans(read_settings(unit)) == []


def test_values_are_those_that_groovy_would_write() -> None:
    unit = _unit(
        "<jenkins.model.BuildDiscarderProperty><strategy class='hudson.tasks.LogRotator'>"
        "<daysToKeep>3</daysToKeep></strategy></jenkins.model.BuildDiscarderProperty>"
        "<x.DisableConcurrentBuildsJobProperty><abortPrevious>true</abortPrevious>"
        "</x.DisableConcurrentBuildsJobProperty>"
    )
    discarder, concurrency = read_settings(unit).options
    strategy = discarder.arguments["strategy"]
    assert discarder.name == "buildDiscarder"
    assert isinstance(strategy, Described)
    assert text_of(strategy.arguments["daysToKeep"]) == "3"
    assert concurrency.name == "disableConcurrentBuilds"
    abort = concurrency.arguments["abortPrevious"]
    assert isinstance(abort, Known)
    assert abort.value is True


def test_choices_in_both_forms_of_xstream() -> None:
    for form in ("<string>a</string>", "<a class='string-array'><string>a</string></a>"):
        name = "hudson.model.ChoiceParameterDefinition"
        definition = f"<{name}><name>X</name><choices>{form}</choices></{name}>"
        unit = _unit(_parameters().replace("</parameterD", f"{definition}</parameterD"))
        choices = read_settings(unit).parameters[0].arguments["choices"]
        assert isinstance(choices, ListOf)
        assert list(map(text_of, choices.items)) == ["a"]


def test_parameters_of_the_pipeline_stand_for_those_of_their_name() -> None:
    own = _DECLARATIVE % "parameters { string(name: 'A') }"
    merged = _merged(_unit(_parameters("A", "B"), own))
    names = [text_of(one.arguments["name"]) for one in merged.pipeline.parameters]
    assert names == ["A", "B"]
    assert len(merged.replaced) == 1


def test_what_an_earlier_declarative_run_had_set_goes() -> None:
    unit = _unit(_parameters("A", "B"), _DECLARATIVE % "", _tracker("parameters", "A"))
    assert [text_of(one.arguments["name"]) for one in _merged(unit).pipeline.parameters] == ["B"]


def test_triggers_go_by_their_class() -> None:
    own = _DECLARATIVE % "triggers { cron('0 4 * * *') }"
    unit = _unit(
        _triggers(
            "hudson.triggers.TimerTrigger", "hudson.triggers.SCMTrigger", "x.GitHubPushTrigger"
        ),
        own,
        _tracker("triggers", "hudson.triggers.SCMTrigger"),
    )
    merged = _merged(unit)
    assert [one.name for one in merged.pipeline.triggers] == ["cron", "githubPush"]
    assert text_of(merged.pipeline.triggers[0].positional[0]) == "0 4 * * *"
    assert [one.name for one in merged.replaced] == ["cron", "pollSCM"]


def test_a_script_without_properties_keeps_all_of_the_job() -> None:
    unit = _unit(
        _triggers("hudson.triggers.TimerTrigger") + _parameters("A"),
        more=_tracker("parameters", "A"),
    )
    merged = _merged(unit)
    assert [one.name for one in merged.pipeline.triggers] == ["cron"]
    assert len(merged.pipeline.parameters) == 1
    assert merged.replaced == ()
    assert not merged.pipeline.scm


@pytest.mark.parametrize(
    ("names", "branches"),
    [
        (["*/main"], ["main"]),
        (["refs/heads/main", "origin/next"], ["main", "next"]),
        (["**"], []),
        (["${BRANCH}"], []),
        (["main", "release/*"], []),
        ([":origin/(?!x)"], []),
    ],
)
def test_branches_of_a_job(names: list[str], branches: list[str]) -> None:
    specs = "".join(f"<x.BranchSpec><name>{name}</name></x.BranchSpec>" for name in names)
    text = (
        f"<flow-definition><definition class='x.CpsScmFlowDefinition'><scm><branches>{specs}"
        "</branches></scm></definition></flow-definition>"
    )
    unit = open_unit(text, "config.xml", lambda _: "node {}")
    assert list(map(text_of, read_settings(unit).branches)) == branches
