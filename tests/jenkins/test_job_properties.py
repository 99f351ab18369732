"""`properties([…])` gives a script what a declarative pipeline's sections give it."""

from __future__ import annotations

import pytest

from jenkins2gha.jenkins.pipeline import Pipeline
from pipelines import declarative, pipeline


def _lifted(read: Pipeline) -> tuple[list[str], list[str], list[str], int]:
    """The names of options, parameters and triggers, and how many calls were taken."""
    found = (
        [one.name for one in given] for given in (read.options, read.parameters, read.triggers)
    )
    options, parameters, triggers = found
    return options, parameters, triggers, len(read.properties)


_ONE = "properties([disableResume(), parameters([text(name: 'A')]), pipelineTriggers([cron('')])])"
_NONE: tuple[list[str], list[str], list[str], int] = ([], [], [], 0)
_ALL = (["disableResume"], ["text"], ["cron"], 1)


@pytest.mark.parametrize(
    ("script", "lifted"),
    [
        (f"{_ONE}\nnode {{ sh 'x' }}", _ALL),
        (f"node {{ {_ONE}\nsh 'x' }}", _ALL),
        (f"node {{ stage('a') {{ {_ONE} }}\nsh 'x' }}", _ALL),
        (f"try {{ node {{ {_ONE}\nsh 'x' }} }} finally {{ echo 'y' }}", _ALL),
        (f"try {{ sh 'x' }} finally {{ {_ONE} }}", _NONE),
        (f"{_ONE}\nproperties([])\nnode {{ sh 'x' }}", ([], [], [], 2)),
        (f"if (env.A) {{ {_ONE} }}\nnode {{ sh 'x' }}", _NONE),
        (f"retry(2) {{ {_ONE} }}\nnode {{ sh 'x' }}", _NONE),
        ("properties(listOfThem)\nnode { sh 'x' }", _NONE),
        ("properties([parameters(mine())])\nnode { sh 'x' }", ([], ["mine"], [], 1)),
        ("properties([[$class: 'SCMTrigger', spec: '']])\nnode { }", (["pollSCM"], [], [], 1)),
        (
            declarative(before=_ONE, top="options { timestamps() }"),
            (["timestamps", *_ALL[0]], *_ALL[1:]),
        ),
        (declarative(stage=f"steps {{ script {{ {_ONE} }} }}"), _ALL),
        (declarative(stage=f"when {{ branch 'a' }}\nsteps {{ script {{ {_ONE} }} }}"), _NONE),
    ],
)
def test_what_every_run_sets_is_lifted(
    script: str, lifted: tuple[list[str], list[str], list[str], int]
) -> None:
    assert _lifted(pipeline(script)) == lifted


def test_arguments_keep_their_names_and_places() -> None:
    read = pipeline("properties([parameters([string(name: 'A', defaultValue: 'b')])])\nnode { }")
    (parameter,) = read.parameters
    assert list(parameter.arguments) == ["name", "defaultValue"]
    assert parameter.positional == ()
