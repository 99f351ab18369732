"""What is said of an archive whose pattern may match folders."""

from __future__ import annotations

import pytest

from mapped import translated

FOLDERS = ", with what is in folders that `{}` matches and Jenkins leaves out"
COMMON = ", without the folder that all of them are in"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("dist/*", FOLDERS.format("dist/*") + COMMON),
        ("a.txt, *", FOLDERS.format("*")),
        ("dist/*.jar", COMMON),
        ("dist/**", COMMON),
        ("*.jar", ""),
    ],
)
def test_a_star_matches_folders_too(pattern: str, said: str) -> None:
    (kept,) = translated(f"archiveArtifacts '{pattern}'").diagnostics
    assert kept.message == "the files are kept as the artifact of the run" + said
