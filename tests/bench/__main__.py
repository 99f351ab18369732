"""Measures on the fixtures, or on the files and folders that the call names, and prints a table."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from jenkins2gha import convert
from jenkins2gha.command.sources import inputs
from jenkins2gha.groovy import GroovySyntaxError, parse
from jenkins2gha.source import Source
from judges import oracle

FIXTURES = Path(__file__).parents[1] / "fixtures"
_STAGE = """        stage('Stage {0}') {{
            steps {{
                sh 'make target-{0}'
                echo "stage {0} of ${{env.BUILD_NUMBER}}"
            }}
        }}
"""


def main(names: Sequence[str]) -> None:
    paths = [one.path for one in inputs(names or [str(FIXTURES)]) if one.path]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} files, {size / 1e6:.2f} MB, one core, Python {sys.version.split()[0]}\n")
    for label, value in (*_parsing(texts, size, paths), *_converting(texts), *_cold(), *_growth()):
        print(f"{label:48} {value}")


def _parsing(texts: Sequence[str], size: int, paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
    for text in texts[:20]:
        _parse(text)
    ours = min(_seconds(lambda: _parse_all(texts)) for _ in range(3))
    yield "lex and parse", f"{size / ours / 1e6:.2f} MB/s"
    reason = oracle.available()
    if reason:
        yield "against Groovy's own parser, warm", f"not measured: {reason}"
        return
    last = oracle.bench(paths, 5)[-1]
    yield "against Groovy's own parser, warm", f"takes {ours / last['seconds']:.1f} times as long"


def _converting(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text in texts[:20]:
        convert(text)
    times = sorted(_seconds(lambda text=text: convert(text)) for text in texts)  # type: ignore[misc]
    yield "convert, files a second", f"{len(times) / sum(times):.0f}"
    yield "convert, median of a file", f"{statistics.median(times) * 1e3:.1f} ms"
    yield "convert, 95th percentile of a file", f"{times[int(len(times) * 0.95)] * 1e3:.1f} ms"
    yield "convert, slowest file", f"{times[-1] * 1e3:.1f} ms"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield "peak memory of this process", f"{peak:.0f} MB"


def _cold() -> Iterator[tuple[str, str]]:
    example = str(FIXTURES.parents[1] / "examples" / "Jenkinsfile")
    calls = {
        "cold start with the grammar": [
            "-c",
            "import jenkins2gha.groovy as g, jenkins2gha.source as s;g.parse(s.Source('', 'x'))",
        ],
        "cold convert of one file": ["-m", "jenkins2gha", "convert", example],
        "cold Python that does nothing": ["-c", "pass"],
    }
    for label, words in calls.items():
        times = [_seconds(lambda words=words: _run(words)) for _ in range(7)]  # type: ignore[misc]
        yield label, f"{statistics.median(times) * 1e3:.0f} ms"


def _growth() -> Iterator[tuple[str, str]]:
    before = None
    for stages in (500, 1000, 2000, 4000, 6000):
        body = "".join(_STAGE.format(number) for number in range(stages))
        text = f"pipeline {{\n    agent any\n    stages {{\n{body}    }}\n}}\n"
        taken = _seconds(lambda text=text: convert(text))  # type: ignore[misc]
        factor = "" if before is None else f" (per byte {taken / len(text) / before:.2f} times)"
        yield f"convert of {len(text) / 1e6:.2f} MB, {stages} stages", f"{taken:.2f} s{factor}"
        before = before or taken / len(text)


def _parse(text: str) -> None:
    try:
        parse(Source("-", text))
    except GroovySyntaxError:
        return


def _parse_all(texts: Sequence[str]) -> None:
    for text in texts:
        _parse(text)


def _run(words: Sequence[str]) -> None:
    subprocess.run([sys.executable, *words], capture_output=True, check=False)


def _seconds(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


main(sys.argv[1:])
