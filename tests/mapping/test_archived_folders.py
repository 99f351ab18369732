"""What is said of an archive whose pattern may match folders."""

from __future__ import annotations

import pytest

from mapped import translated

FOLDERS = ", also what lies in folders that `{}` matches, which Jenkins leaves out"
BELOW = ", by their paths below `{}/`"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("dist/*", FOLDERS.format("dist/*") + BELOW.format("dist")),
        ("a.txt, *", FOLDERS.format("*")),
        ("**/out/*", FOLDERS.format("**/out/*")),
        ("dist/*.jar", BELOW.format("dist")),
        ("dist/**/*", BELOW.format("dist")),
        ("out/a/*.jar, out/b/**", BELOW.format("out")),
        ("a.txt, dist/*.jar", ""),
        ("x/*.jar, y/*.jar", ""),
        ("*.jar", ""),
    ],
)
def test_a_star_matches_folders_too(pattern: str, said: str) -> None:
    (kept,) = translated(f"archiveArtifacts '{pattern}'").diagnostics
    assert kept.message == "the files are kept as the artifact of the run" + said
