"""The commands that set up what a workflow needs."""

from __future__ import annotations

import pytest

from jenkins2gha.conversion import SecretSummary
from jenkins2gha.report.tasks import tasks


@pytest.mark.parametrize(
    ("name", "kind", "command"),
    [
        ("CLUSTER", "file", "gh secret set CLUSTER < FILE"),
        ("DEPLOY_KEY", "SSH key", "gh secret set DEPLOY_KEY < FILE"),
        ("DEPLOY_KEY_PSW", "passphrase", "gh secret set DEPLOY_KEY_PSW"),
        ("TOKEN", "secret text", "gh secret set TOKEN"),
    ],
)
def test_a_secret_of_several_lines_comes_from_a_file(name: str, kind: str, command: str) -> None:
    (task,) = tasks([SecretSummary(name, "id", "any", kind)], (), ())
    assert task == f"{command}  # Jenkins credential id ({kind})"


@pytest.mark.parametrize(
    ("labels", "words"),
    [(("gpu",), "the label gpu"), (("linux", "docker"), "the labels linux, docker")],
)
def test_one_runner_has_all_labels(labels: tuple[str, ...], words: str) -> None:
    assert [*tasks((), (), labels)] == [f"# provide a self-hosted runner with {words}"]


def test_nothing_to_provide() -> None:
    assert [*tasks((), (), ())] == []
