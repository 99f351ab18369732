"""The stored parse table is that of the grammar, and the grammar is LALR(1)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from jenkins2gha.groovy import tables
from jenkins2gha.groovy.statements import Statements
from jenkins2gha.resources import folder

# Each is resolved by shifting, as Groovy does: the innermost call takes a command's arguments,
# the innermost `if` its `else`, `assert a, b` and `f a, b` the comma, `new A[1]` the brackets.
CONFLICTS = {"CMD", "COMMA", "ELSE", "LSQB"}


@pytest.fixture(scope="module")
def built() -> tables.Table:
    return tables.build((folder("grammar") / "groovy.lark").read_text("utf-8"))


def test_what_is_written_is_what_is_built(built: tables.Table, tmp_path: Path) -> None:
    path = tmp_path / "groovy.table"
    tables.write(path)
    assert tables._decode(json.loads(path.read_text("utf-8"))) == built
    again = tmp_path / "again.table"
    tables.write(again)
    assert path.read_bytes() == again.read_bytes()


def test_every_method_exists(built: tables.Table) -> None:
    for rule in built.rules:
        assert not rule.method or callable(getattr(Statements, rule.method))
        assert rule.method or rule.length == 1


def test_only_known_conflicts() -> None:
    program = (
        "import logging, sys\n"
        "from lark import logger\n"
        "logger.setLevel(logging.DEBUG)\n"
        "from jenkins2gha.groovy import tables\n"
        "tables.build(sys.stdin.read(), debug=True)\n"
    )
    grammar = (folder("grammar") / "groovy.lark").read_text("utf-8")
    done = subprocess.run(
        [sys.executable, "-c", program], input=grammar, capture_output=True, text=True, check=True
    )
    lines = [line for line in done.stderr.splitlines() if "conflict" in line.lower()]
    assert lines
    assert all(line.startswith("Shift/Reduce conflict") for line in lines)
    assert {line.split("terminal ")[1].split(":")[0] for line in lines} == CONFLICTS


def test_lark_stays_out_of_a_cold_start() -> None:
    if not (folder("grammar") / "groovy.table").is_file():
        pytest.skip("no table is stored in this checkout")
    program = (
        "import sys\n"
        "from jenkins2gha.groovy import parse\n"
        "from jenkins2gha.source import Source\n"
        "parse(Source('-', 'a()'))\n"
        "sys.exit('lark' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
