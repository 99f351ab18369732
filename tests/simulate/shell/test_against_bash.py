"""The shell that runs nothing, against bash on scripts that need no command but its own."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from jenkins2gha.simulate.shell import Shell, Streams

BASH = shutil.which("bash")
SCRIPTS = {
    "words": "echo a b; echo 'x  y' \"$X\" ${Y:-z} ${X%.*} ${X##*.}",
    "splitting": "X='a b'; for i in $X c; do echo \"<$i>\"; done",
    "case": 'case "$X" in *.txt|b) echo yes;; *) echo no;; esac',
    "if": 'if [ "$X" = f.txt ] && ! [[ $X =~ ^g ]]; then echo t; else echo f; fi',
    "documents": "cat <<EOF\nhello $X\nEOF\ncat <<'EOF' | grep -E '^h(e|x)'\nhello $X\nEOF\n",
    "substitution": 'x=$(echo hi; echo there | tr a-z A-Z); echo "$x"; echo $((3+4*2))',
    "function": 'f() { echo "f $1"; return 3; }\nf a || echo "s $?"',
    "subshell": '(exit 3) || echo "sub $?"',
    "piped loop": '{ echo a; echo b; } | while read -r l; do echo "l:$l"; done',
    "errexit": "false; echo not",
    "errexit in a condition": "if false; then echo a; fi; false || echo b; ! true; echo c",
    "while": "i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done",
    "trap": "trap 'echo bye' EXIT; echo hi; exit 4",
    "printf": "printf '%s\\n' a b; printf '%s=%s\\n' k v; echo ${X/./-} ${X:0:2} ${#X}",
    "set or not": '[ -z "$NOPE" ] && echo empty; echo "${NOPE+set}${X+set}${NOPE-no}"',
    "quotes": 'v=\'it\'"\'"\'s\'; echo "$v"; echo it\\\'s; echo "a\\"b\\$X \\d"',
    "arguments": 'set -- a \'b c\'; for x in "$@"; do echo "[$x]"; done; shift; echo $1 $#',
    "status": 'status=0; (exit 5) || status=$?; echo "$status"',
    "assignment that fails": "x=$(false); echo not",
    "loop with break": "for a in 1 2 3; do if [ $a = 2 ]; then break; fi; echo $a; done; echo $a",
    "unset": 'unset X; echo "[$X]"; export Z=1; (Z=2; echo $Z); echo $Z',
    "group into a variable": 'v=$({ echo a; echo b; } | tail -1); [ "$v" = b ] && echo "$v"',
    "patterns": "case release/1 in release/*) echo r;; esac; [[ main == m* ]] && echo m",
    "prefix": 'Y=1 true; echo "[$Y]"; Y=2; echo $Y',
    "pipefail": "set -o pipefail; false | true || echo failed",
    "sed": "echo refs/heads/x | sed 's#refs/heads/##'; echo aXb | sed -E 's/[A-Z]+/-/'",
    "exit in a group": "{ echo a; exit 3; }; echo b",
    "read": "read -r a b <<< 'one two three'; echo \"$b\"",
    "nested quotes": 'echo "a $(echo "b $(echo \'c d\')")"',
    "until": 'n=0; until [ "$n" -ge 2 ]; do n=$((n + 1)); done; echo "$n"',
    "substring case": "V=Main; echo ${V,,} ${V^^}",
}


class Nothing:
    """No command is known outside."""

    def source(self, _: str, __: Shell) -> str | None:
        return None

    def run(self, _: str, __: str, ___: Shell) -> tuple[int, str]:
        raise AssertionError

    def tool(self, words: list[str], _: Shell, __: Streams) -> int:
        raise AssertionError(words)


@pytest.mark.skipif(BASH is None, reason="there is no bash")
@pytest.mark.parametrize("name", SCRIPTS)
def test_it_prints_and_ends_as_bash_does(name: str) -> None:
    shell = Shell(Nothing(), {"X": "f.txt"}, files={})
    said = shell.whole(SCRIPTS[name])
    theirs = subprocess.run(
        [BASH or "bash", "-e", "-c", SCRIPTS[name]],
        env={"X": "f.txt", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said, shell.status) == (theirs.stdout, theirs.returncode)
