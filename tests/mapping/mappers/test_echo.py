"""`echo`: the text is printed, whatever the shell or the runner would make of it."""

from __future__ import annotations

import re
import subprocess

import pytest

from mapped import only_step

_OUTDATED = re.compile(r"::(?:set-output|save-state|set-env)\s+name=|::add-path::")


@pytest.mark.parametrize(
    "text",
    [
        "::set-output name=x::1",
        "::add-path::/usr/bin",
        "  ::save-state name=it's::1",
        "::error::a\n::set-env name=A::b",
        "##[group]x",
    ],
)
def test_a_text_that_looks_like_a_command_is_only_printed(text: str) -> None:
    script = str(only_step("echo '" + text.replace("'", "\\'").replace("\n", "\\n") + "'").run)
    assert not _OUTDATED.search(script)
    shell = ["sh", "-e", "-c", script]
    printed = subprocess.run(shell, capture_output=True, text=True, check=True).stdout
    assert printed == f"::stop-commands::jenkins-echo\n{text}\n::jenkins-echo::\n"


@pytest.mark.parametrize("text", ["a :: b", "see std::move", "#[x]"])
def test_other_texts_are_printed_as_they_are(text: str) -> None:
    assert str(only_step(f"echo '{text}'").run) == f"echo '{text}'"


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("echo 'a\\nb'", "echo a"),
        ("echo '\\n b\\n'", "echo b"),
        ("echo '::debug::x'", "echo ::debug::x"),
        ('echo "##[group]${env.BUILD_ID}"', "echo ##[group]${BUILD_ID}"),
        ("echo 'a'", None),
    ],
)
def test_a_message_of_several_lines_is_named_by_its_first(call: str, name: str | None) -> None:
    assert only_step(call).name == name
