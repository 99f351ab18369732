"""Scripts with holes: what the compiler writes for them, run by real shells, against pasted values.

One script a seed, of several commands in which `@` stands for a value known only to a run. Dash and
bash must print the same for the script with the value pasted, as Jenkins runs it, and for the one
that reads it from the environment, as GitHub does. A script that the compiler refuses is no
difference, as long as most are not.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from jenkins2gha.jenkins.values import Concat, Constant, Expr, ParameterRef
from jenkins2gha.mapping.interpolation import Script, interpolate
from jenkins2gha.mapping.translation import Scope
from mapped import LINUX, parameters

SEEDS = range(60_000)
BLOCK = 10_000

_SHELLS = ("dash", "bash")
_BATCH = 100  # scripts in one process
_REFUSED = 0.2
_DECLARED = replace(LINUX, parameters=parameters(X="x"))
_LETTERS = "abzAZ019_./:+-,%="
_WORDS = (
    "@", "a@b", "'@'", "'a @ b'", '"@"', '"a @"', "\"it's @\"", "'a'@'b'", '"$(echo @)"',
    "'it'\\''s @'", "\"$(echo '@')\"", "$(echo '@' \"@\")", "`echo '@'`", "${U:-@}",
    "\"${U:-'@'}\"", "\\'@", '"${U:-@}"', "$(case a in a) echo '@';; esac)", '"\\\\@"',
    "$((1+0))@", "\"`echo '@'`\"", "x#@", "\\\\@", "@@", "\"a\"'b @'", "--a=@", "--b='@'",
    "--c=\"@\"", "\"$(printf '%s' \"$(echo '@')\")\"", "${U:-'a @'}", "'{\"k\": \"@\"}'",
    "\"{\\\"k\\\": \\\"@\\\"}\"", "'$HOME @'", "'a\nb @'", "\"a\n@\"", "$'x'@",
)  # fmt: skip
_COMMANDS = (
    "printf '%s|' {0} {1}", "v={0}; echo \"$v\"", "echo x # {0}", "if true; then echo {0}; fi",
    "(echo {0}) | cat", "case {0} in *) echo {1};; esac",
    "cat <<EOF\na @ '@' \"@\" $(echo '@')\nEOF", "cat <<-EOF; echo {0}\n\ta @\n\tEOF",
    "x=$(cat <<EOF\n@ it's\nEOF\n); echo \"$x\" {0}", "for i in {0} {1}; do echo \"$i\"; done",
    "f() {{ echo {0}; }}; f", "[ {0} = {1} ] && echo same", "echo {0} \\\n  {1}",
    "{{ echo {0}; echo {1} >&2; }}", "test -n {0} || echo {1}", "! echo {0}",
    "A={0} sh -c 'echo \"$A\"'", "while read l; do echo \"$l\" {0}; done <<E\nx @\nE",
    "echo {0}; false",
)  # fmt: skip


def available() -> str | None:
    """Which shell is missing."""
    missing = [shell for shell in _SHELLS if not shutil.which(shell)]
    return f"`{missing[0]}` is not installed" if missing else None


def run(seeds: range) -> Iterator[str]:
    """Every script that does something else than the pasted one."""
    batches = [seeds[start : start + _BATCH] for start in range(0, len(seeds), _BATCH)]
    refused = 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for differences, no in pool.map(_batch, batches):
            yield from differences
            refused += no
    if refused > len(seeds) * _REFUSED:
        yield f"seeds {seeds.start}:{seeds.stop}: {refused} are refused"


def generate(seed: int) -> tuple[str, str]:
    """A script with holes, and the value in them."""
    random = Random(seed)
    lines = []
    for _ in range(random.randint(1, 4)):
        command = random.choice(_COMMANDS)
        # A comment, or a line whose heredoc follows, ends with its line.
        fitting = [one for one in _WORDS if "\n" not in one or not re.search("<<|#", command)]
        lines.append(command.format(random.choice(fitting), random.choice(fitting)))
    return "\n".join(lines), "v" + "".join(random.choices(_LETTERS, k=random.randint(0, 8)))


def rendered(script: str) -> str | None:
    """What the compiler writes where Jenkins would have pasted `params.X`; None if it refuses."""
    parts: list[Expr] = []
    for number, piece in enumerate(script.split("@")):
        parts += [ParameterRef("X"), Constant(piece)] if number else [Constant(piece)]
    result = interpolate(Concat(tuple(parts)), "sh", Scope(), _DECLARED)
    return result.text if isinstance(result, Script) and not result.code else None


def _batch(seeds: Sequence[int]) -> tuple[list[str], int]:
    made = [(seed, *generate(seed)) for seed in seeds]
    ours = [(seed, text, value, rendered(text)) for seed, text, value in made]
    kept = [(seed, text, value, own) for seed, text, value, own in ours if own is not None]
    differences = []
    for shell in _SHELLS:
        pasted = _outputs(shell, [(text.replace("@", value), value) for _, text, value, _ in kept])
        read = _outputs(shell, [(own, value) for *_, value, own in kept])
        for (seed, text, value, own), expected, actual in zip(kept, pasted, read, strict=True):
            if expected != actual:
                said = f"{text!r} with {value!r}\n  became {own!r}\n  {expected!r} → {actual!r}"
                differences.append(f"seed {seed}, {shell}: {said}")
    return differences, len(ours) - len(kept)


def _outputs(shell: str, scripts: Sequence[tuple[str, str]]) -> list[str]:
    """What each script prints, with its status, in a subshell of its own within one process."""
    with TemporaryDirectory() as folder:
        calls = []
        for number, (text, value) in enumerate(scripts):
            Path(folder, f"{number}.sh").write_text(text, encoding="utf-8")
            calls.append(f"(X='{value}'; . ./{number}.sh)\nprintf '%s\1' $?")
        done = subprocess.run(
            [shell, "-c", "\n".join(calls)],
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "HOME": "/home/x"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
    outputs = done.stdout.split("\1")
    assert len(outputs) == len(scripts) + 1, done.stderr[-500:]
    return outputs[:-1]
