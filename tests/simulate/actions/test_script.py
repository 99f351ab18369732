"""What a script writes to GitHub's files."""

from __future__ import annotations

import pytest

from jenkins2gha.simulate.actions import script, windows
from jenkins2gha.simulate.actions.script import pairs

KNOWN = {"A": "a", "SPACE": "x  y", "EMPTY": "", "GITHUB_SHA": "c0ffee"}


def output(text: str, *, fails: bool = False, status: int = 0) -> str:
    found = script.written(text, KNOWN, fails=fails, status=status)
    assert found.unknown == []
    return found.files["GITHUB_OUTPUT"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('echo "k=v" >> "$GITHUB_OUTPUT"', "k=v\n"),
        ("echo k=v >>$GITHUB_OUTPUT", "k=v\n"),
        ('echo "k=v" >> "${GITHUB_OUTPUT}"', "k=v\n"),
        ("echo 'k=$A' >> $GITHUB_OUTPUT", "k=$A\n"),
        ('echo "k=$A-${A}\'s" >> $GITHUB_OUTPUT', "k=a-a's\n"),
        ('echo "k=$SPACE" >> $GITHUB_OUTPUT', "k=x  y\n"),
        ('echo "k=\\$A \\"q\\" \\n" >> $GITHUB_OUTPUT', 'k=$A "q" \\n\n'),
        ("echo k=a b   c >> $GITHUB_OUTPUT", "k=a b c\n"),
        ("echo -n k=v >> $GITHUB_OUTPUT", "k=v"),
        ("echo -e 'k=1\\nl=2' >> $GITHUB_OUTPUT", "k=1\nl=2\n"),
        (">> $GITHUB_OUTPUT echo k=v", "k=v\n"),
        ("echo k=$NONE${NONE:-d}${A:-e} >> $GITHUB_OUTPUT", "k=da\n"),
        ("E=; echo k=${NONE-d}${A-e}${E-f} >> $GITHUB_OUTPUT", "k=da\n"),
        ("echo k=$HOME >> $GITHUB_OUTPUT", "k=$HOME\n"),
        ("echo k=$(date -u \"+%F\") >> $GITHUB_OUTPUT", 'k=$(date -u "+%F")\n'),
        ("echo k=`date` >> $GITHUB_OUTPUT", "k=$(date)\n"),
        ("x=1 y=$A; echo k=$x$y >> $GITHUB_OUTPUT", "k=1a\n"),
        ("export X=$A\necho k=$X >> $GITHUB_OUTPUT", "k=a\n"),
        ("for x in 1 2; do :; done\necho k=$x >> $GITHUB_OUTPUT", "k=$x\n"),
        ("printf 'k=%s\\n' \"$SPACE\" >> $GITHUB_OUTPUT", "k=x  y\n"),
        ("printf '%s=%s\\n' a 1 b 2 >> $GITHUB_OUTPUT", "a=1\nb=2\n"),
        ("printf 'k=100%%\\n' >> $GITHUB_OUTPUT", "k=100%\n"),
        ("{ echo a=1; echo b=2; } >> $GITHUB_OUTPUT", "a=1\nb=2\n"),
        ("{\n  echo 'k<<E'\n  git log\n  echo E\n} >> $GITHUB_OUTPUT", "k<<E\n$(git log)\nE\n"),
        ("(echo a=1) >> $GITHUB_OUTPUT", "a=1\n"),
        ("cat <<EOF >> $GITHUB_OUTPUT\nk=$A\nEOF\necho x", "k=a\n"),
        ("cat >> $GITHUB_OUTPUT <<'EOF'\nk=$A\nEOF", "k=$A\n"),
        ("cat <<-EOF >> $GITHUB_OUTPUT\n\tk=1\n\tEOF", "k=1\n"),
        ("echo k=v | tee -a $GITHUB_OUTPUT", "k=v\n"),
        ("tee -a \"$GITHUB_OUTPUT\" <<< k=v", "k=v\n"),
        ("make\necho status=$? >> $GITHUB_OUTPUT", "status=0\n"),
        ("make || status=$?\necho k=$status >> $GITHUB_OUTPUT", "k=\n"),
        ("make && echo k=v >> $GITHUB_OUTPUT", "k=v\n"),
        ("make || echo k=v >> $GITHUB_OUTPUT", ""),
        ("false || echo k=v >> $GITHUB_OUTPUT", "k=v\n"),
        ("false && echo k=v >> $GITHUB_OUTPUT", ""),
        ("exit 0\necho k=v >> $GITHUB_OUTPUT", ""),
        ("# echo k=v >> $GITHUB_OUTPUT", ""),
        ("echo k=v # >> $GITHUB_OUTPUT", ""),
        ("echo k=v >> file", ""),
        ("echo k=v", ""),
        ("echo 'k=v >> $GITHUB_OUTPUT'", ""),
        ("echo k=\\\n  v >> $GITHUB_OUTPUT", "k= v\n"),
    ],
)  # fmt: skip
def test_what_is_understood(text: str, written: str) -> None:
    assert output(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("make || status=$?\necho k=$status >> $GITHUB_OUTPUT", "k=3\n"),
        ("make && echo k=v >> $GITHUB_OUTPUT", ""),
        ("make || echo k=v >> $GITHUB_OUTPUT", "k=v\n"),
    ],
)
def test_the_status_of_commands(text: str, written: str) -> None:
    assert output(text, status=3) == written


