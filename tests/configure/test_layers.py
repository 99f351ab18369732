"""The layers of the configuration."""

from __future__ import annotations

import pytest

from jenkins2gha.configuration import Configuration, CredentialSetting, JobSetting
from jenkins2gha.configure import ConfigurationError, merge


def test_nothing_said() -> None:
    assert merge([]) == merge([("a.yaml", ""), ("b.yaml", "# nothing\n")]) == Configuration()


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("runners: {big: ubuntu-latest}", "runners", {"big": ("ubuntu-latest",)}),
        ("runners: {big: [self-hosted, x]}", "runners", {"big": ("self-hosted", "x")}),
        ("tools: {jdk: 17, 'maven:M3': 3.9}", "tools", {"jdk": "17", "maven:M3": "3.9"}),
        ("variables: {A: b}", "variables", {"A": "b"}),
        ("default-branch: trunk", "default_branch", "trunk"),
        ("job-kind: pipeline", "job_kind", "pipeline"),
        ("on-manual: warn", "on_manual", "warn"),
        ("pins: tag", "pin", "tag"),
        ("target: ghes", "target", "ghes"),
        ("shell: sh -xe {0}", "shell", "sh -xe {0}"),
        ("allow-list: ['actions/*']", "allow_list", ("actions/*",)),
        ("libraries: {shared: ../lib}", "libraries", {"shared": "../lib"}),
        ("repositories: {'git@h:a/b': o/n}", "repositories", {"git@h:a/b": "o/n"}),
        ("model: {name: x}", "model", {"name": "x"}),
        (
            "credentials: {deploy: {kind: string, secrets: {value: TOKEN}}}",
            "credentials",
            {"deploy": CredentialSetting("string", {"value": "TOKEN"})},
        ),
        (
            "jobs: {a/b: {repository: o/n, workflow: ci.yml}}",
            "jobs",
            {"a/b": JobSetting("o/n", "ci.yml")},
        ),
        (
            "mappings: {steps: {mine: {run: 'echo {text}'}}}",
            "rows",
            {"steps": {"mine": {"run": "echo {text}"}}},
        ),
    ],
)
def test_every_key(text: str, field: str, value: object) -> None:
    assert getattr(merge([("a.yaml", text)]), field) == value


def test_a_later_layer_wins_entry_by_entry() -> None:
    merged = merge(
        [("a", "tools: {jdk: 11, maven: '3.8.8'}\npins: sha"), ("b", "tools: {jdk: 17}")]
    )
    assert merged.tools == {"jdk": "17", "maven": "3.8.8"}


def test_rows_are_merged_one_by_one() -> None:
    first = "mappings: {steps: {a: {drop: x}, b: {drop: y}}}"
    merged = merge([("a", first), ("b", "mappings: {steps: {b: {manual: z}}}")])
    assert merged.rows["steps"] == {"a": {"drop": "x"}, "b": {"manual": "z"}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("pins: sha\nrunner: {}", "f.yaml:2: runner: no such key"),
        ("\nrunners: 5", "f.yaml:2: runners: "),
        ("runners:\n  a: x\n  b: []", "f.yaml:3: runners.b: "),
        ("pins: newest", "f.yaml:1: pins: "),
        ("credentials:\n  x:\n    secrets:\n      pin: A", "f.yaml:4: credentials.x.secrets.pin"),
        ("mappings:\n  steps:\n    x:\n      runs: y", "f.yaml:3: mappings.steps.x: runs: "),
        ("mappings:\n  step: {}", "f.yaml:1: mappings: "),
        ("lock: [pin]", "f.yaml:1: lock: no key `pin`"),
        ("pins: [", "f.yaml:1: not YAML"),
        ("pins: sha\npins: tag", "f.yaml:2: not YAML"),
        ("- a", "f.yaml:1: a mapping"),
    ],
)
def test_errors_name_file_and_line(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        merge([("f.yaml", text)])
    assert str(caught.value).startswith(message)


def test_a_locked_key_may_not_stand_below() -> None:
    layers = [("org.yaml", "pins: tag\nlock: pins"), ("repo.yaml", "tools: {}\npins: sha")]
    with pytest.raises(ConfigurationError, match=r"repo\.yaml:2: pins: is locked by org\.yaml"):
        merge(layers)


def test_a_lock_leaves_other_keys_alone() -> None:
    merged = merge([("org.yaml", "pins: tag\nlock: [pins]"), ("repo.yaml", "target: ghes")])
    assert (merged.pin, merged.target) == ("tag", "ghes")
