"""`jenkins2gha verify`: whether a workflow does what its pipeline does."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from jenkins2gha.command.decode import decode
from jenkins2gha.command.exit_codes import CONVERTED, INVALID, MANUAL
from jenkins2gha.command.settings import configuration
from jenkins2gha.command.sources import files_of, inputs, repository_of
from jenkins2gha.command.usage import UsageError
from jenkins2gha.report import runs
from jenkins2gha.report.text import diagnostic
from jenkins2gha.verifier import verify

_CODES = {"equal": CONVERTED, "differs": MANUAL, "unsupported": INVALID, "failed": INVALID}


def run(arguments: argparse.Namespace) -> int:
    sources = inputs([arguments.file])
    if len(sources) > 1:
        raise UsageError(f"{arguments.file}: name one pipeline")
    try:
        data = sources[0].read()
        workflow = Path(arguments.workflow).read_text("utf-8") if arguments.workflow else None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(str(error)) from error
    source, problem = decode(sources[0].name, data)
    if problem:
        sys.stderr.write("\n".join(diagnostic(problem)) + "\n")
        return INVALID
    repository = repository_of(sources[0].path, arguments.repo)
    found = verify(
        source.text,
        source=source.name,
        name=arguments.name,
        workflow=workflow,
        files=files_of(repository),
        configuration=configuration(arguments, repository),
    )
    for one in found.diagnostics:
        sys.stderr.write("\n".join(diagnostic(one)) + "\n")
    if arguments.json:
        print(json.dumps(runs.plain(found), indent=2, ensure_ascii=False))
    else:
        sys.stdout.write(runs.text(found))
    return _CODES[found.status]
