"""Absolute paths in arguments that name files."""

from __future__ import annotations

import pytest

from jenkins2gha.mapping import ant
from jenkins2gha.mapping.agent_paths import anchored


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("target", "api/target"),
        ("", "api"),
        ("/opt/reports", "/opt/reports"),
        ("C:/reports", "C:/reports"),
        ("/var/lib/jenkins/workspace/shop/target/site", "target/site"),
        ("C:/Jenkins/workspace/shop/out", "out"),
        ("/var/lib/jenkins/workspace/shop", ""),
        ("/workspace/shop/out", "out"),
        ("/srv/workspaces/shop/out", "/srv/workspaces/shop/out"),
        ("/var/lib/jenkins/workspace/**/out", "/var/lib/jenkins/workspace/**/out"),
    ],
)
def test_an_absolute_path_stays_so_unless_it_leads_into_a_workspace(path: str, own: str) -> None:
    assert anchored(path, "api") == own


def test_an_absolute_pattern_is_none_below_the_current_directory() -> None:
    assert ant.glob("/srv/exports/*.csv", "api") == "/srv/exports/*.csv"
    assert ant.glob("/home/ci/workspace/shop/api/**/*.xml", "api") == "api/**/*.xml"
