"""Every row of `mappings/steps/` does what it says."""

from __future__ import annotations

import pytest

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Known
from jenkins2gha.mapping.engine import translate
from jenkins2gha.mapping.mappers import MAPPERS
from jenkins2gha.mapping.runners import ANY
from jenkins2gha.mapping.translation import Context, Scope, Translation
from jenkins2gha.source import Source
from jenkins2gha.tables import table

ROWS = table("steps")
PLAIN = [name for name, row in ROWS.items() if "mapper" not in row]


def translated(name: str) -> Translation:
    """The step of a row with a block in which `sh 'inside'` stands, if it takes one."""
    source = Source("Jenkinsfile", f"{name} {{ sh 'inside' }}")
    whole, callee = source.span(0, len(source.text)), source.span(0, len(name))
    at = source.text.index("sh 'inside'")
    inner = Step(
        "sh",
        {"script": Known("inside", source.span(at + 3, at + 11))},
        source.span(at, at + 11),
        callee,
    )
    takes_block = table("signatures").get(name, {}).get("block", False)
    step = Step(name, {}, whole, callee, body=(inner,) if takes_block else None)
    result = translate([step], Scope(), Context(ANY))
    if takes_block:
        assert [one.run for one in result.steps if not one.placeholder] == ["inside"]
    return result


@pytest.mark.parametrize("name", PLAIN)
def test_what_a_row_says(name: str) -> None:
    row, result = ROWS[name], translated(name)
    own = [one.certainty for one in result.outcomes if one.site.start == 0]
    if "drop" in row:
        assert set(own) == {Certainty.DROPPED}
        assert any(row["drop"] in one.message for one in result.diagnostics)
        assert not any(step.placeholder for step in result.steps)
    elif "manual" in row:
        assert set(own) == {Certainty.MANUAL}
        manual = [one for one in result.diagnostics if one.certainty is Certainty.MANUAL]
        assert [one.hint for one in manual] == [row["manual"]]
        assert result.steps[0].placeholder
    else:
        assert result.steps[0].run or result.steps[0].uses


@pytest.mark.parametrize("name", [name for name in ROWS if name not in PLAIN])
def test_a_row_names_a_mapper_that_there_is(name: str) -> None:
    assert ROWS[name]["mapper"] in MAPPERS


@pytest.mark.parametrize("name", MAPPERS)
def test_every_mapper_is_named(name: str) -> None:
    assert name in {row.get("mapper") for row in ROWS.values()}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_about_a_step_that_jenkins_has(name: str) -> None:
    signature = table("signatures")[name]
    assert signature.get("kind", "step") != "symbol"
    allowed = set(signature.get("parameters", {}))
    named = {*ROWS[name].get("arguments", ()), *ROWS[name].get("ignores", {})}
    assert named <= allowed


@pytest.mark.parametrize(
    "name",
    [name for name, row in table("signatures").items() if row.get("kind", "step") != "symbol"],
)
def test_every_step_of_jenkins_has_a_row(name: str) -> None:
    assert name in ROWS


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.get("notifies")])
def test_a_message_in_post_warns_instead_of_failing(name: str) -> None:
    source = Source("Jenkinsfile", name)
    span = source.span(0, len(name))
    result = translate([Step(name, {}, span, span)], Scope(post="always"), Context(ANY))
    assert not any("exit 1" in str(step.run) for step in result.steps)
