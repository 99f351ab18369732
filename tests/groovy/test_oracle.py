"""The same verdicts, error lines and counts as Groovy 2.4.21 itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from groovy.programs import Programs, mutant
from groovy.snippets import ACCEPTED, REJECTED
from jenkins2gha.groovy import GroovySyntaxError, parse
from jenkins2gha.groovy.counts import counts
from jenkins2gha.source import Source

PROGRAMS = 400
# Groovy looks for the fault elsewhere, or names no line at all.
LINES_DIFFER = 0.1
# `a b as List<List<C>>` may go on as a command in Groovy, on the next line even.
ODDITIES = 2


@pytest.fixture(scope="module")
def oracle(judge: Callable[[str], ModuleType]) -> ModuleType:
    return judge("oracle")


def test_snippets(oracle: ModuleType, tmp_path: Path) -> None:
    assert differences(oracle, tmp_path, [*ACCEPTED, *REJECTED]) == []


def test_programs_and_their_mutants(oracle: ModuleType, tmp_path: Path) -> None:
    programs = [Programs(seed).program() for seed in range(PROGRAMS)]
    mutants = [mutant(text, seed) for seed, text in enumerate(programs)]
    assert len(differences(oracle, tmp_path, [*programs, *mutants])) <= ODDITIES


def differences(oracle: ModuleType, folder: Path, texts: Iterable[str]) -> list[Any]:
    sources = [Source(str(number), text) for number, text in enumerate(texts)]
    paths = [folder / f"{source.name}.groovy" for source in sources]
    for path, source in zip(paths, sources, strict=True):
        path.write_text(source.text, "utf-8", newline="")
    found, lines, rejected = [], 0, 0
    for source, theirs in zip(sources, oracle.verdicts(paths), strict=True):
        ok, line, ours = verdict(source)
        if ok != theirs["ok"] or (ok and ours != shape(theirs["counts"])):
            found.append((source.text, ok, ours, theirs))
        elif not ok:
            rejected += 1
            lines += line != theirs["error"]["line"]
    assert lines <= rejected * LINES_DIFFER
    return found


def verdict(source: Source) -> tuple[bool, int, Any]:
    try:
        tree = parse(source)
    except GroovySyntaxError as error:
        return False, source.position(error.start)[0], None
    return True, 0, shape(counts(source, tree))


def shape(counted: Any) -> Any:
    calls = sorted(tuple(call) for call in counted["calls"])
    return calls, counted["gstrings"], counted["closures"]
