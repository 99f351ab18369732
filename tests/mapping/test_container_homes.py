"""The home that the machine's user does not have in a container."""

from __future__ import annotations

import pytest

from translating import rules_of, translated

TEXT = """pipeline {{ agent {agent}
stages {{ stage('A') {{ steps {{
script {{ docker.image('{image}').inside('{arguments}') {{ sh '{script}' }} }} }} }} }} }}"""


@pytest.mark.parametrize(
    ("image", "arguments", "script", "agent", "said"),
    [
        ("node:22", "", "npm ci", "any", True),
        ("hub.example/ci/node:22", "", "make && yarn install", "any", True),
        ("node:22", "", "node a.js", "any", False),
        ("node:22", "-e HOME=/tmp", "npm ci", "any", False),
        ("node:22", "-u root", "npm ci", "any", False),
        ("python:3", "", "npm ci", "any", False),
        ("node:22", "", "npm ci", "{ label 'rack-7' }", False),
    ],
)
def test_a_home_in_a_container(
    image: str, arguments: str, script: str, agent: str, *, said: bool
) -> None:
    text = TEXT.format(image=image, arguments=arguments, script=script, agent=agent)
    assert ("container-home" in rules_of(translated(text))) is said
