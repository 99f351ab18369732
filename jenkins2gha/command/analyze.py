"""`jenkins2gha analyze`: what a pipeline uses."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from jenkins2gha.analyzer import analyze
from jenkins2gha.command.decode import decode
from jenkins2gha.command.exit_codes import CONVERTED, INVALID
from jenkins2gha.command.sources import STDIN, files_of, repository_of
from jenkins2gha.command.usage import UsageError
from jenkins2gha.report import uses
from jenkins2gha.report.text import diagnostic


def run(arguments: argparse.Namespace) -> int:
    name = arguments.file
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}") from error
    source, problem = decode(name, data)
    if problem:
        sys.stderr.write("\n".join(diagnostic(problem)) + "\n")
        return INVALID
    path = None if name == STDIN else Path(name)
    files = files_of(repository_of(path, arguments.repo))
    analysis = analyze(source.text, source=name, files=files)
    for one in analysis.diagnostics:
        sys.stderr.write("\n".join(diagnostic(one)) + "\n")
    if arguments.json:
        print(json.dumps(analysis.to_json(), indent=2, ensure_ascii=False))
    elif analysis.uses:
        print(uses.text(analysis.uses))
    return CONVERTED if analysis.ok else INVALID
