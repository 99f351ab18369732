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
        ("make\n          install\n            test", "make\ninstall\n  test"),
        ("#!/bin/sh\n          make\n          test", "#!/bin/sh\nmake\ntest"),
        ("make \\\n            a \\\n              b", "make \\\n  a \\\n    b"),
        ("make \\\n            a\n            test", "make \\\n  a\ntest"),
        ("make &&\n    test", "make &&\n    test"),
        ("if x; then\n          y\n        fi", "if x; then\n  y\nfi"),
        ("  cat <<E\n  a\nE", "cat <<E\n  a\nE"),
        ("cat <<E\n  a\nE\n    true", "cat <<E\n  a\nE\ntrue"),
        ("  echo 'a\n  b'", "echo 'a\n  b'"),
        ("  echo a\\\n  b", "echo a\\\n  b"),
        ("  make\n\n   \n  test", "make\n\n\ntest"),
    ],
)
def test_indentation_goes(script: str, text: str) -> None:
    assert dedented(script) == text


@pytest.mark.parametrize(
    "script",
    ["cat <<E\n  a\n  E\n  true", 'echo "a\n  b"', "echo a\\\n  b", "if x; then\n  y\nfi"],
)
def test_indentation_that_means_something_stays(script: str) -> None:
    assert dedented(script) == script


@pytest.mark.parametrize("script", ["import os\n  pass", "  cat <<E\n  a\nE"])
def test_what_is_no_shell_script_loses_what_all_lines_have(script: str) -> None:
    assert dedented(script, shell=False) == script
    assert dedented("\n  if a:\n    b()\n", shell=False) == "if a:\n  b()"


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
@given(
    st.lists(st.sampled_from(LINES), max_size=8),
    st.sampled_from(["", "  ", "\t", "             "]),
    st.sampled_from(["\n", "", "echo z\n", "echo z \\\n"]),
)
def test_the_script_does_the_same(lines: list[str], indentation: str, first: str) -> None:
    script = first + "".join(f"{indentation}{line}\n" for line in lines)
    before, after = (
        subprocess.run(["sh", "-c", text], capture_output=True, check=False, env={})
        for text in (script, dedented(script))
    )
    assert (before.stdout, before.returncode) == (after.stdout, after.returncode)
