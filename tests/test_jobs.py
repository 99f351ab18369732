"""Jobs by their XML, as a user of the command line or of the library meets them."""

from __future__ import annotations

import json
import random
import string
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from jsonschema import Draft202012Validator

from jenkins2gha import analyze, convert
from jenkins2gha.command import main

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((ROOT / "docs" / "report.schema.json").read_text())
INLINE = """\
<?xml version='1.1' encoding='UTF-8'?>
<flow-definition>
  <properties>{properties}</properties>
  <definition class="org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition">
    <script>{script}</script>
  </definition>
</flow-definition>
"""
FROM_SCM = """\
<flow-definition>
  <definition class="org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition">
    <scriptPath>Jenkinsfile</scriptPath>
  </definition>
</flow-definition>
"""
DECLARATIVE = "pipeline { agent any; stages { stage('Build') { steps { sh 'make' } } } }\n"


def inline(script: str, properties: str = "") -> str:
    return INLINE.format(script=escape(script), properties=properties)


def report_of(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text())
    Draft202012Validator(SCHEMA).validate(data)
    return data


def test_an_inline_script_has_no_checkout_and_starts_by_hand_only() -> None:
    conversion = convert(inline(DECLARATIVE))
    assert conversion.status == "converted"
    assert conversion.triggers == ("workflow_dispatch",)
    assert "checkout" not in (conversion.workflow or "")


def test_a_script_from_the_repository_has_a_checkout() -> None:
    conversion = convert(FROM_SCM, files={"Jenkinsfile": DECLARATIVE}.get)
    assert conversion.triggers == ("workflow_dispatch",)
    assert "actions/checkout" in (conversion.workflow or "")


def test_a_script_that_is_not_given_is_a_failure_with_its_reason() -> None:
    conversion = convert(FROM_SCM)
    assert conversion.status == "failed"
    assert [one.rule for one in conversion.diagnostics] == ["job-script-missing"]


def test_an_error_in_the_script_is_at_its_place_in_the_xml() -> None:
    conversion = convert(inline("node {\n  sh 'a' && < 3\n}\n"), source="config.xml")
    (said,) = conversion.diagnostics
    assert said.rule == "groovy-syntax"
    assert (said.span.line, said.span.column) == (6, 21)


def test_analysis_lists_what_the_job_says() -> None:
    trigger = "org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty"
    properties = (
        f"<{trigger}><triggers><hudson.triggers.TimerTrigger><spec>@daily</spec>"
        f"</hudson.triggers.TimerTrigger></triggers></{trigger}>"
    )
    analysis = analyze(inline("node { sh 'a' }", properties))
    assert analysis.ok
    assert analysis.uses is not None
    assert [one.type for one in analysis.uses.triggers] == ["cron"]
    assert not analyze("<project/>").ok


def test_a_folder_of_jobs(tmp_path: Path) -> None:
    for name, text in (
        ("a", inline(DECLARATIVE)),
        ("b", "<?xml version='1.1'?>\n<!-- a job -->\n<project/>"),
        ("c", "<beans><project/></beans>"),
    ):
        (tmp_path / "jobs" / name).mkdir(parents=True)
        (tmp_path / "jobs" / name / "config.xml").write_text(text)
    report = tmp_path / "report.json"
    words = ["--out-dir", str(tmp_path / "out"), "--report", str(report)]
    assert main(["convert", str(tmp_path / "jobs"), *words]) == 3
    status = [one["status"] for one in report_of(report)["sources"]]
    assert status == ["converted", "failed"]


def test_the_repository_serves_the_script(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.xml").write_text(FROM_SCM)
    repository = tmp_path / "checkout"
    repository.mkdir()
    (repository / "Jenkinsfile").write_text(DECLARATIVE.replace("sh", "unheard"))
    report = tmp_path / "report.json"
    job = str(tmp_path / "config.xml")
    words = ["--repo", str(repository), "--report", str(report)]
    assert main(["convert", job, *words]) == 1
    said = report_of(report)["sources"][0]["diagnostics"]
    assert {one["source"] for one in said if one["rule"] == "step-unknown"} == {"Jenkinsfile"}
    assert main(["analyze", job, "--repo", str(repository)]) == 0
    assert main(["analyze", job]) == 3
    assert "config.xml:3:5" in capsys.readouterr().err


_LEAKS = """\
<flow-definition>
  <!-- apiToken={0} -->
  <properties>
    <x.GenericTrigger><token>{1}</token></x.GenericTrigger>
    <hudson.model.ParametersDefinitionProperty><parameterDefinitions>
      <hudson.model.StringParameterDefinition>
        <name>DB_PASSWORD</name><description>d</description><defaultValue>{2}</defaultValue>
      </hudson.model.StringParameterDefinition>
      <hudson.model.PasswordParameterDefinition>
        <name>SIGN</name><defaultValue>{3}</defaultValue>
      </hudson.model.PasswordParameterDefinition>
    </parameterDefinitions></hudson.model.ParametersDefinitionProperty>
  </properties>
  <definition class="x.CpsFlowDefinition">
    <script>{script}</script>
    <url>https://me:{4}@example.org/</url>
  </definition>
  <authToken>{5}</authToken>
</flow-definition>
"""
_SCRIPTS = (
    "node {{ sh 'PGPASSWORD={6} psql' ; echo &quot;token: {7}&quot; }}",
    "<![CDATA[node {{ sh 'PGPASSWORD={6} psql' ; password = '{7}' }}]]>",
    "node {{ sh 'PGPASSWORD={6} psql' ; password = '{7}' ) }}",
    "",
)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("script", _SCRIPTS, ids=("entities", "cdata", "broken", "empty"))
@pytest.mark.parametrize("lines", [True, False], ids=("lines", "line"))
def test_no_secret_of_a_job_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: int, script: str, *, lines: bool
) -> None:
    generator = random.Random(seed)
    letters = string.ascii_letters + string.digits
    values = ["Q7" + "".join(generator.choices(letters, k=20)) for _ in range(8)]
    text = _LEAKS.replace("{script}", script.replace("{{", "{").replace("}}", "}"))
    for number, value in enumerate(values):
        text = text.replace(f"{{{number}}}", value)
    if not lines:
        text = " ".join(text.split())
    job, report = tmp_path / "config.xml", tmp_path / "report.json"
    job.write_text(text)
    main(["convert", str(job)])
    main(["convert", str(job), "--report", str(report), "--format", "json"])
    main(["analyze", str(job), "--json"])
    shown = "".join(capsys.readouterr()) + report.read_text()
    assert [value for value in values if value in shown] == []
