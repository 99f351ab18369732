"""Indentation goes where it says nothing."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jenkins2gha.mapping.dedent import dedented


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("make", "make"),
        ("\n    make\n    make install\n  ", "make\nmake install"),
        ("\n  if x; then\n    y\n  fi\n", "if x; then\n  y\nfi"),
        ("\n  mvn \\\n    package\n", "mvn \\\n  package"),
        ("  make\r\n  test\r\n", "make\ntest"),
        ("\n  # it's\n  make\n", "# it's\nmake"),
        ("  ", ""),
    ],
)
def test_indentation_goes(script: str, text: str) -> None:
    assert dedented(script) == text


@pytest.mark.parametrize(
    "script",
    [
        "  cat <<E\n  a\nE",
        "  cat <<E\n  a\n  E\n  true",
        "  echo 'a\n  b'",
        '  echo "a\n  b"',
        "  echo a\\\n  b",
        "make\n  install",
    ],
)
def test_indentation_that_means_something_stays(script: str) -> None:
    assert dedented(script) == script


LINES = (
    "echo a",
    "  echo b \\",
    "echo c\\",
    "echo 'd",
    "e'",
    'echo "f',
    'g"',
    "cat <<E",
    "E",
    "cat <<-'E'",
    "\tE",
    "# it's",
    "",
    "if true; then",
    "fi",
    "x=$(echo h",
    ")",
    'echo "$x"',
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=8), st.sampled_from(["", "  ", "\t", "    "]))
def test_the_script_does_the_same(lines: list[str], indentation: str) -> None:
    script = "\n" + "".join(f"{indentation}{line}\n" for line in lines)
    before, after = (
        subprocess.run(["sh", "-c", text], capture_output=True, check=False, env={})
        for text in (script, dedented(script))
    )
    assert (before.stdout, before.returncode) == (after.stdout, after.returncode)
