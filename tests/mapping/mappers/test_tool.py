"""`tool` whose folder nobody asks for."""

from __future__ import annotations

import pytest

from jenkins2gha.mapping.translation import Context
from mapped import IN_CONTAINER, LINUX, rules, translated


@pytest.mark.parametrize(
    ("step", "context", "uses", "said"),
    [
        ("tool 'M3'", LINUX, ["stCarolas/setup-maven"], ["tool-version-assumed"]),
        ("tool name: 'any', type: 'jdk'", LINUX, ["actions/setup-java"], ["tool-version-assumed"]),
        ("tool 'M3'", IN_CONTAINER, [], ["tool-in-container"]),
        ("tool 'git'", LINUX, [], ["tool-dropped"]),
        ("tool 'sonar'", LINUX, [None], ["tool-downloaded"]),
        ("tool 'house-signer'", LINUX, [None], ["tool-unknown"]),
    ],
)
def test_what_sets_it_up(
    step: str, context: Context, uses: list[str | None], said: list[str]
) -> None:
    translation = translated(step, context)
    assert [one.uses for one in translation.steps] == uses
    assert rules(translation) == said
