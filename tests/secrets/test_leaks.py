"""No value that is found in a source reaches a later stage, wherever in a pipeline it stands."""

from __future__ import annotations

import random
import string

import pytest

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
