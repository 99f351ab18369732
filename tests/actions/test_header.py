from __future__ import annotations

import re

import pytest

from jenkins2gha.actions.header import Header, edited

BODY = "\nname: w\n"
TEXT = Header("0.1.0", "ci/Jenkinsfile", "pipeline {}").above(BODY)


def test_the_header_names_tool_source_and_hashes() -> None:
    assert re.fullmatch(
        r"# Converted by jenkins2gha 0\.1\.0 from ci/Jenkinsfile\n"
        r"# source: sha256:[0-9a-f]{64} output: sha256:[0-9a-f]{64}\n\nname: w\n",
        TEXT,
    )


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT])
def test_untouched(text: str) -> None:
    assert edited(text) is False


@pytest.mark.parametrize("text", [TEXT + "#\n", TEXT.replace("w", "v"), TEXT[:-1]])
def test_touched(text: str) -> None:
    assert edited(text) is True


@pytest.mark.parametrize("text", ["", "name: w\n", TEXT.partition("\n")[2], "\n" + TEXT])
def test_not_ours(text: str) -> None:
    assert edited(text) is None


def test_a_source_name_cannot_break_the_comment() -> None:
    text = Header("0.1.0", "a\nname: evil\x00\u2028b", "").above(BODY)
    assert text.splitlines()[0] == "# Converted by jenkins2gha 0.1.0 from a name: evil b"
    assert edited(text) is False


def test_the_source_decides_its_hash() -> None:
    other = Header("0.1.0", "ci/Jenkinsfile", "node {}").above(BODY)
    assert other != TEXT
    assert other.split("output:")[1] == TEXT.split("output:")[1]
