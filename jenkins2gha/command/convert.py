"""`jenkins2gha convert`: pipelines into workflows, one file or hundreds."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from jenkins2gha.command.decode import decode
from jenkins2gha.command.exit_codes import BUG, CONVERTED, INVALID, MANUAL, together
from jenkins2gha.command.output import refuse_edited, write_whole
from jenkins2gha.command.settings import configuration
from jenkins2gha.command.sources import Input, files_of, inputs, repository_of
from jenkins2gha.command.usage import UsageError
from jenkins2gha.compiler import convert, failed
from jenkins2gha.configuration import Configuration
from jenkins2gha.conversion import Conversion
from jenkins2gha.diagnostics import Certainty, Diagnostic
from jenkins2gha.record import dataclass
from jenkins2gha.report import json as json_report
from jenkins2gha.report import markdown, text
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Source
from jenkins2gha.version import VERSION


@dataclass(frozen=True, slots=True)
class _Task:
    """One source to convert, in a form that another process can take."""

    source: Input
    name: str | None
    repository: Path | None
    configuration: Configuration


def run(arguments: argparse.Namespace) -> int:
    sources = inputs(arguments.files)
    if len(sources) > 1 and not (arguments.into or arguments.out_dir):
        raise UsageError("several sources need --into REPO or --out-dir DIR to write to")
    tasks = _tasks(sources, arguments)
    done = list(_run_all(tasks, arguments.at_once))
    conversions = [conversion for conversion, _ in done]
    paths = _write(conversions, arguments)
    _report(conversions, paths, [elapsed for _, elapsed in done], arguments)
    return together(_code(conversion, strict=arguments.strict) for conversion in conversions)


def _tasks(sources: Sequence[Input], arguments: argparse.Namespace) -> list[_Task]:
    settings: dict[Path | None, Configuration] = {}
    tasks = []
    for one in sources:
        repository = repository_of(one.path, arguments.repo)
        if repository not in settings:
            settings[repository] = configuration(arguments, repository)
        tasks.append(_Task(one, arguments.name, repository, settings[repository]))
    return tasks


def _run_all(tasks: Sequence[_Task], jobs: int) -> Iterator[tuple[Conversion, float]]:
    if jobs == 1 or len(tasks) == 1:
        yield from map(_convert, tasks)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(max_workers=min(jobs, len(tasks))) as pool:
        yield from pool.map(_convert, tasks, chunksize=max(1, min(16, len(tasks) // (4 * jobs))))


def _convert(task: _Task) -> tuple[Conversion, float]:
    """Converts one source; what it says of a source it cannot read is a result like any other."""
    begin = time.perf_counter()
    try:
        data = task.source.read()
    except OSError as error:
        source = Source(task.source.name, "")
        reason = error.strerror or type(error).__name__
        wrong = diagnose("unreadable", source.span(0, 0), f"cannot be read: {reason}")
        return failed(source, task.name, (wrong,)), 0.0
    source, problem = decode(task.source.name, data)
    if problem:
        return failed(source, task.name, (problem,)), 0.0
    try:
        conversion = convert(
            source.text,
            source=source.name,
            name=task.name,
            files=files_of(task.repository),
            configuration=task.configuration,
        )
    except Exception as error:  # a bug of ours in one file must not stop the others
        conversion = failed(source, task.name, (_bug(source, error),))
    return conversion, (time.perf_counter() - begin) * 1000


def _bug(source: Source, error: Exception) -> Diagnostic:
    """Says where in our own code it happened; the texts of the source stay out of it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else "no place"
    message = f"jenkins2gha failed with {type(error).__name__} at {place}"
    return diagnose("internal-error", source.span(0, 0), message)


def _write(conversions: Sequence[Conversion], arguments: argparse.Namespace) -> list[list[str]]:
    """Writes the workflows where the call asks for them; the paths as the report names them."""
    if arguments.out_dir:
        return [
            _write_one(conversion, Path(arguments.out_dir), f"{number:04}-{conversion.slug}")
            for number, conversion in enumerate(conversions, start=1)
        ]
    if arguments.into:
        return _write_into(conversions, Path(arguments.into), force=arguments.force)
    workflow = conversions[0].workflow
    if workflow is None:
        return [[]]
    if arguments.output:
        path = Path(arguments.output)
        refuse_edited(path, force=arguments.force)
        write_whole(path, workflow)
        return [[arguments.output]]
    sys.stdout.write(workflow)
    return [[]]


def _write_one(conversion: Conversion, root: Path, folder: str) -> list[str]:
    if conversion.workflow is None:
        return []
    path = f"{folder}/.github/workflows/{conversion.slug}.yml"
    write_whole(root / path, conversion.workflow)
    return [path]


def _write_into(conversions: Sequence[Conversion], root: Path, *, force: bool) -> list[list[str]]:
    paths = [
        [str(root / ".github" / "workflows" / f"{conversion.slug}.yml")]
        if conversion.workflow is not None
        else []
        for conversion in conversions
    ]
    taken: dict[str, str] = {}
    for conversion, written in zip(conversions, paths, strict=True):
        for path in written:
            if path in taken:
                both = f"{taken[path]} and {conversion.source}"
                raise UsageError(f"{both} would both be {path}; convert them apart, with --name")
            taken[path] = conversion.source
            refuse_edited(Path(path), force=force)
    for conversion, written in zip(conversions, paths, strict=True):
        for path in written:
            write_whole(Path(path), conversion.workflow or "")
    return paths


def _report(
    conversions: Sequence[Conversion],
    paths: Sequence[Sequence[str]],
    elapsed: Sequence[float],
    arguments: argparse.Namespace,
) -> None:
    form = arguments.format or ("json" if arguments.report else "text")
    if form == "json":
        times = elapsed if arguments.timings else None
        data = json_report.report(conversions, f"jenkins2gha {VERSION}", paths, times)
        content = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    elif form == "markdown":
        content = markdown.report(conversions, paths)
    else:
        content = text.report(conversions, paths)
    if arguments.report:
        write_whole(Path(arguments.report), content)
        content = text.summary(conversions, paths)
    sys.stderr.write(content)
    if arguments.source_map:
        maps = {one.source: one.source_map for one in conversions}
        if len(conversions) == 1:
            maps = conversions[0].source_map
        write_whole(Path(arguments.source_map), json.dumps(maps, indent=2) + "\n")


def _code(conversion: Conversion, *, strict: bool) -> int:
    if any(one.rule == "internal-error" for one in conversion.diagnostics):
        return BUG
    if conversion.status == "failed":
        return INVALID
    differs = any(one.certainty is Certainty.APPROXIMATE for one in conversion.diagnostics)
    return MANUAL if conversion.status == "partial" or (strict and differs) else CONVERTED
