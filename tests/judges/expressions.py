"""GitHub's own evaluator of expressions, the JavaScript port of the runner's."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any, TypedDict, cast

from judges import language_service

VERSION = "0.3.61"

available = language_service.available
install = language_service.install


class Answer(TypedDict, total=False):
    """Either `error`, which is `syntax` or `evaluation`, and its message; or what it evaluates to.

    A number in `value` is `{"number": text}`, a list `{"array": [...]}`, a map `{"object": pairs}`.
    """

    error: str
    message: str
    value: Any
    text: str
    truthy: bool


class Evaluator(AbstractContextManager["Evaluator"]):
    """A warm process over these contexts, with functions that always give one value."""

    def __init__(self, contexts: Mapping[str, Any], functions: Mapping[str, Any]) -> None:
        script = language_service.SOURCE / "expressions.mjs"
        self._process = subprocess.Popen(
            [str(language_service.node()), str(script), str(language_service.STORE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self._write([{"contexts": contexts, "functions": functions}])

    def answers(self, expressions: Sequence[str]) -> list[Answer]:
        """What GitHub makes of each expression."""
        assert self._process.stdout is not None
        with ThreadPoolExecutor(1) as pool:
            written = pool.submit(self._write, expressions)
            lines = [self._process.stdout.readline() for _ in expressions]
            written.result()
        return [cast(Answer, json.loads(line)) for line in lines]

    def _write(self, lines: Sequence[Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.writelines(f"{json.dumps(line)}\n" for line in lines)
        self._process.stdin.flush()

    def __exit__(self, *exc: object) -> None:
        self._process.communicate()
