"""Groovy 2.4.21 itself, which Jenkins embeds: what it accepts, and the shape of what it reads."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from judges import Unavailable, machine

VERSION = "2.4.21"

_PROGRAM = Path(__file__).parent / "groovy" / "judge.groovy"
_VALUES = Path(__file__).parent / "groovy" / "values.groovy"
_JAR = f"groovy-all-{VERSION}.jar"
_WANTED = f"Groovy {VERSION} (Debian's package `groovy`, or GROOVY_HOME) is not installed"


class Error(TypedDict):
    """Why and where Groovy rejects a source; no position where it names none."""

    message: str
    line: int | None
    column: int | None


class Counts(TypedDict):
    """Every call as [name or "?", line, argument count]; how many GStrings and closures."""

    calls: list[tuple[str, int, int]]
    gstrings: int
    closures: int


class Verdict(TypedDict):
    """What Groovy says of a source; `file` is None where it was given as text."""

    file: str | None
    ok: bool
    error: Error | None
    counts: Counts | None


Pass = TypedDict(
    "Pass", {"pass": int, "seconds": float, "files": int, "accepted": int, "bytes": int}
)


class Oracle(AbstractContextManager["Oracle"]):
    """A warm Groovy that answers text after text, for tests that make up their sources."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def verdict(self, text: str) -> Verdict:
        """What Groovy says of this text."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f"text:{base64.b64encode(text.encode()).decode()}\n")
        stdin.flush()
        return cast(Verdict, json.loads(stdout.readline()))

    def __exit__(self, *exc: object) -> None:
        self._process.communicate()


def verdicts(paths: Sequence[Path]) -> list[Verdict]:
    """What Groovy says of each file, in their order."""
    return [cast(Verdict, json.loads(line)) for line in _answers(paths)]


def bench(paths: Sequence[Path], passes: int) -> list[Pass]:
    """How long one warm Groovy takes to parse all the files, pass by pass."""
    return [cast(Pass, json.loads(line)) for line in _answers(paths, "--bench", str(passes))]


def values(texts: Sequence[str]) -> list[dict[str, str]]:
    """What Groovy makes of each program: the text of its `value`, or the class that is `thrown`."""
    stdin = "".join(f"{base64.b64encode(text.encode()).decode()}\n" for text in texts)
    done = machine.run(_command(_VALUES), stdin=stdin, seconds=600)
    if done.returncode:
        raise RuntimeError(f"Groovy failed: {done.stderr}")
    return [cast("dict[str, str]", json.loads(line)) for line in done.stdout.splitlines()]


def available() -> str | None:
    """Why Groovy or Java is missing."""
    try:
        _java()
        _jar()
    except Unavailable as error:
        return str(error)
    return None


def install() -> None:
    """Takes the jar out of Debian's package, where apt is; nothing else of the machine changes."""
    _java()
    try:
        _jar()
    except Unavailable:
        if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
            raise
    else:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        machine.install(["apt-get", "download", f"groovy={VERSION}-*"], folder)
        [package] = folder.glob("groovy_*.deb")
        machine.install(["dpkg-deb", "-x", package, folder], folder)
        machine.STORE.mkdir(exist_ok=True)
        shutil.copy(folder / "usr/share/java" / _JAR, machine.STORE / _JAR)


def _answers(paths: Sequence[Path], *arguments: str) -> list[str]:
    stdin = "".join(f"{path.resolve()}\n" for path in paths)
    done = machine.run([*_command(), *arguments], stdin=stdin, seconds=3600)
    if done.returncode:
        raise RuntimeError(f"Groovy failed: {done.stderr}")
    return done.stdout.splitlines()


def _command(program: Path = _PROGRAM) -> list[str]:
    # Without the switch `@Grab` in a source downloads, or fails.
    grape = "-Dgroovy.grape.enable=false"
    return [str(_java()), grape, "-cp", str(_jar()), "groovy.ui.GroovyMain", str(program)]


def _jar() -> Path:
    places = [machine.STORE / _JAR, Path("/usr/share/java") / _JAR]
    if home := os.environ.get("GROOVY_HOME"):
        places = [Path(home) / "embeddable" / _JAR, Path(home) / "lib" / _JAR, *places]
    for place in places:
        if place.exists():
            return place
    raise Unavailable(_WANTED)


@cache
def _java() -> Path:
    home = os.environ.get("JAVA_HOME")
    java = Path(home) / "bin" / "java" if home else machine.program("java", "Groovy runs on it")
    try:
        done = machine.run([java, "-version"], seconds=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"`{java} -version`: {error}") from error
    if done.returncode:
        raise Unavailable(f"`{java} -version` fails: {done.stderr.strip()}")
    return java
