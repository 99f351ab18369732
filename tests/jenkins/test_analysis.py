"""What `analyze` lists."""

from __future__ import annotations

from jenkins2gha.jenkins.analysis import analyse
from pipelines import declarative, pipeline

TEXT = declarative(
    before="@Library('a@1') _\nlibrary 'b'",
    top="environment { A = 'secret'; B = credentials('id') }\ntools { jdk '17' }\n"
    "parameters { string(name: 'P', defaultValue: 'd') }\ntriggers { cron('@daily') }\n"
    "post { always { echo 'x' } }",
    stage="steps { withCredentials([string(credentialsId: 'c', variable: 'V')]) { sh 'y' }\n"
    "git url: 'u', credentialsId: 'g'\nmine() }",
)


def test_analysis() -> None:
    found = analyse(pipeline(TEXT))
    assert [(agent.kind, agent.stage) for agent in found.agents] == [("any", None)]
    assert [(stage.name, stage.body) for stage in found.stages] == [("S", "steps")]
    assert [(one.name, one.value) for one in found.environment] == [
        ("A", "text"),
        ("B", "credentials"),
    ]
    assert [(one.type, one.name) for one in found.parameters] == [("string", "P")]
    assert [one.type for one in found.triggers] == ["cron"]
    assert [(one.type, one.name) for one in found.tools] == [("jdk", "17")]
    assert [(one.id, one.kind) for one in found.credentials] == [
        ("id", "credentials"),
        ("c", "string"),
        ("g", "git"),
    ]
    assert found.steps == {"echo": 1, "git": 1, "library": 1, "sh": 1, "withCredentials": 1}
    assert found.unknown_steps == {"mine": 1}
    assert [(one.name, one.ref) for one in found.libraries] == [("a", "1"), ("b", None)]


def test_values_that_may_be_secret_are_left_out() -> None:
    assert "secret" not in str(analyse(pipeline(TEXT)).to_json())
