"""The XML of jobs: places, what it may not hold, and the script in it."""

from __future__ import annotations

import pytest

from jenkins2gha.configuration import no_files
from jenkins2gha.jenkins.config.unit import JobError, Unit, class_name, open_unit
from jenkins2gha.jenkins.config.xml import LARGEST, Element, XmlError, parse_xml


def _job(script: str, around: str = "") -> str:
    kind = "org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition"
    definition = f'<definition class="{kind}"><script>{script}</script></definition>'
    return f"<flow-definition>{around}\n{definition}</flow-definition>"


def _unit(text: str) -> Unit:
    return open_unit(text, "config.xml", no_files)


@pytest.mark.parametrize(
    "text",
    [
        "<a/>",
        "<a></a>",
        "<a><a/></a>",
        "<a>x<b c='/>'></b>y</a>",
        "<?xml version='1.1'?>\n<a><!-- <b> --><![CDATA[</b>]]></a>\n",
        "<é>ö<b>&lt;</b>𝄞<c/></é>",
    ],
)
def test_an_element_is_where_it_is_written(text: str) -> None:
    for element in parse_xml(text).all():
        piece = text[element.start : element.end]
        assert piece.startswith(f"<{element.tag}")
        assert piece.endswith((f"</{element.tag}>", "/>"))
        inside = parse_xml(piece)
        assert inside.text == element.text
        assert [one.tag for one in inside.all()] == [one.tag for one in element.all()]


def test_a_control_character_of_xml_1_1() -> None:
    text = "<?xml version='1.1' encoding='UTF-8'?><a>&#x1b;[31m</a>"
    assert parse_xml(text).text == "\x1b[31m"


@pytest.mark.parametrize(
    ("text", "words", "offset"),
    [
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type", 0),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document type", 0),
        ("<a>\n&x;</a>", "undefined entity", 4),
        ("<a><b></a>", "mismatched tag", 8),
        ("", "no element found", 0),
        ("<a>" * 300, "deep", 600),
        ("<a>" + "<b/>" * 100_001 + "</a>", "elements", None),
        (f"<a>{' ' * LARGEST}</a>", "characters", 0),
    ],
    ids=range(8),
)
def test_what_no_job_holds_is_refused(text: str, words: str, offset: int | None) -> None:
    with pytest.raises(XmlError, match=words) as caught:
        parse_xml(text)
    if offset is not None:
        assert caught.value.offset >= offset


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("hudson.triggers.TimerTrigger", "TimerTrigger"),
        ("com.x.extended__choice.A__B", "A_B"),
        ("com.x.Outer_-Inner", "Inner"),
        ("jenkins.branch.RateLimitBranchProperty_-JobPropertyImpl", "RateLimitBranchProperty"),
    ],
)
def test_classes_by_their_tags(tag: str, name: str) -> None:
    assert class_name(Element(tag, {}, 0)) == name


@pytest.mark.parametrize(
    "script",
    [
        "sh 'a'\nsh 'b'",
        "sh &apos;a &amp;&amp; b&apos;\n  sh &quot;c&quot;; error()",
        "<![CDATA[sh 'a < b'\nsh 'c']]>",
        "sh 'ä'\r\nsh '𝄞 &lt;'\r\n",
        "sh '&#x1b;[1m' + x",
    ],
)
def test_each_character_of_a_script_is_found_in_the_xml(script: str) -> None:
    text = _job(script)
    unit = _unit(text)
    lines = text.split("\n")
    for at, character in enumerate(unit.script.text):
        line, column = unit.source.position(at)
        written = lines[line - 1][column - 1 :] if character != "\n" else "\n"
        assert written.startswith((character, "&"))
    assert unit.source.text[: unit.code] == unit.script.text


def test_the_xml_stands_behind_the_script_without_it() -> None:
    text = _job("sh '&lt;'", around="<disabled>true</disabled>")
    unit = _unit(text)
    behind = unit.source.text[unit.code + 1 :]
    assert len(behind) == len(text)
    assert "<script>         </script>" in behind
    at = behind.index("<disabled>")
    assert unit.source.place(unit.code + 1 + at) == (unit.xml, at)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("<project/>", "job-kind"),
        ("<maven2-moduleset/>", "job-kind"),
        ("<matrix-project/>", "job-kind"),
        ("<com.cloudbees.hudson.plugins.folder.Folder/>", "job-kind"),
        ("<jenkins.branch.OrganizationFolder/>", "job-kind"),
        ("<html/>", "job-unknown"),
        ("<a", "job-xml"),
        ("<flow-definition/>", "job-definition"),
        ("<flow-definition><definition class='x.Template'/></flow-definition>", "job-definition"),
        (_job("  "), "job-without-script"),
        (
            "<flow-definition><definition class='x.CpsScmFlowDefinition'/></flow-definition>",
            "job-script-missing",
        ),
    ],
)
def test_a_job_that_is_no_pipeline_says_why(text: str, rule: str) -> None:
    with pytest.raises(JobError) as caught:
        _unit(text)
    assert caught.value.rule == rule
    assert 0 <= caught.value.start <= caught.value.end <= len(text)


def test_the_script_of_a_repository_keeps_its_own_places() -> None:
    text = (
        "<flow-definition><definition class='x.CpsScmFlowDefinition'>"
        "<scriptPath>./ci/Jenkinsfile</scriptPath></definition></flow-definition>"
    )
    unit = open_unit(text, "config.xml", {"ci/Jenkinsfile": "node {\n}\n"}.get)
    assert str(unit.source.span(7, 8)) == "ci/Jenkinsfile:2:1"
    assert str(unit.source.span(unit.code + 1, unit.code + 2)) == "config.xml:1:1"
    assert unit.scm
    assert unit.kind == "pipeline"


def test_the_job_of_a_branch_is_multibranch() -> None:
    text = (
        "<flow-definition><properties><x.BranchJobProperty/></properties>"
        "<definition class='x.SCMBinder'><scriptPath>J</scriptPath></definition></flow-definition>"
    )
    unit = open_unit(text, "config.xml", {"J": "node {}"}.get)
    assert unit.kind == "multibranch"
