"""What is said of an archive whose pattern may match folders."""

from __future__ import annotations

import pytest

from mapped import translated

FOLDERS = "; also what is in folders that `{}` matches, which Jenkins leaves out"
COMMON = ", and none under the folder that all are in"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("dist/*", FOLDERS.format("dist/*") + COMMON),
        ("a.txt, *", FOLDERS.format("*")),
        ("dist/*.jar", ""),
        ("dist/**", ""),
    ],
)
def test_a_star_matches_folders_too(pattern: str, said: str) -> None:
    (kept,) = translated(f"archiveArtifacts '{pattern}'").diagnostics
    assert kept.message == "the files are kept as the artifact of the run" + said
