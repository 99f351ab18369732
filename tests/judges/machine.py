"""What the judges need of the machine: where they are kept, how they are run and installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from judges import Unavailable

TESTS = Path(__file__).parents[1]
STORE = TESTS.parent / ".judges"
"""Where installed judges live; git knows nothing of it."""

_FILES_PER_CALL = 400  # keeps a command line below every system's limit


def batches(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """The files, resolved, in groups that fit on one command line."""
    resolved = [path.resolve() for path in paths]
    for start in range(0, len(resolved), _FILES_PER_CALL):
        yield resolved[start : start + _FILES_PER_CALL]


def run(
    command: Sequence[str | Path],
    *,
    stdin: str | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str | None] | None = None,
    seconds: float = 600,
) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end and keeps what it says.

    `env` is laid over the environment; None takes a variable out of it.
    """
    environment = {**os.environ, **(env or {})}
    return subprocess.run(
        [str(word) for word in command],
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        cwd=cwd,
        env={name: value for name, value in environment.items() if value is not None},
        timeout=seconds,
        check=False,
        encoding="utf-8",
        errors="replace",
    )


def install(
    command: Sequence[str | Path], cwd: Path, env: Mapping[str, str | None] | None = None
) -> None:
    """Runs a step of an installation; where it fails, the judge is unavailable."""
    try:
        done = run(command, cwd=cwd, env=env, seconds=900)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"`{command[0]}`: {error}") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise Unavailable(f"`{' '.join(map(str, command))}` failed: {' / '.join(said)}")


def program(name: str, why: str) -> Path:
    """The program `name` of this machine."""
    found = shutil.which(name)
    if found is None:
        raise Unavailable(f"`{name}` is not installed; {why}")
    return Path(found)


def go_program(name: str, version: str) -> Path:
    """Where the pinned release of a Go program is kept."""
    return STORE / "bin" / f"{name}-{version}"


def go_available(name: str, version: str) -> str | None:
    """Why the pinned release of a Go program is missing."""
    if go_program(name, version).exists():
        return None
    if shutil.which("go") is None:
        return f"{name} {version} is built with Go, which is not installed"
    return f"{name} {version} is not installed; run `make judges`"


def go_install(name: str, package: str, version: str) -> None:
    """Builds the pinned release of a Go program."""
    if go_program(name, version).exists():
        return
    go = program("go", f"{name} is built with it")
    store = go_program(name, version).parent
    store.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=store) as folder:
        install(
            [go, "install", f"{package}@v{version}"],
            Path(folder),
            {"GOBIN": folder, "CGO_ENABLED": "0"},
        )
        (Path(folder) / name).replace(go_program(name, version))


def python_program(name: str) -> Path:
    """A program that came into this environment with the project's `dev` extra."""
    return Path(sys.executable).parent / name
