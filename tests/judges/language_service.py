"""GitHub's own workflow parser and language service."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from judges import Finding, Unavailable, machine

VERSION = "0.3.61"

SOURCE = Path(__file__).parent / "github"
STORE = machine.STORE / "github"
_NODE = (20, 6)
_FEW = 20  # so many files are not worth a process of their own


def available() -> str | None:
    """Why the packages or Node are missing."""
    try:
        node()
    except Unavailable as error:
        return str(error)
    if _installed():
        return None
    return f"@actions/languageservice {VERSION} is not installed; run `make judges`"


def install() -> None:
    """Installs the packages as the lock file pins them."""
    node()
    if _installed():
        return
    npm = machine.program("npm", "the language service is installed with it")
    shutil.rmtree(STORE, ignore_errors=True)
    STORE.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(SOURCE / name, STORE / name)
    try:
        machine.install([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], STORE)
    except Unavailable:
        shutil.rmtree(STORE)
        raise


def findings(paths: Sequence[Path]) -> list[Finding]:
    """The errors of both; the language service's warnings and hints are `remarks`."""
    return [finding for severity, finding in _run(paths) if severity == "error"]


def remarks(paths: Sequence[Path]) -> list[Finding]:
    """What the language service says below an error."""
    return [finding for severity, finding in _run(paths) if severity != "error"]


def _run(paths: Sequence[Path]) -> list[tuple[str, Finding]]:
    """One process a core: the service takes some 5 ms for each expression."""
    cores = min(os.cpu_count() or 1, -(-len(paths) // _FEW))
    with ThreadPoolExecutor(max(cores, 1)) as pool:
        said = pool.map(_run_one, (paths[core::cores] for core in range(cores)))
        return sorted(finding for findings in said for finding in findings)


def _run_one(paths: Sequence[Path]) -> list[tuple[str, Finding]]:
    stdin = json.dumps([str(path.resolve()) for path in paths])
    done = machine.run([node(), SOURCE / "check.mjs", STORE], stdin=stdin, seconds=3600)
    if done.returncode:
        raise RuntimeError(f"GitHub's language service failed: {done.stderr}")
    found = []
    for one in json.loads(done.stdout):
        severity, path = one.pop("severity"), Path(one.pop("path"))
        found.append((severity, Finding(path=path, **one)))
    return found


def _installed() -> bool:
    lock = STORE / "package-lock.json"
    wanted = (SOURCE / "package-lock.json").read_bytes()
    return (STORE / "node_modules" / "@actions").is_dir() and lock.read_bytes() == wanted


@cache
def node() -> Path:
    """The Node that runs them."""
    wanted = ".".join(map(str, _NODE))
    program = machine.program("node", f"the language service needs Node {wanted} or newer")
    try:
        said = machine.run([program, "--version"], seconds=30).stdout
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"`node --version`: {error}") from error
    version = tuple(int(number) for number in re.findall(r"\d+", said)[:2])
    if version < _NODE:
        raise Unavailable(f"Node is {said.strip()}; the language service needs {wanted} or newer")
    return program
