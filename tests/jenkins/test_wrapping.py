"""Options that are steps with a block stand around what they cover."""

from __future__ import annotations

import pytest

from jenkins2gha.jenkins.pipeline import Item, Pipeline, Sequence, Step, Steps
from jenkins2gha.jenkins.wrapping import wrap_options
from pipelines import declarative
from pipelines import pipeline as read_pipeline


def pipeline(text: str) -> Pipeline:
    return wrap_options(read_pipeline(text))


_TOKEN = "withCredentials([string(credentialsId: 'a', variable: 'A')])"


def _shape(items: tuple[Item, ...]) -> str:
    """`a { b c }` of steps with blocks."""
    words = []
    for item in items:
        assert isinstance(item, Step)
        inner = _shape(item.body) if item.body is not None else None
        words.append(item.name if inner is None else f"{item.name} {{ {inner} }}")
    return " ".join(words)


def _first(read: Pipeline) -> str:
    body = read.stages[0].body
    assert isinstance(body, Steps)
    return _shape(body.items)


@pytest.mark.parametrize(
    ("options", "shape"),
    [
        ("retry(2)", "retry { sh }"),
        ("retry(2)\nwithEnv(['A=b'])", "retry { withEnv { sh } }"),
        ("withEnv(['A=b'])\nretry(2)", "withEnv { retry { sh } }"),
        ("retry(2)\ntimeout(5)", "retry { timeout { sh } }"),
        ("timeout(5)\nretry(2)", "retry { sh }"),
        ("timestamps()\nansiColor('xterm')", "sh"),
        ("retry(count: 2, conditions: [agent()])", "sh"),
        ("lock('a')", "lock { sh }"),
    ],
)
def test_options_of_a_stage_nest_in_the_order_of_the_source(options: str, shape: str) -> None:
    assert _first(pipeline(declarative(stage=f"options {{ {options} }}\nsteps {{ sh 'x' }}"))) == (
        shape
    )


def test_what_takes_up_a_failure_does_not_pass_the_post_of_its_stage() -> None:
    given = "catchError()\nwithEnv(['A=b'])"
    stage = f"options {{ {given} }}\nsteps {{ sh 'x' }}\npost {{ always {{ echo 'y' }} }}"
    read = pipeline(declarative(stage=stage))
    assert [one.name for one in read.stages[0].options] == ["catchError"]
    assert _first(read) == "withEnv { sh }"
    assert _shape(read.stages[0].post[0].steps) == "withEnv { echo }"


@pytest.mark.parametrize("beside", ["post { always { echo 'y' } }", "agent { label 'a' }"])
def test_a_retry_that_leaves_something_of_its_stage_out_stands_in_both_places(beside: str) -> None:
    read = pipeline(declarative(stage=f"options {{ retry(2) }}\nsteps {{ sh 'x' }}\n{beside}"))
    assert [one.name for one in read.stages[0].options] == ["retry"]
    assert _first(read) == "retry { sh }"


@pytest.mark.parametrize(
    ("top", "shape", "left"),
    [
        (f"options {{ {_TOKEN} }}", "withCredentials { sh }", []),
        ("options { withCredentials(secretsOf('a')) }", "sh", ["withCredentials"]),
        ("options { retry(2) }", "retry { sh }", []),
        ("options { retry(2) }\npost { always { echo 'y' } }", "sh", ["retry"]),
        ("options { lock('a') }", "sh", ["lock"]),
    ],
)
def test_options_of_the_pipeline_move_where_they_mean_the_same(
    top: str, shape: str, left: list[str]
) -> None:
    read = pipeline(declarative(top=top, stage="steps { sh 'x' }"))
    assert _first(read) == shape
    assert [one.name for one in read.options] == left


def test_an_option_around_stages_goes_to_each_of_them() -> None:
    inner = "stage('A') { steps { sh 'x' } }\nstage('B') { steps { sh 'y' } }"
    text = declarative(stage=f"options {{ withEnv(['A=b'])\nretry(2) }}\nstages {{ {inner} }}")
    (outer,) = pipeline(text).stages
    assert [one.name for one in outer.options] == ["retry"]
    assert isinstance(outer.body, Sequence)
    shapes = [_shape(one.body.items) for one in outer.body.stages if isinstance(one.body, Steps)]
    assert shapes == ["withEnv { sh }", "withEnv { sh }"]
