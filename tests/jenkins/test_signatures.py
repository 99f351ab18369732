"""The table of signatures."""

from __future__ import annotations

from jenkins2gha.jenkins.vocabulary import kind, plugin_globals, signature
from jenkins2gha.tables import table


def test_what_a_row_names_is_there() -> None:
    for name, row in table("signatures").items():
        parameters = row.get("parameters", {})
        named = (*row.get("positional", ()), *row.get("required", ()))
        unwrapped = (row["unwrap"],) if "unwrap" in row else ()
        assert {*named, *unwrapped} <= parameters.keys(), name
        assert "alias" not in row or row["alias"] in table("signatures"), name


def test_types_and_effects_are_of_the_known_ones() -> None:
    types = {"text", "flag", "number", "list", "map", "object", "any"}
    effects = {
        "reads",
        "writes",
        "reports",
        "checkout",
        "shell",
        "environment",
        "result",
        "machine",
    }
    for name, row in table("signatures").items():
        assert set(row.get("parameters", {}).values()) <= types, name
        assert set(row.get("effects", ())) <= effects, name


def test_an_alias_is_resolved() -> None:
    found = signature("GitSCM")
    assert found is not None
    assert found[0] == "scmGit"
    assert signature("unheard") is None


def test_kinds() -> None:
    assert (kind("sh"), kind("string"), kind("git"), kind("unheard")) == (
        "step",
        "symbol",
        "both",
        None,
    )
    assert "docker" in plugin_globals()