def test_a_script_that_fails_does_so_at_its_first_ordinary_command() -> None:
    text = "set -x\necho a=1 >> $GITHUB_OUTPUT\nmake\necho b=2 >> $GITHUB_OUTPUT"
    assert output(text, fails=True) == "a=1\n"


@pytest.mark.parametrize(
    "text",
    [
        "if make; then echo k=v >> $GITHUB_OUTPUT; fi",
        'case "$A" in a) echo k=v >> $GITHUB_OUTPUT ;; esac',
        "for x in 1 2; do echo k=$x >> $GITHUB_OUTPUT; done",
        "f() { echo k=v >> $GITHUB_OUTPUT; }",
        "git describe >> $GITHUB_OUTPUT",
        "./write.sh $GITHUB_OUTPUT",
    ],
)
def test_what_is_not_understood_is_named(text: str) -> None:
    found = script.written(f"{text}\necho l=w >> $GITHUB_OUTPUT", KNOWN)
    assert (found.files["GITHUB_OUTPUT"], len(found.unknown)) == ("l=w\n", 1)


@pytest.mark.parametrize(
    "text",
    [
        ") ;; echo",
        "echo )",
        "diff <(a) <(b)",
        "(",
        "{",
        "if",
        "fi",
        "a |",
        "&&",
        "cat <<",
        "echo '",
        '"',
        "$(",
        "`",
        "x=(1 2)\necho",
        "f() {",
        "case x in",
        "cat <<E",
        "a() b",
        "! a",
        "[[ a =~ (b) ]]",
    ],
)
def test_no_script_is_too_odd_to_be_read(text: str) -> None:
    for tail in ("", "\n", "\necho k=v >> $GITHUB_OUTPUT"):
        assert set(script.written(text + tail, KNOWN).files["GITHUB_OUTPUT"]) <= set("k=v\n")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a=1\nb==2=\n", (("a", "1"), ("b", "=2="))),
        ("a=\n\nb=x<<y\n", (("a", ""), ("b", "x<<y"))),
        ("a<<E\n1\n\n2\nE\nb=3\n", (("a", "1\n\n2"), ("b", "3"))),
        ("a<<E\nE\n", (("a", ""),)),
        ("a<<=\n1\n=\n", (("a", "1"),)),
    ],
)
def test_the_format_of_a_file(text: str, found: tuple[tuple[str, str], ...]) -> None:
    assert pairs(text) == found


@pytest.mark.parametrize("text", ["a\n", "a<<E\n1\n", "<<E\n1\nE\n", "a<<\n"])
def test_what_the_runner_cannot_read(text: str) -> None:
    with pytest.raises(ValueError, match="Invalid"):
        pairs(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('"k=$env:A" >> $env:GITHUB_OUTPUT', "k=a\n"),
        ("'k=$env:A' >> $env:GITHUB_OUTPUT", "k=$env:A\n"),
        ('echo "k=${env:A}" | Out-File -FilePath $env:GITHUB_OUTPUT -Append', "k=a\n"),
        ('Add-Content -Path $env:GITHUB_OUTPUT -Value "k=v"', "k=v\n"),
        ('"k=$(git describe)" >> $env:GITHUB_OUTPUT', "k=git describe!\n"),
        ('"status=$LASTEXITCODE" >> $env:GITHUB_OUTPUT', "status=0\n"),
        ("echo k=%A%>>%GITHUB_OUTPUT%", "k=a\n"),
        ('@echo k=%ERRORLEVEL% >> "%GITHUB_OUTPUT%"', "k=0\n"),
        ("Write-Host x", ""),
    ],
)
def test_shells_of_windows(text: str, written: str) -> None:
    found = windows.written(text, KNOWN, output=lambda command: f"{command}!")
    assert (found.files["GITHUB_OUTPUT"], found.unknown) == (written, [])


def test_what_is_not_understood_on_windows_is_named_too() -> None:
    found = windows.written("if ($x) { 'k=v' >> $env:GITHUB_OUTPUT }", KNOWN)
    assert found.unknown == ["if ($x) { 'k=v' >> $env:GITHUB_OUTPUT }"]
