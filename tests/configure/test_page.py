"""The example of `docs/configuration.md` is a configuration, with every key there is."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from jenkins2gha.configuration import Configuration
from jenkins2gha.configure import merge
from jenkins2gha.configure.layer import KEYS

PAGE = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[0]


def test_the_example_has_every_key() -> None:
    assert set(yaml.safe_load(EXAMPLE)) == {*KEYS, "lock"}


def test_the_example_is_a_layer() -> None:
    merged = merge([("docs/configuration.md", EXAMPLE)])
    assert merged.runners["gpu"] == ("self-hosted", "gpu")
    assert merged.tools == {"jdk": "17", "maven:Maven 3": "3.9.9"}
    assert merged.credentials["deploy-login"].secrets["password"] == "DEPLOY_PASSWORD"
    assert merged.rows["steps"]["notifyTeam"] == {"drop": "GitHub sends its own messages"}


def test_the_defaults_are_those_it_names() -> None:
    default = Configuration()
    told = {
        "job-kind": default.job_kind,
        "on-manual": default.on_manual,
        "pins": default.pin,
        "target": default.target,
    }
    for key, value in told.items():
        comment = PAGE[: PAGE.index(f"\n{key}:")].rpartition("\n\n")[2]
        assert re.search(rf"`{value}` \(default\)", comment), key
    assert f"default: {default.default_branch}" in PAGE
