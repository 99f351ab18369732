"""No value that is found in a source reaches a later stage, wherever in a pipeline it stands."""

from __future__ import annotations

import random
import string
from pathlib import Path

import pytest

from jenkins2gha.command import main
from jenkins2gha.groovy import parse
from jenkins2gha.groovy.walk import walk
from jenkins2gha.secrets import find, redact, report
from jenkins2gha.source import Source

PLACES = """\
// password = '{0}'
/* docker login -u me -p {1} */
@Library('shared') _
def apiToken = '{2}'
final String DB_PASSWORD = "{3}"
pipeline {
  agent { docker { image 'maven:3'; args '-e NEXUS_PASSWORD={4}' } }
  environment { SONAR_TOKEN = '{5}'; URL = "https://me:{6}@example.org/" }
  parameters { password(name: 'ADMIN_PASSWORD', defaultValue: '{7}', description: '') }
  stages {
    stage('Build') {
      when { environment name: 'API_KEY', value: '{8}' }
      steps {
        sh 'curl -u me:{9} https://example.org'
        sh \"\"\"
          export PGPASSWORD='{10}'
          tool --token {11} ${env.BRANCH_NAME}
        \"\"\"
        bat "tool /p:Password={12}"
        withEnv(['SECRET_KEY={13}']) { echo "token=${env.X}" }
        writeFile file: '.netrc', text: 'machine example.org login me password {14}'
        httpRequest customHeaders: [[name: 'Authorization', value: 'Bearer x']], password: '{15}'
        script { env.OTHER_PASSWORD = '{16}' }
        unknownStep(secret: '{17}')
      }
    }
  }
  post { always { sh 'echo {18} | sudo -S reboot' } }
}
"""
COUNT = 19


def planted(seed: int) -> tuple[Source, list[str]]:
    generator = random.Random(seed)
    letters = string.ascii_letters + string.digits
    values = [
        "Q7" + "".join(generator.choices(letters, k=generator.randint(14, 40)))
        for _ in range(COUNT)
    ]
    text = PLACES
    for number, value in enumerate(values):
        text = text.replace(f"{{{number}}}", value)
    return Source("Jenkinsfile", text), values


@pytest.mark.parametrize("seed", range(20))
def test_every_planted_value_is_found_and_gone(seed: int) -> None:
    source, values = planted(seed)
    found = find(source)
    assert {source.text[each.start : each.end] for each in found} == set(values)
    redacted = redact(source, found)
    shown = repr(found) + redacted.text + repr(parse(redacted)) + repr(report(found, redacted))
    assert [value for value in values if value in shown] == []


@pytest.mark.parametrize("seed", range(5))
def test_the_tree_keeps_its_shape(seed: int) -> None:
    source, _ = planted(seed)
    before, after = parse(source), parse(redact(source, find(source)))
    shape = [(type(node), node.start, node.end) for node in walk(before)]
    assert shape == [(type(node), node.start, node.end) for node in walk(after)]


@pytest.mark.parametrize("seed", range(100, 106))
def test_no_command_says_or_writes_a_value(
    seed: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source, values = planted(seed)
    file = tmp_path / "Jenkinsfile"
    file.write_text(source.text, encoding="utf-8")
    out = tmp_path / "out"
    for form in ("text", "json", "markdown"):
        report = ["--report", str(out / form), "--format", form, "--strict"]
        written = ["--out-dir", str(out / f"in-{form}"), "--source-map", str(out / f"{form}.map")]
        assert main(["convert", str(file), *report, *written]) == 1
    assert main(["convert", str(file)]) == 1
    for command in (["analyze"], ["analyze", "--json"], ["ast"], ["ast", "--json"]):
        assert main([*command, str(file)]) == 0
    said = "".join(capfd.readouterr())
    texts = [path.read_text() for path in out.rglob("*") if path.is_file()]
    assert len(texts) == 9
    assert "secrets." in said
    assert [value for value in values if any(value in text for text in (said, *texts))] == []


@pytest.mark.parametrize("seed", range(200, 203))
def test_an_error_shows_no_value(
    seed: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source, values = planted(seed)
    for number, line in enumerate(source.text.splitlines(), start=1):
        broken = source.text.splitlines()[:number]
        file = tmp_path / "Jenkinsfile"
        broken[-1] = line.replace("'", "", 1) if number % 2 else f"{line} )"
        file.write_text("\n".join(broken), encoding="utf-8")
        for command in ("convert", "analyze"):
            assert main([command, str(file)]) in (0, 1, 3)
        assert main(["ast", str(file)]) in (0, 3)
    said = "".join(capfd.readouterr())
    assert "error" in said
    assert [value for value in values if value in said] == []
